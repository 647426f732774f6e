"""Columns of raw cells into columns of canonical values, with what is wrong in them.

A value is parsed once for a column, however often it stands there. Kinds that must see a whole column before they
read a cell (which number is the day, which mark the decimals) get the column at its end.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from models.exchange.meaning.nothing import is_empty, says_nothing
from models.exchange.tables.grid import shown_cell
from models.fields.field import Field
from models.fields.kind import Cell, ColumnRead, Kind, clean
from models.fields.kinds import LongText, Serial, Tag, Text
from models.fields.problem import BadValue, Problem, Severity
from models.fields.secrets import looks_like_key

#: What a person says of a column in which such words are words.
AS_TEXT = "text"
#: So many different values of a column are remembered.
_MANY = 60_000
#: Cells that are parsed between two ticks.
_SLICE = 20_000

#: What stands between several values in one cell. A comma or a slash alone may be part of a value.
_SEVERAL = re.compile(r"\s*[;|\n\r]+\s*|\s*,\s+|\s+[/&+]\s+|\s+and\s+|(?<=\d{14})\s*[/,]\s*(?=\d{14})")
#: What no serial number and no tag has in it.
_APART = re.compile(r"[;|\n\r]")

_NO_OTHERS: Mapping[str, Kind] = {}
_Outcome = tuple[str | None, tuple[Problem, ...]]


class ColumnParser:
    """One mapped column on its way from cells to canonical values."""

    def __init__(self, field: Field, heading: str, said: str = "") -> None:
        """`field`: what the column means; `said`: how a person says that it is read (ImportOptions.readings)."""
        self.field = field
        self.heading = heading
        self.said = said
        self.values: list[str | None] = []
        """A canonical value for each row; for references the name as it is written."""
        self.problems: dict[int, tuple[Problem, ...]] = {}
        """What is wrong, by row index."""
        self.raw: dict[int, Cell] = {}
        """The cells of the rows that have problems."""
        self.empties: Counter[str] = Counter()
        """The words that were taken for empty cells, and how often."""
        self.guarded = False
        """Whether a run of hex digits in a cell is a key, and refused."""
        self._kind: Kind = field.kind
        self._empty_words: dict[str, str] = {}
        self._waits = type(field.kind).for_column is not Kind.for_column
        self._held: list[Cell] = []
        self._type: type | None = None
        self._memo: dict[Cell, str | None] = {}
        self._troubled: dict[Cell, tuple[Problem, ...]] = {}

    def add(self, cells: Sequence[Cell]) -> None:
        """Take the next cells of the column."""
        if self._waits:
            self._held.extend(cells)
        else:
            self._parse(cells)

    def decide(self, tick: Callable[[], None] = lambda: None) -> Kind:
        """The column is complete: how is it read? `tick` is called now and then; what it raises ends the work."""
        if self._waits:
            distinct: set[Cell] = set()
            for start in range(0, len(self._held), _SLICE):
                tick()
                distinct.update(self._held[start : start + _SLICE])
            self._kind = self.field.kind.for_column(self._told(distinct, tick)).read_as(self.said)
        return self._kind

    def finish(self, others: Mapping[str, Kind] = _NO_OTHERS, tick: Callable[[], None] = lambda: None) -> None:
        """Read the column as was decided, or as the `others` of its sheet (by heading) are, where it says nothing."""
        if self._waits:
            self._kind = self._kind.beside(others)
            for start in range(0, len(self._held), _SLICE):
                tick()
                self._parse(self._held[start : start + _SLICE])
            self._held = []
        self._memo = {}
        self._troubled = {}

    def _told(self, cells: Iterable[Cell], tick: Callable[[], None]) -> Iterator[Cell]:
        """The cells that say something."""
        for at, cell in enumerate(cells):
            if at % _SLICE == 0:
                tick()
            if not is_empty(cell, self.field):
                yield cell

    @property
    def column_read(self) -> ColumnRead | None:
        """How the column is read and why, where that had to be decided."""
        return self._kind.column_read()

    def _parse(self, cells: Sequence[Cell]) -> None:
        """Parse what was not met before, and look the rest up: a set at a time, which is what makes it fast."""
        types = set(map(type, cells))
        types.discard(type(None))
        if len(types) > 1 or types - {self._type}:
            if self._type is None and len(types) == 1:
                (self._type,) = types
            else:
                # 1, 1.0 and True are equal and not the same: cells of several types are kept apart.
                self._parse_mixed(cells)
                return
        memo = self._memo
        if len(memo) > _MANY:
            memo.clear()
            self._troubled.clear()
        for cell in set(cells).difference(memo):
            value, problems = self._one(cell)
            memo[cell] = value
            if problems:
                self._troubled[cell] = problems
        if self._troubled and not self._troubled.keys().isdisjoint(cells):
            for row, cell in enumerate(cells, len(self.values)):
                if cell in self._troubled:
                    self._trouble(row, cell, self._troubled[cell])
        self.values.extend([memo[cell] for cell in cells])
        self._count_empties(cells)

    def _count_empties(self, cells: Sequence[Cell]) -> None:
        for written, word in self._empty_words.items():
            if number := cells.count(written):
                self.empties[word] += number

    def _parse_mixed(self, cells: Sequence[Cell]) -> None:
        for cell in cells:
            value, problems = self._one(cell)
            if problems:
                self._trouble(len(self.values), cell, problems)
            self.values.append(value)
        self._count_empties(cells)

    def _trouble(self, row: int, cell: Cell, problems: tuple[Problem, ...]) -> None:
        self.problems[row] = problems
        self.raw[row] = cell

    def _one(self, cell: Cell) -> _Outcome:
        if self.said != AS_TEXT and is_empty(cell, self.field):
            self._take_for_empty(cell)
            return None, ()
        if self.guarded and looks_like_key(shown_cell(cell)):
            return None, (Problem("secret.key-material"),)
        notes: list[Problem] = []
        try:
            value = self._kind.from_cell(cell, notes)
        except BadValue as error:
            if self.said != AS_TEXT and says_nothing(cell):
                self._take_for_empty(cell)
                return None, ()
            return self._several(cell) or (None, (*notes, error.problem))
        if isinstance(self._kind, (Serial, Tag)) and isinstance(cell, str) and _APART.search(cell):
            return self._several(cell) or (value, tuple(notes))
        return value, tuple(notes)

    def _several(self, cell: Cell) -> _Outcome | None:
        """What a cell with several values of its kind gives: a second one may have a field of its own.

        None where the cell holds no such values.
        """
        parts = [part for part in _SEVERAL.split(cell) if part.strip()] if isinstance(cell, str) else []
        if len(parts) < 2 or not self._kind.identifier:
            return None
        try:
            values = list(dict.fromkeys(self._kind.from_cell(part, []) for part in parts))
        except BadValue:
            return None
        if None in values:
            return None
        told = {"count": str(len(values)), "first": self._kind.format(values[0] or "")}
        if len(values) == 1:
            return values[0], ()
        if len(values) == 2 and self.field.more:
            told |= {"more": self.field.more, "second": values[1] or ""}
            return values[0], (Problem("cell.two-values", clean(str(cell)), "", Severity.WARNING, told),)
        if self.field.identity:
            return None, (Problem("cell.several", clean(str(cell)), details=told),)
        return values[0], (Problem("cell.first-of-several", clean(str(cell)), "", Severity.WARNING, told),)

    def _take_for_empty(self, cell: Cell) -> None:
        if isinstance(cell, str) and (word := cell.strip()):
            self._empty_words[cell] = word


def is_free_text(field: Field) -> bool:
    """Whether a field takes any text."""
    return type(field.kind) in (Text, LongText)
