"""Every shipped design on every stock that it fits, at each density: what the PDF shows decodes to what was put in."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from desktop.printing.pdf import write_pdf
from models.labels.designs import designs_for
from models.labels.layout import Placed, Sheets, compose
from models.labels.shapes import Barcode, Line
from models.labels.stocks import Stock, stocks
from tests.labels.reading import Grey, pdf_parts

INCH = 25.4
#: What tags are made of; as long as all designs have room for on a printer of 203 dpi.
TAGS = st.text("ABCDEFGHKLMNPRSTUVWXYZ0123456789-./", min_size=4, max_size=7)
_KINDS = ("Code128", "QRCode", "DataMatrix")
Edges = tuple[int, int, int, int]


@pytest.mark.parametrize("dpi", [203, 300, 600])
@pytest.mark.parametrize("stock", stocks(), ids=lambda stock: stock.name)
# Not shrunk: hundreds of labels would be drawn again and again.
@settings(max_examples=2, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_all_designs_decode(tmp_path: Path, stock: Stock, dpi: int, data: st.DataObject) -> None:
    fitting = designs_for(stock)
    cuts = {design.name: stock.cut_to(design) for design in fitting}
    for cut in set(cuts.values()):
        labels, tags = [], []
        for design in fitting:
            if cuts[design.name] == cut:
                tag = data.draw(TAGS)
                record = dict.fromkeys(("tag", "code", "employee_number"), tag) | {"name": "Engine 7", "model": "APX"}
                labels.append(compose(design, stock, record, dpi=dpi))
                tags.append(tag)
        sheets = Sheets(cut, dpi, tuple(labels))
        write_pdf(tmp_path / "labels.pdf", sheets)
        _check(tmp_path / "labels.pdf", sheets, tags)


def _check(path: Path, sheets: Sheets, tags: list[str]) -> None:
    """Each label says its tag, once for each symbol on it, and the quiet zones of its symbols are blank."""
    # As a scanner sees it: finer than the dots of a coarse printer.
    dpi = sheets.dpi if sheets.dpi >= 600 else sheets.dpi * 2
    pages = [[(placed, _edges(placed, dpi)) for placed in page] for page in sheets.pages()]
    parts = [_around([edges for _, edges in page]) for page in pages]
    wanted = iter(tags)
    for page, part, drawn in zip(pages, parts, pdf_parts(path, dpi, parts), strict=True):
        for placed, edges in page:
            label = drawn.part(*_moved(edges, part))
            symbols = [shape for shape in placed.label.shapes if isinstance(shape, Barcode)]
            assert label.all_texts(*_KINDS) == [next(wanted)] * len(symbols)
            for symbol in symbols:
                assert _is_quiet(drawn, placed, symbol, part, dpi)


def _is_quiet(drawn: Grey, placed: Placed, symbol: Barcode, part: Edges, dpi: int) -> bool:
    """Nothing is drawn around a symbol. The dot at its very edge is left out: a renderer smooths over it."""
    dots = dpi / INCH
    left, top = (placed.x + symbol.x) * dots - part[0] - 1, (placed.y + symbol.y) * dots - part[1] - 1
    right, bottom = left + symbol.width * dots + 2, top + symbol.height * dots + 2
    quiet = symbol.quiet * dots - 1
    sides = drawn.blank(left - quiet, top + 1, left, bottom - 1) and drawn.blank(
        right, top + 1, right + quiet, bottom - 1
    )
    if symbol.symbol.linear:
        return sides
    above = drawn.blank(left - quiet, top - quiet, right + quiet, top)
    return sides and above and drawn.blank(left - quiet, bottom, right + quiet, bottom + quiet)


def _edges(placed: Placed, dpi: int) -> Edges:
    """What all shapes of a label take up with their quiet zones, in dots."""
    dots = dpi / INCH
    found = []
    for shape in placed.label.shapes:
        if isinstance(shape, Line):
            found.append((shape.x1, shape.y1, shape.x2, shape.y2))
        else:
            quiet = shape.quiet if isinstance(shape, Barcode) else 0
            beyond = (shape.x + shape.width + quiet, shape.y + shape.height + quiet)
            found.append((shape.x - quiet, shape.y - quiet, *beyond))
    left, top, right, bottom = _around(found)
    return (
        int((placed.x + left) * dots),
        int((placed.y + top) * dots),
        round((placed.x + right) * dots) + 1,
        round((placed.y + bottom) * dots) + 1,
    )


def _around(all_edges: Sequence[tuple[float, ...]]) -> Any:
    lefts, tops, rights, bottoms = zip(*all_edges, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _moved(edges: Edges, part: Edges) -> tuple[int, ...]:
    return tuple(edge - part[at % 2] for at, edge in enumerate(edges))
