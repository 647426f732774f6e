"""The scanner is set by hand or learnt from itself; rules for codes are changed and tried in the window."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.scanning.learn import LearnDialog
from desktop.scanning.rules_dialog import RulesDialog
from desktop.scanning.scanner_dialog import ScannerDialog
from desktop.scanning.symbol import ScreenSymbol
from models.scanning.answer import Outcome
from models.scanning.learning import EXPECTED
from models.scanning.rules import Means, scan_rules, shipped_rules
from models.scanning.scanner import End, Scanner, scanner_of
from tests.labels.reading import Grey


@pytest.fixture
def opened(desk, window, qtbot):
    """Opens one of the dialogs."""
    made = []

    def open_one(dialog_type):
        dialog = dialog_type(desk, window)
        made.append(dialog)
        dialog.show()
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        return dialog

    yield open_one
    for dialog in made:
        dialog.close()
        dialog.deleteLater()


def _keys(widget, text, start=1000):
    """Keys as a scanner of 8 ms types them."""
    special = {"\r": Qt.Key.Key_Return, "\t": Qt.Key.Key_Tab}
    for at, character in enumerate(text):
        event = QKeyEvent(QEvent.Type.KeyPress, special.get(character, 0), Qt.KeyboardModifier.NoModifier, character)
        event.setTimestamp(start + at * 8)
        QApplication.sendEvent(widget, event)


def _heard(qtbot, dialog, text):
    with qtbot.waitSignal(dialog._well.heard):
        _keys(dialog._well, text)


def test_the_scanner_is_learnt_from_three_scans(opened, application, qtbot):
    dialog = opened(LearnDialog)
    assert not application.wedge._burst.scanner.on
    for _ in range(3):
        assert not dialog._keep.isEnabled()
        _heard(qtbot, dialog, f"~{EXPECTED}\t")
    assert dialog.scanner == Scanner(prefix="~", end=End.TAB)
    assert dialog._keep.isEnabled()
    dialog.accept()
    assert application.wedge._burst.scanner.on


def test_another_keyboard_and_another_code_are_told(opened, qtbot):
    dialog = opened(LearnDialog)
    _heard(qtbot, dialog, "R-004471\r")
    assert "not the code" in dialog._told.itemAt(0).widget().text()
    for _ in range(3):
        _heard(qtbot, dialog, EXPECTED.replace("Y", "Z").replace("-", "ß") + "\r")
    told = [dialog._told.itemAt(at).widget().text() for at in range(dialog._told.count())]
    assert any("another keyboard" in text and "Y as Z" in text for text in told)
    assert not dialog._keep.isEnabled()
    dialog.begin()
    assert dialog._told.count() == 0


def test_the_keyboard_is_not_trapped_while_learning(opened):
    dialog = opened(LearnDialog)
    dialog._well.setFocus()
    QTest.keyClick(dialog._well, Qt.Key.Key_Tab)
    assert not dialog._well.hasFocus()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_the_barcode_on_the_screen_can_be_scanned(qtbot):
    symbol = ScreenSymbol(EXPECTED)
    qtbot.addWidget(symbol)
    image = symbol.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    assert Grey.of_image(image).texts() == [EXPECTED]


def test_settings_are_kept_and_hold_at_once(opened, desk, application):
    dialog = opened(ScannerDialog)
    dialog._prefix.setText("<STX>")
    dialog._suffix.setText("<ETX>")
    dialog._end.setCurrentIndex(dialog._end.findData(End.ENTER.value))
    dialog._sounds.setChecked(False)
    assert not dialog._least.isEnabled()
    dialog.accept()
    assert scanner_of(desk.settings) == Scanner(prefix="\x02", suffix="\x03", end=End.ENTER)
    assert application.wedge._burst.scanner.prefix == "\x02"
    assert desk.settings.sounds == "no"


def test_a_prefix_that_is_too_long_is_told(opened, desk):
    dialog = opened(ScannerDialog)
    dialog._prefix.setText("x" * 17)
    dialog.accept()
    assert dialog.isVisible()
    assert "16" in dialog._note.text()
    assert scanner_of(desk.settings) == Scanner()


def test_the_scanner_is_tried_in_its_dialog(opened, desk):
    dialog = opened(ScannerDialog)
    desk.scans.deliver("]C0R-004471")
    assert dialog._banner.answer.outcome is Outcome.OK
    assert "R-004471 came, with Code 128" in dialog._banner.accessibleName()


def test_a_rule_is_added_tried_and_kept(opened, desk, qtbot):
    dialog = opened(RulesDialog)
    dialog.add()
    dialog._name.setText("Our radios")
    dialog._name.textEdited.emit("Our radios")
    dialog._prefix.setText("RAD")
    dialog._prefix.textEdited.emit("RAD")
    desk.scans.deliver("RAD672CYX0119")
    qtbot.waitUntil(lambda: "Radio R-004471 has 672CYX0119." in dialog._read.text())
    dialog.accept()
    rule = scan_rules(desk.settings).rules[-1]
    assert (rule.name, rule.prefix, rule.means) == ("Our radios", "RAD", Means.SERIAL)


def test_a_shipped_rule_is_switched_off_and_put_back(opened, desk, qtbot):
    dialog = opened(RulesDialog)
    at = next(at for at, rule in enumerate(dialog.rules.rules) if rule.name == "Serial S")
    dialog._list.setCurrentRow(at)
    assert dialog._name.isReadOnly()
    assert not dialog._remove.isEnabled()
    dialog._list.item(at).setCheckState(Qt.CheckState.Unchecked)
    dialog.try_code("S672CYX0119")
    qtbot.waitUntil(lambda: dialog._read.text() == "No record has this code.")
    dialog.remove()
    assert dialog.rules == shipped_rules()


def test_what_cannot_be_a_rule_keeps_the_dialog_open(opened, desk):
    dialog = opened(RulesDialog)
    dialog.add()
    dialog._prefix.setText("")
    dialog._prefix.textEdited.emit("")
    dialog.accept()
    assert dialog.isVisible()
    assert "begins with" in dialog._note.text()
    assert scan_rules(desk.settings) == shipped_rules()


def test_the_commands_open_them(window):
    for name in ("scan.settings", "scan.rules", "scan.camera"):
        assert window.commands.can(name)
