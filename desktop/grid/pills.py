"""Status pills: a word, a shape and a colour; the colour alone never carries the meaning."""

from functools import cache

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QWidget

from desktop.theme import Look

_TONES = {
    "ok": {"in_service", "active", "new", "good", "yes", "same", "new-row"},
    "warn": {"in_repair", "reserved", "suspended", "fair", "changed"},
    "bad": {"broken", "lost", "stolen", "poor", "refused"},
}
_HEIGHT = 18
_PAD = 8


def tone(canonical: str) -> str:
    """The tone of a status: ok, warn, bad, or muted for what asks for nothing (spare, retired, same)."""
    return next((name for name, words in _TONES.items() if canonical in words), "muted")


@cache
def _font(key: str) -> QFont:
    font = QFont()
    font.fromString(key)
    font.setWeight(QFont.Weight.DemiBold)
    if font.pixelSize() > 0:
        font.setPixelSize(max(9, font.pixelSize() - 2))
    else:
        font.setPointSizeF(max(7.0, font.pointSizeF() - 1))
    return font


def pill_width(word: str, font: QFont) -> int:
    """How wide the pill of a word is, in logical pixels."""
    return QFontMetrics(_font(font.toString())).horizontalAdvance(word) + 2 * _PAD + 11


def paint_pill(painter: QPainter, at: QRect, word: str, kind: str, look: Look, font: QFont) -> None:
    """Paint a pill at the left of `at`, centred in its height. `kind` is a tone."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    small = _font(font.toString())
    width = min(pill_width(word, font), at.width())
    box = QRectF(at.left(), at.center().y() - _HEIGHT / 2 + 0.5, width, _HEIGHT)
    ink = look.colour(kind)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("bg" if kind == "muted" else f"{kind}bg"))
    painter.drawRoundedRect(box, _HEIGHT / 2, _HEIGHT / 2)
    painter.setBrush(ink)
    middle = QPointF(box.left() + _PAD + 3, box.center().y())
    if kind == "warn":
        reach = 3.6
        painter.drawPolygon(
            QPolygonF([middle + QPointF(*way) for way in ((0, -reach), (reach, 0), (0, reach), (-reach, 0))])
        )
    elif kind == "bad":
        painter.drawRect(QRectF(middle.x() - 2.8, middle.y() - 2.8, 5.6, 5.6))
    elif kind == "ok":
        painter.drawEllipse(middle, 3, 3)
    else:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(ink)
        painter.drawEllipse(middle, 2.6, 2.6)
    painter.setFont(small)
    painter.setPen(ink)
    room = box.adjusted(_PAD + 9, 0, -_PAD + 4, 0)
    words = QFontMetrics(small).elidedText(word, Qt.TextElideMode.ElideRight, int(room.width()) + 1)
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
    painter.restore()


class Pill(QWidget):
    """A pill as a widget. Hidden while it has no word."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._word = ""
        self._kind = "muted"
        look.changed.connect(self.update)
        self.hide()

    def show_word(self, word: str, kind: str) -> None:
        """Show that word in that tone."""
        self._word, self._kind = word, kind
        self.setAccessibleName(word)
        self.setVisible(bool(word))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """How large it wants to be."""
        return QSize(pill_width(self._word, self.font()), 24)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """How small it may be."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Paint it."""
        painter = QPainter(self)
        paint_pill(painter, self.rect(), self._word, self._kind, self._look, self.font())
        painter.end()
