"""A place that takes keys as they come, while the scanner is learnt."""

import time

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QWidget

from desktop.scanning.wedge import text_of
from models.scanning.learning import Stroke

_OVER = 500
"""Milliseconds without a key after which a scan is over."""
_MOST = 400


class KeyWell(QLabel):
    """`heard` carries the strokes of one scan. Tab leaves it as ever, unless a scanner types it within a scan."""

    heard = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setObjectName("well")
        self._strokes: list[Stroke] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_OVER)
        self._timer.timeout.connect(self._tell)

    def event(self, event: QEvent) -> bool:
        """Take the keys that make a text, also those that would be shortcuts within a scan."""
        if isinstance(event, QKeyEvent) and event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            text = text_of(event)
            if text is not None and (self._strokes or text not in "\t\r"):
                if event.type() == QEvent.Type.KeyPress:
                    self._take(event, text)
                event.accept()
                return True
        return super().event(event)

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """How large it wants to be."""
        return QSize(360, 56)

    def _take(self, event: QKeyEvent, text: str) -> None:
        at = float(event.timestamp()) or time.monotonic() * 1000
        if len(self._strokes) < _MOST:
            self._strokes.append(Stroke(text, at))
        self._timer.start()

    def _tell(self) -> None:
        strokes, self._strokes = self._strokes, []
        self.heard.emit(strokes)
