"""Tags in the window: offered, refused, voided; rolls and schemes at a glance."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QPushButton

from desktop.deeds import add_with_next_tag
from desktop.dialogs.new_record import NewRecordDialog
from desktop.grid.paste import plan_paste
from desktop.jobs import Task
from desktop.tagging.numbers_dialog import TagNumbersDialog
from desktop.tagging.tag_dialogs import RollDialog, VoidDialog
from models.journal.entry import Edit
from models.journal.undo import undo
from models.journal.writer import Journal
from models.rules.tag_book import all_schemes
from models.services.bulk import delete_records
from models.services.registry import create_record
from models.services.tags import next_tags, void_tag


@pytest.fixture
def journal(desk):
    return Journal(desk.database, "J. Ruiz")


@pytest.fixture
def scheme(desk, journal):
    texts = {"name": "Radios", "prefix": "R-", "width": "6", "record": "radio"}
    written = create_record(journal, "tag_scheme", texts, desk.settings)
    desk.announce(written.changes)
    return written.row


def asked(desk, sql, *values):
    with desk.database.reading() as connection:
        return connection.exec_driver_sql(sql, values).scalars().all()


def typed(editor, text):
    editor.line.setText(text)
    editor.line.textEdited.emit(text)


def idle(desk, qtbot):
    qtbot.waitUntil(lambda: not desk.jobs.busy)


def test_a_new_record_is_offered_the_next_tag(window, desk, journal, scheme, qtbot):
    dialog = NewRecordDialog(desk, "radio", window)
    qtbot.addWidget(dialog)
    dialog.show()
    editor = dialog.form.editor("tag")
    qtbot.waitUntil(editor._offer.isVisible)
    assert editor._offer.text() == "Next tag: R-004486"
    assert dialog.next_tag is None
    qtbot.mouseClick(editor._offer, Qt.MouseButton.LeftButton)
    assert editor.text() == "R-004486"
    assert dialog.next_tag is not None
    # Meanwhile somebody else on this home takes it: the record gets the one after it, and its title says so.
    assert next_tags(journal, "radio") == ["R-004486"]
    changes = add_with_next_tag(journal, Task(), "radio", dialog.values(), None, "Add radio R-004486")
    assert changes.title == "Add radio R-004487"
    assert asked(desk, "SELECT tag FROM asset WHERE id = ?", *changes.rows["asset"]) == ["R-004487"]
    undo(journal)
    assert next_tags(journal, "radio") == ["R-004488"]


def test_the_offer_follows_the_department(window, desk, journal, scheme, qtbot):
    texts = {"name": "Fire", "prefix": "FD-", "width": "4", "record": "radio", "department": "Fire"}
    create_record(journal, "tag_scheme", texts, desk.settings)
    dialog = NewRecordDialog(desk, "radio", window)
    qtbot.addWidget(dialog)
    dialog.show()
    offer = dialog.form.editor("tag")._offer
    qtbot.waitUntil(lambda: offer.text() == "Next tag: R-004486")
    department = dialog.form.editor("department")
    department.line.setFocus()
    qtbot.keyClicks(department.line, "Fire")
    qtbot.waitUntil(lambda: offer.text() == "Next tag: FD-0001")


def test_without_a_scheme_nothing_is_offered(window, desk, qtbot):
    dialog = NewRecordDialog(desk, "mobile", window)
    qtbot.addWidget(dialog)
    dialog.show()
    idle(desk, qtbot)
    assert not dialog.form.editor("tag")._offer.isVisible()


def test_a_void_tag_is_refused_in_forms_and_cells(window, desk, journal, qtbot):
    desk.announce(void_tag(journal, "R-009999", "Spoilt"))
    idle(desk, qtbot)
    dialog = NewRecordDialog(desk, "radio", window)
    qtbot.addWidget(dialog)
    typed(dialog.form.editor("tag"), "r-009999")
    ((field, sentence),) = dialog.form.bad()
    assert field.key == "tag"
    assert "Spoilt" in sentence
    table = window.show_kind("radio")
    qtbot.waitUntil(lambda: table.found == 9)
    column = next(at for at, each in enumerate(table.model.columns) if each.key == "tag")
    cells = window.actions_here.cells
    qtbot.waitUntil(lambda: cells.begin(0, column))
    typed(cells.editor, "R-009999")
    assert cells.editor.problem.code == "tag.voided"
    cells.drop()


def test_pasted_cells_with_a_void_tag_are_refused(window, desk, journal, qtbot):
    desk.announce(void_tag(journal, "R-009999", "Spoilt"))
    (number,) = asked(desk, "SELECT nr FROM asset WHERE tag = 'R-004468'")
    field = desk.catalogue.field("radio", "tag")
    with desk.database.reading() as connection:
        plan = plan_paste(connection, Task(), desk, "radio", [number], [field], [["R-009999"]])
    assert plan.patches == {}
    assert [problem.code for _, _, problem in plan.problems] == ["tag.voided"]


def test_a_tag_of_a_deleted_record_is_warned_of_where_it_is_typed(window, desk, journal, qtbot):
    (number,) = asked(desk, "SELECT nr FROM asset WHERE tag = 'R-004468'")
    delete_records(journal, "radio", [number], "Delete R-004468")
    dialog = NewRecordDialog(desk, "radio", window)
    qtbot.addWidget(dialog)
    dialog.show()
    editor = dialog.form.editor("tag")
    typed(editor, "R-004468")
    editor.line.editingFinished.emit()
    qtbot.waitUntil(lambda: [each.code for each in editor.warnings] == ["tag.reused"])
    assert "deleted on" in dialog.form.note("tag")
    assert dialog.form.bad() == []


def test_the_schemes_are_shown_with_their_ranges(window, desk, journal, scheme, qtbot):
    dialog = TagNumbersDialog(desk, window)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.tree.topLevelItemCount() == 1)
    assert dialog.tree.topLevelItem(0).text(3) == "R-004486"
    next_tags(journal, "radio", None, 3)
    desk.look_again()
    qtbot.waitUntil(lambda: dialog.tree.topLevelItem(0).childCount() == 1)
    block = dialog.tree.topLevelItem(0).child(0)
    assert [block.text(at) for at in range(8)] == [
        "Set aside for this computer", "R-004486", "R-004985", "", "0", "0", "3", "497",
    ]  # fmt: skip
    names = []
    dialog.asked.connect(names.append)
    for text in ("New scheme…", "Register a roll…", "Void a tag…"):
        button = next(each for each in dialog.findChildren(QPushButton) if each.text() == text and each.isVisible())
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert names == ["record.new-scheme", "record.new-roll", "record.void-tag"]
    idle(desk, qtbot)


def test_a_roll_is_registered_by_its_stickers(window, desk, scheme, qtbot):
    with desk.database.reading() as connection:
        schemes = all_schemes(connection)
    dialog = RollDialog(desk, schemes, window)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.yes.isEnabled()
    dialog._take_scan("R-006000")
    dialog._take_scan("R-00")
    assert "no tag of the scheme" in dialog.note.text()
    dialog.last.setText("R-006249")
    assert dialog.told.text() == "250 stickers."
    dialog.where.setText("Van 2")
    dialog.yes.click()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert asked(desk, "SELECT holder FROM tag_block WHERE first = 6000 AND last = 6249") == ["Van 2"]
    again = RollDialog(desk, schemes, window)
    qtbot.addWidget(again)
    again.show()
    again.first.setText("R-006100")
    again.last.setText("R-006400")
    again.yes.click()
    qtbot.waitUntil(lambda: "overlaps" in again.note.text())
    assert again.isVisible()
    again.first.setText("R-006401")
    assert "after the last" in again.note.text()


def test_a_tag_is_voided_with_its_reason(window, desk, qtbot):
    dialog = VoidDialog(desk, "R-004471", window)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: "loses it" in dialog.told.text() and not desk.jobs.busy)
    dialog.reason.setEditText("Peeled off")
    dialog.yes.click()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert asked(desk, "SELECT reason FROM void_tag WHERE tag = 'R-004471'") == ["Peeled off"]
    assert asked(desk, "SELECT tag FROM asset WHERE tag = 'R-004471'") == []
    again = VoidDialog(desk, "r-004471", window)
    qtbot.addWidget(again)
    again.show()
    qtbot.waitUntil(lambda: not again.yes.isEnabled())
    assert "Peeled off" in again.note.text()


def test_the_tables_of_tag_numbers_have_a_place(window, desk, scheme, qtbot):
    window.show_place("tags")
    qtbot.waitUntil(lambda: window.table is not None and window.table.word == "tag_scheme" and window.table.found == 1)
    assert window.commands.action("record.tag-numbers").text() == "Tag numbers…"
    window.show_kind("radio")
    qtbot.waitUntil(lambda: window.table.found == 9)
    window.table.view.select_row(0)
    assert window.commands.can("record.check-labels")


def test_the_check_of_chosen_rows_opens_over_them(window, desk, qtbot, monkeypatch):
    table = window.show_kind("radio")
    qtbot.waitUntil(lambda: table.found == 9)
    table.view.select_row(0)
    seen = []

    def shown():
        dialog = QApplication.activeModalWidget()
        qtbot.waitUntil(lambda: dialog.view.settled)
        seen.extend(each.code for each in dialog.view.session.left)
        dialog.reject()

    QTimer.singleShot(0, shown)
    window.commands.run("record.check-labels")
    assert len(seen) == 1


@pytest.mark.parametrize(("word", "dialog"), [("tag_block", RollDialog), ("void_tag", VoidDialog)])
def test_new_ranges_and_void_tags_are_asked_for_in_their_own_way(window, desk, scheme, qtbot, word, dialog):
    table = window.show_kind(word)
    qtbot.waitUntil(lambda: window.table is table and not desk.jobs.busy)
    seen = []

    def look():
        shown = QApplication.activeModalWidget()
        if shown is not None:
            seen.append(type(shown))
            shown.reject()
            timer.stop()

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(20)
    window.commands.run("record.new")
    qtbot.waitUntil(lambda: seen == [dialog])


def test_a_roll_needs_a_scheme(window, desk, qtbot):
    said = []
    window.toast.say = lambda *words: said.append(words[0])
    window.commands.run("record.new-roll")
    qtbot.waitUntil(lambda: said == ["Add a tag scheme first."])


def test_a_void_tag_that_came_back_onto_a_record_is_told_with_it(window, desk, journal, qtbot):
    (row,) = asked(desk, "SELECT id FROM asset WHERE tag = 'R-004471'")
    changed = journal.write("Change the tag", [Edit("asset", row, {"tag": "R-5000"})])
    void_tag(journal, "R-004471", "Peeled off")
    undo(journal, changed.action)
    desk.look_again()
    (number,) = asked(desk, "SELECT nr FROM asset WHERE id = ?", row)
    window.open_full("radio", number)
    panel = window.panel
    qtbot.waitUntil(lambda: panel.record is not None and panel.record.id == row)
    assert [each for each in panel.record.notices if "Peeled off" in each]
