"""The page of labels: what waits and why, what a person must say, designs in and out, and the line at the foot."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel

from desktop.dialogs.print_labels import PrintLabelsDialog
from desktop.labelling.adjust_dialog import AdjustDialog
from desktop.labelling.records import label_records
from desktop.printing.painting import QtPainting
from models.labels.designs import designs
from models.labels.own import keep_design, keep_stock, own_designs
from models.labels.stocks import stock_from
from models.labels.zpl import ZplSettings, zpl_labels
from models.printers.printer import LabelPrinter, Language, keep_printer
from models.printers.request import JobState, PrintRequest
from tests.printers.server import Break, Fault, PrinterServer

ROLL = stock_from({"name": "Test roll", "unit": "in", "label": [2, 1]})


@pytest.fixture
def server():
    made = PrinterServer()
    yield made
    made.close()


@pytest.fixture
def printer(desk, server):
    made = LabelPrinter("Zebra 2", Language.ZPL, server.address, 203)
    keep_printer(desk.settings, made)
    return made


@pytest.fixture
def page(window):
    window.show_place("printing")
    return window.own_page("printing")


@pytest.fixture
def ask(desk, city, printer, qtbot):
    """Asks for labels of the first radios."""

    kept = []
    desk.write("Keep", lambda journal, _task: keep_stock(journal, ROLL), kept.append, owner=desk)
    qtbot.waitUntil(lambda: bool(kept))

    def put(number=2):
        with city.reading() as connection:
            rows = connection.exec_driver_sql("SELECT nr FROM asset WHERE kind = 'radio' ORDER BY tag").scalars()
            records, _word = label_records(connection, desk, "radio", list(rows)[:number])
        design = next(each for each in designs() if each.name == "Small tag")
        done = []
        desk.printing.ask("Zebra 2", PrintRequest(ROLL.name, design, tuple(records)), done.append)
        qtbot.waitUntil(lambda: bool(done))

    return put


def wait_for(page, qtbot, state):
    qtbot.waitUntil(lambda: page.queue.job is not None and page.queue.job.state is state, timeout=10000)


def test_an_empty_queue_says_what_to_do(page, qtbot):
    qtbot.waitUntil(lambda: page.queue.empty)
    words = [each.text() for each in page.queue.findChildren(QLabel) if each.isVisible()]
    assert "Nothing is being printed" in words
    assert any("Ctrl+P" in each for each in words)


def test_what_was_printed_is_told_with_who_and_where(page, ask, server, qtbot):
    ask(2)
    wait_for(page, qtbot, JobState.DONE)
    item = page.queue.shelf.items[0]
    assert item.pill[0] == "Printed"
    assert "Zebra 2 · 2 of 2 labels · J. Ruiz" in item.detail
    assert page.queue.done.text() == "2 of 2 labels came out."
    assert page.queue.retry.isHidden()
    assert page.queue.cancel.isHidden()
    server.idle()
    assert len(server.printed) == 2


def test_what_waits_says_why_and_is_tried_again_when_asked(page, window, ask, server, qtbot):
    server.will(Fault(Break.PAPER_OUT))
    ask(2)
    wait_for(page, qtbot, JobState.WAITING)
    qtbot.waitUntil(lambda: page.queue.why.text() == "“Zebra 2” has no labels left. Put in a new roll.")
    assert page.queue.when.text().startswith("Tried again in ")
    qtbot.waitUntil(lambda: "2 labels wait for Zebra 2" in window.status.words())
    page.queue.retry.click()
    wait_for(page, qtbot, JobState.DONE)
    qtbot.waitUntil(lambda: "wait for" not in window.status.words())


def test_what_waits_can_be_cancelled(page, ask, server, qtbot):
    server.will(*[Fault(Break.PAPER_OUT)] * 9)
    ask(2)
    wait_for(page, qtbot, JobState.WAITING)
    qtbot.waitUntil(lambda: page.queue.job.problem is not None)
    page.queue.cancel.click()
    wait_for(page, qtbot, JobState.CANCELLED)
    assert page.queue.retry.isHidden()
    assert server.printed == []


@pytest.mark.parametrize(("button", "printed"), [("came_out", 1), ("print_again", 2)])
def test_of_a_label_that_nobody_is_sure_of_the_person_is_asked(page, window, ask, server, qtbot, button, printed):
    server.will(Fault(Break.PRINTED_BUT_SILENT))
    ask(1)
    wait_for(page, qtbot, JobState.HELD)
    qtbot.waitUntil(lambda: "R-004468" in page.queue.question.text())
    assert page.queue.question.text() == (
        "Zebra 2 did not say whether it has the label R-004468. Look there: did it come out?"
    )
    assert not page.queue.question.isHidden()
    qtbot.waitUntil(lambda: "1 label to be looked at" in window.status.words())
    getattr(page.queue, button).click()
    wait_for(page, qtbot, JobState.DONE)
    server.idle()
    assert len(server.printed) == printed


def test_the_line_at_the_foot_leads_to_the_queue(window, ask, server, qtbot):
    server.will(*[Fault(Break.HEAD_OPEN)] * 9)
    ask(1)
    qtbot.waitUntil(lambda: "1 label waits for Zebra 2" in window.status.words(), timeout=10000)
    window.show_place("home")
    window.status._queue.click()
    assert window.place == "printing"
    assert window.own_page("printing").tab is window.own_page("printing").queue


def test_a_printer_tells_its_status_in_words(page, printer, server, qtbot):
    page.show_tab("Printers")
    tab = page.printers
    server.will(Fault(Break.PAPER_OUT))
    tab.ask_status.click()
    qtbot.waitUntil(lambda: tab.ask_status.isEnabled() and not tab.answer.text().startswith("Asking"))
    assert "no labels left" in tab.answer.text()


def test_from_the_chosen_rows_to_paper_and_back_to_the_records(window, desk, printer, server, qtbot, monkeypatch):
    shown = []

    def print_them(dialog):
        qtbot.waitUntil(lambda: dialog.stock.stock is not None)
        choose(dialog.stock, "Zebra 2 × 1 in")
        qtbot.waitUntil(dialog.print.isEnabled)
        shown.extend(zpl_labels(dialog._sheets, QtPainting().dots, ZplSettings()))
        with qtbot.waitSignal(dialog.accepted):
            dialog.print.click()
        return dialog.result()

    monkeypatch.setattr(PrintLabelsDialog, "exec", print_them)
    table = window.show_kind("radio")
    qtbot.waitUntil(lambda: table.found > 2 and not table.model.loading)
    table.view.selectAll()
    window.commands.run("record.labels")
    qtbot.waitUntil(lambda: "labels are being printed on Zebra 2." in window.toast.text, timeout=10000)
    qtbot.waitUntil(lambda: len(server.printed) == table.found, timeout=10000)
    server.idle()
    assert server.printed == shown  # what was shown is what was printed, in the order of the table
    window.toast._act()
    assert window.place == "printing"
    wait_for(window.own_page("printing"), qtbot, JobState.DONE)
    window.show_kind("radio")
    table.view.select_row(0)
    told = window.panel._label
    qtbot.waitUntil(lambda: told.text().startswith("Label printed "))
    assert told.text().endswith(" by J. Ruiz on Zebra 2.")
    assert window.panel.form.text("label_printer") == ""  # told in the sentence, not typed


@pytest.fixture
def adjusting(desk, printer, qtbot):
    """The dialog that adjusts the printer, once it knows the stocks."""
    dialog = AdjustDialog(desk, printer)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.test.isEnabled)
    return dialog


def test_the_test_page_is_printed_with_what_is_set_before_it_is_kept(adjusting, server, qtbot):
    assert adjusting.stock.findText("Avery 5160") < 0  # a Zebra has rolls in it
    choose(adjusting.stock, "Zebra 2 × 1 in")
    adjusting.test.click()
    qtbot.waitUntil(lambda: adjusting.told.text() == "The test page was sent to Zebra 2.")
    adjusting.editor.right.setValue(3)
    qtbot.waitUntil(adjusting.test.isEnabled)
    adjusting.test.click()
    qtbot.waitUntil(lambda: len(server.printed) == 2)
    server.idle()
    qtbot.waitUntil(adjusting.test.isEnabled)
    assert server.printed[0] != server.printed[1]
    assert adjusting.printer().nudge.x == 3


def test_a_printer_that_does_not_print_the_test_page_says_why(adjusting, server, qtbot):
    server.will(Fault(Break.HEAD_OPEN))
    adjusting.test.click()
    qtbot.waitUntil(lambda: adjusting.told.text() == "“Zebra 2” is open. Close its print head.")
    assert server.printed == []


def choose(box, words):
    at = box.findText(words)
    assert at >= 0, words
    box.setCurrentIndex(at)


@pytest.mark.parametrize("tab", ["Queue", "Printers", "Stocks", "Designs"])
def test_the_commands_lead_to_the_tabs(window, page, tab):
    command = {"Queue": "go.queue", "Printers": "go.printers", "Stocks": "go.stocks", "Designs": "go.designs"}[tab]
    window.show_place("home")
    window.commands.run(command)
    assert window.place == "printing"
    assert page.tab is getattr(page, tab.lower())


# Designs


@pytest.fixture
def shelf(page, qtbot):
    page.show_tab("Designs")
    qtbot.waitUntil(lambda: bool(page.designs.shelf.items))
    return page.designs


def test_each_design_is_listed_with_its_size_and_what_it_fits(shelf):
    assert {item.title for item in shelf.shelf.items} == {design.name for design in designs()}
    shelf.shelf.choose("Small tag")
    assert shelf.name.text() == "Small tag"
    assert "38.1 × 12.7 mm" in shelf.about.text()
    assert shelf.fits.text().startswith("Fits ")
    assert shelf.delete_it.isHidden()


def test_a_design_goes_out_and_comes_in_under_a_name_that_is_free(shelf, desk, city, qtbot, tmp_path, monkeypatch):
    path = tmp_path / "tag.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    shelf.shelf.choose("Tag")
    shelf.export()
    qtbot.waitUntil(path.exists)
    qtbot.waitUntil(lambda: not desk.jobs.busy)
    shelf.import_file()
    qtbot.waitUntil(lambda: shelf.shelf.key == "Tag 2")
    with city.reading() as connection:
        kept = own_designs(connection)
    assert [design.name for design in kept] == ["Tag 2"]
    assert kept[0].boxes == next(each for each in designs() if each.name == "Tag").boxes
    assert not shelf.delete_it.isHidden()


def test_an_own_design_is_deleted_and_undo_brings_it_back(shelf, desk, window, qtbot, monkeypatch):
    monkeypatch.setattr("desktop.labelling.designs_tab.confirm", lambda *_: True)
    mine = replace(designs()[0], name="Mine")
    desk.write("Keep", lambda journal, _task: keep_design(journal, mine), owner=desk)
    qtbot.waitUntil(lambda: "Mine" in [item.title for item in shelf.shelf.items])
    shelf.shelf.choose("Mine")
    shelf.delete()
    qtbot.waitUntil(lambda: "Mine" not in [item.title for item in shelf.shelf.items])
    window.commands.run("edit.undo")
    qtbot.waitUntil(lambda: "Mine" in [item.title for item in shelf.shelf.items])


def test_a_file_that_is_no_design_is_told(shelf, desk, window, qtbot, tmp_path, monkeypatch):
    path = tmp_path / "photo.json"
    path.write_bytes(b"\xff\xd8\xff\x00")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    with qtbot.waitSignal(desk.said):
        shelf.import_file()
    assert "photo.json" in window.toast.text


def test_a_design_that_fits_nothing_says_so(shelf, desk, qtbot):
    large = replace(designs()[0], name="Poster", width=900, height=900)
    desk.write("Keep", lambda journal, _task: keep_design(journal, large), owner=desk)
    qtbot.waitUntil(lambda: "Poster" in [item.title for item in shelf.shelf.items])
    shelf.shelf.choose("Poster")
    assert shelf.fits.text() == "It fits no labels that are known here. Make a stock of its size."
    assert not large.fits(stock_from({"name": "Small", "label": [50, 25]}))
