"""Reading ZPL as a printer does: drawn by a renderer of others (zplkit), or command by command."""

import re
from dataclasses import dataclass

import zxingcpp
from zplkit import Options, render
from zplkit.parse import parse
from zplkit.rendering import Limits

from models.labels.layout import Sheets
from models.labels.symbols import MM_PER_INCH
from models.labels.zpl import AS_SET, ZplSettings, zpl_labels
from tests.labels.reading import Grey

#: Drawn symbols of 600 dots per inch are large before they are told shorter.
_LIMITS = Limits(graphic_bytes=10_000_000, pixels=100_000_000)
#: What the renderer does not know, since it only matters to a printer of paper.
_OF_PAPER = re.compile(rb"~SD\d\d|\^PR\d+|\^PQ\d+")


def dots(data: bytes, width: int, height: int) -> list[str]:
    """Pictures are drawn by the window's side; here every one is black."""
    return ["1" * width] * height


def formats(sheets: Sheets, settings: ZplSettings = AS_SET) -> list[bytes]:
    return list(zpl_labels(sheets, dots, settings))


def drawn(format_: bytes, sheets: Sheets) -> Grey:
    """A label as the printer would draw it, as it leaves the printer."""
    across, along = (round(side * sheets.dpi / MM_PER_INCH) for side in sheets.stock.fed)
    if not sheets.stock.roll:
        across, along = (round(side * sheets.dpi / MM_PER_INCH) for side in (sheets.stock.width, sheets.stock.height))
    options = Options(profile="specification", dpi=sheets.dpi, width=across, height=along)
    (label,) = render(_OF_PAPER.sub(b"", format_), options, limits=_LIMITS).labels
    raster = label.rasterize()
    assert (raster.width, raster.height) == (across, along)
    return Grey(bytes(raster.pixels), raster.width, raster.height, raster.width)


def texts_of(picture: Grey) -> list[str]:
    """What all symbols of a label say, whichever way they stand."""
    view = memoryview(b"".join(picture.rows)).cast("B", (picture.height, picture.width))
    return [found.text for found in zxingcpp.read_barcodes(view)]


@dataclass(frozen=True)
class Command:
    """One command: its name with prefix, and what stands behind it."""

    name: str
    data: str


def commands(format_: bytes) -> list[Command]:
    """All commands of a format, in their order."""
    found = []
    for element in parse(format_).elements:
        whole = bytes(element).decode("ascii")
        assert element.kind in ("format_command", "control_command")
        # ^A is one letter, with the font's behind it; all others are two.
        length = 2 if whole.startswith("^A0") else 3
        name = whole[:length]
        found.append(Command(name, whole[length:]))
    return found
