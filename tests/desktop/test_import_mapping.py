import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from desktop.importing.mapping_model import SURE
from desktop.importing.mapping_more import ConstantDialog
from desktop.importing.new_field import NewFieldDialog
from desktop.importing.steps import Step
from models.exchange.plan import State
from tests.desktop.wizards import calm, column_of

LIST = """Asset No,Serial,Bought,Price,Shelf,Room
A-1,5CG1,03/04/2026,"1.200,50",Left,101
A-2,5CG2,05/06/2026,"900,25",Right,102
A-3,5CG3,07/08/2026,"10,00",Left,
"""


@pytest.fixture
def mapping(opened, tmp_path, qtbot):
    path = tmp_path / "laptops.csv"
    path.write_text(LIST, "utf-8")
    wizard = opened(path)
    wizard.go(Step.MAPPING)
    return wizard


def _row(wizard, heading):
    return [column.heading for column in wizard.pages.mapping.model.columns].index(heading)


def _choose(wizard, heading):
    wizard.pages.mapping.view.setCurrentIndex(wizard.pages.mapping.model.index(_row(wizard, heading), 0))


def test_each_heading_stands_with_its_cells_and_how_sure_its_meaning_is(mapping):
    model = mapping.pages.mapping.model
    rows = [[model.data(model.index(row, at)) for at in range(4)] for row in range(model.rowCount())]
    assert rows[1][:3] == ["B  Serial", "5CG1 · 5CG2 · 5CG3", "Serial number"]
    assert rows[4][2:] == ["Leave out", "Not known"]
    assert {row[SURE] for row in rows} >= {"Known heading", "Not known"}


def test_a_field_is_chosen_by_typing_part_of_its_name(mapping, qtbot):
    page = mapping.pages.mapping
    _choose(mapping, "Shelf")
    page.view.setFocus()
    qtbot.keyClick(page.view, Qt.Key.Key_Return)
    assert page.panel.means.line.hasFocus()
    qtbot.keyClicks(page.panel.means.line, "ote")
    qtbot.keyClick(page.panel.means.line, Qt.Key.Key_Return)
    assert page.view.hasFocus()
    assert page.model.data(page.model.index(_row(mapping, "Shelf"), 2)) == "Notes"
    assert page.model.sure(_row(mapping, "Shelf"))[0] == "You said so"
    calm(qtbot, mapping)
    assert mapping.run.plan.mapping["Shelf"] == "notes"
    assert page.view.currentIndex().row() == _row(mapping, "Shelf")


