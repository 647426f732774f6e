"""What people type: as their settings say it, and names of records, also of those that are not there yet."""

import pytest
from PySide6.QtCore import Qt

from desktop.dialogs.new_record import NewRecordDialog
from desktop.forms.editors import make_editor
from desktop.grid.paste import plan_paste
from desktop.jobs import Task
from models.fields.ids import new_id
from models.journal.entry import Edit
from models.journal.writer import Journal


@pytest.fixture
def abroad(desk):
    desk.settings["date_order"], desk.settings["currency"], desk.settings["region"] = "dmy", "EUR", "DE"
    desk.look_again()
    return desk


@pytest.fixture
def edit(desk, qtbot, window):
    """An editor of a field of radios, and a way to type into it."""
    made = []

    def begin(key, text=None):
        editor = make_editor(desk, desk.catalogue.field("radio", key))
        made.append(editor)
        editor.setParent(window)
        editor.show()
        if text is not None:
            editor.line.setFocus()
            qtbot.keyClicks(editor.line, text)
        return editor

    yield begin
    for editor in made:
        editor.deleteLater()


def _pasted(desk, word, keys, cells):
    columns = [desk.catalogue.field(word, key) for key in keys]
    with desk.database.reading() as connection:
        return plan_paste(connection, Task(), desk, word, [], columns, cells)


def _settled(qtbot, editor):
    qtbot.waitUntil(lambda: editor.problem is None or editor.problem.code != "reference.looking")
    return editor.problem.code if editor.problem else ""


def test_days_sums_and_numbers_are_read_as_the_settings_say(edit, abroad):
    day, cost = edit("acquired_on", "3/4/2026"), edit("cost", "1.200,50")
    assert day.check() == "2026-04-03"
    assert cost.check() == "1200.50"
    assert cost.field.kind.format("1200.50").startswith("€")
    made = _pasted(abroad, "radio", ("tag", "acquired_on"), [["R-1", "3/4/2026"]])
    assert made.added == [{"tag": "R-1", "acquired_on": "2026-04-03"}]
    people = _pasted(abroad, "person", ("name", "phone"), [["X. Ample", "030 901820"]])
    assert people.added[0]["phone"] == "+4930901820"


def test_the_table_shows_sums_anew_when_the_settings_change(window, desk, qtbot):
    table = window.show_kind("hardware")
    table.show_columns([desk.catalogue.field("hardware", key) for key in ("tag", "cost")])
    qtbot.waitUntil(lambda: table.found == 40 and table.model.text(0, 1) == "$1,184.50")
    desk.settings["currency"] = "EUR"
    desk.look_again()
    qtbot.waitUntil(lambda: table.model.text(0, 1) == "€1,184.50")


def test_pasted_names_are_those_that_the_command_line_knows(desk, city):
    with city.reading() as connection:
        place = connection.exec_driver_sql("SELECT id FROM location WHERE name = 'Engine 7'").scalar_one()
    Journal(city, "x").write("x", [Edit("location", place, {"code": "E7"})])
    made = _pasted(desk, "radio", ("tag", "location"), [["R-1", "e7"], ["R-2", "Engine 77"]])
    assert made.added == [{"tag": "R-1", "location": place}, {"tag": "R-2"}]
    assert [(row, problem.code) for row, _, problem in made.problems] == [(2, "reference.unknown")]


def test_a_pasted_record_without_its_name_is_left_out(desk):
    made = _pasted(desk, "person", ("name", "email"), [["", "a@city.gov"], ["B", "b@city.gov"]])
    assert [each["name"] for each in made.added] == ["B"]
    assert [(row, name, problem.code) for row, name, problem in made.problems] == [(1, "Name", "field.required")]


def test_an_unknown_name_is_an_error_with_near_ones(edit, qtbot):
    editor = edit("location", "Engne 7")
    assert _settled(qtbot, editor) == "reference.unknown-near"
    assert editor.problem.details["near"] == "Engine 7"
    assert editor.check() is None


