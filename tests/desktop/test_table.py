from array import array

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from desktop.dialogs.bulk_edit import VARIES, BulkEditDialog
from desktop.grid.columns import ColumnDialog
from desktop.grid.model import GridModel
from models.query.window import find_ids, page


@pytest.fixture
def table(window, qtbot):
    made = window.show_kind("radio")
    _until(qtbot, made, 9)
    return made


@pytest.fixture
def actions(window, table):
    return window.actions_here


def _until(qtbot, table, number):
    qtbot.waitUntil(lambda: not table.model.loading and table.found == number)
    if number:
        qtbot.waitUntil(lambda: table.model.row(0) is not None)


def _column(table, key):
    return [field.key for field in table.model.columns].index(key)


def _texts(table, key):
    return [table.model.text(at, _column(table, key)) for at in range(table.found)]


def _values(desk, key, word="radio"):
    with desk.database.reading() as connection:
        numbers = find_ids(connection, desk.catalogue, word, "", ("tag", False))
        return [row.values[key] for row in page(connection, desk.catalogue, word, numbers, [key])]


def test_rows_are_blank_until_their_page_arrives(desk, qtbot, qapp):
    model = GridModel(desk, "radio")
    model.show_columns([desk.catalogue.field("radio", "tag")])
    model.find("", ("tag", False))
    assert model.rowCount() == 0
    qtbot.waitUntil(lambda: model.rowCount() == 9)
    assert model.data(model.index(0, 0)) == ""
    qtbot.waitUntil(lambda: model.data(model.index(0, 0)) == "R-004468")


def test_an_answer_to_an_older_question_is_dropped(desk, qtbot):
    model = GridModel(desk, "radio")
    model.show_columns([desk.catalogue.field("radio", "tag")])
    for text in ("", "alias:ENG", "alias:nobody", "alias:MED"):
        model.find(text, ("tag", False))
    qtbot.waitUntil(lambda: not model.loading)
    assert model.rowCount() == 1


def test_a_page_is_one_question(desk, qtbot, table):
    model = GridModel(desk, "hardware")
    model.show_columns(desk.catalogue.fields("hardware"))
    asked = []
    read = desk.read
    desk.read = lambda *args, **more: (asked.append(1), read(*args, **more))[1]
    model.find("", None)
    qtbot.waitUntil(lambda: model.rowCount() == 40)
    for row in range(40):
        for column in range(model.columnCount()):
            model.data(model.index(row, column))
    qtbot.waitUntil(lambda: model.row(0) is not None)
    assert len(asked) == 2


def test_a_heading_sorts(table, qtbot):
    header = table.view.horizontalHeader()
    header.sortIndicatorChanged.emit(_column(table, "unit_id"), Qt.SortOrder.DescendingOrder)
    qtbot.waitUntil(lambda: table.model.sort_by == ("unit_id", True) and not table.model.loading)
    qtbot.waitUntil(lambda: table.model.row(0) is not None)
    assert _texts(table, "unit_id")[:2] == ["4793", "4787"]


def test_chips_and_the_box_filter_together(table, qtbot):
    table.show_query(['location:"Engine 7"'])
    _until(qtbot, table, 4)
    table.show_query(['location:"Engine 7"'], "DRV")
    _until(qtbot, table, 1)
    table.show_all()
    _until(qtbot, table, 9)


def test_a_query_that_cannot_be_read_is_told_in_words(table, qtbot):
    table.show_query(["nonsense:1"])
    qtbot.waitUntil(table._note.isVisible)
    assert "nonsense" in table._note.text()
    table.show_all()
    _until(qtbot, table, 9)
    assert not table._note.isVisible()


def test_nothing_found_says_what_to_do(table, qtbot):
    table.show_query(["alias:nobody"])
    _until(qtbot, table, 0)
    assert table._empty_title.text() == "Nothing fits this filter"
    table._clear.click()
    _until(qtbot, table, 9)


