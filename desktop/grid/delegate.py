"""How a cell is painted: plain text by our own hand, statuses as pills.

Qt's own way through styles costs 80 ms for a full screen when the model is Python; this one 16 to 21 ms.
"""

from PySide6.QtCore import QObject, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.grid.model import GridModel, Index
from desktop.grid.pills import paint_pill, tone
from desktop.theme import Look
from models.fields.field import Field
from models.query.names import PATH

ROW_HEIGHT = 30
PAD = 8
_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine)
_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight | Qt.TextFlag.TextSingleLine)
_CACHE = 20_000


def is_pill(field: Field) -> bool:
    """Whether the field's value is shown as a pill."""
    return field.key in ("status", "condition")


class CellDelegate(QStyledItemDelegate):
    """Paints the cells of a `GridModel`."""

    def __init__(self, model: GridModel, look: Look, font: QFont, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        self._cut: dict[tuple[str, int, bool], str] = {}
        self._font = font
        self._mono = look.mono
        self._metrics = QFontMetrics(font)
        self._mono_metrics = QFontMetrics(self._mono)
        self._colours: dict[str, QColor] = {}
        look.changed.connect(self._dip)
        self._dip()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint it."""
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        colours = self._colours
        painter.fillRect(rect, colours["sel" if state & QStyle.StateFlag.State_Selected else "surface"])
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, colours["line"])
        row, column = index.row(), index.column()
        text = self._model.text(row, column)
        if text:
            self._write(painter, rect, row, column, text)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(colours["accent"])
            painter.drawRect(rect.adjusted(0, 0, -1, -2))
            painter.drawRect(rect.adjusted(1, 1, -2, -3))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 (Qt's name)
        """How large it wants to be."""
        field = self._model.columns[index.column()]
        text = self._model.text(index.row(), index.column())
        metrics = self._mono_metrics if field.kind.mono else self._metrics
        return QSize(metrics.horizontalAdvance(text) + 2 * PAD + (24 if is_pill(field) else 2), ROW_HEIGHT)

    def _write(self, painter: QPainter, rect: QRect, row: int, column: int, text: str) -> None:
        field = self._model.columns[column]
        room = rect.adjusted(PAD, 0, -PAD, -1)
        if is_pill(field):
            shown = self._model.row(row)
            value = shown.values.get(field.key) if shown is not None else None
            paint_pill(painter, room, text, tone(value or ""), self._look, self._font)
            return
        mono = field.kind.mono
        painter.setFont(self._mono if mono else self._font)
        painter.setPen(self._colours["text"])
        painter.drawText(room, _RIGHT if field.kind.right else _LEFT, self._fit(text, room.width(), mono))

    def _fit(self, text: str, width: int, mono: bool) -> str:
        key = (text, width, mono)
        cut = self._cut.get(key)
        if cut is None:
            if len(self._cut) > _CACHE:
                self._cut.clear()
            metrics = self._mono_metrics if mono else self._metrics
            first = text.partition("\n")[0]
            line = first if first == text else first + " …"
            # Of a way through places, the building and the room tell most.
            mode = Qt.TextElideMode.ElideMiddle if PATH in line else Qt.TextElideMode.ElideRight
            cut = self._cut[key] = metrics.elidedText(line, mode, width)
        return cut

    def _dip(self) -> None:
        self._colours = {name: self._look.colour(name) for name in ("surface", "sel", "line", "text", "accent")}
