"""A scanner that types is heard whatever has the focus; what people type arrives where it was typed."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout

from models.scanning.scanner import End, Scanner, keep_scanner

KEYS = {"\r": Qt.Key.Key_Return, "\t": Qt.Key.Key_Tab}
CONTROLS = {"\x04": Qt.Key.Key_D, "\x1d": Qt.Key.Key_BracketRight}
FAST, SLOW, GAP = 5, 400, 250
"""Milliseconds between the keys of a scanner and of a person, and the largest gap within a scan: wide, as the machine
of the tests may be busy for longer than the gap that is usual."""


class Clock:
    """When keys are pressed: as fast as a scanner is, or as a person, however busy the machine of the tests is."""

    now, gap = 1000.0, FAST

    def read(self, event):
        if event.type() == QEvent.Type.KeyPress:
            self.now += self.gap
        return self.now


@pytest.fixture
def active(application, window, qtbot):
    application.wedge.use(Scanner(gap=GAP))
    application.wedge._clock = Clock()
    window.activateWindow()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is window.windowHandle())
    return window


@pytest.fixture
def scans(application):
    """What is delivered, in the place of the window's scan box."""
    made = []
    application.desk.scans.unclaimed.disconnect()
    application.desk.scans.unclaimed.connect(made.append)
    return made


def press(character, window=None):
    """One key as it comes from the system: shortcuts, the window's filter, then the widget that has the focus."""
    window = window or QGuiApplication.focusWindow()
    if character in CONTROLS:
        # QTest gives these no text, as the systems do; so the events are made here, in the systems' order.
        for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, CONTROLS[character], Qt.KeyboardModifier.ControlModifier, character)
            event.ignore()
            QGuiApplication.sendEvent(window, event)
            if kind == QEvent.Type.ShortcutOverride and not event.isAccepted():
                raise AssertionError("a shortcut would be triggered")
    else:
        QTest.keyClick(window, KEYS.get(character, character))


def scan(code, end="\r"):
    for character in code + end:
        press(character)


def type_slowly(text, application):
    clock = application.wedge._clock
    clock.gap = SLOW
    for character in text:
        press(character)
    clock.gap = FAST
    clock.now += SLOW


@pytest.mark.parametrize("end", ["\r", "\t", "\x04"])
def test_a_scan_leaves_nothing_where_the_focus_is(active, scans, qtbot, end):
    active.search.setText("before")
    active.search.setFocus()
    scan("R-004471", end)
    qtbot.waitUntil(lambda: scans == ["R-004471"])
    assert active.search.text() == "before"
    assert active.search.hasFocus()


def test_a_scan_edits_no_cell_and_triggers_no_shortcut(active, scans, qtbot):
    table = active.show_kind("radio")
    qtbot.waitUntil(lambda: table.found == 9)
    table.view.setFocus()
    table.view.select_row(0)
    qtbot.waitUntil(lambda: not active._desk.jobs.busy)
    scan("]C18004950600013R-004471\x1d21ABC", "\x04")
    qtbot.waitUntil(lambda: len(scans) == 1)
    assert scans == ["]C18004950600013R-004471\x1d21ABC"]
    assert table.current() == table.model.ids[0]
    assert not table.query
    assert table.view.state() != table.view.State.EditingState


def test_twenty_scans_in_a_second_are_neither_lost_nor_mixed(active, scans, qtbot):
    active.search.setFocus()
    codes = [f"R-{number:06}" for number in range(20)]
    for code in codes:
        scan(code)
    qtbot.waitUntil(lambda: len(scans) == 20)
    assert scans == codes
    assert active.search.text() == ""


def test_what_is_typed_by_hand_arrives(application, active, scans, qtbot):
    active.search.setFocus()
    type_slowly("engine", application)
    assert active.search.text() == "engin"
    qtbot.waitUntil(lambda: active.search.text() == "engine")
    scan("R-004471")
    type_slowly("7!", application)
    qtbot.waitUntil(lambda: active.search.text() == "engine7!")
    assert scans == ["R-004471"]