def test_the_selection_is_kept_when_the_table_is_asked_anew(table, qtbot):
    table.view.select_row(3)
    tag = table.model.text(3, 0)
    table.view.sorted_by.emit(0, True)
    qtbot.waitUntil(lambda: not table.model.loading)
    qtbot.waitUntil(lambda: table.model.row(0) is not None)
    assert [table.model.ids[first] for first, last in table.chosen().places(table.model.ids)] == list(
        table.chosen().numbers
    )
    assert table.model.text(table.view.currentIndex().row(), 0) == tag


def test_ctrl_a_is_everything(window, table, qtbot):
    window.commands.run("edit.select-all")
    assert table.chosen().everything
    assert len(table.chosen()) == 9


def test_columns_are_chosen_ordered_and_remembered(window, table, desk):
    dialog = ColumnDialog(table.fields, table.model.columns, window)
    dialog._list.setCurrentRow(0)
    dialog._move(1)
    table.show_columns(dialog.columns())
    assert [field.key for field in table.model.columns][:2] == ["unit_id", "tag"]
    table.view.horizontalHeader().resizeSection(0, 133)
    assert desk.memory.get("columns.radio")[:2] == ["unit_id", "tag"]
    assert desk.memory.get("widths.radio")["unit_id"] == 133


def test_a_saved_view_comes_back(table, qtbot):
    table.show_query(["department:Fire"], "ENG")
    _until(qtbot, table, 4)
    table.save_view("Engines")
    table.show_all()
    _until(qtbot, table, 9)
    table.show_view(table.views.all()[0])
    _until(qtbot, table, 4)


def test_rows_are_copied_as_the_table_shows_them(window, table, qtbot):
    table.view.select_row(0)
    window.commands.run("edit.copy")
    clipboard = QGuiApplication.clipboard()
    qtbot.waitUntil(lambda: clipboard.text().startswith("R-004468"))
    assert clipboard.text().split("\t")[:3] == ["R-004468", "4776", "ENG 7 CPT"]


def test_editing_in_the_cell_checks_and_saves(window, table, actions, desk, qtbot):
    column = _column(table, "unit_id")
    assert actions.cells.begin(0, column)
    editor = actions.cells.editor
    line = editor.line
    line.selectAll()
    qtbot.keyClicks(line, "soon")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert actions.cells.editor is editor  # stays, with the reason
    line.selectAll()
    qtbot.keyClicks(line, "4990")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert actions.cells.editor is None
    qtbot.waitUntil(lambda: _values(desk, "unit_id")[0] == "4990")
    qtbot.waitUntil(lambda: "Unit ID" in window.status.words())


def test_escape_leaves_the_cell_as_it_was(table, actions, desk, qtbot):
    actions.cells.begin(0, _column(table, "alias"))
    line = actions.cells.editor.line
    qtbot.keyClicks(line, "X")
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert actions.cells.editor is None
    assert _values(desk, "alias")[0] == "ENG 7 CPT"


def test_a_reference_is_typed_by_name(table, actions, desk, qtbot):
    column = _column(table, "location")
    actions.cells.begin(0, column)
    editor = actions.cells.editor
    editor.line.selectAll()
    qtbot.keyClicks(editor.line, "District 1")
    qtbot.waitUntil(lambda: editor.problem is None)
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: _texts(table, "location")[0] == "District 1" and table.model.row(0) is not None)
    assert len(_values(desk, "location")[0]) == 36


def test_fill_down(window, table, desk, qtbot):
    column = _column(table, "status")
    table.view.selectAll()
    table.view.selectionModel().setCurrentIndex(
        table.model.index(0, column), table.view.selectionModel().SelectionFlag.NoUpdate
    )
    window.commands.run("record.fill-down")
    qtbot.waitUntil(lambda: set(_values(desk, "status")) == {"in_service"})


