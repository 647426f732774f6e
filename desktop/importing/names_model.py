"""The names that no record has, as a table: what becomes of each, its kind, its rows, which names are near."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.grid.delegate import PAD, ROW_HEIGHT
from desktop.grid.model import Index
from desktop.grid.pills import paint_pill
from desktop.theme import Look
from models.exchange.options import Decide, ImportOptions
from models.exchange.plan import Unknown
from models.schema.records import TABLES

STATE, NAME, KIND, ROWS, NEAR = range(5)
_TITLES = ("What becomes of it", "Name", "Kind", "Rows", "Much like")
_WORDS = {
    "": ("To decide", "warn"),
    Decide.MAKE: ("Made new", "ok"),
    Decide.EMPTY: ("Left empty", "muted"),
    Decide.REFUSE: ("Refused", "bad"),
}
_NOWHERE = QModelIndex()
_TEXTS = (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole))
_ALIGN = int(Qt.ItemDataRole.TextAlignmentRole)
_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine)
_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight | Qt.TextFlag.TextSingleLine)


class NamesModel(QAbstractTableModel):
    """The names; what is decided shows at once, before a new plan is there."""

    def __init__(self) -> None:
        super().__init__()
        self.names: Sequence[Unknown] = ()
        self._said: ImportOptions = ImportOptions()
        self._called: dict[str, str] = {}

    def show_names(self, names: Sequence[Unknown], options: ImportOptions) -> None:
        """Show these names. They stay in their places while decisions are made, so that nothing jumps."""
        order = {(each.table, each.name): at for at, each in enumerate(self.names)}
        last = len(order)
        found = sorted(names, key=lambda each: order.get((each.table, each.name), last))
        for each in names:
            self._called.update({near.row: near.name for near in each.near if near.row})
        if [(each.table, each.name) for each in found] == list(order):
            self.names = found
            self.say(options)
            return
        self.beginResetModel()
        self.names, self._said = found, options
        self.endResetModel()

    def say(self, options: ImportOptions) -> None:
        """Show what is decided now."""
        self._said = options
        if self.names:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.names) - 1, NEAR))

    def know(self, row: str, name: str) -> None:
        """Know what a record is called."""
        self._called[row] = name

    def decision(self, row: int) -> str:
        """What becomes of a name, as `Unknown.decision` has it; empty while that is open."""
        each = self.names[row]
        return self._said.names.get(each.table, {}).get(each.name, each.decision)

    def told(self, row: int) -> tuple[str, str]:
        """What becomes of a name, as words and a tone."""
        decision = self.decision(row)
        return _WORDS.get(decision) or (f"Is “{self._called.get(decision, decision)}”", "ok")

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 (Qt's name)
        """How many names there are."""
        return 0 if parent.isValid() else len(self.names)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 (Qt's name)
        """What is told of each."""
        return 0 if parent.isValid() else len(_TITLES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:  # noqa: N802 (Qt's name)
        """What a heading shows."""
        if role == _ALIGN and section == ROWS:
            return _RIGHT
        return _TITLES[section] if orientation == Qt.Orientation.Horizontal and role == _TEXTS[0] else None

    def data(self, index: Index, role: int = 0) -> object:
        """What a cell shows."""
        if role not in _TEXTS:
            return None
        each, section = self.names[index.row()], index.column()
        if section == STATE:
            return self.told(index.row())[0]
        if section == NAME:
            return each.name
        if section == KIND:
            return TABLES[each.table].label
        return f"{each.rows:,}" if section == ROWS else ", ".join(near.name for near in each.near)


class NamesDelegate(QStyledItemDelegate):
    """Paints the names, what becomes of them as pills."""

    def __init__(self, model: NamesModel, look: Look, font: QFont, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        self._font = font

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint it."""
        rect: QRect = option.rect
        look, section = self._look, index.column()
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, look.colour("sel" if chosen else "surface"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.colour("line"))
        room = rect.adjusted(PAD, 0, -PAD, -1)
        if section == STATE:
            word, tone = self._model.told(index.row())
            paint_pill(painter, room, word, tone, look, self._font)
        else:
            painter.setFont(self._font)
            painter.setPen(look.colour("muted" if section in (KIND, NEAR) else "text"))
            text = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, _RIGHT if section == ROWS else _LEFT, text)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 (Qt's name)
        """How large it wants to be."""
        return QSize(120, ROW_HEIGHT)