def test_a_column_is_left_out_and_taken_back(mapping, qtbot):
    page = mapping.pages.mapping
    _choose(mapping, "Serial")
    page.view.setFocus()
    qtbot.keyClick(page.view, Qt.Key.Key_Delete)
    calm(qtbot, mapping)
    assert mapping.run.plan.mapping["Serial"] is None
    qtbot.keyClick(mapping, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    calm(qtbot, mapping)
    assert mapping.run.plan.mapping["Serial"] == "serial"
    assert not mapping.foot.undo.isVisible()


def test_a_column_becomes_a_new_field_with_choices(mapping, qtbot, monkeypatch, desk):
    def fill_in(dialog):
        dialog.label.setText("Shelf side")
        dialog.type.setCurrentIndex(dialog.type.findData("choice"))
        dialog.choices.setPlainText("Left\nRight")
        return 1 if dialog._ok.isEnabled() else 0

    monkeypatch.setattr(NewFieldDialog, "exec", fill_in)
    _choose(mapping, "Shelf")
    mapping.pages.mapping.panel.make.click()
    calm(qtbot, mapping)
    assert mapping.run.plan.mapping["Shelf"] == "x_shelf_side"
    mapping.go(Step.PLAN)
    mapping.foot.next.click()
    qtbot.waitUntil(lambda: mapping.step is Step.DONE)
    field = desk.catalogue.field("hardware", "x_shelf_side")
    assert field.kind.parse("left", []) == "Left"


def test_a_new_field_says_what_it_lacks(mapping):
    dialog = NewFieldDialog(column_of(mapping, "Shelf"), set(), mapping)
    dialog.type.setCurrentIndex(dialog.type.findData("choice"))
    dialog.choices.setPlainText("")
    assert "choices" in dialog._note.text()
    assert not dialog._ok.isEnabled()
    dialog.label.clear()
    assert "label" in dialog._note.text()
    dialog.deleteLater()


def test_how_a_column_is_read_is_told_and_can_be_said(mapping, qtbot):
    page = mapping.pages.mapping
    _choose(mapping, "Bought")
    boxes = page.panel.widget().findChildren(QComboBox)
    reading = next(box for box in boxes if box.accessibleName() == "How “Bought” is read")
    assert mapping.run.plan.columns[2].values[0] == "2026-03-04"
    reading.setCurrentIndex(reading.findData("dmy"))
    reading.activated.emit(reading.currentIndex())
    calm(qtbot, mapping)
    assert mapping.run.plan.columns[2].values[0] == "2026-04-03"
    assert "Price" in [each.heading for each in mapping.run.plan.readings]


def test_an_empty_cell_clears_only_where_that_is_said(mapping, qtbot):
    page = mapping.pages.mapping
    _choose(mapping, "Room")
    assert not page.panel.clear.isChecked()
    qtbot.mouseClick(page.panel.clear, Qt.MouseButton.LeftButton)
    calm(qtbot, mapping)
    assert mapping.run.plan.options.clear == {"Room"}
    assert page.panel.clear.isChecked()


def test_a_value_for_all_rows_is_said_and_taken_out(mapping, qtbot, desk):
    page = mapping.pages.mapping
    page.constants.put("status", "In stock")
    calm(qtbot, mapping)
    assert [mapping.run.plan.patch(row)["status"] for row in range(3)] == ["in_stock"] * 3
    chip = page.constants._chips.itemAt(0).widget()
    assert chip.text().startswith("Status: In stock")
    chip.click()
    calm(qtbot, mapping)
    assert "status" not in mapping.run.plan.patch(0)


def test_a_value_for_all_rows_is_checked(mapping, desk):
    fields = [desk.catalogue.field("hardware", key) for key in ("cost", "notes")]
    dialog = ConstantDialog(fields, mapping)
    dialog.line.setText("much")
    assert "not a sum of money" in dialog._note.text()
    assert not dialog._ok.isEnabled()
    dialog.line.setText("12.50")
    assert dialog._ok.isEnabled()
    assert dialog.field.key == "cost"
    dialog.deleteLater()


def test_the_key_by_which_rows_are_known_is_explained_and_chosen(mapping, qtbot):
    page = mapping.pages.mapping
    assert "Serial number: 3 of 3 rows have it, all different" in page._match_words.text()
    page.match.setCurrentIndex(page.match.findData("serial"))
    page.match.activated.emit(page.match.currentIndex())
    calm(qtbot, mapping)
    assert mapping.run.plan.match == (("serial",),)


def test_the_kind_of_the_rows_can_be_said(mapping, qtbot):
    page = mapping.pages.mapping
    page.kind.setCurrentIndex(page.kind.findData("radio"))
    page.kind.activated.emit(page.kind.currentIndex())
    calm(qtbot, mapping)
    assert mapping.run.plan.kind == "radio"


def test_where_nothing_tells_the_kind_it_is_asked_for(opened, tmp_path, qtbot):
    path = tmp_path / "things.csv"
    path.write_text("Ding,Zahl\nD-1,7001\nD-2,7002\nD-3,7003\n", "utf-8")
    wizard = opened(path)
    page = wizard.pages.mapping
    assert wizard.step is Step.MAPPING
    assert "Choose the kind of record" in wizard.notice.text
    assert page.kind.currentIndex() == -1
    page.kind.setCurrentIndex(page.kind.findData("hardware"))
    page.kind.activated.emit(page.kind.currentIndex())
    calm(qtbot, wizard)
    assert "Map at least one column" in wizard.notice.text
    page.choose("Ding", "tag")
    calm(qtbot, wizard)
    assert wizard.run.plan.kind == "hardware"
    assert wizard.run.plan.count(State.NEW) == 3


def test_a_column_can_say_the_kind(opened, tmp_path, qtbot, desk):
    path = tmp_path / "mixed.csv"
    path.write_text("Tag,Serial,Sort\nA-1,S1,Laptop\nA-2,S2,Radio\n", "utf-8")
    wizard = opened(path)
    wizard.go(Step.MAPPING)
    box = wizard.pages.mapping.kind_column.box
    box.setCurrentIndex(box.findData("Sort"))
    box.activated.emit(box.currentIndex())
    calm(qtbot, wizard)
    assert [wizard.run.plan.patch(row)["kind"] for row in range(2)] == ["hardware", "radio"]


def test_what_the_words_of_kinds_mean_can_be_said(opened, tmp_path, qtbot):
    path = tmp_path / "mixed.csv"
    path.write_text("Tag,Serial,Kind\nA-1,S1,Laptop\nA-2,S2,Brick\nA-3,S3,Radio\n", "utf-8")
    wizard = opened(path)
    wizard.go(Step.MAPPING)
    box = wizard.pages.mapping.kind_column.box
    box.setCurrentIndex(box.findData("Kind"))
    box.activated.emit(box.currentIndex())
    calm(qtbot, wizard)
    _choose(wizard, "Kind")
    boxes = wizard.pages.mapping.panel.widget().findChildren(QComboBox)
    brick = next(box for box in boxes if box.accessibleName() == "“Brick” means")
    brick.setCurrentIndex(brick.findData("radio"))
    brick.activated.emit(brick.currentIndex())
    calm(qtbot, wizard)
    assert [wizard.run.plan.patch(row)["kind"] for row in range(3)] == ["hardware", "radio", "radio"]


def test_what_cells_look_like_is_offered_and_taken_by_a_click(opened, tmp_path, qtbot):
    path = tmp_path / "laptops.csv"
    path.write_text("Tag,Serial,Net\nA-1,S1,00:1A:2B:00:11:22\nA-2,S2,00:1A:2B:00:11:23\n", "utf-8")
    wizard = opened(path)
    assert wizard.run.plan.mapping["Net"] is None
    wizard.go(Step.MAPPING)
    _choose(wizard, "Net")
    panel = wizard.pages.mapping.panel
    assert wizard.pages.mapping.model.sure(2) == ("A suggestion", "warn")
    assert panel.suggestion.text() == "Use “MAC address”, as its cells look like it"
    panel.suggestion.click()
    calm(qtbot, wizard)
    assert wizard.run.plan.mapping["Net"] == "mac"


def test_a_mapping_is_remembered_and_used_the_next_time(mapping, opened, qtbot):
    page = mapping.pages.mapping
    page.choose("Shelf", "notes")
    calm(qtbot, mapping)
    page.profile.save("snipeit-assets")
    calm(qtbot, mapping)
    assert "snipeit-assets" in mapping.notice.text
    page.profile.save("Our laptops")
    calm(qtbot, mapping)
    assert mapping.run.plan.profile == "Our laptops"
    again = opened(mapping.run.path)
    assert again.run.plan.profile == "Our laptops"
    assert again.run.plan.mapping["Shelf"] == "notes"
    again.go(Step.MAPPING)
    calm(qtbot, again)
    assert again.pages.mapping.profile.box.currentText() == "Our laptops"
    again.pages.mapping.profile.not_now.click()
    calm(qtbot, again)
    assert again.run.plan.profile == ""
    assert again.run.plan.mapping["Shelf"] is None


def test_a_table_without_headings_is_mapped_by_hand(opened, tmp_path, qtbot):
    path = tmp_path / "bare.csv"
    path.write_text("KN-1,5CG0001,Laptop\nKN-2,5CG0002,Laptop\nKN-3,5CG0003,Dock\n", "utf-8")
    wizard = opened(path)
    assert wizard.step is Step.MAPPING
    assert "headings" in wizard.notice.text
    first, second, *_ = (column.heading for column in wizard.pages.mapping.model.columns)
    wizard.pages.mapping.choose(first, "tag")
    calm(qtbot, wizard)
    wizard.pages.mapping.choose(second, "serial")
    calm(qtbot, wizard)
    assert wizard.notice.text == ""
    assert wizard.run.plan.count(State.NEW) == 3


def test_a_column_of_secrets_cannot_be_mapped(opened, tmp_path, qtbot):
    path = tmp_path / "sims.csv"
    path.write_text("Tag,Serial,SIM PIN\nA-1,S1,1234\nA-2,S2,4321\n", "utf-8")
    wizard = opened(path)
    wizard.go(Step.MAPPING)
    _choose(wizard, "SIM PIN")
    panel = wizard.pages.mapping.panel
    assert not panel.means.isEnabled()
    assert "secrets" in panel._samples.text()
    assert wizard.pages.mapping.model.sure(2) == ("Secret", "bad")