def test_an_identity_is_not_filled_down(window, table, desk, qtbot):
    table.view.selectAll()
    table.view.selectionModel().setCurrentIndex(
        table.model.index(0, 0), table.view.selectionModel().SelectionFlag.NoUpdate
    )
    window.commands.run("record.fill-down")
    assert "one thing only" in window.toast.text
    assert len(set(_values(desk, "tag"))) == 9


def test_pasting_cells_tells_what_it_will_do(window, table, actions, desk, qtbot, monkeypatch):
    asked = []
    monkeypatch.setattr("desktop.grid.actions.confirm", lambda *words: asked.append(words) or True)
    table.view.select_row(0)
    column = _column(table, "unit_id")
    table.view.setCurrentIndex(table.model.index(0, column))
    QGuiApplication.clipboard().setText("5001\tNEW ONE\n6.72E+14\tNEW TWO\n")
    actions.paste()
    qtbot.waitUntil(lambda: _values(desk, "alias")[:2] == ["NEW ONE", "NEW TWO"])
    assert _values(desk, "unit_id")[:2] == ["5001", "4777"]
    assert "Row 2: Unit ID" in asked[0][4]


def test_pasting_below_the_last_row_adds_records(window, table, actions, desk, qtbot, monkeypatch):
    monkeypatch.setattr("desktop.grid.actions.confirm", lambda *words: True)
    table.view.setCurrentIndex(table.model.index(8, 0))
    QGuiApplication.clipboard().setText("R-004485\t4793\nR-009001\t5002\n")
    actions.paste()
    _until(qtbot, table, 10)
    assert "R-009001" in _values(desk, "tag")


def test_bulk_edit_sets_what_is_ticked_and_clears_only_on_purpose(window, table, desk, qtbot):
    fields = [field for field in table.fields if not field.kept and field.key != "kind"]
    dialog = BulkEditDialog(desk, "radio", array("q", table.model.ids), fields, window)
    qtbot.waitUntil(lambda: dialog.editor("alias").line.placeholderText() == VARIES)
    assert dialog.editor("department").text() == "Fire"
    assert dialog.patch() == {}
    dialog.tick("alias")
    assert "Alias is cleared" in dialog.preview
    dialog.tick("alias", False)
    dialog.editor("codeplug").put("FIRE-PORT")
    dialog.editor("codeplug").changed.emit()
    assert dialog.patch() == {"codeplug": "FIRE-PORT"}
    assert dialog.preview == "On 9 radios: Codeplug becomes FIRE-PORT."
    dialog.deleteLater()


def test_deleting_many_asks_and_can_be_undone(window, table, desk, qtbot, monkeypatch):
    asked = []
    monkeypatch.setattr("desktop.grid.actions.confirm", lambda *words: asked.append(words) or True)
    table.view.selectAll()
    window.commands.run("record.delete")
    _until(qtbot, table, 0)
    assert asked
    assert "Delete 9 radios" in window.toast.text
    window.toast._deed.click()
    _until(qtbot, table, 9)


def test_what_is_referred_to_stays(window, qtbot, monkeypatch, desk):
    monkeypatch.setattr("desktop.grid.actions.confirm", lambda *words: True)
    places = window.show_kind("location")
    _until(qtbot, places, 7)
    places.view.selectAll()
    window.commands.run("record.delete")
    qtbot.waitUntil(lambda: "refer" in window.toast.text)


def test_the_first_column_stays_when_the_table_is_scrolled(table, qtbot):
    table.view.setFixedWidth(300)
    table.view.horizontalScrollBar().setValue(0)
    assert not table.view._frozen.isVisible()
    table.view.horizontalScrollBar().setValue(table.view.horizontalScrollBar().maximum())
    assert table.view._frozen.isVisible()
    assert table.view._frozen.columnWidth(0) == table.view.columnWidth(0)


def test_letters_do_not_walk_the_rows(table, qtbot):
    table.view.setFocus()
    table.view.select_row(0)
    qtbot.keyClicks(table.view, "R-0044")
    assert table.view.currentIndex().row() == 0
