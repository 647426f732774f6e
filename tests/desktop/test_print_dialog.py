"""The print dialog: what it shows is what is printed, by mouse and by keyboard; it remembers; it fills the queue."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QMessageBox
from sqlalchemy import text

from desktop.dialogs.print_labels import PrintLabelsDialog
from desktop.labelling.printer_dialog import PrinterDialog
from desktop.labelling.records import label_records
from desktop.labelling.stock_dialog import ROLL, StockDialog
from desktop.phrases import codes
from desktop.phrases.labelled import told_of_label
from desktop.printing.preview import SheetPreview
from models.labels.designs import designs
from models.labels.job import label_pages
from models.labels.layout import DPI, Nudge
from models.labels.own import keep_design, keep_stock
from models.labels.stocks import stock_from
from models.printers.printer import LabelPrinter, Language, keep_printer, printers
from models.printers.request import LabelFor
from models.schema.records import TABLES
from tests.labels.reading import Grey, pdf_pages

ZEBRA = LabelPrinter("Zebra 2", Language.ZPL, "tcp://127.0.0.1:9", 203)
"""Nobody listens there: what is printed waits in the queue."""
ROLL_2X1 = stock_from({"name": "Test roll", "about": "2 × 1 in", "unit": "in", "label": [2.75, 1.01]})


def tags(number):
    texts = [{"tag": f"L-{at:05}", "model": "Latitude 5440", "serial": f"S{at}"} for at in range(number)]
    return [LabelFor("", "", each) for each in texts]


def texts(*records):
    return [LabelFor("", "", each) for each in records]


def choose(box, words):
    at = box.findText(words)
    assert at >= 0, words
    box.setCurrentIndex(at)


@pytest.fixture
def opened(desk, qtbot):
    def show(records, word=""):
        dialog = PrintLabelsDialog(desk, records, word)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(lambda: bool(dialog.summary.text()) and not desk.jobs.busy)
        return dialog

    return show


def settled(dialog, qtbot):
    qtbot.waitUntil(lambda: dialog._sheets is not None and dialog.save.isEnabled())
    return dialog._sheets


def test_it_says_how_many_labels_and_sheets(opened):
    dialog = opened(tags(31))
    assert dialog.summary.text() == "31 labels on 2 sheets."
    assert dialog.page.text() == "Sheet 1 of 2"
    assert dialog.save.isEnabled()
    dialog.copies.setValue(2)
    assert dialog.summary.text() == "62 labels on 3 sheets."


def test_a_click_on_the_sheet_says_where_printing_begins(opened, qtbot):
    dialog = opened(tags(31))
    place = dialog.sheet.label_rect(12).center().toPoint()
    qtbot.mouseClick(dialog.sheet, Qt.MouseButton.LeftButton, pos=place)
    assert dialog.start.value() == 12
    assert dialog.summary.text() == "31 labels on 2 sheets."
    assert "begins at label 12" in dialog.sheet.accessibleDescription()
    qtbot.mouseClick(dialog.sheet, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    assert dialog.start.value() == 12


def test_the_keyboard_does_the_same(opened, qtbot):
    dialog = opened(tags(31))
    dialog.sheet.setFocus()
    for key, start in (
        (Qt.Key.Key_Up, 1),
        (Qt.Key.Key_Right, 2),
        (Qt.Key.Key_Down, 5),
        (Qt.Key.Key_Left, 4),
        (Qt.Key.Key_End, 30),
        (Qt.Key.Key_Down, 30),
        (Qt.Key.Key_Up, 27),
        (Qt.Key.Key_Home, 1),
    ):
        qtbot.keyClick(dialog.sheet, key)
        assert dialog.start.value() == start
    qtbot.keyClick(dialog.sheet, Qt.Key.Key_PageDown)
    assert dialog.page.text() == "Sheet 2 of 2"
    assert not dialog.forward.isEnabled()
    qtbot.keyClick(dialog.sheet, Qt.Key.Key_Right)
    assert dialog.start.value() == 1
    dialog.back.click()
    assert dialog.page.text() == "Sheet 1 of 2"
    assert not dialog.back.isEnabled()


def test_stocks_offer_the_designs_that_fit(opened, qtbot):
    dialog = opened(tags(3))
    choose(dialog.stock, "Avery 5167")
    assert dialog.design.findText("Radio") < 0
    assert dialog.design.findText("Small tag") >= 0
    assert not dialog.design.itemIcon(0).isNull()
    assert dialog.start.maximum() == 80
    assert dialog.about.text() == "80 labels, 1 3/4 × 1/2 in, Letter"
    settled(dialog, qtbot)
    choose(dialog.stock, "Avery 5160")
    assert dialog.design.findText("Radio") >= 0


def test_a_stock_is_found_by_a_part_of_its_name(opened, qtbot):
    dialog = opened(tags(1))
    line = dialog.stock.lineEdit()
    line.selectAll()
    qtbot.keyClicks(line, "7651")
    popup = dialog.stock.completer()
    assert popup.completionCount() == 1
    assert popup.currentCompletion() == "Avery L7651"
    line.setText("no such labels")
    line.editingFinished.emit()
    assert line.text() == dialog.stock.stock.name


def test_own_designs_stand_first_and_what_suits_the_records_is_chosen(opened, desk, qtbot):
    kept = []
    mine = replace(next(each for each in designs() if each.name == "Tag"), name="Mine")
    desk.write("Keep", lambda journal, _task: keep_design(journal, mine), kept.append, owner=desk)
    qtbot.waitUntil(lambda: bool(kept))
    for word in ("radio", "location", "person"):
        dialog = opened(tags(1), word)
        assert dialog.design.itemText(0) == "Mine"
        assert word in dialog.choices.chosen_design.kinds


def test_records_without_a_label_are_told_in_sentences(opened, qtbot):
    dialog = opened([*tags(2), *texts({"name": "Spare charger"}, {"tag": "Ñ-1"}, {"tag": "X" * 60}, {})])
    choose(dialog.symbol, "Code 128")
    settled(dialog, qtbot)
    assert dialog.summary.text() == "2 labels on 1 sheet. 4 records get none:"
    told = dialog.refused.toPlainText().split("\n\n")
    assert [line.partition(":")[0] for line in told] == ["Spare charger", "Ñ-1", "X" * 60, "Row 6"]
    assert "needs 121.1 mm" in told[2]
    assert not dialog.refused.isHidden()


def test_without_any_label_nothing_can_be_printed(opened):
    dialog = opened(texts({"name": "Spare charger"}))
    assert dialog.summary.text() == "0 labels on 0 sheets. 1 record gets none:"
    assert not dialog.print.isEnabled()
    assert not dialog.save.isEnabled()


def test_the_symbol_may_be_another_one(opened, qtbot):
    dialog = opened(tags(1))
    choose(dialog.design, "Tag")
    choose(dialog.symbol, "QR Code")
    sheets = settled(dialog, qtbot)
    words = [shape.symbol.symbology.word for shape in sheets.labels[0].shapes if hasattr(shape, "symbol")]
    assert words == ["qr"]


def test_a_pdf_is_what_was_shown_and_the_sheet_is_remembered(opened, qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "out"), ""))
    dialog = opened(tags(10))
    choose(dialog.design, "Tag and model")
    settled(dialog, qtbot)
    dialog.start.setValue(7)
    with qtbot.waitSignal(dialog.accepted):
        dialog.save.click()
    assert dialog.outcome == "10 labels saved as out.pdf."
    assert not dialog.queued
    assert pdf_pages(tmp_path / "out.pdf", 300)[0].texts() == [record.texts["tag"] for record in tags(10)]
    again = opened(tags(30))
    assert again.design.currentText() == "Tag and model"
    assert again.start.value() == 17


def test_a_sheet_that_is_used_up_begins_anew(opened, qtbot, monkeypatch, tmp_path):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "out.pdf"), ""))
    dialog = opened(tags(30))
    with qtbot.waitSignal(dialog.accepted):
        dialog.save.click()
    assert opened(tags(1)).start.value() == 1


def test_saying_no_to_the_file_changes_nothing(opened, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    dialog = opened(tags(1))
    dialog.save.click()
    assert dialog.isVisible()
    assert dialog.save.isEnabled()


def test_a_file_that_cannot_be_written_is_told_and_the_dialog_stays(opened, qtbot, tmp_path, monkeypatch):
    told = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "none" / "out.pdf"), ""))
    monkeypatch.setattr(QMessageBox, "warning", lambda _parent, _title, words: told.append(words))
    dialog = opened(tags(1))
    dialog.save.click()
    qtbot.waitUntil(lambda: bool(told))
    assert "out.pdf” cannot be written" in told[0]
    assert dialog.isVisible()
    qtbot.waitUntil(dialog.save.isEnabled)
    dialog.reject()
    assert dialog.result() == QDialog.DialogCode.Rejected


# Printers


def test_without_a_printer_it_says_what_can_be_done(opened):
    dialog = opened(tags(1))
    if dialog.printer.printer is None:  # a machine may have printers
        assert dialog.hint.text() == "There is no printer yet. Add one, or save the labels as PDF."
        assert not dialog.print.isEnabled()
    assert dialog.choices.add_printer.isEnabled()


def test_labels_are_laid_out_on_the_dots_of_the_printer(opened, desk, city, qtbot):
    keep_printer(desk.settings, ZEBRA)
    keep_printer(desk.settings, LabelPrinter("Fine", Language.ZPL, "tcp://127.0.0.1:9", 600, Nudge(1, 2)))
    dialog = opened(tags(3))
    choose(dialog.printer, "Zebra 2")
    assert settled(dialog, qtbot).dpi == 203
    assert dialog.hint.text() == "Zebra 2 prints on rolls, and Avery 5160 are sheets. Choose a roll or another printer."
    assert not dialog.print.isEnabled()
    choose(dialog.printer, "Fine")
    sheets = settled(dialog, qtbot)
    assert (sheets.dpi, sheets.nudge) == (600, Nudge(1, 2))


def test_a_record_that_a_coarse_printer_has_no_room_for_is_refused_there_only(opened, desk, qtbot):
    keep_printer(desk.settings, ZEBRA)
    keep_printer(desk.settings, LabelPrinter("Fine", Language.ZPL, "tcp://127.0.0.1:9", 300))
    dialog = opened(texts({"tag": "W" * 26}))
    choose(dialog.symbol, "Code 128")
    choose(dialog.printer, "Fine")
    settled_or_empty(dialog, qtbot)
    assert dialog.refused.isHidden()
    choose(dialog.printer, "Zebra 2")
    settled_or_empty(dialog, qtbot)
    assert "needs" in dialog.refused.toPlainText()


def settled_or_empty(dialog, qtbot):
    qtbot.waitUntil(lambda: dialog._sheets is not None)


@pytest.fixture
def roll(desk, qtbot):
    kept = []
    desk.write("Keep", lambda journal, _task: keep_stock(journal, ROLL_2X1), kept.append, owner=desk)
    qtbot.waitUntil(lambda: bool(kept))
    keep_printer(desk.settings, ZEBRA)


def radio_labels(desk, city, tags=("R-004473", "R-004468")):
    with city.reading() as connection:
        table = TABLES["asset"].sql
        numbers = [
            connection.execute(text("SELECT nr FROM asset WHERE tag = :tag"), {"tag": tag}).scalar_one() for tag in tags
        ]
        assert table is not None
        return label_records(connection, desk, "radio", numbers)


def test_what_is_printed_is_in_the_queue_in_order_and_the_dialog_closes(roll, opened, desk, city, qtbot):
    records, word = radio_labels(desk, city)
    dialog = opened(records, word)
    choose(dialog.stock, "Test roll")
    choose(dialog.printer, "Zebra 2")
    settled(dialog, qtbot)
    assert dialog.summary.text() == "2 labels."
    assert dialog.page.text() == "Label 1 of 2"
    assert dialog.start.isHidden()
    assert dialog.enlarged.isHidden()
    dialog.copies.setValue(3)
    with qtbot.waitSignal(dialog.accepted):
        dialog.print.click()
    assert dialog.outcome == "6 labels are being printed on Zebra 2."
    assert dialog.queued
    jobs = []
    desk.printing.jobs(jobs.extend)
    qtbot.waitUntil(lambda: bool(jobs))
    assert (jobs[0].printer, jobs[0].labels) == ("Zebra 2", 6)
    again = opened(records, word)
    assert again.stock.stock.name == "Test roll"
    assert again.printer.printer == ZEBRA


def test_a_printer_that_is_set_up_on_the_way_is_chosen(opened, desk, qtbot, monkeypatch):
    def made(dialog):
        dialog.name.setText("New one")
        dialog.host.setText("10.0.0.7")
        dialog.accept()
        return dialog.result()

    monkeypatch.setattr(PrinterDialog, "exec", made)
    dialog = opened(tags(1))
    dialog.choices.add_printer.click()
    assert dialog.printer.printer == LabelPrinter("New one", Language.ZPL, "tcp://10.0.0.7", 203)
    assert printers(desk.settings) == (dialog.printer.printer,)
    monkeypatch.setattr(PrinterDialog, "exec", lambda _dialog: QDialog.DialogCode.Rejected)
    dialog.choices.add_printer.click()
    assert dialog.printer.printer.name == "New one"


def test_a_stock_that_is_measured_on_the_way_is_chosen(opened, qtbot, monkeypatch):
    def measured(dialog):
        dialog.name.setText("Shelf labels")
        dialog.kind.setCurrentIndex(dialog.kind.findData(ROLL))
        dialog.accept()
        return dialog.result()

    monkeypatch.setattr(StockDialog, "exec", measured)
    dialog = opened(tags(1))
    dialog.choices.new_stock.click()
    qtbot.waitUntil(lambda: dialog.stock.stock.name == "Shelf labels")
    assert settled(dialog, qtbot).stock.name == "Shelf labels"


def test_each_stock_remembers_its_printer(roll, opened, desk, tmp_path, qtbot, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "out.pdf"), ""))
    keep_printer(desk.settings, LabelPrinter("Office", Language.ZPL, "tcp://127.0.0.1:9", 300))
    for stock, printer in (("Test roll", "Zebra 2"), ("Avery 5160", "Office")):
        dialog = opened(tags(1))
        choose(dialog.stock, stock)
        choose(dialog.printer, printer)
        settled(dialog, qtbot)
        with qtbot.waitSignal(dialog.accepted):
            dialog.save.click()
    dialog = opened(tags(1))
    assert (dialog.stock.stock.name, dialog.printer.printer.name) == ("Avery 5160", "Office")
    choose(dialog.stock, "Test roll")
    assert dialog.printer.printer.name == "Zebra 2"
    assert settled(dialog, qtbot).dpi == 203


# What gets a label


def test_what_was_saved_as_pdf_is_remembered_at_the_records(opened, desk, city, qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "radios.pdf"), ""))
    records, word = radio_labels(desk, city, ["R-004468"])
    for _ in range(2):
        dialog = opened(records, word)
        with qtbot.waitSignal(dialog.accepted):
            dialog.save.click()
        qtbot.waitUntil(lambda: not desk.jobs.busy)
    with city.reading() as connection:
        values = connection.execute(text("SELECT * FROM asset WHERE tag = 'R-004468'")).mappings().one()
    assert values["label_printer"] == "radios.pdf"
    assert int(values["label_prints"]) == 2
    assert told_of_label(values).startswith("Label printed twice, last ")
    assert told_of_label(values).endswith(" by J. Ruiz on radios.pdf.")


def test_assets_of_several_kinds_have_the_fields_of_each(desk, city):
    with city.reading() as connection:
        wanted = text("SELECT nr FROM asset WHERE tag IN ('R-004468', 'A-10001') ORDER BY nr")
        numbers = list(connection.execute(wanted).scalars())
        records, word = label_records(connection, desk, "asset", numbers[::-1])
    assert word == ""
    assert [each.texts["tag"] for each in records] == ["A-10001", "R-004468"]
    assert records[0].texts["hostname"] == "LT-0001"
    assert records[1].texts["alias"] == "ENG 7 CPT"


def test_the_chosen_rows_are_printed_in_the_order_of_the_grid(window, application, qtbot, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "desktop.tasks.labels.LabelTasks.print_records", lambda _self, records, word: asked.append((records, word))
    )
    table = window.show_kind("radio")
    qtbot.waitUntil(lambda: bool(table.model.ids))
    table.model.find("", ("tag", True))
    qtbot.waitUntil(lambda: not table.model.loading)
    view = table.view
    for at in (4, 0, 2):
        view.selectionModel().select(
            table.model.index(at, 0),
            view.selectionModel().SelectionFlag.Select | view.selectionModel().SelectionFlag.Rows,
        )
    window.commands.run("record.labels")
    qtbot.waitUntil(lambda: bool(asked))
    records, word = asked[0]
    shown = [each.texts["tag"] for each in records]
    assert word == "radio"
    assert shown == sorted(shown, reverse=True)
    assert len(shown) == 3


@pytest.mark.parametrize(("word", "name"), [("person", "K. Brandt"), ("location", "Engine 7")])
def test_people_and_places_have_labels_too(window, qtbot, monkeypatch, word, name):
    asked = []
    monkeypatch.setattr(
        "desktop.tasks.labels.LabelTasks.print_records", lambda _self, records, word: asked.append((records, word))
    )
    table = window.show_kind(word)
    table.show_query([], f'"{name}"')
    qtbot.waitUntil(lambda: table.found == 1 and not table.model.loading)
    table.view.select_row(0)
    window.commands.run("record.labels")
    qtbot.waitUntil(lambda: bool(asked))
    records, kind = asked[0]
    assert kind == word
    assert (records[0].table, records[0].texts["name"]) == (word, name)


def test_where_nothing_bears_a_label_it_says_what_to_choose(window, qtbot):
    window.show_kind("vendor")
    window.commands.run("record.labels")
    assert window.toast.text == "Choose first what gets a label: things, places or people."


# Everywhere


def test_every_control_has_a_name_and_every_label_a_buddy(opened):
    dialog = opened(tags(1))
    choices = (dialog.stock, dialog.design, dialog.start, dialog.copies, dialog.choices.symbol, dialog.printer)
    for control in (*choices, dialog.sheet, dialog.enlarged, dialog.refused):
        assert control.accessibleName()
    buddies = {label.buddy() for label in dialog.findChildren(QLabel) if label.buddy()}
    assert buddies == set(choices)
    reached, widget = set(), dialog.stock.nextInFocusChain()
    while widget is not dialog.stock:
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            reached.add(widget)
        widget = widget.nextInFocusChain()
    assert {dialog.design, dialog.sheet, dialog.save, dialog.print, dialog.cancel, dialog.printer} <= reached


def test_the_preview_shows_the_sheet_itself(qtbot):
    """Large enough, the preview can be scanned from the screen."""
    preview = SheetPreview()
    qtbot.addWidget(preview)
    preview.resize(1700, 2200)
    preview.show_sheets(label_pages([each.texts for each in tags(31)], "5160", "Tag", 4, dpi=DPI))
    assert preview.page_count == 2
    assert Grey.of_image(picture(preview)).texts() == [record.texts["tag"] for record in tags(27)]
    preview.turn_to(1)
    assert Grey.of_image(picture(preview)).texts() == [record.texts["tag"] for record in tags(31)[27:]]
    preview.turn_to(2)
    assert preview.page == 1


def picture(widget):
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)


def test_all_problems_of_labels_have_sentences():
    here = Path(__file__).parents[2]
    sources = [path for room in ("labelling", "printing", "dialogs") for path in here.glob(f"desktop/{room}/*.py")]
    sources += here.glob("models/labels/*.py")
    used = {code for path in sources for code in re.findall(r'"(label\.[a-z-]+)"', path.read_text("utf-8"))}
    assert len(used) > 10
    assert used <= set(codes())
