import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog

from desktop.dialogs.export import Asked
from desktop.importing.steps import Step
from desktop.tasks.exports import ExportTasks
from models.exchange.plan import State
from tests.desktop.wizards import RADIOS, calm, section


def _table(window, qtbot, number):
    table = window.show_kind("radio")
    qtbot.waitUntil(lambda: not table.model.loading and table.found == number)
    return table


def test_a_clean_file_opens_on_its_plan(opened, radios):
    wizard = opened(radios)
    assert wizard.step is Step.PLAN
    assert [wizard.run.plan.count(state) for state in State] == [1, 1, 1, 1]
    assert wizard.head.about.text().startswith("Sheet “radios”, rows 3 to 6 · as radios · matched by asset tag")
    assert wizard.foot.next.text() == "Import 2 rows"
    assert wizard.head.to_mapping.text() == "Mapping: 8 of 8 columns"


def test_the_plan_shows_every_row_before_anything_is_written(opened, radios):
    wizard = opened(radios)
    wizard.pages.rows.tiles.tile(State.REFUSED).click()
    model = wizard.pages.rows.model
    assert model.rowCount() == 1
    assert model.data(model.index(0, 0)) == "6"
    assert "Serial No.: " in model.note(0)
    assert wizard.pages.rows._told.text().startswith("Sheet “radios”, row 6. E6 Serial No.: The spreadsheet has cut")
    wizard.pages.rows.tiles.tile(State.CHANGED).click()
    custodian = section(wizard, "custodian")
    assert model.cell(0, custodian).old == "P. Whitcomb"
    assert model.cell(0, custodian).text == "R. Quill"


def test_every_step_can_be_gone_to_and_escape_goes_back_the_way_that_was_come(opened, radios, qtbot):
    wizard = opened(radios)
    for step in (Step.FILE, Step.SHEET, Step.MAPPING, Step.PLAN):
        wizard.head.trail.step(step).click()
        assert wizard.step is step
        assert wizard.head.trail.step(step).isChecked()
    calm(qtbot, wizard)
    assert not wizard.head.trail.step(Step.DONE).isEnabled()
    for step in (Step.MAPPING, Step.SHEET, Step.FILE, Step.PLAN):
        qtbot.keyClick(wizard, Qt.Key.Key_Escape)
        assert wizard.step is step
    qtbot.keyClick(wizard, Qt.Key.Key_Escape)
    assert not wizard.isVisible()


def test_back_and_next_lead_through_the_steps(opened, radios, qtbot):
    wizard = opened(radios)
    steps = [wizard.step]
    while wizard.foot.back.isEnabled():
        qtbot.mouseClick(wizard.foot.back, Qt.MouseButton.LeftButton)
        steps.append(wizard.step)
    assert steps == [Step.PLAN, Step.NAMES, Step.MAPPING, Step.SHEET, Step.FILE]
    for step in reversed(steps[:-1]):
        qtbot.mouseClick(wizard.foot.next, Qt.MouseButton.LeftButton)
        assert wizard.step is step
    calm(qtbot, wizard)


def test_importing_writes_the_plan_and_can_be_undone_at_once(opened, radios, window, qtbot):
    wizard = opened(radios)
    wizard.foot.next.click()
    qtbot.waitUntil(lambda: wizard.step is Step.DONE)
    assert "Imported 2 rows from radios.csv" in wizard.pages.finish.text
    assert "1 new, 1 changed, 1 the same, 1 refused." in wizard.pages.finish.text
    table = _table(window, qtbot, 10)
    wizard.pages.finish.take_back.click()
    qtbot.waitUntil(lambda: table.found == 9)
    qtbot.waitUntil(lambda: "undone" in wizard.pages.finish.text)


def test_the_end_leads_to_the_records(opened, radios, qtbot):
    wizard = opened(radios)
    wizard.foot.next.click()
    qtbot.waitUntil(lambda: wizard.step is Step.DONE)
    wizard.pages.finish.show_records.click()
    assert wizard.wanted == "radio"
    assert not wizard.isVisible()


def test_a_file_that_is_no_table_is_refused_in_words(opened, tmp_path):
    path = tmp_path / "report.xlsx"
    path.write_bytes(b"%PDF-1.7 ...")
    wizard = opened(path)
    assert wizard.step is Step.FILE
    assert wizard.notice.text == "report.xlsx is not a spreadsheet. It is a PDF document."
    assert wizard.run.plan is None
    assert not wizard.foot.next.isEnabled()