def test_a_fast_start_of_typing_comes_late_and_whole(active, scans, qtbot):
    active.search.setFocus()
    scan("the", "")
    assert active.search.text() == ""
    qtbot.waitUntil(lambda: active.search.text() == "the", timeout=3000)
    scan("n", "")
    QTest.keyClick(QGuiApplication.focusWindow(), Qt.Key.Key_Backspace)
    scan("m", "")
    qtbot.waitUntil(lambda: active.search.text() == "them", timeout=3000)
    assert scans == []


def test_a_space_typed_on_a_button_presses_it_once(active, qtbot, scans):
    button = QPushButton("Press", active)
    pressed = []
    button.clicked.connect(lambda: pressed.append(1))
    button.show()
    button.setFocus()
    press(" ")
    qtbot.waitUntil(lambda: pressed == [1], timeout=3000)
    assert not button.isDown()
    button.deleteLater()


def test_held_keys_that_repeat_are_typing(active, qtbot, scans):
    active.search.setFocus()
    window = QGuiApplication.focusWindow()
    for _ in range(6):
        repeat = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a", True)
        QGuiApplication.sendEvent(window, repeat)
    press("\r")
    assert active.search.text() == "aaaaaa"
    assert scans == []


def test_a_scan_shows_the_record_and_its_text_stays_selected(active, qtbot):
    table = active.show_kind("hardware")
    table.view.setFocus()
    scan("]C0S672CYX0119")
    qtbot.waitUntil(lambda: active.panel.record is not None and active.panel.record.name == "R-004471")
    assert active.search.text() == "S672CYX0119"
    assert active.search.selectedText() == "S672CYX0119"
    scan("https://city.example/a/R-004468")
    qtbot.waitUntil(lambda: active.panel.record is not None and active.panel.record.name == "R-004468")
    scan("]C18004950600013R-004474\x1d21ABC")
    qtbot.waitUntil(lambda: active.panel.record is not None and active.panel.record.name == "R-004474")
    scan("https://city.example/a/none")
    qtbot.waitUntil(lambda: active.search.property("state") == "bad")


class Asking(QDialog):
    def __init__(self, parent):
        super().__init__(parent)
        self.line, self.pressed = QLineEdit(), 0
        layout = QVBoxLayout(self)
        layout.addWidget(self.line)
        layout.addWidget(QPlainTextEdit())
        button = QPushButton("Do it")
        button.setDefault(True)
        button.clicked.connect(self.count)
        layout.addWidget(button)
        self.resize(400, 300)
        self.setModal(True)

    def count(self):
        self.pressed += 1


@pytest.fixture
def dialog(active, qtbot):
    made = Asking(active)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is made.windowHandle())
    made.line.setFocus()
    yield made
    made.close()
    made.deleteLater()


def test_a_dialog_that_claims_scans_gets_them(dialog, application, scans, qtbot):
    got = []
    application.desk.scans.claim(dialog, got.append)
    scan("R-004471")
    scan("R-004472")
    qtbot.waitUntil(lambda: got == ["R-004471", "R-004472"])
    assert (dialog.pressed, dialog.line.text(), scans) == (0, "", [])
    application.desk.scans.release(dialog)


def test_a_dialog_that_takes_no_scans_says_that_it_is_open(dialog, application, scans, qtbot):
    scan("R-004471")
    qtbot.waitUntil(lambda: bool(application.notices._made))
    notice = application.notices._made[0]
    assert notice.isVisible()
    assert notice.window() is dialog
    assert "R-004471" in notice.accessibleName()
    assert (dialog.pressed, dialog.line.text(), scans) == (0, "", [])
    type_slowly("\r", application)
    assert dialog.pressed == 1


def test_other_settings_hold_at_once(application, active, scans, qtbot):
    keep_scanner(application.settings, Scanner(prefix="~", end=End.ENTER, gap=GAP))
    application.desk.scans.changed.emit()
    active.search.setFocus()
    scan("R-1")
    assert active.search.text() == "R-1"
    scan("~R-2")
    qtbot.waitUntil(lambda: scans == ["R-2"])
    keep_scanner(application.settings, Scanner(on=False))
    application.desk.scans.changed.emit()
    active.search.clear()
    scan("R-004471", "")
    assert active.search.text() == "R-004471"
