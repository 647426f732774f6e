"""Bars over years, painted: how many fall due in each."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.theme import Look

_MOST_WIDE = 40


class YearBars(QWidget):
    """A bar for each year, its number above and the year below. The same is told in words to screen readers."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._years: dict[int, int] = {}
        self.setMinimumHeight(148)
        look.changed.connect(self.update)

    def show_years(self, years: Mapping[int, int]) -> None:
        """Show these numbers."""
        self._years = dict(years)
        said = ", ".join(f"{year}: {number:,}" for year, number in self._years.items())
        self.setAccessibleName(f"Replace by year. {said}")
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """How large it wants to be."""
        return QSize(300, 156)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Paint it."""
        if not self._years:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = QFontMetrics(self.font()).height() + 2
        most = max(self._years.values()) or 1
        each = self.width() / len(self._years)
        room = self.height() - 2 * line - 4
        for at, (year, number) in enumerate(self._years.items()):
            width = min(_MOST_WIDE, each * 0.66)
            left = at * each + (each - width) / 2
            tall = max(2.0 if number else 0.0, room * number / most)
            top = line + room - tall
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.colour("accent"))
            painter.drawRoundedRect(QRectF(left, top, width, tall), 2, 2)
            painter.setPen(self._look.colour("muted"))
            middle = int(Qt.AlignmentFlag.AlignCenter)
            painter.drawText(QRectF(at * each, top - line, each, line), middle, f"{number:,}")
            painter.drawText(QRectF(at * each, self.height() - line, each, line), middle, str(year))
        painter.end()