def test_a_missing_file_is_told(opened, tmp_path):
    assert "There is no file" in opened(tmp_path / "gone.csv").notice.text


def test_closing_while_the_file_is_read_stops_the_reading(wizards, radios, qtbot):
    wizard = wizards([radios])
    wizard.reject()
    assert not wizard.isVisible()
    assert wizard.run.plan is None


def test_what_was_said_is_not_lost_by_a_slip(opened, radios, qtbot, monkeypatch):
    wizard = opened(radios)
    wizard.go(Step.MAPPING)
    wizard.pages.mapping.choose("Alias", "")
    calm(qtbot, wizard)
    monkeypatch.setattr("desktop.importing.wizard.confirm", lambda *_words: False)
    wizard.reject()
    assert wizard.isVisible()
    monkeypatch.setattr("desktop.importing.wizard.confirm", lambda *_words: True)
    wizard.reject()
    assert not wizard.isVisible()


@pytest.mark.parametrize("name", ["radios.xlsx", "radios.csv"])
def test_what_was_exported_comes_back_as_all_the_same(window, desk, qtbot, tmp_path, opened, name):
    table = _table(window, qtbot, 9)
    path = tmp_path / name
    ExportTasks(desk, window).write(Asked("radio", "", (), table.model.ids[:], path.suffix), path)
    qtbot.waitUntil(lambda: window.toast.text == f"Exported 9 rows to {name}.", timeout=20000)
    wizard = opened(path)
    assert wizard.notice.text == ""
    assert wizard.run.plan.count(State.SAME) == 9
    assert wizard.foot.next.text() == "Nothing to import"


def test_dropped_files_and_folders_are_imported(application, window, radios, tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr("desktop.importing.asking._lead", lambda _desk, _window, paths: asked.extend(paths))
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.csv").write_text(RADIOS, "utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(radios)), QUrl.fromLocalFile(str(folder))])
    where, deed, left = QPointF(50, 50), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    window._drop.eventFilter(window, QDropEvent(where, deed, data, left, Qt.KeyboardModifier.NoModifier))
    assert asked == [radios, folder]


def test_refused_rows_are_saved_with_what_to_mend(opened, radios, tmp_path, qtbot, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_words: (str(tmp_path / "mend"), "CSV (*.csv)"))
    wizard = opened(radios)
    assert wizard.foot.keep.isVisible()
    wizard.foot.keep.click()
    qtbot.waitUntil(lambda: "Saved 1 refused row" in wizard.foot.words.text())
    assert "Serial No.: " in (tmp_path / "mend.csv").read_text("utf-8-sig")


def test_a_file_that_was_imported_before_says_so(opened, radios, qtbot):
    wizard = opened(radios)
    wizard.foot.next.click()
    qtbot.waitUntil(lambda: wizard.step is Step.DONE)
    again = opened(radios)
    assert "J. Ruiz imported the same file on" in again.pages.rows._notes.text()


def test_an_import_that_was_overtaken_is_planned_anew(opened, radios, desk, qtbot):
    from desktop.deeds import add_record

    wizard = opened(radios)
    desk.write(
        "Add", lambda journal, task: add_record(journal, task, "person", {"name": "R. Quill"}, "Add"), owner=desk
    )
    calm(qtbot, wizard)
    wizard.foot.next.click()
    calm(qtbot, wizard)
    assert wizard.step is Step.PLAN
    assert wizard.foot.next.isEnabled()
    assert "The records have changed since the plan was made" in wizard.notice.text
    assert "person" not in wizard.run.plan.made_by_table()


def test_the_keyboard_alone_leads_through_an_import(opened, radios, qtbot):
    wizard = opened(radios)
    assert wizard.focusWidget() is wizard.pages.rows.view
    for step in (Step.NAMES, Step.MAPPING, Step.SHEET):
        qtbot.keyClick(wizard, Qt.Key.Key_B, Qt.KeyboardModifier.AltModifier)
        qtbot.waitUntil(lambda wanted=step: wizard.step is wanted)
    for step in (Step.MAPPING, Step.NAMES, Step.PLAN):
        qtbot.keyClick(wizard, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert wizard.step is step
    calm(qtbot, wizard)
    qtbot.keyClick(wizard, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: wizard.step is Step.DONE)
    assert wizard.focusWidget() is wizard.pages.finish.show_records
