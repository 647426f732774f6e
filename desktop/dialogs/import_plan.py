"""The table of an import's plan: each row with its state, its values old and new, and what to know about it."""

from array import array
from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget
from sqlalchemy import Connection

from desktop.desk import Desk
from desktop.grid.delegate import PAD, ROW_HEIGHT
from desktop.grid.model import Index
from desktop.grid.pills import paint_pill
from desktop.phrases import say
from desktop.theme import Look
from models.exchange.plan import CellProblem, MappedColumn, Plan, State
from models.fields.kinds import Ref

_WORDS = {State.NEW: "New", State.CHANGED: "Changed", State.SAME: "Same", State.REFUSED: "Refused"}
_TONES = {State.NEW: "ok", State.CHANGED: "warn", State.SAME: "muted", State.REFUSED: "bad"}
_ROW, _STATE, _FIRST = 0, 1, 2
_NOWHERE = QModelIndex()
_NOTE_WIDTH, _NOTE_LEAST, _WIDEST = 360, 240, 200
_LOOKED_AT, _LEAST_ROOM, _SMALL = 60, 1000, 11
_MID = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine)

Names = Mapping[str, str]
"""Id of a record -> what people call it."""


def plan_names(connection: Connection, desk: Desk, plan: Plan) -> Names:
    """What to call the records that the plan's rows refer to, there already or to be made. For a reader's thread."""
    names = {made.row: made.name for made in plan.made}
    labels = desk.labels.reading(connection)
    for column in plan.columns:
        if isinstance(column.field.kind, Ref):
            befores = (old.get(column.field.key) for old in plan.before.values())
            wanted = {value for value in (*column.values, *befores) if value is not None and value not in names}
            labels.prepare([column.field], [{column.field.key: value} for value in wanted])
            names.update({value: labels.label(column.field.kind.table, value) for value in wanted})
    return names


@dataclass(frozen=True)
class CellView:
    """A cell as it is painted: what is there now (struck through), what will be, and whether it is at fault."""

    text: str
    old: str = ""
    fault: str = ""


