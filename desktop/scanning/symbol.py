"""A barcode on the screen, to be scanned from there."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from models.labels.symbols import encode

_MODULE = 2
"""Pixels of one module: bars of whole pixels are read from a screen as well as from paper."""
_TALL = 72


class ScreenSymbol(QWidget):
    """Code 128, black on white in every theme, with its quiet zones."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._symbol = encode("code128", text)
        self.setFixedSize(QSize(self._symbol.modules_with_quiet * _MODULE, _TALL + 16))
        self.setAccessibleName(f"Barcode of {text}")

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Paint it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        quiet = self._symbol.symbology.quiet * _MODULE
        for _, first, count in self._symbol.dark():
            bar = QRectF(quiet + first * _MODULE, 8, count * _MODULE, _TALL)
            painter.fillRect(bar, Qt.GlobalColor.black)
        painter.end()
