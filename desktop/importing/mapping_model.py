"""The columns of a sheet as a table: heading, first cells, what it means, how sure that is, how it is read."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.grid.delegate import PAD, ROW_HEIGHT
from desktop.grid.model import Index
from desktop.grid.pills import paint_pill
from desktop.importing.choosing import LEAVE_OUT
from desktop.theme import Look
from models.exchange.options import ImportOptions
from models.exchange.plan import LeftOut, SheetColumn, Sure

COLUMN, CELLS, MEANS, SURE = range(4)
_TITLES = ("Column", "Its first cells", "Means", "How sure")
_WORDS = {
    Sure.SAID: ("You said so", "ok"),
    Sure.PROFILE: ("By profile", "ok"),
    Sure.LABEL: ("Field's name", "ok"),
    Sure.KNOWN: ("Known heading", "ok"),
    Sure.CELLS: ("By its cells", "warn"),
    Sure.NONE: ("Not known", "muted"),
}
_SAMPLES = 3
_NOWHERE = QModelIndex()
_TEXTS = (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole))
_TIP = int(Qt.ItemDataRole.ToolTipRole)
_MID = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine)


class MappingModel(QAbstractTableModel):
    """The columns; what is said of them shows at once, before a new plan is there."""

    def __init__(self) -> None:
        super().__init__()
        self.columns: Sequence[SheetColumn] = ()
        self._labels: Mapping[str, str] = {}
        self._said: Mapping[str, str] = {}
        self._left_out: dict[str, LeftOut] = {}

    def show_columns(
        self, columns: Sequence[SheetColumn], labels: Mapping[str, str], left_out: Sequence[LeftOut]
    ) -> None:
        """Show these columns; `labels` are those of the fields by their keys."""
        same = [column.heading for column in columns] == [column.heading for column in self.columns]
        if not same:
            self.beginResetModel()
        self.columns, self._labels, self._said = columns, labels, {}
        self._left_out = {each.heading: each for each in left_out}
        if not same:
            self.endResetModel()
        else:
            self._repaint()

    def say(self, options: ImportOptions) -> None:
        """Show what is said, until the plan that follows from it is there."""
        self._said = options.mapping
        self._labels = {**self._labels, **{field.key: field.label for field in options.new_fields}}
        self._repaint()

    def key(self, row: int) -> str:
        """The key of the field that a column means; empty for none."""
        column = self.columns[row]
        said = self._said.get(column.heading)
        return (column.field or "") if said is None else said

    def left_out(self, row: int) -> LeftOut | None:
        """Why a column that seemed to mean something is left out."""
        return None if self.key(row) else self._left_out.get(self.columns[row].heading)

    def sure(self, row: int) -> tuple[str, str]:
        """How sure the meaning is, as a word and a tone."""
        column = self.columns[row]
        if column.secret:
            return "Secret", "bad"
        if column.heading in self._said:
            return _WORDS[Sure.SAID] if self._said[column.heading] else ("Left out", "muted")
        why = self.left_out(row)
        if why is not None and why.field:
            return "Does not fit", "warn"
        if not column.field:
            if column.suggestion:
                return "A suggestion", "warn"
            return ("Left out", "muted") if column.sure in (Sure.SAID, Sure.PROFILE) else _WORDS[Sure.NONE]
        return _WORDS[column.sure]

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 (Qt's name)
        """How many columns the sheet has."""
        return 0 if parent.isValid() else len(self.columns)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 (Qt's name)
        """What is told of each."""
        return 0 if parent.isValid() else len(_TITLES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:  # noqa: N802 (Qt's name)
        """What a heading shows."""
        return _TITLES[section] if orientation == Qt.Orientation.Horizontal and role == _TEXTS[0] else None

    def data(self, index: Index, role: int = 0) -> object:
        """What a cell shows."""
        column, section = self.columns[index.row()], index.column()
        if role == _TIP and section in (COLUMN, CELLS):
            return column.heading if section == COLUMN else "\n".join(column.samples)
        if role not in _TEXTS:
            return None
        if section == COLUMN:
            return f"{column.letter}  {column.heading}"
        if section == CELLS:
            cells = [cell.replace("\n", " ") for cell in column.samples if cell][:_SAMPLES]
            return "(not shown)" if column.secret else " · ".join(cells)
        if section == MEANS:
            key = self.key(index.row())
            return self._labels.get(key, key) if key else LEAVE_OUT
        return self.sure(index.row())[0]

    def _repaint(self) -> None:
        if self.columns:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.columns) - 1, SURE))


class MappingDelegate(QStyledItemDelegate):
    """Paints the columns."""

    def __init__(self, model: MappingModel, look: Look, font: QFont, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        self._font = font
        self._bold = QFont(font)
        self._bold.setWeight(QFont.Weight.DemiBold)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint it."""
        rect: QRect = option.rect
        look, row, section = self._look, index.row(), index.column()
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, look.colour("sel" if chosen else "surface"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.colour("line"))
        room = rect.adjusted(PAD, 0, -PAD, -1)
        if section == SURE:
            word, tone = self._model.sure(row)
            paint_pill(painter, room, word, tone, look, self._font)
            painter.restore()
            return
        painter.setFont(self._bold if section == COLUMN else self._font)
        if section == COLUMN:
            letter = self._model.columns[row].letter
            painter.setPen(look.colour("muted"))
            painter.drawText(room, _MID, letter)
            room = room.adjusted(painter.fontMetrics().horizontalAdvance("W" * max(2, len(letter))), 0, 0, 0)
        known = bool(self._model.key(row))
        painter.setPen(look.colour("muted" if section == CELLS or (section == MEANS and not known) else "text"))
        text = self._model.columns[row].heading if section == COLUMN else str(index.data() or "")
        painter.drawText(room, _MID, painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width()))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 (Qt's name)
        """How large it wants to be."""
        return QSize(120, ROW_HEIGHT)
