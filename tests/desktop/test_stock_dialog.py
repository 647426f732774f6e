"""Own stocks: measured in the dialog, with what is wrong told, kept and used like any other."""

import pytest
from PySide6.QtWidgets import QDialog, QLabel

from desktop.labelling.stock_dialog import ROLL, SHEET, STRIP, StockDialog
from models.labels.own import all_stocks, own_stocks
from models.labels.stocks import find_stock, stock_data, stock_from, stocks


@pytest.fixture
def dialog(desk, qtbot):
    def show(stock=None, taken=()):
        made = StockDialog(desk.look, stock, taken)
        qtbot.addWidget(made)
        made.show()
        return made

    return show


def choose(combo, data):
    combo.setCurrentIndex(combo.findData(data))


def test_a_new_stock_needs_a_name_that_is_free(dialog):
    made = dialog(taken=["Avery 5160"])
    assert made.stock is None
    assert made.note.text() == "Give it a name, like the number on its box."
    made.name.setText("avery 5160")
    assert "another stock" in made.note.text()
    assert made.stock is None
    made.accept()
    assert made.result() != QDialog.DialogCode.Accepted
    made.name.setText("Shelf labels")
    assert made.note.text() == ""
    assert made.stock.name == "Shelf labels"
    made.accept()
    assert made.result() == QDialog.DialogCode.Accepted


def test_labels_that_are_off_the_page_are_told_and_not_kept(dialog):
    made = dialog()
    made.name.setText("Shelf labels")
    made.columns.setValue(9)
    assert made.stock is None
    assert made.note.text() != ""
    made.columns.setValue(3)
    assert made.stock is not None
    made.pitch.first.setValue(1)
    assert made.stock is None
    assert "overlap" in made.note.text()


def test_the_unit_changes_the_numbers_and_not_the_labels(dialog):
    made = dialog()
    made.name.setText("Shelf labels")
    before = made.stock
    choose(made.unit, "mm")
    assert made.label.first.text() == "66.675 mm"
    choose(made.unit, "in")
    assert made.label.first.text() == "2.625 in"
    assert made.stock.width == pytest.approx(before.width, abs=0.002)
    assert made.stock.pitch_x == pytest.approx(before.pitch_x, abs=0.002)


def test_a_roll_and_a_strip_ask_for_what_they_have(dialog):
    made = dialog()
    made.name.setText("Rolls")
    choose(made.unit, "mm")
    choose(made.kind, ROLL)
    made.label.show_values(50, 25)
    made.turned.setChecked(True)
    assert not made.pitch.isVisible()
    assert made.stock.roll
    assert made.stock.turned
    assert (made.stock.width, made.stock.height, made.stock.per_sheet) == (50, 25, 1)
    choose(made.kind, STRIP)
    made.strip.setValue(62)
    assert not made.label.isVisible()
    assert made.stock.continuous
    assert made.stock.tape == 62
    assert made.words.text() == "A strip 62 mm wide, cut as long as each label needs."
    choose(made.kind, SHEET)
    assert made.pitch.isVisible()


def test_a_page_of_another_size(dialog):
    made = dialog()
    made.name.setText("Long")
    choose(made.unit, "mm")
    assert not made.paper.isVisible()
    choose(made.page, "")
    made.paper.show_values(300, 400)
    assert made.paper.isVisible()
    assert (made.stock.page_width, made.stock.page_height) == (300, 400)


@pytest.mark.parametrize("stock", stocks(), ids=lambda stock: stock.name)
def test_what_is_shown_of_a_stock_is_that_stock(dialog, stock):
    made = dialog(stock)
    assert made.note.text() == ""
    shown, meant = stock_data(made.stock), stock_data(stock)
    assert shown.keys() == meant.keys()
    for key, value in meant.items():
        if isinstance(value, list) and key != "also":
            assert shown[key] == pytest.approx(value, abs=0.26)  # pages are named: A4 of 210 mm stays A4
        elif isinstance(value, float):
            assert shown[key] == pytest.approx(value, abs=0.01)
        else:
            assert shown[key] == value


def test_every_control_has_a_name(dialog):
    made = dialog()
    controls = [made.name, made.about, made.kind, made.unit, made.page, made.columns, made.rows, *made._lengths()]
    assert all(control.accessibleName() or control.toolTip() for control in controls)
    buddies = {each.buddy() for each in made.findChildren(QLabel) if each.buddy()}
    assert {made.name, made.about, made.kind, made.unit, made.page, made.strip} <= buddies


@pytest.fixture
def tab(window, qtbot):
    window.show_place("printing")
    page = window.own_page("printing")
    page.show_tab("Stocks")
    qtbot.waitUntil(lambda: bool(page.stocks.shelf.items))
    return page.stocks


def test_all_stocks_are_listed_with_what_they_are(tab):
    names = [item.title for item in tab.shelf.items]
    assert set(names) == {stock.name for stock in stocks()}
    tab.shelf.choose("Avery 5160")
    assert tab.name.text() == "Avery 5160"
    assert "3 across and 10 down" in tab.about.text()
    assert "8160" in tab.about.text()
    assert tab.edit_it.isHidden()
    assert not tab.duplicate_it.isHidden()


def test_an_own_stock_is_kept_changed_and_deleted_and_undo_brings_it_back(tab, desk, city, window, qtbot, monkeypatch):
    def measured(dialog):
        dialog.name.setText("Shelf labels")
        dialog.accept()
        return dialog.result()

    monkeypatch.setattr(StockDialog, "exec", measured)
    tab.shelf.choose("Avery 5161")
    tab.duplicate()
    qtbot.waitUntil(lambda: tab.shelf.key == "Shelf labels")
    with city.reading() as connection:
        assert [stock.columns for stock in own_stocks(connection)] == [2]
    assert not tab.edit_it.isHidden()

    def renamed(dialog):
        dialog.name.setText("Shelf strips")
        dialog.columns.setValue(1)
        dialog.accept()
        return dialog.result()

    monkeypatch.setattr(StockDialog, "exec", renamed)
    tab.edit()
    qtbot.waitUntil(lambda: tab.shelf.key == "Shelf strips")
    with city.reading() as connection:
        assert [(stock.name, stock.columns) for stock in own_stocks(connection)] == [("Shelf strips", 1)]
    monkeypatch.setattr("desktop.labelling.stocks_tab.confirm", lambda *_: True)
    tab.delete()
    qtbot.waitUntil(lambda: "Shelf strips" not in [item.title for item in tab.shelf.items])
    window.commands.run("edit.undo")
    qtbot.waitUntil(lambda: "Shelf strips" in [item.title for item in tab.shelf.items])
    with city.reading() as connection:
        assert find_stock("Shelf strips", all_stocks(connection)) == stock_from(
            stock_data(find_stock("Shelf strips", all_stocks(connection)))
        )
