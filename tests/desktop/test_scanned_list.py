"""The scanned list: filled by scans, kept over a restart, and what is done with it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMessageBox
from sqlalchemy import text

from desktop.dialogs.print_labels import PrintLabelsDialog
from desktop.dialogs.scanned_list import ScannedListDialog
from desktop.dialogs.target import TargetDialog
from desktop.scanning.list_rows import GONE
from desktop.scanning.modes import ScanModes
from models.services.bulk import delete_records

CODES = ("R-004472", "R-004473", "A-10000", "Medic 25")


@pytest.fixture
def listed(window, qtbot):
    """The dialog of the list, with three assets and a place on it."""
    window.commands.run("scan.list")
    for code in CODES:
        with qtbot.waitSignal(window.modes.answered):
            window.take_scan(code)
    window.commands.run("scan.scanned")
    dialog = window.findChild(ScannedListDialog)
    qtbot.waitUntil(lambda: len(dialog.model.rows) == 4)
    return dialog


def press(dialog, words):
    next(each for each in dialog._deeds if each.text() == words).click()


def names(dialog):
    return [each.texts[0] for each in dialog.model.rows]


def select(dialog, *rows):
    dialog.view.setSelectionMode(dialog.view.SelectionMode.MultiSelection)
    for row in rows:
        dialog.view.selectRow(row)


def test_the_last_scan_is_on_top_and_each_is_there_once(window, qtbot, listed):
    assert names(listed) == list(reversed(CODES))
    assert "481CRP2207" in listed.model.rows[2].texts[1]
    assert listed.model.rows[2].texts[2:4] == ("Radio", "In service")
    with qtbot.waitSignal(window.modes.answered) as answered:
        window.take_scan("R-004472")
    assert answered.args[0].answer.code == "custody.listed-already"
    with qtbot.waitSignal(window.modes.answered):
        window.take_scan("MUSTER UNDO")
    qtbot.waitUntil(lambda: names(listed) == ["A-10000", "R-004473", "R-004472"])


def test_it_is_there_after_a_restart_and_what_is_gone_says_so(window, desk, qtbot, listed):
    assert [each.word for each in ScanModes(desk).scanned.rows()] == ["radio", "radio", "hardware", "location"]
    number = listed.model.rows[3].nr
    desk.write(
        "Delete", lambda journal, _task: delete_records(journal, "radio", [number], "Delete").changes, owner=desk
    )
    qtbot.waitUntil(lambda: listed.model.rows[3].texts[1] == GONE)
    assert len(listed.chosen()) == 3


def test_rows_are_taken_off_and_copied(window, desk, qtbot, listed, monkeypatch):
    select(listed, 0, 1)
    assert listed._count.text() == "2 of 4 records chosen"
    listed.copy()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert [line.split("\t")[0] for line in lines] == ["Name", "Medic 25", "A-10000"]
    qtbot.keyClick(listed.view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: names(listed) == ["R-004473", "R-004472"])
    assert len(desk.memory.get("scanned")) == 2
    monkeypatch.setattr(QMessageBox, "exec", lambda box: box.defaultButton().click() or 0)
    monkeypatch.setattr(QMessageBox, "clickedButton", lambda box: box.defaultButton())
    listed.clear()
    qtbot.waitUntil(lambda: not listed.model.rows)
    assert listed._body.currentIndex() == 1
    assert desk.memory.get("scanned") is None


def test_all_assets_on_it_are_issued_and_returned_as_one_deed(window, qtbot, city, listed, monkeypatch):
    def choose(dialog):
        qtbot.addWidget(dialog)
        if "Issue" in dialog.windowTitle():
            dialog.editor.put("K. Brandt")
            dialog.editor._ask()
            qtbot.waitUntil(lambda: dialog.editor.check() is not None)
        dialog._take()
        return dialog.result()

    def held():
        with city.reading() as connection:
            sql = "SELECT count(*) FROM asset a JOIN person p ON p.id = a.custodian WHERE p.name = 'K. Brandt'"
            return connection.execute(text(sql)).scalar_one()

    before = held()
    monkeypatch.setattr(TargetDialog, "exec", choose)
    press(listed, "Issue…")
    qtbot.waitUntil(lambda: held() == before + 3)
    qtbot.waitUntil(lambda: window.toast.text.startswith("3 issued to K. Brandt."))
    press(listed, "Return…")  # to no place: they stay where they are
    qtbot.waitUntil(lambda: held() == before)
    qtbot.waitUntil(lambda: window.toast.text.startswith("3 are back."))
    window.commands.run("edit.undo")
    qtbot.waitUntil(lambda: held() == before + 3)


def test_it_is_shown_in_the_table(window, qtbot, listed):
    press(listed, "Show in the table")
    qtbot.waitUntil(lambda: window.table is not None and window.table.chosen_count() == 2)
    assert window.table.word == "radio"
    qtbot.waitUntil(lambda: not window._desk.jobs.busy)
    model, chosen = window.table.model, window.table.chosen()
    assert sorted(model.row(model.place(nr)).texts["tag"] for nr in chosen.numbers) == ["R-004472", "R-004473"]
    assert window.toast.text == "2 radios of the list are chosen. 2 records of other kinds are not here."


def test_labels_are_printed_in_the_order_of_the_list(window, qtbot, listed, monkeypatch):
    shown = []
    monkeypatch.setattr(PrintLabelsDialog, "exec", lambda dialog: shown.append(list(dialog._records)) or 0)
    press(listed, "Print labels…")
    qtbot.waitUntil(lambda: bool(shown))
    assert [each.texts.get("tag") or each.texts["name"] for each in shown[0]] == list(reversed(CODES))


def test_assets_of_all_kinds_are_exported_together(window, qtbot, listed, monkeypatch, tmp_path):
    path = tmp_path / "scanned.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_arguments: (str(path), ""))
    press(listed, "Export…")
    qtbot.waitUntil(lambda: window.toast.text == "Exported 3 rows to scanned.xlsx.")
    import openpyxl

    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert {str(cell.value) for row in sheet.iter_rows() for cell in row} >= {"R-004472", "R-004473", "A-10000"}
