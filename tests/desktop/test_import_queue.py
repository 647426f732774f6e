import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QFileDialog

from desktop.dialogs.import_log import ImportLogDialog
from desktop.drop import FileDrop
from desktop.importing.queue import Fate
from desktop.importing.steps import Step
from models.exchange.plan import State
from tests.desktop.wizards import RADIOS, calm


@pytest.fixture
def led(monkeypatch, window, qtbot):
    """Runs what opens the wizard, with `then` in the place of the person; the wizard is closed after it."""
    from desktop.importing.wizard import ImportWizard

    def lead(command, then):
        def as_a_person(wizard):
            wizard.show()
            calm(qtbot, wizard)
            then(wizard)
            wizard.accept()
            return 1

        monkeypatch.setattr(ImportWizard, "exec", as_a_person)
        window.commands.run(command)

    return lead


def _list(tmp_path, name, tag):
    path = tmp_path / name
    path.write_text(f"Tag,Serial\n{tag}-1,{tag}S1\n{tag}-2,{tag}S2\n", "utf-8")
    return path


def _copy(text="", html="", urls=()):
    data = QMimeData()
    if text:
        data.setText(text)
    if html:
        data.setHtml(html)
    if urls:
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in urls])
    QGuiApplication.clipboard().setMimeData(data)


def test_files_are_imported_one_after_the_other(opened, tmp_path, qtbot):
    prose = tmp_path / "b.txt"
    prose.write_bytes(b"%PDF-1.7 ...")
    wizard = opened(_list(tmp_path, "a.csv", "A"), prose, _list(tmp_path, "c.csv", "C"))
    assert wizard.head.title.text() == "Import a.csv · 1 of 3"
    wizard.foot.next.click()
    qtbot.waitUntil(lambda: wizard.step is Step.DONE)
    assert wizard.foot.next.text() == "&Next: b.txt"
    wizard.foot.next.click()
    calm(qtbot, wizard)
    assert wizard.head.title.text() == "Import b.txt · 2 of 3"
    assert wizard.step is Step.FILE
    assert "b.txt is not a spreadsheet" in wizard.notice.text
    assert not wizard.foot.next.isEnabled()
    wizard.foot.skip.click()
    calm(qtbot, wizard)
    assert wizard.step is Step.PLAN
    assert [entry.fate for entry in wizard.queue.entries] == [Fate.DONE, Fate.SKIPPED, Fate.NOW]
    wizard.go(Step.FILE)
    assert wizard.pages.files._words.text() == "3 files, 1 imported, 0 left"
    assert "2 new" in wizard.pages.files.list.item(0).text()
    assert "not a spreadsheet" in wizard.pages.files.list.item(1).text()


def test_after_an_import_the_list_can_be_seen_and_escape_leads_back(opened, tmp_path, qtbot):
    wizard = opened(_list(tmp_path, "a.csv", "A"), _list(tmp_path, "b.csv", "B"))
    wizard.foot.next.click()
    qtbot.waitUntil(lambda: wizard.step is Step.DONE)
    wizard.head.trail.step(Step.FILE).click()
    assert wizard.pages.files._words.text() == "2 files, 1 imported, 1 left"
    qtbot.keyClick(wizard, Qt.Key.Key_Escape)
    assert wizard.step is Step.DONE
    assert wizard.isVisible()
    qtbot.keyClick(wizard, Qt.Key.Key_Escape)
    assert not wizard.isVisible()


def test_what_was_said_of_a_file_is_not_skipped_by_a_slip(opened, tmp_path, qtbot, monkeypatch):
    wizard = opened(_list(tmp_path, "a.csv", "A"), _list(tmp_path, "b.csv", "B"))
    wizard.go(Step.MAPPING)
    wizard.pages.mapping.choose("Serial", "")
    calm(qtbot, wizard)
    monkeypatch.setattr("desktop.importing.wizard.confirm", lambda *_words: False)
    wizard.foot.skip.click()
    assert wizard.run.path.name == "a.csv"
    monkeypatch.setattr("desktop.importing.wizard.confirm", lambda *_words: True)
    wizard.foot.skip.click()
    calm(qtbot, wizard)
    assert wizard.run.path.name == "b.csv"


