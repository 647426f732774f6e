"""The search and scan box on top of the window."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy

from desktop.icons import icon
from desktop.lineedit import LineEdit
from desktop.theme import STEP
from desktop.widgets import label, restyle

_PAUSE = 90
"""Milliseconds without a key before it is asked: less than a person notices, more than a scanner's burst."""


class SearchBox(LineEdit):
    """`typed` carries the text after a pause, `entered` after Enter; `left`: Esc goes back; `down`: to the results."""

    typed = Signal(str)
    entered = Signal(str)
    left = Signal()
    down = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("search")
        self.setPlaceholderText("Scan or search everything")
        self.setAccessibleName("Scan or search everything")
        self.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.setMaximumWidth(400)
        self.setMinimumWidth(240)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._key = label("Ctrl K", "key")
        self._key.setFixedHeight(4 * STEP)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(0, 0, 2 * STEP, 0)
        inside.addStretch(1)
        inside.addWidget(self._key)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._tell)
        self.textChanged.connect(lambda text: self._key.setVisible(not text))
        self.textEdited.connect(self._wait)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """The keys that mean something here."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self._timer.stop()
            self.left.emit()
        elif key == Qt.Key.Key_Down:
            self.down.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._timer.stop()
            # The text stays selected, so that the next scan replaces it.
            self.selectAll()
            self.entered.emit(self.text().strip())
        else:
            super().keyPressEvent(event)

    def answer(self, state: str) -> None:
        """Show what became of what was entered, until more is typed: "" found, "warn" unclear, "bad" unknown."""
        restyle(self, "state", state)

    def show_text(self, text: str) -> None:
        """Show a text as if it had been entered: selected, so that the next scan replaces it."""
        self.setText(text)
        self.selectAll()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        """Select the text, so that typing or a scan replaces it."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.selectAll()

    def _wait(self) -> None:
        restyle(self, "state", "")
        self._timer.start()

    def _tell(self) -> None:
        self.typed.emit(self.text().strip())
