import pytest
from openpyxl import Workbook
from PySide6.QtCore import QPoint, Qt

from desktop.importing.steps import Step
from models.exchange.plan import State
from tests.desktop.wizards import calm


@pytest.fixture
def book(tmp_path):
    made = Workbook()
    fire = made.active
    fire.title = "Fire"
    for line in (
        ["Radio inventory 2026"],
        [],
        ["Tag", "Serial", "Model", "SIM PIN", None, "Tag", "Serial"],
        *([f"R-{at}", f"672C{at}", "APX 8000", "1234", None, f"X-{at}", f"Y{at}"] for at in range(1, 7)),
        ["Total", 6],
    ):
        fire.append(line)
    police = made.create_sheet("Police")
    for line in (["Tag", "Serial"], ["P-1", "481C1"], ["P-2", "481C2"]):
        police.append(line)
    made.create_sheet("Old").sheet_state = "hidden"
    made.create_chartsheet("By year")
    path = tmp_path / "radios.xlsx"
    made.save(path)
    return path


@pytest.fixture
def on_sheet(opened, book, qtbot):
    wizard = opened(book)
    wizard.go(Step.SHEET)
    qtbot.waitUntil(lambda: wizard.pages.sheet.picture is not None)
    return wizard


def _again(qtbot, wizard):
    calm(qtbot, wizard)
    return wizard.pages.sheet.picture


def _drag(qtbot, view, start, end):
    """Drag over cells, each by its row's number and its column."""
    model = view.model()
    places = [
        view.visualRect(model.index(number - model.picture.first_row, column)).center()
        for number, column in (start, end)
    ]
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=places[0])
    for part in (1, 2, 3):
        step = places[0] + (places[1] - places[0]) * part / 3
        qtbot.mouseMove(view.viewport(), QPoint(step.x(), step.y()))
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=places[1])


def test_the_sheet_is_shown_with_what_was_found_on_it(on_sheet):
    page = on_sheet.pages.sheet
    assert page.area.placeholderText() == "A3:D10"
    assert page.header.placeholderText() == "3"
    assert "headings in row 3" in page._words.text()
    assert "above the headings, a total" in page._words.text()
    model = page.view.model()
    heads = [model.headerData(at, Qt.Orientation.Vertical) for at in range(model.rowCount())]
    assert heads == ["above the headings  1", "2", "headings  3", *map(str, range(4, 10)), "a total  10"]
    assert model.data(model.index(3, 3)) == "•••"


def test_other_sheets_are_named_with_why_they_are_left_alone(on_sheet, qtbot):
    page = on_sheet.pages.sheet
    assert [page.sheets.item(at).text() for at in range(4)] == ["Fire", "Police", "Old\nhidden", "By year\na chart"]
    assert not page.sheets.item(3).flags() & Qt.ItemFlag.ItemIsSelectable
    page.sheets.setCurrentRow(1)
    assert _again(qtbot, on_sheet).sheet == "Police"
    assert on_sheet.run.plan.sheet == "Police"
    assert on_sheet.run.plan.rows == 2


def test_dragging_over_cells_says_where_the_table_is(on_sheet, qtbot):
    _drag(qtbot, on_sheet.pages.sheet.view, (3, 0), (5, 1))
    picture = _again(qtbot, on_sheet)
    assert str(picture.area) == "A3:B5"
    assert on_sheet.pages.sheet.area.text() == "A3:B5"
    assert on_sheet.run.plan.rows == 2
    on_sheet.pages.sheet.guess.click()
    assert str(_again(qtbot, on_sheet).area) == "A3:D10"
    assert on_sheet.run.plan.rows == 6


def test_the_keys_say_where_the_table_is(on_sheet, qtbot):
    view = on_sheet.pages.sheet.view
    view.setFocus()
    view.setCurrentIndex(view.model().index(2, 0))
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right):
        qtbot.keyClick(view, key, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert str(_again(qtbot, on_sheet).area) == "A3:B5"
    view.setCurrentIndex(view.model().index(3, 0))
    qtbot.keyClick(view, Qt.Key.Key_H)
    assert _again(qtbot, on_sheet).table.header_row == 4


def test_clicking_a_rows_number_makes_it_the_headings(on_sheet, qtbot):
    header = on_sheet.pages.sheet.view.verticalHeader()
    place = QPoint(10, header.sectionViewportPosition(3) + 5)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert _again(qtbot, on_sheet).table.header_row == 4
    assert on_sheet.pages.sheet.header.text() == "4"


def test_range_and_headings_can_be_typed(on_sheet, qtbot):
    page = on_sheet.pages.sheet
    page.area.setFocus()
    qtbot.keyClicks(page.area, "a3:b6")
    qtbot.keyClick(page.area, Qt.Key.Key_Return)
    assert str(_again(qtbot, on_sheet).area) == "A3:B6"
    page.header.setFocus()
    qtbot.keyClicks(page.header, "2")
    page.header.editingFinished.emit()
    calm(qtbot, on_sheet)
    assert "Row 2 is empty" in on_sheet.notice.text
    assert not on_sheet.foot.next.isEnabled()
    qtbot.keyClick(on_sheet, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    calm(qtbot, on_sheet)
    assert on_sheet.notice.text == ""
    assert on_sheet.run.plan.rows == 3


def test_a_range_that_is_none_is_told(on_sheet, qtbot):
    on_sheet.pages.sheet.area.setText("everywhere")
    on_sheet.pages.sheet.area.editingFinished.emit()
    calm(qtbot, on_sheet)
    assert "is not a range of cells" in on_sheet.notice.text
    assert on_sheet.step is Step.SHEET


def test_a_table_beside_the_first_is_offered(on_sheet, qtbot):
    buttons = [on_sheet.pages.sheet.tables.itemAt(at).widget() for at in (1, 2)]
    assert [made.text() for made in buttons] == ["A3:D10", "F3:G9"]
    buttons[1].click()
    picture = _again(qtbot, on_sheet)
    assert str(picture.area) == "F3:G9"
    assert on_sheet.run.plan.count(State.NEW) == 6


def test_without_headings_every_row_is_one(on_sheet, qtbot):
    on_sheet.pages.sheet.bare.click()
    calm(qtbot, on_sheet)
    assert on_sheet.pages.sheet.picture.table.header_row is None
    assert on_sheet.step is Step.SHEET


def test_several_tables_ask_for_the_sheet_first(opened, tmp_path, qtbot):
    made = Workbook()
    for name in ("North", "South"):
        sheet = made.active if name == "North" else made.create_sheet(name)
        sheet.title = name
        for line in (["Tag", "Serial"], [f"{name}-1", f"{name}1"], [f"{name}-2", f"{name}2"]):
            sheet.append(line)
    path = tmp_path / "two.xlsx"
    made.save(path)
    wizard = opened(path)
    assert wizard.step is Step.SHEET
    assert "has several sheets with a table" in wizard.notice.text
    wizard.pages.sheet.sheets.setCurrentRow(1)
    calm(qtbot, wizard)
    assert wizard.notice.text == ""
    wizard.foot.next.click()
    assert wizard.step is Step.MAPPING
    wizard.go(Step.PLAN)
    wizard.foot.next.click()
    qtbot.waitUntil(lambda: wizard.step is Step.DONE)
