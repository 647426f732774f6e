"""Designs are kept as records: under their name, never over a shipped one, and undone like all else; and as files."""

import json
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QMessageBox

from desktop.designer import DesignerDialog, open_designer
from models.journal.writer import Journal
from models.labels.boxes import Template, TextBox
from models.labels.designs import Design, design_data, find_design
from models.labels.own import keep_design, own_designs
from models.labels.stocks import find_stock

STOCK = find_stock("5160")
OWN = Design("Mine", "", 60, 20, (TextBox(3, 2, 20, 5, Template("{alias|name}"), 10, 6),))


@pytest.fixture
def opened(desk, window):
    made = []

    def show(design, formerly=""):
        dialog = DesignerDialog(desk, design, STOCK, [], window, formerly=formerly)
        made.append(dialog)
        dialog.show()
        return dialog

    yield show
    for dialog in made:
        dialog.hide()
        dialog.deleteLater()


@pytest.fixture
def own(city):
    """The own designs that are kept now."""

    def read():
        with city.reading() as connection:
            return {design.name: design for design in own_designs(connection)}

    return read


@pytest.fixture
def answers(monkeypatch):
    """Answers the question for a name; what it offered is kept."""

    class Answers:
        def __init__(self):
            self.name = "Truck labels"
            self.offered = []

        def exec(self, dialog):
            self.offered.append(dialog._line.text())
            dialog._line.setText(self.name)
            return QDialog.DialogCode.Accepted

    made = Answers()
    monkeypatch.setattr("desktop.designer.keeping.LineDialog.exec", lambda dialog: made.exec(dialog))  # noqa: PLW0108 (a method would not be bound)
    return made


def nudge(dialog):
    dialog.session.choose(0)
    dialog.deeds["bottom"].trigger()


def test_a_new_design_is_kept_as_a_record_and_the_deed_can_be_undone(opened, own, qtbot, window):
    dialog = opened(OWN)
    nudge(dialog)
    with qtbot.waitSignal(dialog.kept):
        dialog.keep.click()
    assert own()["Mine"] == dialog.session.shown.design
    assert not dialog.session.unsaved
    assert dialog.words.text() == "Saved."
    assert not dialog.keep.isEnabled()
    window.commands.action("edit.undo").trigger()
    qtbot.waitUntil(lambda: not own())


def test_a_shipped_design_is_kept_under_a_new_name(opened, own, answers, qtbot):
    dialog = opened(find_design("Tag", STOCK))
    assert "comes with Muster" in dialog.words.text()
    nudge(dialog)
    with qtbot.waitSignal(dialog.kept):
        dialog.save()
    assert answers.offered == ["My Tag"]
    assert set(own()) == {"Truck labels"}
    assert dialog.session.shown.design.name == "Truck labels"
    nudge(dialog)
    dialog.deeds["top"].trigger()
    with qtbot.waitSignal(dialog.kept):
        dialog.save()
    assert set(own()) == {"Truck labels"}


def test_a_design_of_another_name_stands_in_its_own_place(opened, own, city, qtbot):
    keep_design(Journal(city, "J. Ruiz"), OWN)
    dialog = opened(OWN, "Mine")
    line = dialog.properties.design.name
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, "Trucks")
    with qtbot.waitSignal(dialog.kept):
        dialog.save()
    assert set(own()) == {"Trucks"}


def test_another_one_of_the_name_is_replaced_only_when_that_is_said(opened, own, city, answers, qtbot, monkeypatch):
    keep_design(Journal(city, "J. Ruiz"), OWN)
    answers.name = "mine"
    asked = []
    monkeypatch.setattr("desktop.designer.keeping.confirm", lambda *words: bool(asked.append(words[2])))
    dialog = opened(find_design("Tag", STOCK))
    dialog.save_as()
    qtbot.waitUntil(lambda: bool(asked))
    assert asked == ["There is a design “mine” already. Replace it?"]
    assert own() == {"Mine": OWN}
    monkeypatch.setattr("desktop.designer.keeping.confirm", lambda *_words: True)
    with qtbot.waitSignal(dialog.kept):
        dialog.save_as()
    assert set(own()) == {"mine"}


def test_what_cannot_be_kept_is_told_and_stays(opened, own, qtbot, monkeypatch):
    told = []
    monkeypatch.setattr(QMessageBox, "warning", lambda *words: told.append(words[2]))
    dialog = opened(OWN)
    dialog.properties.design.wide.setValue(10)
    dialog.save()
    qtbot.waitUntil(lambda: bool(told))
    assert "beyond the design" in told[0]
    assert own() == {}
    assert dialog.session.unsaved


