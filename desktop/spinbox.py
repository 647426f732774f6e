"""Boxes for numbers, with room before the text: the stylesheet's padding does not reach the line inside them."""

from PySide6.QtWidgets import QDoubleSpinBox, QSpinBox, QWidget

from desktop.theme import STEP

_BEFORE = STEP + STEP // 2


class SpinBox(QSpinBox):
    """For whole numbers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lineEdit().setTextMargins(_BEFORE, 0, 0, 0)


class DoubleSpinBox(QDoubleSpinBox):
    """For numbers with decimals."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lineEdit().setTextMargins(_BEFORE, 0, 0, 0)