def test_refused_rows_of_copied_cells_go_to_a_folder_that_lasts(led, window, desk, tmp_path, monkeypatch):
    desk.memory.put("folder", str(tmp_path))
    proposed = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *words: (proposed.append(words[2]), ("", ""))[1])
    _copy(text="Tag\tSerial\nA-1\t6.72E+14\nA-2\tS2\n")
    led("file.import-clipboard", lambda wizard: wizard.foot.keep.click())
    assert proposed == [str(tmp_path / "Clipboard to mend.xlsx")]


def test_a_file_further_down_is_taken_first(opened, tmp_path, qtbot):
    wizard = opened(_list(tmp_path, "a.csv", "A"), _list(tmp_path, "b.csv", "B"), _list(tmp_path, "c.csv", "C"))
    wizard.go(Step.FILE)
    wizard.pages.files.list.setCurrentRow(2)
    wizard.pages.files.open.click()
    calm(qtbot, wizard)
    assert wizard.run.path.name == "c.csv"
    assert wizard.queue.next.name == "a.csv"
    wizard.go(Step.FILE)
    wizard.pages.files.list.setCurrentRow(1)
    wizard.pages.files.remove.click()
    assert [entry.name for entry in wizard.queue.entries] == ["a.csv", "c.csv"]


def test_files_are_added_to_the_list(opened, tmp_path, qtbot, monkeypatch):
    second = _list(tmp_path, "b.csv", "B")
    wizard = opened(_list(tmp_path, "a.csv", "A"))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_words: ([str(second)], ""))
    wizard.go(Step.FILE)
    added = next(
        made for made in wizard.pages.files.findChildren(type(wizard.foot.next)) if made.text() == "Add files…"
    )
    added.click()
    assert wizard.head.title.text() == "Import a.csv · 1 of 2"
    assert wizard.queue.next.path == second


def test_files_are_let_fall_on_the_wizard(opened, tmp_path, qtbot):
    wizard = opened(_list(tmp_path, "a.csv", "A"))
    folder = tmp_path / "more"
    folder.mkdir()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(_list(folder, "b.csv", "B").parent))])
    where, left = QPointF(50, 50), Qt.MouseButton.LeftButton
    drop = QDropEvent(where, Qt.DropAction.CopyAction, data, left, Qt.KeyboardModifier.NoModifier)
    wizard.findChild(FileDrop).eventFilter(wizard, drop)  # as Qt tells of it
    qtbot.waitUntil(lambda: wizard.queue.left == 1)
    assert wizard.head.title.text() == "Import a.csv · 1 of 2"


def test_a_folder_is_imported(led, window, tmp_path, monkeypatch):
    folder = tmp_path / "lists"
    folder.mkdir()
    for name in ("b", "a"):
        _list(folder, f"{name}.csv", name.upper())
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_words: str(folder))
    seen = []
    led("file.import-folder", lambda wizard: seen.extend(entry.name for entry in wizard.queue.entries))
    assert seen == ["a.csv", "b.csv"]


def test_a_folder_without_spreadsheets_says_so(window, tmp_path, monkeypatch):
    empty = tmp_path / "none"
    empty.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_words: str(empty))
    window.commands.run("file.import-folder")
    assert "There are no spreadsheets in that folder" in window.toast.text


def test_several_files_are_asked_for(led, tmp_path, monkeypatch):
    paths = [_list(tmp_path, f"{name}.csv", name) for name in "ab"]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_words: ([str(path) for path in paths], ""))
    seen = []
    led("file.import", lambda wizard: seen.append((wizard.head.title.text(), wizard.queue.left)))
    assert seen == [("Import a.csv · 1 of 2", 1)]


@pytest.mark.parametrize(
    "copied",
    [
        {"text": RADIOS.partition("\n")[2].replace(",", "\t")},
        {"text": RADIOS},
        {"html": "<table><tr><td>Tag<td>Serial No.<tr><td>R-1<td>0071<tr><td>R-2<td>0072</table>"},
    ],
)
def test_copied_cells_are_imported(led, window, desk, copied):
    _copy(**copied)
    seen = []
    led(
        "file.import-clipboard",
        lambda wizard: seen.append((wizard.head.title.text(), wizard.run.plan.sheet, wizard.run.plan.path)),
    )
    ((title, sheet, path),) = seen
    assert (title, sheet) == ("Import Clipboard", "Clipboard")
    assert path.is_relative_to(desk.database.home.path)
    assert not path.exists()


