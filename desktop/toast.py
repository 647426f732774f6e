"""The toast: what was just done, with its undo, or a sentence about what could not be."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QWidget

from desktop.theme import STEP
from desktop.widgets import button, label, row

_SHOWN = 8000
"""Milliseconds that it stays, unless it is pointed at."""
_MOST = 640


class Toast(QFrame):
    """Lies over the foot of its parent. One at a time; the later one takes the place."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setObjectName("toast")
        self._call: Callable[[], object] | None = None
        self._words = label("", wrap=True)
        self._deed = button("Undo", self._act)
        self._close = button("Close", self.hide)
        layout = row(self._words, self._deed, self._close, gap=3)
        layout.setContentsMargins(4 * STEP, 2 * STEP, 3 * STEP, 2 * STEP)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SHOWN)
        self._timer.timeout.connect(self.hide)
        over.installEventFilter(self)
        self.hide()

    def say(self, text: str, deed: str = "", call: Callable[[], object] | None = None) -> None:
        """Show a sentence; `deed` is the word on a button that calls `call`."""
        self._words.setText(text)
        self.setAccessibleName(text)
        self._call = call
        self._deed.setText(deed)
        self._deed.setVisible(call is not None)
        self.show()
        self.raise_()
        self._settle()
        self._timer.start()

    @property
    def text(self) -> str:
        """What is said."""
        return self._words.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """The keys and events that mean something here."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._settle()
        return super().eventFilter(watched, event)

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 (Qt's name)
        """Stay while it is pointed at."""
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        """Go away a while after it is left."""
        self._timer.start()

    def _act(self) -> None:
        call = self._call
        self.hide()
        if call is not None:
            call()

    def _settle(self) -> None:
        over = self._over
        wanted = self._words.fontMetrics().horizontalAdvance(self._words.text()) + 240
        width = min(_MOST, over.width() - 8 * STEP, wanted)
        self.setFixedWidth(width)
        height = max(self.heightForWidth(width), self.sizeHint().height())
        self.resize(width, height)
        self.move((over.width() - width) // 2, over.height() - height - 14 * STEP)
