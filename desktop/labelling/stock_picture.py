"""The geometry of a stock as a picture: the sheet or the strip of a roll, and where its labels are."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.phrases import count
from desktop.phrases.labelling import size
from desktop.theme import Look
from models.labels.stocks import Stock

_AHEAD = 1.6
"""So much of a roll's strip is drawn, in labels."""


def draw_stock(painter: QPainter, room: QRectF, stock: Stock, look: Look) -> None:
    """Draw it as large as fits the room, in the middle."""
    wide, tall = stock.page_width, stock.page_height
    if stock.roll:
        tall *= _AHEAD
    scale = min(room.width() / wide, room.height() / tall)
    corner = room.center() - QPointF(wide * scale / 2, tall * scale / 2)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.colour("muted"), 1))
    painter.setBrush(look.colour("surface"))
    painter.drawRect(QRectF(corner.x(), corner.y(), wide * scale, tall * scale))
    painter.setPen(QPen(look.colour("accent"), 1, Qt.PenStyle.DashLine if stock.continuous else Qt.PenStyle.SolidLine))
    painter.setBrush(look.colour("accentbg"))
    around = min(1.5 * scale, 4)
    # A roll's label fills its page; the picture shows that there is a next one.
    cut = stock.roll and not stock.continuous
    inset = 0.04 * min(stock.width, stock.height) * scale if cut else 0
    places = [stock.position(number) for number in range(1, stock.per_sheet + 1)]
    painter.setClipRect(QRectF(corner.x() - 1, corner.y() - 1, wide * scale + 2, tall * scale + 2))
    for x, y in [*places, (0.0, stock.height)] if cut else places:
        place = QRectF(corner.x() + x * scale, corner.y() + y * scale, stock.width * scale, stock.height * scale)
        painter.drawRoundedRect(place.adjusted(inset, inset, -inset, -inset), around, around)


def described(stock: Stock, *, inches: bool = False) -> str:
    """What the picture shows, in words."""
    label = size(stock.width, stock.height, inches=inches)
    if stock.continuous:
        return f"A strip {stock.tape:.4g} mm wide, cut as long as each label needs."
    if stock.roll:
        turned = " It goes through the printer a quarter turn." if stock.turned else ""
        return f"A roll of labels, {label} each.{turned}"
    page = size(stock.page_width, stock.page_height, inches=inches)
    sheet = f"A sheet of {page} with {count(stock.per_sheet, 'label')}"
    return f"{sheet} of {label}, {stock.columns} across and {stock.rows} down."


class StockPicture(QWidget):
    """Shows one stock; nothing while there is none."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._stock: Stock | None = None
        self.setMinimumSize(200, 220)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Picture of the labels")
        look.changed.connect(self.update)

    def show_stock(self, stock: Stock | None) -> None:
        """Show it, or nothing."""
        self._stock = stock
        self.setAccessibleDescription(described(stock) if stock is not None else "")
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Room in which eighty labels can be told apart."""
        return QSize(320, 380)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw it."""
        if self._stock is None:
            return
        painter = QPainter(self)
        draw_stock(painter, QRectF(self.rect()).adjusted(1, 1, -1, -1), self._stock, self._look)
        painter.end()