class PlanModel(QAbstractTableModel):
    """The rows of a plan, all or those of one state."""

    def __init__(self, plan: Plan, names: Names) -> None:
        super().__init__()
        self.plan = plan
        self._names = names
        self._rows: array[int] = array("q", range(plan.rows))

    def show_state(self, state: State | None) -> None:
        """Show the rows of that state; None shows all."""
        self.beginResetModel()
        states = self.plan.states
        found = range(self.plan.rows) if state is None else (at for at, each in enumerate(states) if each == state)
        self._rows = array("q", found)
        self.endResetModel()

    @property
    def columns(self) -> list[MappedColumn]:
        """The columns of the sheet that mean a field."""
        return self.plan.columns

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 (Qt's name)
        """How many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 (Qt's name)
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.plan.columns) + 3

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:  # noqa: N802 (Qt's name)
        """What a heading shows."""
        if orientation != Qt.Orientation.Horizontal or role != int(Qt.ItemDataRole.DisplayRole):
            return None
        if section == _ROW:
            return "Row"
        if section == _STATE:
            return ""
        if section == self.columnCount() - 1:
            return "What to know"
        return self.plan.columns[section - _FIRST].field.label

    def data(self, index: Index, role: int = 0) -> object:
        """What a cell shows."""
        row, section = index.row(), index.column()
        if role == int(Qt.ItemDataRole.ToolTipRole):
            return self.note(row) if section == self.columnCount() - 1 else None
        if role not in (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)):
            return None
        if section == _ROW:
            return str(self.plan.numbers[self._rows[row]])
        if section == _STATE:
            return _WORDS[self.state(row)]
        if section == self.columnCount() - 1:
            return self.note(row)
        cell = self.cell(row, section)
        return f"{cell.old} → {cell.text}" if cell.old else cell.text

    def state(self, row: int) -> State:
        """What would become of the row in that place."""
        return State(self.plan.states[self._rows[row]])

    def cell(self, row: int, section: int) -> CellView:
        """The cell of a mapped column."""
        at, column = self._rows[row], self.plan.columns[section - _FIRST]
        value = column.values[at]
        problem = self._problem(at, column)
        fault = "" if problem is None else "bad" if problem.refuses else "warn"
        text = self._shown(column, value)
        if not text and problem is not None:
            text = problem.problem.value
        before = self.plan.before.get(at)
        if before is not None and column.field.key in before:
            return CellView(text or "—", self._shown(column, before[column.field.key]) or "—", fault)
        return CellView(text, "", fault)

    def note(self, row: int) -> str:
        """The sentences about the row."""
        found = self.plan.problems.get(self._rows[row], ())
        return " ".join(f"{each.heading}: {say(each.problem)}" if each.heading else say(each.problem) for each in found)

    def _problem(self, at: int, column: MappedColumn) -> CellProblem | None:
        found = [each for each in self.plan.problems.get(at, ()) if each.column == column.letter]
        return next((each for each in found if each.refuses), found[0] if found else None)

    def _shown(self, column: MappedColumn, value: str | None) -> str:
        if value is None:
            return ""
        if isinstance(column.field.kind, Ref):
            return self._names.get(value, "")
        return column.field.kind.format(value)


class _PlanDelegate(QStyledItemDelegate):
    """Paints states as pills, changes as old struck through and new, faults in a box."""

    def __init__(self, model: PlanModel, look: Look, font: QFont, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        self._font = font

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        look, row, section = self._look, index.row(), index.column()
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, look.colour("sel" if chosen else "surface"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.colour("line"))
        room = rect.adjusted(PAD, 0, -PAD, -1)
        painter.setFont(self._font)
        if section == _STATE:
            state = self._model.state(row)
            paint_pill(painter, room, _WORDS[state], _TONES[state], look, self._font)
        elif section == _ROW:
            painter.setPen(look.colour("muted"))
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), str(index.data()))
        elif section == self._model.columnCount() - 1:
            self._note(painter, room, row)
        else:
            self._cell(painter, room, row, section)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 (Qt's name)
        text = str(index.data() or "")
        return QSize(QFontMetrics(self._font).horizontalAdvance(text) + 2 * PAD + 8, ROW_HEIGHT)

    def _note(self, painter: QPainter, room: QRect, row: int) -> None:
        """What there is to know of a row: in one line, or smaller in two; the rest stands under the table."""
        note = self._model.note(row)
        if not note:
            return
        painter.setPen(self._look.colour("muted"))
        metrics = painter.fontMetrics()
        if metrics.horizontalAdvance(note) <= room.width():
            painter.drawText(room, _MID, note)
            return
        small = QFont(self._font)
        small.setPixelSize(_SMALL)
        painter.setFont(small)
        metrics = painter.fontMetrics()
        first, rest = _two_lines(note, metrics, room.width())
        half = room.height() // 2
        painter.drawText(room.adjusted(0, 1, 0, -half), _MID, first)
        rest = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room.adjusted(0, half - 1, 0, -1), _MID, rest)

    def _cell(self, painter: QPainter, room: QRect, row: int, section: int) -> None:
        cell, look = self._model.cell(row, section), self._look
        if self._model.columns[section - _FIRST].field.kind.mono:
            painter.setFont(look.mono)
        metrics = painter.fontMetrics()
        left = room
        if cell.old:
            painter.setPen(look.colour("bad"))
            old = metrics.elidedText(cell.old, Qt.TextElideMode.ElideRight, room.width() // 2)
            painter.drawText(room, _MID, old)
            wide = metrics.horizontalAdvance(old)
            middle = room.center().y() + 1
            painter.drawLine(QPointF(room.left(), middle), QPointF(room.left() + wide, middle))
            left = room.adjusted(wide + (10 if cell.fault else 6), 0, 0, 0)
        if cell.fault:
            wide = min(left.width(), metrics.horizontalAdvance(cell.text) + 8)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(look.colour(f"{cell.fault}bg"))
            painter.setPen(QPen(look.colour(cell.fault), 1))
            painter.drawRoundedRect(QRectF(left.left() - 4, left.center().y() - 9.5, wide, 20), 3, 3)
        painter.setPen(look.colour("ok" if cell.old else "text"))
        painter.drawText(left, _MID, metrics.elidedText(cell.text, Qt.TextElideMode.ElideRight, left.width()))


def _two_lines(text: str, metrics: QFontMetrics, width: int) -> tuple[str, str]:
    """As many words as fit in the first line, and the rest."""
    words = text.split(" ")
    fitting = 1
    while fitting < len(words) and metrics.horizontalAdvance(" ".join(words[: fitting + 1])) <= width:
        fitting += 1
    return " ".join(words[:fitting]), " ".join(words[fitting:])


class PlanView(QTableView):
    """Shows a `PlanModel`."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName("Rows of the plan")
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().hide()
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setHighlightSections(False)
        desk.look.changed.connect(self.viewport().update)

    def show_model(self, model: PlanModel) -> None:
        """Show that plan, its columns as wide as their first rows need."""
        self.setModel(model)
        self.setItemDelegate(_PlanDelegate(model, self._desk.look, self.font(), self))
        metrics = QFontMetrics(self.font())
        last, rows = model.columnCount() - 1, range(min(_LOOKED_AT, model.rowCount()))
        for section in range(last):
            texts = [str(model.headerData(section, Qt.Orientation.Horizontal) or "")]
            texts += [str(model.data(model.index(row, section)) or "") for row in rows]
            wide = max(map(metrics.horizontalAdvance, texts), default=0) + 2 * PAD + 12
            self.setColumnWidth(section, max(56, min(wide + (24 if section == _STATE else 0), _WIDEST)))
        self.setColumnWidth(last, _NOTE_WIDTH if model.plan.problems else _NOTE_LEAST // 2)
        header = self.horizontalHeader()
        # What to know is read without scrolling: at the right if all fits, else before the columns of the sheet.
        taken = sum(self.columnWidth(section) for section in range(last)) + _NOTE_LEAST
        fits = taken <= max(self.viewport().width(), _LEAST_ROOM)
        header.moveSection(header.visualIndex(last), last if fits else _FIRST)
        header.setStretchLastSection(True)
