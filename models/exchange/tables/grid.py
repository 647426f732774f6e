"""A sheet's first rows as a grid to look at: which cells are filled, what a cell looks like, where a range is."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.exchange.files.wire import LAST_COLUMN, LAST_ROW, Chunk, column_index, column_letter, filled
from models.fields.kind import Cell, clean
from models.fields.problem import UsageError


@dataclass(frozen=True, slots=True)
class Area:
    """A part of a sheet: rows as a spreadsheet program numbers them, columns from 0; all ends belong to it."""

    first_row: int = 1
    first_column: int = 0
    last_row: int = LAST_ROW
    last_column: int = LAST_COLUMN

    @classmethod
    def parse(cls, text: str) -> "Area":
        """`A5:H90`, `A:H`, `5:90` or `A5` (from there on). Raises UsageError sheet.range."""
        found = re.fullmatch(r"\$?([A-Za-z]{0,3})\$?(\d{0,7})(?::\$?([A-Za-z]{0,3})\$?(\d{0,7}))?", text.strip())
        if not found or not (found[1] or found[2]):
            raise UsageError("sheet.range", text)
        area = cls(
            int(found[2] or 1),
            column_index(found[1]) if found[1] else 0,
            int(found[4] or LAST_ROW),
            column_index(found[3]) if found[3] else LAST_COLUMN,
        )
        if not (
            1 <= area.first_row <= area.last_row <= LAST_ROW and area.first_column <= area.last_column <= LAST_COLUMN
        ):
            raise UsageError("sheet.range", text)
        return area

    def __str__(self) -> str:
        return f"{column_letter(self.first_column)}{self.first_row}:{column_letter(self.last_column)}{self.last_row}"


@dataclass(frozen=True, slots=True)
class Row:
    """A row that holds something: its number and its cells, of which the first is in column `Grid.first_column`."""

    number: int
    cells: Sequence[Cell]

    @property
    def fill(self) -> int:
        """How many of its cells are filled."""
        return len(self.cells) - self.cells.count(None)


@dataclass(frozen=True, slots=True)
class Grid:
    """The filled rows of a chunk, all of the same width."""

    first_column: int
    width: int
    rows: Sequence[Row]

    @classmethod
    def of(cls, chunk: Chunk, area: Area | None = None) -> "Grid":
        """The grid of some rows, within an area."""
        area = area or Area()
        start = max(area.first_column - chunk.first_column, 0)
        stop = max(min(area.last_column + 1 - chunk.first_column, len(chunk.columns)), start)
        rows = [
            Row(number, [filled(cell) for cell in row[start:stop]])
            for number, row in enumerate(chunk.rows(), chunk.first_row)
            if area.first_row <= number <= area.last_row
        ]
        return cls(chunk.first_column + start, stop - start, [row for row in rows if row.fill])

    def part(self, start: int, stop: int) -> "Grid":
        """Some of its columns, counted from its first; only the rows that are filled there."""
        rows = [Row(row.number, row.cells[start:stop]) for row in self.rows]
        return Grid(self.first_column + start, stop - start, [row for row in rows if row.fill])

    def used(self) -> list[int]:
        """The columns that hold something, counted from its first."""
        columns = zip(*(row.cells for row in self.rows), strict=True)
        return [index for index, cells in enumerate(columns) if cells.count(None) < len(cells)]

    def blocks(self) -> Iterator[tuple[int, int]]:
        """The runs of columns that hold something, as (start, stop), counted from its first."""
        start = last = -1
        for index in self.used():
            if last >= 0 and index > last + 1:
                yield start, last + 1
            if last < 0 or index > last + 1:
                start = index
            last = index
        if last >= 0:
            yield start, last + 1


_DIGITS = re.compile(r"\d+")
_LETTERS = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"[-+(]?[$€£]?\s?\d[\d,. ]*\)?%?")
_DAY = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([T ].*)?")


def is_number(cell: Cell) -> bool:
    """Whether a cell is a number, or a text that is nothing else."""
    if isinstance(cell, bool):
        return False
    return isinstance(cell, (int, float)) or (isinstance(cell, str) and bool(_NUMBER.fullmatch(cell.strip())))


def shape(cell: Cell) -> str:
    """What a cell looks like: its type, or its text with each run of digits as 9 and each run of letters as A."""
    if isinstance(cell, bool):
        return "yes/no"
    if is_number(cell):
        return "number"
    if isinstance(cell, (dt.date, dt.time, dt.timedelta)):
        return "time"
    text = str(cell).strip()
    if _DAY.fullmatch(text):
        return "time"
    return _DIGITS.sub("9", _LETTERS.sub("A", text))[:40]


def shown_cell(cell: Cell) -> str:
    """A cell as a person reads it in a message."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return "" if cell is None else clean(str(cell))
