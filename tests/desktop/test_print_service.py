"""The queue beside the window: what is asked is printed, told, settled, and closed in order."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop.app import Application
from models.labels.designs import find_design
from models.labels.stocks import find_stock
from models.printers.printer import LabelPrinter, Language, keep_printer
from models.printers.queue import Added
from models.printers.request import JobState, LabelFor, PrintRequest
from tests.printers.house import STOCK, House
from tests.printers.server import Break, Fault, PrinterServer


@pytest.fixture
def server() -> Iterator[PrinterServer]:
    made = PrinterServer()
    yield made
    made.close()


@pytest.fixture
def window(qapp: QApplication, tmp_path: Path, server: PrinterServer) -> Iterator[Application]:
    house = House(tmp_path / "home")
    keep_printer(house.settings, LabelPrinter("Zebra", Language.ZPL, server.address))
    made = Application(qapp, house.database.home, house.database)
    yield made
    made.window.close()
    made.close()


def request(window: Application, count: int = 2) -> PrintRequest:
    with window.database.reading() as connection:
        found = connection.exec_driver_sql("SELECT id, tag FROM asset ORDER BY tag").all()[:count]
    records = tuple(LabelFor("asset", row, {"tag": tag}) for row, tag in found)
    return PrintRequest(STOCK, find_design("Tag", find_stock(STOCK)), records)


def test_what_is_asked_is_printed_and_every_view_hears_of_it(
    window: Application, server: PrinterServer, qtbot: object
) -> None:
    desk = window.desk
    added: list[Added] = []
    with qtbot.waitSignal(desk.changed, check_params_cb=lambda changes: changes.touches("asset")):  # type: ignore[attr-defined]
        desk.printing.ask("Zebra", request(window), added.append)
    assert (added[0].labels, len(server.printed)) == (2, 2)
    assert desk.printing.queue.jobs()[0].state is JobState.DONE


def test_a_label_that_nobody_is_sure_of_is_told_and_settled(
    window: Application, server: PrinterServer, qtbot: object
) -> None:
    desk = window.desk
    server.will(Fault(Break.PRINTED_BUT_SILENT))
    with qtbot.waitSignal(desk.offer) as told:  # type: ignore[attr-defined]
        desk.printing.ask("Zebra", request(window), lambda _added: None)
    sentence, word, look = told.args
    assert "Look whether the label came out." in sentence
    assert word == "Print queue"
    with qtbot.waitSignal(desk.printing.looked_for):  # type: ignore[attr-defined]
        look()
    with qtbot.waitSignal(desk.changed, check_params_cb=lambda changes: changes.touches("asset")):  # type: ignore[attr-defined]
        desk.printing.settle(1, True)
    qtbot.waitUntil(lambda: desk.printing.queue.jobs()[0].state is JobState.DONE)  # type: ignore[attr-defined]
    assert len(server.printed) == 2


def test_a_job_that_waits_is_cancelled(window: Application, server: PrinterServer, qtbot: object) -> None:
    desk = window.desk
    server.will(Fault(Break.PAPER_OUT))
    with qtbot.waitSignal(desk.offer) as told:  # type: ignore[attr-defined]
        desk.printing.ask("Zebra", request(window), lambda _added: None)
    assert "has no labels left" in told.args[0]
    desk.printing.cancel(1)
    qtbot.waitUntil(lambda: desk.printing.queue.jobs()[0].state is JobState.CANCELLED)  # type: ignore[attr-defined]
    assert server.printed == []
