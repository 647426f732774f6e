"""A scanner that types like a keyboard is heard whatever has the focus, and what people type is left alone.

The keys are looked at where they come into a window, before any widget, shortcut or default button sees them. Those
that may be a scanner's are held back for some hundredths of a second; when they turn out to be typing they go on to
where they were going, in their order. Texts count, not keys: a scanner types through the layout of the keyboard.
"""

import sys
import time

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow

from models.scanning.burst import Burst, Step
from models.scanning.scanner import Scanner

_CONTROLS = frozenset("\x02\x03\x04\x1c\x1d\x1e\x1f")
"""Control characters that scanners type, as Ctrl and a key; people press none of these within a burst."""
_KEYS = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease)
_MODIFIERS = frozenset(
    (
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock,
    )
)


class Wedge(QObject):
    """`scanned` carries what the scanner sent, without its own prefix and suffix, after the keys were dealt with."""

    scanned = Signal(str)
    _came = Signal(str)

    def __init__(self, app: QGuiApplication, scanner: Scanner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._burst = Burst(scanner)
        self._held: list[tuple[QWindow, QKeyEvent]] = []
        self._watched: QWindow | None = None
        self._freeing = False
        self._late = False
        self._clock = _Clock()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._lapse)
        # Later: whoever takes the scan may open a dialog, and the key that ended it must be over by then.
        self._came.connect(self.scanned.emit, Qt.ConnectionType.QueuedConnection)
        self._app = app
        app.focusWindowChanged.connect(self._watch)
        self._watch(app.focusWindow())

    def use(self, scanner: Scanner) -> None:
        """Follow other settings from now on."""
        self._do(self._burst.stop())
        self._burst = Burst(scanner)

    def close(self) -> None:
        """Look at keys no more."""
        self._app.focusWindowChanged.disconnect(self._watch)
        self._watch(None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Hold back keys that may be a scanner's."""
        if self._freeing or event.type() not in _KEYS or not isinstance(event, QKeyEvent):
            return False
        if not self._burst.scanner.on or not isinstance(watched, QWindow):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            return self._override(event)
        if event.type() == QEvent.Type.KeyRelease or event.key() in _MODIFIERS:
            # In their order: a press that is held back is let go before its release.
            return self._keep(watched, event) if self._held else False
        text = text_of(event)
        if event.isAutoRepeat() or text is None:
            self._do(self._burst.stop())
            return False
        return self._press(watched, event, text)

    # Inside

    def _override(self, event: QKeyEvent) -> bool:
        """No shortcut is triggered within a scan; before any other one, what was typed first comes first."""
        if event.key() in _MODIFIERS:
            return False
        text = text_of(event)
        if text is not None and not event.isAutoRepeat() and self._burst.follows(text, self._clock.read(event)):
            event.accept()
            return True
        self._do(self._burst.lapse())
        return False

    def _press(self, window: QWindow, event: QKeyEvent, text: str) -> bool:
        step = self._burst.press(text, self._clock.read(event))
        self._do(step)
        if step.hold:
            self._keep(window, event)
            self._late = False
            self._timer.start(self._burst.gap)
        return step.hold or step.eat

    def _keep(self, window: QWindow, event: QKeyEvent) -> bool:
        self._held.append((window, _copy(event)))
        return True

    def _lapse(self) -> None:
        """Nothing came in time. Where the window was busy, keys may still be waiting: those are looked at first."""
        if not self._late:
            self._late = True
            self._timer.start(0)
            return
        self._do(self._burst.lapse())

    def _do(self, step: Step) -> None:
        if step.scan is not None:
            self._held.clear()
            self._timer.stop()
            self._came.emit(step.scan)
        elif step.free:
            self._free()

    def _free(self) -> None:
        """Let the keys go on to where they were going."""
        held, self._held = self._held, []
        self._timer.stop()
        self._freeing = True
        try:
            for window, event in held:
                if shiboken6.isValid(window):
                    QCoreApplication.sendEvent(window, event)
        finally:
            self._freeing = False

    def _watch(self, window: QWindow | None) -> None:
        if self._watched is not None and shiboken6.isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = window
        if window is not None:
            window.installEventFilter(self)


class _Clock:
    """When keys were pressed, by the platform's stamps; by the computer's clock where it gives none.

    Keys that waited while the window was busy arrive together, and only their stamps tell how fast they were typed.
    """

    def __init__(self) -> None:
        self._time = self._stamp = self._here = 0.0

    def read(self, event: QKeyEvent) -> float:
        """Milliseconds that only go forward."""
        stamp, here = float(event.timestamp()), time.monotonic() * 1000
        known = stamp > 0 and self._stamp > 0
        self._time += max(0.0, stamp - self._stamp if known else here - self._here)
        self._stamp, self._here = stamp, here
        return self._time


def text_of(event: QKeyEvent) -> str | None:
    """The text that a scanner may have typed with this key, None for keys that it does not use."""
    text = event.text()
    pressed = event.modifiers()
    control = bool(pressed & Qt.KeyboardModifier.ControlModifier)
    alt = bool(pressed & Qt.KeyboardModifier.AltModifier)
    meta = bool(pressed & Qt.KeyboardModifier.MetaModifier)
    if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
        ends = "\t" if event.key() == Qt.Key.Key_Tab else "\r"
        return None if control or alt or meta else ends
    if text in _CONTROLS and text and not alt:
        return text
    # Both together are AltGr on Windows; on macOS Alt alone chooses the third character of a key.
    plain = not meta and (control == alt or (alt and sys.platform == "darwin"))
    return text if text and text.isprintable() and plain else None


def _copy(event: QKeyEvent) -> QKeyEvent:
    return QKeyEvent(
        event.type(),
        event.key(),
        event.modifiers(),
        event.nativeScanCode(),
        event.nativeVirtualKey(),
        event.nativeModifiers(),
        event.text(),
        event.isAutoRepeat(),
        event.count(),
    )
