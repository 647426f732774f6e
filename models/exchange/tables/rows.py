"""The rows of a table out of its sheet's: each row of the sheet is one of the table's, blank, or skipped by name."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import compress

from models.exchange.files.wire import Chunk, filled
from models.exchange.tables.grid import Area, is_number
from models.exchange.tables.headers import Known, heading_text
from models.exchange.tables.table import Skipped, Table
from models.fields.kind import Cell

_TOTAL = re.compile(
    r"((grand|sub|running|page|report)[ -]?)?totals?\s*:?|(sum|count|average|mean|gesamt|summe)\s*:?|"
    r"total (number|count|cost|value|asset|item|unit|device|record|row|qty|quantity|amount|price)s?( of \w+)?\s*:?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class TableChunk:
    """Some rows of a table: their numbers on the sheet, and their cells by column, as `Table.columns` orders them."""

    numbers: Sequence[int]
    columns: Sequence[Sequence[Cell]]

    def rows(self) -> Iterator[tuple[int, tuple[Cell, ...]]]:
        """Each row's number and cells."""
        return zip(self.numbers, zip(*self.columns, strict=True), strict=True)


class TableReader:
    """Reads a table once. When it is done, its counts say where every row went.

    `blank` counts rows without anything; `skipped` names the rows that are not the table's, those above it included;
    `beside` counts cells that stand in a row of the table and in no column of it; `below` are the areas of further
    tables under it. Cells that hold nothing visible arrive as they are.
    """

    def __init__(self, table: Table, known: Known, alone: Callable[[int, Cell], bool] | None = None) -> None:
        """`alone`: whether the only cell of a row, by the place of its column, makes it a row and no note."""
        self.table = table
        self._alone = alone or (lambda _place, _cell: False)
        self.rows = 0
        self.blank = 0
        self.skipped: list[Skipped] = list(table.skipped)
        self.beside = 0
        self._known = known
        self._indexes = [column.index for column in table.columns]
        self._span = range(min(self._indexes), max(self._indexes) + 1) if self._indexes else range(0)
        self._headings = tuple(column.heading.casefold() for column in table.columns)
        self._plain = re.compile(r" \(\d+\)$")
        self._named = {skipped.row for skipped in table.skipped}
        # A row that begins as the headings do may be them once more.
        self._lead = table.columns[0].heading.split(" ")[0] if table.columns and table.header_row else "\0"
        # A row with fewer cells than this is looked at: is it blank, a total, a note?
        self._few = max(2, int(table.typical * 0.7))
        self._gap = 0
        self.below: list[Area] = []
        # Where every sample has a digit, a word is no value.
        self._numbered = {
            place
            for place, column in enumerate(table.columns)
            if len(column.samples) > 1 and all(map(_has_digit, column.samples))
        }

    def chunks(self, chunks: Iterable[Chunk]) -> Iterator[TableChunk]:
        """The rows of the table, in chunks as the sheet's."""
        for chunk in chunks:
            first = max(self.table.first_row - chunk.first_row, 0)
            last = min(self.table.last_row + 1 - chunk.first_row, chunk.height)
            if chunk.first_row > self.table.last_row:
                return
            if first < last:
                yield from self._take(chunk, first, last)

    def _take(self, chunk: Chunk, first: int, last: int) -> Iterator[TableChunk]:
        nothing = (None,) * (last - first)
        columns = [
            chunk.columns[at][first:last] if 0 <= (at := index - chunk.first_column) < len(chunk.columns) else nothing
            for index in self._indexes
        ]
        numbers = range(chunk.first_row + first, chunk.first_row + last)
        width = len(columns)
        mask = [True] * len(numbers)
        others = self._others(chunk, first, last)
        for place, row in enumerate(zip(*columns, strict=True)):
            fill = width - row.count(None)
            lead = row[0]
            if (
                fill <= self._few
                or self._gap
                or self.below
                or (isinstance(lead, str) and lead.startswith(self._lead))
                or numbers[place] in self._named
            ):
                mask[place] = self._keep(numbers[place], row, chunk)
        kept = sum(mask)
        self.rows += kept
        if others:
            self.beside += sum(
                cell is not None and filled(cell) is not None for cells in others for cell in compress(cells, mask)
            )
        if kept == len(mask):
            yield TableChunk(numbers, columns)
        elif kept:
            yield TableChunk(list(compress(numbers, mask)), [list(compress(cells, mask)) for cells in columns])

    def _others(self, chunk: Chunk, first: int, last: int) -> list[Sequence[Cell]]:
        """The columns of the sheet that are not the table's and hold something."""
        mine = set(self._indexes)
        found = []
        for place, cells in enumerate(chunk.columns):
            index = place + chunk.first_column
            if index not in mine and not self._of_another(index):
                part = cells[first:last]
                if part.count(None) < len(part):
                    found.append(part)
        return found

    def _of_another(self, index: int) -> bool:
        """Whether a column belongs to a table beside this one, which was named already, or was said not to count."""
        return bool(self.table.others or self.table.area) and index not in self._span

    def _keep(self, number: int, cells: Sequence[Cell], chunk: Chunk) -> bool:
        """Whether a row that looks unlike the others is one of the table's; says where it went if not."""
        if number in self._named:
            return False
        values = [cell for cell in map(filled, cells) if cell is not None]
        if not values:
            self.blank += 1
            self._gap += 1
            return False
        gap, self._gap = self._gap, 0
        if gap and self._begins_other(cells, values):
            self.below.append(_row_area(chunk, number, frozenset(self._indexes)))
        elif self.below:
            self.below[-1] = replace(self.below[-1], last_row=number)
        reason = "other-table" if self.below else self._reason(cells, values)
        if reason:
            self.skipped.append(Skipped(number, reason))
        return not reason

    def _begins_other(self, cells: Sequence[Cell], values: Sequence[Cell]) -> bool:
        """Whether a row after a gap holds the headings of another table: known ones, or words where numbers belong."""
        texts = [cell for cell in values if isinstance(cell, str) and not _has_digit(cell)]
        if self.table.header_row is None or len(texts) < max(2, len(values)):
            return False
        if self._repeats_headings(cells, values):
            return False
        if sum(self._known(heading_text(text)) >= 0.5 for text in texts) >= max(2, 0.6 * len(texts)):
            return True
        odd = [place for place in self._numbered if filled(cells[place]) is not None]
        return len(odd) > 1 and not any(_says_nothing(text) for text in texts)

    def _repeats_headings(self, cells: Sequence[Cell], values: Sequence[Cell]) -> bool:
        if self.table.header_row is None:
            return False
        names = [heading_text(cell).casefold() for cell in cells]
        same = sum(
            bool(name) and name == self._plain.sub("", heading)
            for name, heading in zip(names, self._headings, strict=True)
        )
        return same > 0.7 * len(values)

    def _reason(self, cells: Sequence[Cell], values: Sequence[Cell]) -> str:
        texts = [cell for cell in values if isinstance(cell, str) and not is_number(cell)]
        if len(texts) == len(values) > 1 and self._repeats_headings(cells, values):
            return "heading-again"
        if len(texts) == 1 < len(values) and _TOTAL.fullmatch(texts[0].strip()):
            return "total"
        if len(texts) > 1 and len(texts) < len(values) and all(_TOTAL.fullmatch(text.strip()) for text in texts):
            return "total"
        if len(values) == 1 and self.table.typical >= 3 and len(cells) > 3:
            place = next(place for place, cell in enumerate(cells) if filled(cell) is not None)
            return "" if self._alone(place, values[0]) else "note"
        return ""


def _has_digit(cell: Cell) -> bool:
    return not isinstance(cell, (str, bool)) or any(map(str.isdigit, cell if isinstance(cell, str) else ""))


def _says_nothing(text: str) -> bool:
    """Whether a word stands for a value that is not there: "-", "N/A", "TBD"."""
    return len(text.strip()) < 4 or text.strip().casefold() in {"none", "unknown", "null", "pending", "missing"}


def _row_area(chunk: Chunk, number: int, indexes: frozenset[int]) -> Area:
    """The cells of a row that follow each other from the first in one of the table's columns on."""
    filled_ones = [
        index
        for index, cells in enumerate(chunk.columns, chunk.first_column)
        if filled(cells[number - chunk.first_row]) is not None
    ]
    first = next(index for index in filled_ones if index in indexes)
    last = first
    while last + 1 in filled_ones:
        last += 1
    return Area(number, first, number, last)
