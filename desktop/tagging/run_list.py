"""The things of a tag run, newest on top: what became of each, its codes, its model, when."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.grid.delegate import PAD, ROW_HEIGHT
from desktop.grid.pills import paint_pill
from desktop.theme import Look
from models.fields.field import Field
from models.scanning.things import Line, State

STATES = {State.NEW: ("New", "ok"), State.UPDATED: ("Completed", "warn"), State.KNOWN: ("Known", "muted")}
"""What each state is called, and its tone."""
_NOWHERE = QModelIndex()
_TEXTS = (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole))
_FONT = int(Qt.ItemDataRole.FontRole)
_WIDTHS = {"tag": 140, "serial": 170}
_OTHER = 150


class RunLines(QAbstractTableModel):
    """The lines, newest first. Columns: the state, each code that the run scans, the model, the time."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._lines: Sequence[Line] = ()
        self._fields: Sequence[Field] = ()

    def show_fields(self, fields: Sequence[Field]) -> None:
        """The codes that have a column."""
        self.beginResetModel()
        self._fields = fields
        self.endResetModel()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines, given latest last."""
        new, old = list(reversed(lines)), list(self._lines)
        if new[1:] == old and new:
            self.beginInsertRows(_NOWHERE, 0, 0)
            self._lines = new
            self.endInsertRows()
        elif new != old:
            self.beginResetModel()
            self._lines = new
            self.endResetModel()

    def all(self) -> list[Line]:
        """All lines, latest last."""
        return list(reversed(self._lines))

    def line(self, row: int) -> Line:
        """The line of a row."""
        return self._lines[row]

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:  # noqa: N802 (Qt's name)
        """How many things there are."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:  # noqa: N802 (Qt's name)
        """State, codes, model, time."""
        return 0 if parent.isValid() else len(self._fields) + 3

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _TEXTS[0]) -> object:  # noqa: N802
        """The titles of the columns."""
        if orientation == Qt.Orientation.Horizontal and role == _TEXTS[0]:
            return ["State", *(field.label for field in self._fields), "Model", "Time"][section]
        return None

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = _TEXTS[0]) -> object:
        """A cell."""
        if role == _FONT:
            return self._look.mono if 0 < index.column() <= len(self._fields) else None
        return self._text(self._lines[index.row()], index.column()) if role in _TEXTS else None

    def _text(self, line: Line, column: int) -> str:
        if column == 0:
            return STATES[line.state][0]
        if column <= len(self._fields):
            field = self._fields[column - 1]
            value = line.codes.get(field.key)
            return field.kind.format(value) if value else ""
        return line.model if column == len(self._fields) + 1 else f"{line.when.astimezone():%H:%M:%S}"


class _StateDelegate(QStyledItemDelegate):
    """Paints the state as a pill."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint it."""
        lines = index.model()
        assert isinstance(lines, RunLines)  # noqa: S101 (for the type checker)
        rect: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._look.colour("sel"))
        word, tone = STATES[lines.line(index.row()).state]
        font: QFont = option.font
        paint_pill(painter, rect.adjusted(PAD, 0, -PAD, 0), word, tone, self._look, font)
        painter.setPen(self._look.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        """How large a pill is."""
        return QSize(110, ROW_HEIGHT)


class RunList(QTableView):
    """`opened` carries the id of a record that was double-clicked, or on which Enter was pressed."""

    opened = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.lines = RunLines(look)
        self.setObjectName("spaced")
        self.setModel(self.lines)
        self.setItemDelegateForColumn(0, _StateDelegate(look, self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setAccessibleName("Things of this run, newest first")
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setHighlightSections(False)
        self.doubleClicked.connect(lambda index: self.opened.emit(self.lines.line(index.row()).row))
        look.changed.connect(self.viewport().update)

    def show_fields(self, fields: Mapping[str, Field], codes: Sequence[str]) -> None:
        """Have a column for each of these codes."""
        self.lines.show_fields([fields[key] for key in codes])
        self.setColumnWidth(0, 110)
        for at, key in enumerate(codes, start=1):
            self.setColumnWidth(at, _WIDTHS.get(key, _OTHER))
        header = self.horizontalHeader()
        for at in range(self.lines.columnCount()):
            header.setSectionResizeMode(at, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(len(codes) + 1, QHeaderView.ResizeMode.Stretch)
        self.setColumnWidth(len(codes) + 2, 90)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Enter opens the record."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.lines.line(self.currentIndex().row()).row)
        else:
            super().keyPressEvent(event)
