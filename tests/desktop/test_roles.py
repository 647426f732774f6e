"""What each role finds in the window: what it may not do is not offered, and refused in words where it is tried."""

import pytest
from PySide6.QtWidgets import QLineEdit

from desktop.dialogs.export import ExportDialog
from desktop.dialogs.palette import CommandPalette
from desktop.importing.mapping_page import MappingPage
from models.rules.rights import ROLES
from models.scanning.modes import Mode
from models.scanning.scan import Command as Card
from models.store.local import READS, ROLE, set_local


@pytest.fixture
def become(desk):
    """Gives the home's login another role, as a sync does."""

    def become(word):
        with desk.database.writing() as connection:
            set_local(connection, ROLE, word)
            set_local(connection, READS, " ".join(ROLES[word].reads) if word else "")
        desk.look_again()

    return become


def _offered(window):
    palette = CommandPalette(window.commands, window)
    listed = palette._list
    return {str(listed.item(at).data(0x100)) for at in range(listed.count())}


def _radios(window, qtbot):
    table = window.show_kind("radio")
    qtbot.waitUntil(lambda: not table.model.loading and table.model.row(0) is not None)
    table.view.selectRow(0)
    qtbot.waitUntil(lambda: window.panel.record is not None)
    return table


def test_without_a_shared_database_all_is_offered(window, qtbot):
    _radios(window, qtbot)
    assert {"record.new", "record.delete", "record.fields", "record.issue", "file.import"} <= _offered(window)


def test_a_viewer_is_offered_nothing_that_writes(window, become, desk, qtbot):
    table = _radios(window, qtbot)
    become("viewer")
    offered = _offered(window)
    assert {"view.search", "edit.copy", "file.export", "file.back-up", "go.radio"} <= offered
    writing = {each.id for each in window.commands.all() if each.id.startswith(("record.", "tagging."))}
    assert offered & writing <= {"record.open", "record.tag-numbers"}
    assert not offered & {"file.import", "edit.paste", "edit.undo", "scan.issue", "go.tagging", "go.printing"}
    assert not window.top._deeds["record.new"].isVisible()
    assert not window.navigation._buttons["tagging"].isVisible()
    assert not window.panel._deeds.isVisible()
    assert "Viewer" in window.panel._role.text()
    lines = [line for line in window.panel.form.findChildren(QLineEdit) if line.isVisible()]
    assert lines
    assert all(line.isReadOnly() for line in lines)

    said = []
    desk.said.connect(said.append)
    window.commands.run("record.new")
    table.edit_asked.emit(0, 0)
    assert window.actions_here.cells.editor is None
    assert len(said) == 2
    assert all("Viewer" in each for each in said)
    dialog = ExportDialog(table, (), window, keeps=desk.may("saved_export"))
    assert not dialog._save.isVisibleTo(dialog)


def test_scans_of_a_viewer_only_show(window, become, desk, qtbot):
    window.modes.switch(Mode.ISSUE)
    qtbot.waitUntil(lambda: not desk.jobs.busy)
    become("viewer")
    qtbot.waitUntil(lambda: not desk.jobs.busy)
    assert window.modes.mode is Mode.SHOW
    window.modes.take(Card.ISSUE.code)
    assert window.modes.mode is Mode.SHOW
    assert "Viewer" in window.toast.text


def test_a_licence_manager_changes_licences_and_reads_radios(window, become, desk, qtbot):
    become("licence_manager")
    _radios(window, qtbot)
    offered = _offered(window)
    assert not offered & {"record.new", "record.delete", "record.issue", "record.edit-cell", "tagging.start"}
    window.show_kind("product")
    offered = _offered(window)
    assert {"record.new", "file.import"} <= offered
    kinds = MappingPage(desk).kind
    shown = {kinds.itemData(at) for at in range(kinds.count())}
    assert {"product", "seat", "person"} <= shown
    assert not shown & {"radio", "hardware", "location"}


def test_a_technician_does_not_see_the_keys_of_radios(window, become, desk, qtbot):
    become("radio_manager")
    table = _radios(window, qtbot)
    columns = [field.key for field in table.fields]
    assert "kmf" in columns
    table.show_columns([field for field in table.fields if field.key in ("tag", "kmf")])
    assert window.panel.form.editor("kmf") is not None
    become("technician")
    qtbot.waitUntil(lambda: not desk.jobs.busy)
    assert [field.key for field in table.model.columns] == ["tag"]
    assert "kmf" not in {field.key for field in table.fields}
    qtbot.waitUntil(lambda: "kmf" not in {field.key for field in window.panel.form.fields})
    assert "record.delete" in _offered(window)


def test_who_leaves_the_shared_database_may_do_all_again(window, become, qtbot):
    _radios(window, qtbot)
    become("viewer")
    become("")
    assert window.top._deeds["record.new"].isVisible()
    assert window.panel._deeds.isVisible()
    assert "record.delete" in _offered(window)


def test_an_empty_shared_database_says_so(empty_application, qtbot):
    window, desk = empty_application.window, empty_application.desk
    assert {name for name, door in window.home._ways.items() if door.isVisible()} == set(window.home._ways)
    for role, doors in (("administrator", {"file.import"}), ("viewer", set())):
        with desk.database.writing() as connection:
            set_local(connection, ROLE, role)
        desk.look_again()
        assert {name for name, door in window.home._ways.items() if door.isVisible()} == doors
        assert window.home._welcome.text() == "The shared database is empty"
