"""Export out of the window: what the table shows, chosen rows, everything, saved exports, templates."""

import openpyxl
import pytest
from PySide6.QtWidgets import QComboBox, QPushButton, QRadioButton

from desktop.dialogs.export import Asked, ExportDialog
from desktop.dialogs.template import TemplateDialog
from desktop.tasks.exports import ExportTasks
from models.exchange.writing.muster_book import sheet_kinds
from models.exchange.writing.saved import SavedExport, save_export, saved_exports
from models.journal.writer import Journal


@pytest.fixture
def table(window, qtbot):
    window.show_kind("radio")
    qtbot.waitUntil(lambda: window.table.word == "radio" and window.table.found == 9)
    return window.table


@pytest.fixture
def exports(window, desk):
    return ExportTasks(desk, window)


def told(window, qtbot, text):
    qtbot.waitUntil(lambda: window.toast.text.startswith(text), timeout=20000)


def choose(dialog, words):
    next(each for each in dialog.findChildren(QRadioButton) if words in each.text()).click()


def press(dialog, words):
    next(each for each in dialog.findChildren(QPushButton) if each.text() == words).click()


def test_the_rows_and_columns_that_the_table_shows(table, window):
    dialog = ExportDialog(table, (), window)
    asked = dialog.asked()
    assert (asked.record, list(asked.numbers), asked.ending) == ("radio", list(table.model.ids), ".xlsx")
    assert asked.columns == tuple(field.key for field in table.model.columns)
    choose(dialog, "All columns")
    assert dialog.asked().columns == ()
    dialog.deleteLater()


def test_chosen_rows_are_offered_when_there_are_some(table, window):
    table.view.selectRow(2)
    table.view.selectAll()
    dialog = ExportDialog(table, (), window)
    assert list(dialog.asked().numbers) == list(table.chosen().numbers)
    dialog._save.click()
    assert dialog.asked().name == ""  # rows that were chosen by hand are no export to be made again
    dialog.deleteLater()


def test_everything_is_a_workbook(table, window):
    dialog = ExportDialog(table, (), window)
    dialog.findChild(QComboBox).setCurrentIndex(1)
    choose(dialog, "Everything")
    assert dialog.asked() == Asked("all", "", (), None, ".xlsx")
    dialog.deleteLater()
    without = ExportDialog(None, (), window)  # on the home page
    assert without.asked().record == "all"
    without.deleteLater()


def test_a_name_is_needed_to_save(table, window):
    dialog = ExportDialog(table, (), window)
    go = next(each for each in dialog.findChildren(QPushButton) if each.text() == "Export…")
    dialog._save.click()
    assert not go.isEnabled()
    dialog._name.setText(" Radios ")
    assert go.isEnabled()
    assert dialog.asked().name == "Radios"
    dialog.deleteLater()


def test_everything_is_written_and_offered_to_be_opened(table, exports, window, qtbot, tmp_path):
    exports.write(Asked("all", "", (), None, ".xlsx"), tmp_path / "city.xlsx")
    told(window, qtbot, "Exported ")
    kinds = sheet_kinds(tmp_path / "city.xlsx")
    assert {"radio", "hardware", "person", "location"} <= set(kinds.values())


def test_an_export_is_saved_under_its_name_and_made_again(table, exports, desk, window, qtbot, tmp_path):
    asked = Asked("radio", "status:in_repair", ("tag",), None, ".csv", "Broken")
    folder = tmp_path / "out"
    folder.mkdir()
    exports.write(asked, folder / "broken {date}.csv")
    qtbot.waitUntil(lambda: len(saved_exports(desk.database)) == 1, timeout=20000)
    (first,) = folder.iterdir()
    assert first.read_text("utf-8-sig").splitlines() == ["Asset tag", "R-004470"]
    assert "{" not in first.name
    first.unlink()

    dialog = ExportDialog(table, saved_exports(desk.database), window)
    press(dialog, "Export again")
    assert dialog.chosen_export.name == "Broken"
    exports.make_again(dialog.chosen_export)
    told(window, qtbot, "“Broken”: Exported 1 row")
    assert first.exists()
    dialog.deleteLater()


def test_a_folder_that_is_gone_is_told(exports, desk, window, qtbot, tmp_path):
    saved = SavedExport("Radios", "radio", file=str(tmp_path / "gone" / "radios.csv"))
    save_export(Journal(desk.database, "x"), saved, desk.settings)
    exports.make_again(saved)
    told(window, qtbot, "radios.csv cannot be written")


def test_a_template_of_the_columns_that_the_table_shows(table, exports, window, qtbot, tmp_path):
    dialog = TemplateDialog(table, window)
    assert dialog.kind.word == "radio"
    assert dialog.columns == ()
    choose(dialog, "table shows")
    assert dialog.columns == tuple(field.key for field in table.model.columns)
    exports.write_template("radio", dialog.columns, tmp_path / "t.xlsx")
    told(window, qtbot, f"{len(dialog.columns)} columns to fill in")
    assert openpyxl.load_workbook(tmp_path / "t.xlsx").sheetnames[:2] == ["Read me", "Radios"]
    dialog.findChild(QComboBox).setCurrentText("People")
    assert (dialog.kind.word, dialog.columns) == ("person", ())
    dialog.deleteLater()
