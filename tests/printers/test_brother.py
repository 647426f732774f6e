"""What a Brother QL is sent is the label: read back by the reader of brother_ql, and decoded."""

from pathlib import Path

import pytest
import zxingcpp
from brother_ql.labels import LabelsManager
from brother_ql.reader import chunker, match_opcode
from PySide6.QtGui import QGuiApplication

from desktop.printing.brother import brother_raster, printable
from desktop.printing.painting import QtPainting, grey_rows
from models.fields.problem import KnownError
from models.labels.designs import designs_for
from models.labels.layout import Sheets, lay_out
from models.labels.stocks import find_stock, stocks
from models.printers.printer import LabelPrinter, Language, keep_printer
from models.printers.queue import PrintQueue
from models.printers.request import JobState, PrintRequest
from tests.printers.house import House

MODEL = "QL-820NWB"
WIDE = "QL-1100"
HALF = 128
"""The lightest grey that is burnt."""
ROLLS = [stock for stock in stocks() if stock.media]


@pytest.fixture(autouse=True)
def _gui(qapp: QGuiApplication) -> None:
    """Fonts need an application."""


def sheets_for(name: str, tag: str = "R-004471") -> Sheets:
    stock = find_stock(name)
    record = dict.fromkeys(("tag", "code", "employee_number", "name"), tag)
    return lay_out(designs_for(stock)[0], stock, [record], dpi=300)


def model_for(media: str) -> str:
    return WIDE if media.startswith("10") else MODEL


def read_back(payload: bytes) -> list[list[bool]]:
    """The rows of dots that the printer burns, without the ones left of the paper; its own reader takes it apart."""
    rows = []
    for chunk in chunker(payload, raise_exception=True):
        if match_opcode(chunk) in (b"\x67\x00", b"g"):
            line = chunk[3:]
            rows.append([bool(byte >> (7 - bit) & 1) for byte in unpacked(line) for bit in range(8)][::-1])
    return rows


def unpacked(line: bytes) -> bytes:
    import packbits

    return line if len(line) in (90, 162) else bytes(packbits.decode(line))


@pytest.mark.parametrize("stock", ROLLS, ids=lambda stock: stock.name)
def test_the_raster_is_the_picture_and_decodes(stock: object) -> None:
    sheets = sheets_for(stock.name)  # type: ignore[attr-defined]
    media = next(each for each in LabelsManager().iter_elements() if each.identifier == sheets.stock.media)
    assert sheets.count == 1
    picture = list(grey_rows(printable(sheets, 0, media.dots_printable)))
    (payload,) = brother_raster(model_for(sheets.stock.media), sheets)
    burnt = read_back(payload)
    assert len(burnt) == len(picture)
    dark = [(x, y) for y, row in enumerate(burnt) for x, dot in enumerate(row) if dot]
    wanted = [(x, y) for y, row in enumerate(picture) for x, grey in enumerate(row) if grey <= HALF]
    shift = min(x for x, _ in dark) - min(x for x, _ in wanted)
    assert dark == [(x + shift, y) for x, y in wanted]
    height, width = len(picture), len(picture[0])
    found = zxingcpp.read_barcodes(memoryview(b"".join(picture)).cast("B", (height, width)))
    assert {each.text for each in found} == {"R-004471"}


def test_what_cannot_be_printed_is_told() -> None:
    for model, stock, code in (
        ("QL-1", "Brother DK-11201", "printer.brother-model"),
        (MODEL, "Avery 5160", "printer.brother-stock"),
        (MODEL, "Brother DK-11240", "printer.brother-too-wide"),
    ):
        with pytest.raises(KnownError) as refused:
            list(brother_raster(model, sheets_for(stock)))
        assert refused.value.problem.code == code


def test_without_the_library_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "brother_ql.conversion", None)
    with pytest.raises(KnownError) as refused:
        list(brother_raster(MODEL, sheets_for("Brother DK-11201")))
    assert refused.value.problem.code == "printer.brother-not-installed"


def test_each_copy_is_sent_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    house = House(tmp_path / "home")
    sent: list[bytes] = []
    monkeypatch.setattr("models.printers.delivery.spool", lambda queue, payload: sent.append(payload))
    keep_printer(house.settings, LabelPrinter("QL", Language.BROTHER, "raw:QL", model=MODEL))
    queue = PrintQueue(house.database, house.settings, "Ann", QtPainting())
    design = designs_for(find_stock("Brother DK-11201"))[0]
    queue.add("QL", PrintRequest("Brother DK-11201", design, house.request(0, 2).records, copies=2))
    queue.work()
    (job,) = queue.jobs()
    assert (job.state, job.printed) == (JobState.DONE, 4)
    assert len(sent) == 4
    assert sent[0] == sent[1] != sent[2] == sent[3]
    assert house.stamps() == [(tag, "Ann", "QL", 2) for tag in house.tags[:2]]
    house.close()
