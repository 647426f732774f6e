import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from models.exchange.plan import State
from tests.desktop.wizards import calm, section

LIST = "Tag,Serial Number,Cost\n" + "".join(
    f"A-{at},{serial},{cost}\n"
    for at, (serial, cost) in enumerate(
        [("5CG1", "10"), ("6.72E+14", "20"), ("6.72E+14", "30"), ("1.11E+14", "40"), ("5CG5", "much"), ("5CG6", "50")]
    )
)


@pytest.fixture
def wizard(opened, tmp_path):
    path = tmp_path / "laptops.csv"
    path.write_text(LIST, "utf-8")
    return opened(path)


def _edit(qtbot, wizard, number, key, text):
    """Type into a cell as a person does: F2, the text, Enter."""
    view, model = wizard.pages.rows.view, wizard.pages.rows.model
    view.setFocus()
    view.setCurrentIndex(model.index(model.place_of(number), section(wizard, key)))
    qtbot.keyClick(view, Qt.Key.Key_F2)
    line = view.findChild(QLineEdit)
    line.selectAll()
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.state() is view.State.NoState)  # Qt takes the text over a moment later
    calm(qtbot, wizard)


def _refused(wizard):
    return [wizard.run.plan.numbers[row] for row, state in enumerate(wizard.run.plan.states) if state == State.REFUSED]


def test_a_cell_is_typed_anew_in_place(wizard, qtbot):
    assert _refused(wizard) == [3, 4, 5, 6]
    _edit(qtbot, wizard, 6, "cost", "45")
    assert _refused(wizard) == [3, 4, 5]
    model = wizard.pages.rows.model
    cell = model.cell(model.place_of(6), section(wizard, "cost"))
    assert (cell.text, cell.typed) == ("$45.00", True)
    assert "typed here" in model.data(model.index(model.place_of(6), section(wizard, "cost")), 3)
    assert wizard.run.path.read_text("utf-8") == LIST


def test_an_edit_is_taken_back(wizard, qtbot):
    _edit(qtbot, wizard, 6, "cost", "45")
    assert wizard.foot.undo.isVisible()
    qtbot.keyClick(wizard.pages.rows.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    calm(qtbot, wizard)
    assert _refused(wizard) == [3, 4, 5, 6]
    assert not wizard.foot.undo.isVisible()


def test_the_edit_shows_what_stands_in_the_file(wizard):
    model = wizard.pages.rows.model
    index = model.index(model.place_of(3), section(wizard, "serial"))
    assert model.data(index, int(Qt.ItemDataRole.EditRole)) == "6.72E+14"


def test_the_same_is_offered_for_cells_with_the_same_value(wizard, qtbot):
    _edit(qtbot, wizard, 3, "serial", "SN-1")
    others = wizard.pages.rows._others
    assert others.isVisible()
    assert others.alike.text() == "1 more with “6.72E+14”"
    assert others.every.text() == "All 2 more with this problem"
    others.every.click()
    calm(qtbot, wizard)
    assert wizard.run.options.cells["Serial Number"] == {3: "SN-1", 4: "SN-1", 5: "SN-1"}
    assert not others.isVisible()
    wizard.foot.undo.click()
    calm(qtbot, wizard)
    assert wizard.run.options.cells["Serial Number"] == {3: "SN-1"}


def test_rows_are_filtered_by_their_problem_and_mended_together(wizard, qtbot):
    page = wizard.pages.rows
    told = [page._filter.itemText(at) for at in range(page._filter.count())]
    assert told[0] == "Any row (4 problems)"
    assert told[1].startswith("3 × Serial Number: ")
    assert told[2].startswith("1 × Cost: “much” is not a sum of money")
    page._filter.setCurrentIndex(1)
    page._filter.activated.emit(1)
    assert page.model.rowCount() == 3
    page._all.line.setFocus()
    qtbot.keyClick(page._all.line, Qt.Key.Key_Return)  # nothing typed: the cells count as empty
    calm(qtbot, wizard)
    assert _refused(wizard) == [6]
    assert page.model.rowCount() == 6
    assert page._filter.count() == 2


def test_filters_hold_together_and_stay_when_a_plan_is_made_anew(wizard, qtbot):
    page = wizard.pages.rows
    page.tiles.tile(State.REFUSED).click()
    page.show_problem(("cell.destroyed-number", "Serial Number"))
    assert page.model.rowCount() == 3
    page.view.setCurrentIndex(page.model.index(1, section(wizard, "cost")))
    _edit(qtbot, wizard, 4, "cost", "31")
    assert page.model.rowCount() == 3
    assert page.tiles.tile(State.REFUSED).isChecked()
    index = page.view.currentIndex()
    assert (page.model.number(index.row()), index.column()) == (4, section(wizard, "cost"))


def test_the_place_in_a_long_list_is_kept(opened, tmp_path, qtbot):
    path = tmp_path / "long.csv"
    path.write_text("Tag,Serial,Cost\n" + "".join(f"A-{at},S{at},x{at}\n" for at in range(2000)), "utf-8")
    wizard = opened(path)
    view, model = wizard.pages.rows.view, wizard.pages.rows.model
    view.scrollTo(model.index(1500, 0), view.ScrollHint.PositionAtTop)
    top = model.number(view.rowAt(0))
    _edit(qtbot, wizard, top + 3, "tag", "A-9999")
    assert wizard.pages.rows.model.number(view.rowAt(0)) == top


def test_escape_in_a_cell_leaves_it_as_it_was(wizard, qtbot):
    view, model = wizard.pages.rows.view, wizard.pages.rows.model
    view.setCurrentIndex(model.index(0, section(wizard, "cost")))
    qtbot.keyClick(view, Qt.Key.Key_F2)
    QTest.keyClicks(view.findChild(QLineEdit), "99")
    qtbot.keyClick(view.findChild(QLineEdit), Qt.Key.Key_Escape)
    assert wizard.isVisible()
    assert not wizard.run.options.cells
