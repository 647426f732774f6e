"""A design as it prints, with an example or a real record, small in a list or large beside it."""

from collections.abc import Mapping
from functools import lru_cache

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.printing.painter import paint_labels
from models.fields.problem import KnownError
from models.labels.designs import Design
from models.labels.layout import DPI, Placed, compose
from models.labels.shapes import Label
from models.labels.stocks import stock_from

EXAMPLE: Mapping[str, str] = {
    "tag": "R-004471",
    "name": "Engine 7",
    "alias": "ENG 7 DRV",
    "unit_id": "4779",
    "serial": "672CYX0119",
    "manufacturer": "Motorola",
    "model": "APX 8000",
    "hostname": "LT-0471",
    "phone": "(518) 555-0142",
    "device_name": "ENG-7-PHONE",
    "imei": "356938035643809",
    "department": "Fire",
    "location": "Engine 7",
    "custodian": "T. Nakagawa",
    "code": "CH-204",
    "employee_number": "104471",
    "title": "Driver",
    "badge": "B-1044",
    "parent": "City Hall",
    "organisation": "City",
}
"""What stands on the picture of a design. The names are invented."""
_OF_PEOPLE: Mapping[str, str] = {**EXAMPLE, "name": "T. Nakagawa"}
_PAPER = QColor("#FFFFFF")
"""Labels are white in every theme."""


@lru_cache(maxsize=256)
def example_label(design: Design) -> Label | None:
    """The label of the example on a roll of the design's own size; None where a symbol has no room for it."""
    stock = stock_from({"name": design.name, "label": [design.width, design.height]})
    try:
        return compose(design, stock, _OF_PEOPLE if "person" in design.kinds else EXAMPLE)
    except KnownError:
        return None


def draw_label(painter: QPainter, room: QRectF, design: Design, edge: QColor) -> None:
    """Draw the design's example as large as fits the room, in the middle."""
    scale = min(room.width() / design.width, room.height() / design.height)
    paper = QRectF(0, 0, design.width * scale, design.height * scale)
    paper.moveCenter(room.center())
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.setPen(QPen(edge, 1))
    painter.setBrush(_PAPER)
    painter.drawRoundedRect(paper, scale, scale)
    label = example_label(design)
    if label is not None:
        painter.translate(paper.topLeft())
        paint_labels(painter, [Placed(0, 0, label)], DPI, scale)


def thumbnail(design: Design, size: QSize, ratio: float) -> QPixmap:
    """The example as a small picture for a list."""
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    draw_label(painter, QRectF(0, 0, size.width(), size.height()).adjusted(1, 1, -1, -1), design, _PAPER)
    painter.end()
    return picture


class DesignPicture(QWidget):
    """Shows the example of one design, as large as there is room."""

    def __init__(self) -> None:
        super().__init__()
        self._design: Design | None = None
        self.setMinimumSize(200, 120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("The design with an example")

    def show_design(self, design: Design | None) -> None:
        """Show it, or nothing."""
        self._design = design
        self.setAccessibleDescription(design.about if design is not None else "")
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """A label of 5160's shape."""
        return QSize(360, 200)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw it."""
        if self._design is None:
            return
        painter = QPainter(self)
        edge = self.palette().color(QPalette.ColorRole.Mid)
        draw_label(painter, QRectF(self.rect()).adjusted(1, 1, -1, -1), self._design, edge)
        painter.end()
