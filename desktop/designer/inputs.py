"""Lines and numbers of the designer. Their own undo is the designer's: one way back for all."""

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from desktop.spinbox import DoubleSpinBox
from desktop.theme import STEP
from desktop.widgets import label
from models.labels.data import LONGEST_TEXT

_NUMBER_WIDE = 88


def _is_undo(event: QEvent) -> bool:
    """Whether the event asks who wants Ctrl+Z, Ctrl+Shift+Z or Ctrl+Y."""
    return (
        event.type() == QEvent.Type.ShortcutOverride
        and isinstance(event, QKeyEvent)
        and event.key() in (Qt.Key.Key_Z, Qt.Key.Key_Y)
        and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    )


class Line(QLineEdit):
    """A line of text whose undo is the designer's. `typed` carries what stands there, as it is typed."""

    typed = Signal(str)

    def __init__(self, name: str, longest: int = LONGEST_TEXT) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setMaxLength(longest)
        self.textEdited.connect(self.typed)

    def put(self, text: str) -> None:
        """Show that text; the cursor stays where it is while it is the same."""
        if text != self.text():
            self.setText(text)
            self.setCursorPosition(0)

    def event(self, event: QEvent) -> bool:
        """Leave undo to the designer."""
        if _is_undo(event):
            event.ignore()
            return False
        return super().event(event)


class Number(DoubleSpinBox):
    """A length or size. `given` carries the value once it is typed out and left, or stepped to."""

    given = Signal(float)

    def __init__(self, name: str, least: float, most: float, step: float, unit: str = " mm") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setRange(least, most)
        self.setSingleStep(step)
        self.setDecimals(2 if unit == " mm" else 1)
        self.setSuffix(unit)
        self.setKeyboardTracking(False)
        self.setMinimumWidth(_NUMBER_WIDE)
        self.lineEdit().setTextMargins(STEP, 0, 0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.valueChanged.connect(self.given)

    def put(self, value: float) -> None:
        """Show that value."""
        with QSignalBlocker(self):
            self.setValue(value)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Room for a length on a label; Qt would keep room for the largest number that may be typed."""
        return QSize(_NUMBER_WIDE, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """As above."""
        return QSize(_NUMBER_WIDE, super().sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Leave undo to the designer."""
        if _is_undo(event):
            event.ignore()
            return False
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 (Qt's name)
        """The wheel scrolls the panel unless the number has the keyboard."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


def form(*rows: tuple[str, QWidget]) -> QGridLayout:
    """Labels beside their widgets, each the buddy of its own."""
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(2 * STEP)
    grid.setVerticalSpacing(2 * STEP)
    grid.setColumnStretch(1, 1)
    for at, (name, widget) in enumerate(rows):
        words = label(name)
        words.setBuddy(widget)
        grid.addWidget(words, at, 0)
        grid.addWidget(widget, at, 1)
    return grid


def pairs(*rows: tuple[str, QWidget, str, QWidget]) -> QGridLayout:
    """Two short inputs to a row, each with a short label that is its buddy."""
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(2 * STEP)
    grid.setVerticalSpacing(2 * STEP)
    for column in (1, 3):
        grid.setColumnStretch(column, 1)
    for at, (name, widget, other_name, other) in enumerate(rows):
        for column, words, input_ in ((0, label(name), widget), (2, label(other_name), other)):
            words.setBuddy(input_)
            grid.addWidget(words, at, column)
            grid.addWidget(input_, at, column + 1)
    return grid