def test_a_design_goes_to_a_file_and_comes_back(opened, qtbot, monkeypatch, tmp_path):
    path = tmp_path / "mine"
    monkeypatch.setattr("desktop.designer.keeping.QFileDialog.getSaveFileName", lambda *_words: (str(path), ""))
    monkeypatch.setattr("desktop.designer.keeping.QFileDialog.getOpenFileName", lambda *_words: (f"{path}.json", ""))
    dialog = opened(OWN)
    dialog.export_file()
    qtbot.waitUntil(lambda: dialog.words.text() == "Exported as mine.json.")
    assert json.loads((tmp_path / "mine.json").read_text("utf-8"))["name"] == "Mine"
    other = opened(find_design("Tag", STOCK))
    other.import_file()
    qtbot.waitUntil(lambda: other.session.shown.design == OWN)
    assert other.session.undo_words == "import"
    assert other.keep.isEnabled()
    (tmp_path / "mine.json").write_text("[1, 2", "utf-8")
    told = []
    monkeypatch.setattr(QMessageBox, "warning", lambda *words: told.append(words[2]))
    other.import_file()
    qtbot.waitUntil(lambda: bool(told))
    assert other.session.shown.design == OWN


def test_it_opens_with_the_first_records_of_the_register(desk, window, qtbot):
    def shown():
        return [each for each in window.findChildren(DesignerDialog) if each.isVisible()]

    kept = []
    open_designer(desk, OWN, STOCK, window, kept.append)
    qtbot.waitUntil(lambda: bool(shown()))
    dialog = shown()[0]
    tags = [record.texts["tag"] for record in dialog.session.records]
    assert {tag[0] for tag in tags} == {"A", "R"}
    assert "Motorola" in {record.texts["manufacturer"] for record in dialog.session.records}
    nudge(dialog)
    dialog.save()
    qtbot.waitUntil(lambda: bool(kept))
    dialog.close()


def test_a_number_that_is_being_typed_is_saved_too(opened, own, qtbot):
    dialog = opened(OWN)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.session.choose(0)
    number = dialog.properties.place.left
    number.setFocus()
    number.selectAll()
    qtbot.keyClicks(number, "7")
    with qtbot.waitSignal(dialog.kept):
        qtbot.keyClick(number, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert own()["Mine"].boxes[0].x == 7


def test_an_own_design_of_a_shipped_name_is_kept_where_it_is(city, desk, window, own, qtbot):
    tag = replace(find_design("Tag", STOCK), about="Ours")
    keep_design(Journal(city, "J. Ruiz"), tag)
    kept = []
    open_designer(desk, tag, STOCK, window, kept.append)
    qtbot.waitUntil(lambda: any(each.isVisible() for each in window.findChildren(DesignerDialog)))
    dialog = window.findChildren(DesignerDialog)[0]
    assert dialog.words.text() == "Saved."
    nudge(dialog)
    dialog.save()
    qtbot.waitUntil(lambda: bool(kept))
    assert own() == {"Tag": dialog.session.shown.design}
    dialog.close()


def test_a_file_read_into_the_designer_does_not_take_the_place_of_the_design_at_hand(
    opened, own, city, qtbot, monkeypatch, tmp_path
):
    keep_design(Journal(city, "J. Ruiz"), OWN)
    path = tmp_path / "other.json"
    path.write_text(json.dumps(design_data(replace(OWN, name="Other", kinds=("spaceship",)))), "utf-8")
    monkeypatch.setattr("desktop.designer.keeping.QFileDialog.getOpenFileName", lambda *_words: (str(path), ""))
    dialog = opened(OWN, "Mine")
    dialog.import_file()
    qtbot.waitUntil(lambda: dialog.session.shown.design.name == "Other")
    with qtbot.waitSignal(dialog.kept):
        dialog.save()
    assert set(own()) == {"Mine", "Other"}


def test_it_is_gone_when_it_is_closed(desk, window, qtbot):
    open_designer(desk, OWN, STOCK, window)
    qtbot.waitUntil(lambda: any(each.isVisible() for each in window.findChildren(DesignerDialog)))
    dialog = window.findChildren(DesignerDialog)[0]
    with qtbot.waitSignal(dialog.destroyed):
        dialog.close()
    assert window.findChildren(DesignerDialog) == []
