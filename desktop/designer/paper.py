"""Where the label lies on the screen: millimetres to pixels and back."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF

from models.labels.boxes import Box
from models.labels.designs import Design
from models.labels.editing import Handle
from models.labels.stocks import Stock

MARGIN = 32
"""Pixels around the label, for handles that stand out of it."""
HANDLE = 8
"""The side of a handle, in pixels."""
_REACH = 7
_LEAST_FOR_MIDDLE = 3 * HANDLE


@dataclass(frozen=True)
class Paper:
    """A label of `stock`, its upper left corner at `origin`, `scale` pixels to the millimetre; a design in its middle.

    Points of the design are millimetres from the design's own corner.
    """

    stock: Stock
    design: Design
    origin: QPointF
    scale: float

    @classmethod
    def within(cls, stock: Stock, design: Design, room: QSizeF, scale: float | None) -> "Paper":
        """In the middle of a room of so many pixels, and as large as fits unless there is a scale."""
        width, height = max(stock.width, design.width), max(stock.height, design.height)
        if scale is None:
            scale = max(1.0, min((room.width() - 2 * MARGIN) / width, (room.height() - 2 * MARGIN) / height))
        x, y = (room.width() - stock.width * scale) / 2, (room.height() - stock.height * scale) / 2
        return cls(stock, design, QPointF(round(x), round(y)), scale)

    @property
    def label(self) -> QRectF:
        """The label in pixels."""
        return QRectF(self.origin.x(), self.origin.y(), self.stock.width * self.scale, self.stock.height * self.scale)

    @property
    def area(self) -> QRectF:
        """The design in pixels."""
        return self.rect(Box(0, 0, self.design.width, self.design.height))

    def rect(self, box: Box) -> QRectF:
        """A box in pixels."""
        corner = self.pixels(box.x, box.y)
        return QRectF(corner.x(), corner.y(), box.width * self.scale, box.height * self.scale)

    def pixels(self, x: float, y: float) -> QPointF:
        """A point of the design in pixels."""
        dx, dy = (self.stock.width - self.design.width) / 2, (self.stock.height - self.design.height) / 2
        return QPointF(self.origin.x() + (x + dx) * self.scale, self.origin.y() + (y + dy) * self.scale)

    def millimetres(self, point: QPointF) -> tuple[float, float]:
        """A point of the screen on the design."""
        corner = self.pixels(0, 0)
        return (point.x() - corner.x()) / self.scale, (point.y() - corner.y()) / self.scale

    def handles(self, frame: Box) -> dict[Handle, QPointF]:
        """The handles of a frame and where they are. Short sides have none in their middle."""
        rect = self.rect(frame)
        centre = rect.center()
        found = {}
        for handle in Handle:
            right, down = handle.value
            if (right == 0 and rect.width() < _LEAST_FOR_MIDDLE) or (down == 0 and rect.height() < _LEAST_FOR_MIDDLE):
                continue
            found[handle] = QPointF(centre.x() + right * rect.width() / 2, centre.y() + down * rect.height() / 2)
        return found

    def handle_at(self, frame: Box, point: QPointF) -> Handle | None:
        """The handle of a frame under the mouse."""
        for handle, place in self.handles(frame).items():
            if max(abs(point.x() - place.x()), abs(point.y() - place.y())) <= _REACH:
                return handle
        return None
