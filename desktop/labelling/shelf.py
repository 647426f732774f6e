"""A list of things that people keep: a picture, a name, a pill and a line about each; under headings if need be."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.grid.model import Index
from desktop.grid.pills import paint_pill, pill_width
from desktop.theme import STEP, Look

_ROW, _HEAD, _PICTURE = 56, 32, 64
_LINE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine)
_TEXTS = (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole))
_NOWHERE = QModelIndex()


@dataclass(frozen=True)
class Item:
    """One line of a shelf; without a `key` it is a heading.

    `pill` is a word and its tone. `draw` paints a small picture into a rectangle.
    """

    key: str
    title: str
    detail: str = ""
    pill: tuple[str, str] = ("", "")
    draw: Callable[[QPainter, QRectF], None] | None = None

    @property
    def told(self) -> str:
        """All that the line says, for those who read it aloud."""
        return ". ".join(filter(None, (self.title, self.pill[0], self.detail)))


class _Items(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.items: Sequence[Item] = ()

    def show_items(self, items: Sequence[Item]) -> None:
        if [item.key for item in items] == [item.key for item in self.items]:
            self.items = items
            if items:
                self.dataChanged.emit(self.index(0), self.index(len(items) - 1))
            return
        self.beginResetModel()
        self.items = items
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 (Qt's name)
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: Index, role: int = 0) -> object:
        return self.items[index.row()].told if role in _TEXTS else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) if self.items[index.row()].key else Qt.ItemFlag.NoItemFlags


class _Painting(QStyledItemDelegate):
    def __init__(self, model: _Items, look: Look, parent: QListView) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        self._view = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 (Qt's name)
        return QSize(120, _ROW if self._model.items[index.row()].key else _HEAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item, look = self._model.items[index.row()], self._look
        rect: QRect = option.rect
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, look.colour("sel" if chosen else "surface" if item.key else "bg"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.colour("line"))
        room = rect.adjusted(4 * STEP, 0, -4 * STEP, -1)
        if not item.key:
            painter.setFont(_bold(self._view.font()))
            painter.setPen(look.colour("muted"))
            painter.drawText(room, _LINE, item.title)
        else:
            self._write(painter, room, item)
        if chosen and self._view.hasFocus():
            painter.setPen(look.colour("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(0, 0, -1, -2))
        painter.restore()

    def _write(self, painter: QPainter, room: QRect, item: Item) -> None:
        if item.draw is not None:
            painter.save()
            item.draw(painter, QRectF(room.left(), room.top() + STEP, _PICTURE, room.height() - 2 * STEP))
            painter.restore()
            room = room.adjusted(_PICTURE + 3 * STEP, 0, 0, 0)
        font = self._view.font()
        bold = _bold(font)
        half = room.height() // 2
        upper = QRect(room.left(), room.top() + STEP, room.width(), half - STEP)
        wide = QFontMetrics(bold).horizontalAdvance(item.title)
        word, tone = item.pill
        free = room.width() - (pill_width(word, font) + 2 * STEP if word else 0)
        painter.setFont(bold)
        painter.setPen(self._look.colour("text"))
        painter.drawText(upper, _LINE, QFontMetrics(bold).elidedText(item.title, Qt.TextElideMode.ElideRight, free))
        if word:
            paint_pill(painter, upper.adjusted(min(wide, free) + 2 * STEP, 0, 0, 0), word, tone, self._look, font)
        painter.setFont(font)
        painter.setPen(self._look.colour("muted"))
        lower = QRect(room.left(), room.top() + half, room.width(), half - STEP)
        painter.drawText(
            lower, _LINE, painter.fontMetrics().elidedText(item.detail, Qt.TextElideMode.ElideRight, room.width())
        )


class Shelf(QListView):
    """`chosen` is sent when another thing is chosen or the chosen one changed; `opened` by Enter and double click."""

    chosen = Signal()
    opened = Signal()

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items = _Items()
        self.setModel(self._items)
        self.setItemDelegate(_Painting(self._items, look, self))
        self.setAccessibleName(name)
        self.setUniformItemSizes(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.selectionModel().currentChanged.connect(lambda *_: self.chosen.emit())
        self.activated.connect(lambda _index: self.opened.emit())
        look.changed.connect(self.viewport().update)

    @property
    def items(self) -> list[Item]:
        """The things that are listed, without headings."""
        return [item for item in self._items.items if item.key]

    @property
    def key(self) -> str:
        """The key of what is chosen; empty for nothing."""
        at = self.currentIndex().row()
        return self._items.items[at].key if 0 <= at < len(self._items.items) else ""

    def show_items(self, items: Sequence[Item], key: str = "") -> None:
        """List these. The choice stays where its key still is, else it falls on `key` or the first."""
        wanted = key or self.key
        at = self.currentIndex().row()
        self._items.show_items(items)
        keys = [item.key for item in items]
        if wanted not in keys or not wanted:
            rest = [each for each in keys[max(0, at) :] if each] or [each for each in reversed(keys) if each]
            wanted = rest[0] if rest else ""
        self.choose(wanted)
        self.chosen.emit()

    def choose(self, key: str) -> None:
        """Choose the thing of that key, if it is there."""
        at = next((at for at, item in enumerate(self._items.items) if item.key and item.key == key), -1)
        if at >= 0:
            self.setCurrentIndex(self._items.index(at))


def _bold(font: QFont) -> QFont:
    made = QFont(font)
    made.setWeight(QFont.Weight.DemiBold)
    return made