def test_leading_zeros_of_copied_cells_stay(led, window):
    _copy(html="<table><tr><td>Tag<td>Serial No.<tr><td>R-1<td>0071<tr><td>R-2<td>0072</table>")
    seen = []
    led("file.import-clipboard", lambda wizard: seen.append(wizard.run.plan.patch(0)["serial"]))
    assert seen == ["0071"]


def test_paste_on_a_page_without_a_table_imports(led, window):
    _copy(text="Tag\tSerial\nA-1\tS1\nA-2\tS2\n")
    window.show_place("home")
    seen = []
    led("edit.paste", lambda wizard: seen.append(wizard.run.plan.count(State.NEW)))
    assert seen == [2]


def test_an_empty_clipboard_says_so(window):
    QGuiApplication.clipboard().clear()
    window.commands.run("file.import-clipboard")
    assert "no table in the clipboard" in window.toast.text


def test_copied_cells_and_files_are_added_to_the_list(opened, tmp_path, qtbot):
    wizard = opened(_list(tmp_path, "a.csv", "A"))
    wizard.go(Step.FILE)
    _copy(text="Tag\tSerial\nB-1\tS1\n")
    qtbot.keyClick(wizard.pages.files.list, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    _copy(urls=[_list(tmp_path, "c.csv", "C")])
    qtbot.keyClick(wizard.pages.files.list, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [entry.name for entry in wizard.queue.entries] == ["a.csv", "Clipboard", "c.csv"]
    pasted = wizard.queue.entries[1].path
    assert pasted.exists()
    wizard.reject()
    assert not pasted.exists()


def test_the_next_sheet_of_a_workbook_is_offered(opened, tmp_path, qtbot):
    from openpyxl import Workbook

    book = Workbook()
    for name, number in (("Fire", 30), ("Police", 3)):
        sheet = book.active if name == "Fire" else book.create_sheet(name)
        sheet.title = name
        sheet.append(["Tag", "Serial", "Model"])
        for at in range(number):
            sheet.append([f"{name}-{at}", f"{name}S{at}", "Latitude 5450"])
    path = tmp_path / "all.xlsx"
    book.save(path)
    wizard = opened(path)
    wizard.foot.next.click()
    qtbot.waitUntil(lambda: wizard.step is Step.DONE)
    following = wizard.pages.finish._next.itemAt(1).layout().itemAt(0).widget()
    assert following.text() == "Import the sheet “Police” next"
    following.click()
    calm(qtbot, wizard)
    assert (wizard.step, wizard.run.plan.sheet, wizard.run.plan.rows) == (Step.PLAN, "Police", 3)


def test_the_log_lists_imports_and_undoes_one(opened, radios, window, desk, qtbot):
    wizard = opened(radios)
    wizard.foot.next.click()
    qtbot.waitUntil(lambda: wizard.step is Step.DONE)
    log = ImportLogDialog(desk, window)
    log.show()
    qtbot.waitUntil(lambda: log.model.rowCount() == 1)
    texts = [log.model.data(log.model.index(0, at)) for at in range(log.model.columnCount())]
    assert texts[1:] == ["J. Ruiz", "radios.csv", "radios", "Radios", "1", "1", "1", "1", ""]
    log.undo.click()
    qtbot.waitUntil(lambda: log.text.startswith("Undone: the import of radios.csv"))
    qtbot.waitUntil(lambda: log.model.data(log.model.index(0, 9)) == "undone")
    assert not log.undo.isEnabled()
    log.deleteLater()


def test_an_undo_tells_what_it_kept(opened, radios, window, desk, qtbot):
    from desktop.deeds import change_each
    from models.query.window import find_ids, page

    wizard = opened(radios)
    wizard.foot.next.click()
    qtbot.waitUntil(lambda: wizard.step is Step.DONE)
    with desk.database.reading() as connection:
        numbers = find_ids(connection, desk.catalogue, "radio", "tag:R-005101", ("tag", False))
        (record,) = page(connection, desk.catalogue, "radio", numbers, ["tag"])
    desk.write(
        "Note",
        lambda journal, task: change_each(journal, task, "radio", {record.id: {"notes": "mine"}}, "Note"),
        owner=desk,
    )
    calm(qtbot, wizard)
    wizard.pages.finish.take_back.click()
    qtbot.waitUntil(lambda: "undone" in wizard.pages.finish.text)
    assert "1 thing changed or used since stays as it is." in wizard.pages.finish.text
    assert "Asset R-005101: J. Ruiz changed it since (Note)" in wizard.pages.finish.text
