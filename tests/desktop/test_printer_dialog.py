"""Printers of this machine: set up, changed, adjusted, forgotten; remembered in the settings."""

import pytest
from PySide6.QtWidgets import QDialog

from desktop.labelling.adjust_dialog import AdjustDialog
from desktop.labelling.printer_dialog import NETWORK, SPOOLER, PrinterDialog
from models.labels.layout import Nudge
from models.printers.printer import LabelPrinter, Language, keep_printer, printers

ZEBRA = LabelPrinter("Zebra 2", Language.ZPL, "tcp://10.1.20.31", 203)


@pytest.fixture
def dialog(desk, qtbot):
    def show(printer=None):
        made = PrinterDialog(desk, printer)
        qtbot.addWidget(made)
        made.show()
        qtbot.waitUntil(lambda: not desk.jobs.busy)
        return made

    return show


def choose(combo, data):
    combo.setCurrentIndex(combo.findData(data))


@pytest.mark.parametrize(
    "printer",
    [
        ZEBRA,
        LabelPrinter("Zebra 3", Language.ZPL, "tcp://10.1.20.32:6101", 300, Nudge(1, -2, 1.01), 20, 4, answers=False),
        LabelPrinter("Zebra USB", Language.ZPL, "raw:ZDesigner ZD421", 600, darkness=0),
        LabelPrinter("Brother", Language.BROTHER, "tcp://ql820", 300, model="QL-820NWB"),
        LabelPrinter("Office", Language.SYSTEM, "HP LaserJet", 600),
        LabelPrinter("Default", Language.SYSTEM, "", 300),
    ],
    ids=lambda printer: printer.name,
)
def test_what_is_shown_of_a_printer_is_that_printer(dialog, printer):
    made = dialog(printer)
    assert made.problem() == ""
    assert made.printer() == printer


def test_each_sort_of_printer_asks_for_what_it_needs(dialog):
    made = dialog()
    choose(made.language, Language.ZPL)
    assert made.host.isVisible()
    assert made.darkness.isVisible()
    assert not made.model.isVisible()
    choose(made.way, SPOOLER)
    assert not made.host.isVisible()
    assert made.queue.isVisible()
    choose(made.way, NETWORK)
    choose(made.language, Language.BROTHER)
    assert made.model.isVisible()
    assert not made.darkness.isVisible()
    assert made.dpi.currentData() == 300
    choose(made.language, Language.SYSTEM)
    assert made.queue.isVisible()
    assert not made.host.isVisible()
    assert not made.way.isVisible()


def test_what_is_missing_is_told(dialog, desk):
    keep_printer(desk.settings, ZEBRA)
    made = dialog()
    made.accept()
    assert made.note.text() == "Give the printer a name that people here know it by."
    made.name.setText("zebra 2")
    made.accept()
    assert "another printer" in made.note.text()
    made.name.setText("Zebra 4")
    made.accept()
    assert "address" in made.note.text()
    made.host.setText("no such host")
    made.accept()
    assert "address" in made.note.text()
    made.host.setText("10.1.20.40")
    assert made.note.isHidden()
    made.accept()
    assert made.result() == QDialog.DialogCode.Accepted
    assert made.printer() == LabelPrinter("Zebra 4", Language.ZPL, "tcp://10.1.20.40", 203)


@pytest.fixture
def tab(window, desk):
    keep_printer(desk.settings, ZEBRA)
    window.show_place("printing")
    page = window.own_page("printing")
    page.show_tab("Printers")
    return page.printers


def test_printers_are_listed_and_told(tab):
    assert [item.title for item in tab.shelf.items] == ["Zebra 2"]
    assert tab.facts.text() == "Zebra and compatible (ZPL), network, 10.1.20.31, 203 dots per inch"
    assert tab.moved.text() == "Printed where it is drawn: not moved."


def test_without_printers_the_tab_says_what_to_do(window):
    window.show_place("printing")
    page = window.own_page("printing")
    page.show_tab("Printers")
    assert page.printers.empty


def test_a_printer_is_renamed_in_its_place_and_keeps_what_it_had(tab, desk, monkeypatch):
    keep_printer(desk.settings, LabelPrinter("Brother", Language.BROTHER, "tcp://ql820", 300, model="QL-820NWB"))

    def renamed(dialog):
        dialog.name.setText("Zebra of the radio shop")
        dialog.darkness.setValue(18)
        dialog.accept()
        return dialog.result()

    monkeypatch.setattr(PrinterDialog, "exec", renamed)
    tab.edit()
    assert [each.name for each in printers(desk.settings)] == ["Zebra of the radio shop", "Brother"]
    assert printers(desk.settings)[0].darkness == 18
    assert tab.shelf.key == "Zebra of the radio shop"


def test_a_printer_is_removed_only_when_that_is_meant(tab, desk, monkeypatch):
    monkeypatch.setattr("desktop.labelling.printers_tab.confirm", lambda *_: False)
    tab.remove()
    assert len(printers(desk.settings)) == 1
    monkeypatch.setattr("desktop.labelling.printers_tab.confirm", lambda *_: True)
    tab.remove()
    assert printers(desk.settings) == ()
    assert tab.empty


def test_what_a_printer_is_off_by_is_set_shown_and_remembered(tab, desk, qtbot, monkeypatch):
    told = []

    def adjusted(dialog):
        dialog.editor.right.setValue(1.2)
        dialog.editor.down.setValue(-0.5)
        dialog.editor.scaled.setValue(99.5)
        told.append(dialog.editor.picture.accessibleName())
        dialog.accept()
        return dialog.result()

    monkeypatch.setattr(AdjustDialog, "exec", adjusted)
    tab.adjust()
    assert printers(desk.settings)[0].nudge == Nudge(1.2, -0.5, 0.995)
    assert told == ["Moved 1.2 mm to the right, 0.5 mm up, 99.50% of the size."]
    assert tab.moved.text() == told[0]
