"""Lengths to be typed: one, and two side by side."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.spinbox import DoubleSpinBox
from desktop.theme import STEP
from desktop.widgets import label


class Length(DoubleSpinBox):
    """A length, without noughts at its end."""

    def textFromValue(self, value: float) -> str:  # noqa: N802 (Qt's name)
        """What is shown of it."""
        text, point = super().textFromValue(value), self.locale().decimalPoint()
        return text.rstrip("0").rstrip(point) if point in text else text


class Pair(QWidget):
    """Two lengths side by side, with what each is."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__()
        self.first, self.second = Length(), Length()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * STEP)
        for words, spin in ((first, self.first), (second, self.second)):
            spin.setAccessibleName(words)
            spin.setToolTip(words)
            named = label(words.rpartition(", ")[2], "muted")
            named.setBuddy(spin)
            layout.addWidget(spin, 1)
            layout.addWidget(named)
        self.setFocusProxy(self.first)

    def show_values(self, first: float, second: float) -> None:
        """Show these."""
        self.first.setValue(first)
        self.second.setValue(second)

    def values(self) -> list[float]:
        """The two numbers."""
        return [self.first.value(), self.second.value()]
