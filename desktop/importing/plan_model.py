"""The rows of a plan as a table: each with its state, its values old and new, and what to know about it."""

from array import array
from bisect import bisect_left
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal

from desktop.grid.model import Index
from desktop.importing.run import Outcome
from desktop.phrases import say
from models.exchange.options import ImportOptions
from models.exchange.plan import CellProblem, MappedColumn, Plan, State
from models.exchange.problem_groups import ProblemGroup
from models.fields.kinds import Ref

WORDS = {State.NEW: "New", State.CHANGED: "Changed", State.SAME: "Same", State.REFUSED: "Refused"}
ROW, STATE, FIRST = 0, 1, 2
_NOWHERE = QModelIndex()
_TEXTS = (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole))
_EDIT, _TIP = int(Qt.ItemDataRole.EditRole), int(Qt.ItemDataRole.ToolTipRole)


@dataclass(frozen=True)
class CellView:
    """A cell as it is painted: what is there now (struck through), what will be, is it at fault, was it typed here."""

    text: str
    old: str = ""
    fault: str = ""
    typed: bool = False


class PlanModel(QAbstractTableModel):
    """The rows of a plan: all, or those of one state or problem. `typed` carries place, `MappedColumn` and text."""

    typed = Signal(int, object, str)

    def __init__(self, plan: Plan, outcome: Outcome, options: ImportOptions) -> None:
        super().__init__()
        self.plan = plan
        self._names = outcome.names
        self._cells = options.cells
        self._rows: array[int] = array("q", range(plan.rows))

    def show_rows(self, state: State | None, group: ProblemGroup | None) -> None:
        """Show the rows of that state that have that problem; None is any."""
        self.beginResetModel()
        states = self.plan.states
        rows = range(self.plan.rows) if group is None else group.rows
        self._rows = array("q", rows if state is None else (at for at in rows if states[at] == state))
        self.endResetModel()

    @property
    def columns(self) -> list[MappedColumn]:
        """The columns of the sheet that mean a field."""
        return self.plan.columns

    @property
    def last(self) -> int:
        """The section of what there is to know."""
        return len(self.plan.columns) + FIRST

    def number(self, row: int) -> int:
        """The number on the sheet of the row in that place."""
        return self.plan.numbers[self._rows[row]]

    def at(self, row: int) -> int:
        """The plan's row (from 0) in that place."""
        return self._rows[row]

    def place_of(self, number: int) -> int:
        """The place of the row with that number on the sheet, or of the first after it; -1 where there is no row."""
        place = bisect_left(self._rows, number, key=lambda at: self.plan.numbers[at])
        return min(place, len(self._rows) - 1)

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 (Qt's name)
        """How many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 (Qt's name)
        """How many columns there are."""
        return 0 if parent.isValid() else self.last + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:  # noqa: N802 (Qt's name)
        """What a heading shows."""
        if orientation != Qt.Orientation.Horizontal or role not in (_TEXTS[0], _TIP):
            return None
        if section in (ROW, STATE, self.last):
            return None if role == _TIP else {ROW: "Row", STATE: "", self.last: "What to know"}[section]
        column = self.plan.columns[section - FIRST]
        if role == _TIP:
            return f"Column {column.letter}, “{column.heading}”" if column.heading else "The same for all rows"
        return column.field.label

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cells of the sheet can be edited."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if self.editable(index.column()) else flags

    def editable(self, section: int) -> bool:
        """Whether the cells of a section stand on the sheet, and so can be typed anew."""
        return FIRST <= section < self.last and self.columns[section - FIRST].heading in self.plan.headings

    def data(self, index: Index, role: int = 0) -> object:
        """What a cell shows."""
        row, section = index.row(), index.column()
        if role == _EDIT and self.editable(section):
            return self.raw(row, self.columns[section - FIRST])
        if role == _TIP:
            return self._tip(row, section)
        if role not in _TEXTS:
            return None
        if section == ROW:
            return str(self.number(row))
        if section == STATE:
            return WORDS[self.state(row)]
        if section == self.last:
            return self.note(row)
        cell = self.cell(row, section)
        return f"{cell.old} → {cell.text}" if cell.old else cell.text

    def setData(self, index: Index, value: object, role: int = 0) -> bool:  # noqa: N802 (Qt's name)
        """Somebody typed another text into a cell."""
        text = str(value)
        if role != _EDIT or not self.editable(index.column()) or text == self.data(index, _EDIT):
            return False
        self.typed.emit(index.row(), self.columns[index.column() - FIRST], text)
        return True

    def state(self, row: int) -> State:
        """What would become of the row in that place."""
        return State(self.plan.states[self._rows[row]])

    def cell(self, row: int, section: int) -> CellView:
        """The cell of a mapped column."""
        at, column = self._rows[row], self.columns[section - FIRST]
        value = column.values[at]
        problem = self.problem(row, column)
        fault = "" if problem is None else "bad" if problem.refuses else "warn"
        typed = self.plan.numbers[at] in self._cells.get(column.heading, ())
        text = self._shown(column, value)
        if not text and problem is not None:
            text = problem.problem.value
        before = self.plan.before.get(at)
        if before is not None and column.field.key in before:
            return CellView(text or "—", self._shown(column, before[column.field.key]) or "—", fault, typed)
        return CellView(text, "", fault, typed)

    def raw(self, row: int, column: MappedColumn) -> str:
        """A cell as it would be typed: as it was typed here, as it is at fault, or as it is understood."""
        at = self._rows[row]
        typed = self._cells.get(column.heading, {}).get(self.plan.numbers[at])
        if typed is not None:
            return typed
        problem = self.problem(row, column)
        return self._shown(column, column.values[at]) or (problem.problem.value if problem is not None else "")

    def problem(self, row: int, column: MappedColumn) -> CellProblem | None:
        """What is wrong in a cell; what refuses its row before what does not."""
        problems = self.plan.problems.get(self._rows[row], ())
        found = [each for each in problems if each.column and each.column == column.letter]
        return next((each for each in found if each.refuses), found[0] if found else None)

    def note(self, row: int) -> str:
        """The sentences about the row."""
        found = self.plan.problems.get(self._rows[row], ())
        return " ".join(f"{each.heading}: {say(each.problem)}" if each.heading else say(each.problem) for each in found)

    def told(self, row: int) -> str:
        """The sentences about the row with the place of each cell: sheet, row and column."""
        found = self.plan.problems.get(self._rows[row], ())
        lines = [
            f"{each.column}{each.row} {each.heading}: {say(each.problem)}".lstrip() for each in found if each.heading
        ]
        lines += [say(each.problem) for each in found if not each.heading]
        return f"Sheet “{self.plan.sheet}”, row {self.number(row)}. " + " ".join(lines) if lines else ""

    def _tip(self, row: int, section: int) -> str | None:
        if section == self.last:
            return self.note(row)
        if section < FIRST:
            return None
        cell = self.cell(row, section)
        where = f"{self.columns[section - FIRST].letter}{self.number(row)}"
        return f"{where}: {cell.text}" + (" (typed here, the file is not changed)" if cell.typed else "")

    def _shown(self, column: MappedColumn, value: str | None) -> str:
        if value is None:
            return ""
        if isinstance(column.field.kind, Ref):
            return self._names.get(value, "")
        return column.field.kind.format(value)