def test_what_is_not_there_is_created_and_can_be_undone(edit, desk, window, qtbot):
    editor = edit("location", "Engine 9")
    _settled(qtbot, editor)
    assert editor.offered == "Create “Engine 9”"
    editor._create.click()
    qtbot.waitUntil(lambda: editor.check() is not None)
    assert editor.offered == ""
    qtbot.waitUntil(lambda: "Add location Engine 9" in window.status.words())
    window.commands.run("edit.undo")
    qtbot.waitUntil(lambda: "Engine 9" not in window.status.words())


def test_the_list_offers_to_create_it(edit, qtbot):
    editor = edit("custodian", "T. Nak")
    qtbot.waitUntil(lambda: editor._names.rowCount() > 0)
    assert editor._names.stringList() == ["T. Nakagawa", "Create “T. Nak”"]
    editor.completer.activated.emit("Create “T. Nak”")
    assert editor.text() == "T. Nak"
    qtbot.waitUntil(lambda: editor.check() is not None)


def test_a_model_gets_the_manufacturer_of_the_form(desk, window, qtbot):
    dialog = NewRecordDialog(desk, "radio", window)
    maker, model = dialog.form.editor("manufacturer"), dialog.form.editor("model")
    for editor, text in ((maker, "Motorola"), (model, "APX NEXT")):
        editor.line.setText(text)
        editor.line.textEdited.emit(text)
        _settled(qtbot, editor)
    model.add_new()
    qtbot.waitUntil(lambda: model.check() is not None)
    with desk.database.reading() as connection:
        made = connection.exec_driver_sql("SELECT manufacturer FROM model WHERE name = 'APX NEXT'").scalar_one()
    assert made == maker.check()
    dialog.deleteLater()


def test_devices_are_not_created_by_their_name(edit, qtbot):
    editor = edit("parent", "A-99999")
    assert _settled(qtbot, editor) == "reference.unknown"
    assert editor.offered == ""


def test_of_two_with_one_name_neither_is_guessed(edit, city, qtbot):
    with city.reading() as connection:
        rows = (
            connection.exec_driver_sql("SELECT id FROM location WHERE name IN ('Engine 7', 'Medic 25')").scalars().all()
        )
    journal = Journal(city, "x")
    journal.write("x", [Edit("location", row, {"name": "204"}) for row in rows])
    hall = new_id()
    journal.write(
        "y", [Edit("location", hall, {"name": "Hall"}, new=True), Edit("location", rows[0], {"parent": hall})]
    )
    editor = edit("location", "204")
    assert _settled(qtbot, editor) == "reference.several"
    assert "Hall / 204" in editor._names.stringList()
    editor.completer.activated.emit("Hall / 204")
    assert editor.check() == rows[0]


def test_a_name_is_created_from_the_cell(window, qtbot, desk):
    table = window.show_kind("radio")
    qtbot.waitUntil(lambda: table.found == 9 and table.model.row(0) is not None)
    column = [field.key for field in table.model.columns].index("location")
    cells = window.actions_here.cells
    cells.begin(0, column)
    line = cells.editor.line
    line.selectAll()
    qtbot.keyClicks(line, "Engine 9")
    _settled(qtbot, cells.editor)
    assert not cells.editor._create.isVisible()
    cells.editor.completer.activated.emit("Create “Engine 9”")
    qtbot.waitUntil(lambda: cells.editor.problem is None)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: table.model.row(0) is not None and table.model.text(0, column) == "Engine 9")


def test_rooms_of_one_number_are_called_by_the_way_to_them(window, desk, city, qtbot):
    halls, rooms = [new_id(), new_id()], [new_id(), new_id()]
    edits = [
        Edit("location", row, {"name": name}, new=True) for row, name in zip(halls, ("Hall", "Library"), strict=True)
    ]
    edits += [
        Edit("location", row, {"name": "101", "parent": hall}, new=True) for row, hall in zip(rooms, halls, strict=True)
    ]
    Journal(city, "x").write("x", edits)
    desk.look_again()
    with city.reading() as connection:
        labels = desk.labels.reading(connection)
        assert [labels.label("location", row) for row in rooms] == ["Hall / 101", "Library / 101"]
        assert labels.label("location", halls[0]) == "Hall"
    made = _pasted(desk, "radio", ("tag", "location"), [["R-1", "Library / 101"]])
    assert made.added == [{"tag": "R-1", "location": rooms[1]}]
