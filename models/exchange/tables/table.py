"""The table on a sheet: its headings, where it begins, what stands around it."""

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.exchange.files.sheet import Head
from models.exchange.files.wire import column_letter
from models.exchange.tables.beside import area_of, tables_above, tables_beside
from models.exchange.tables.column_names import column_names
from models.exchange.tables.grid import Area, Grid
from models.exchange.tables.headers import Guess, Known, header_at, is_units
from models.fields.kind import Cell
from models.fields.problem import InputError

_SAMPLES = 5
#: A table with so many rows (at least) that a few merged cells do not make it a form.
_FORM_MERGES = 8
_SEEN = 100


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `index` counts the sheet's columns from 0; no two headings are the same."""

    index: int
    letter: str
    heading: str
    samples: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is not one of the table's, and why.

    `reason`: title (above the headings), units (below them), heading-again, total, note, other-table.
    """

    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class Table:
    """Where a table lies on a sheet.

    `header_row` is None when it has no headings; its columns are then called "Column A" …. `last_row` is the last
    that may belong to it. `others` are the areas of further tables that were seen beside and above it. `typical` is
    how many cells of a row are filled as a rule; `known` the sum of how well its headings are known; `rows_seen`
    counts the rows of the head that look like its rows. `area` is what the person said, if anything.
    """

    header_row: int | None
    first_row: int
    last_row: int
    columns: tuple[Column, ...]
    skipped: tuple[Skipped, ...] = ()
    others: tuple[str, ...] = ()
    typical: int = 1
    known: float = 0.0
    rows_seen: int = 0
    area: Area | None = None

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings from left to right; empty names for a table without headings would help nobody."""
        return tuple(column.heading for column in self.columns)


def find_table(head: Head, known: Known, *, header: int | None = None, area: Area | None = None) -> Table:
    """The table that a sheet's first rows show.

    `header` is the row of the headings when the person says so, 0 for none; `area` is the part to look in.
    Raises InputError: sheet.empty, sheet.no-table, sheet.form, sheet.header (nothing in that row).
    """
    grid = Grid.of(head.rows, area)
    if not grid.rows:
        raise InputError("sheet.empty")
    if header is not None:
        return _as_told(grid, header, known, area)
    tables = tables_beside(grid, known)
    best = max(tables, key=_weight)
    table = _table(*best, head, area, known)
    others = [area_of(*other, head) for other in tables if other is not best and len(other[1].body) > 1]
    if not area:
        _refuse_form(head, grid, table)
    return replace(table, others=(*map(str, others), *table.others))


def _as_told(grid: Grid, header: int, known: Known, area: Area | None) -> Table:
    if header:
        guess = header_at(grid, header, known)
        if not guess.header:
            raise InputError("sheet.header", str(header))
    else:
        guess = Guess(None, grid.rows, 0.0, 0.0)
    start, stop = 0, grid.width
    if guess.header and not area:
        here = [guess.header, *guess.body]
        used = [index for index in range(grid.width) if any(row.cells[index] is not None for row in here)]
        start, stop = used[0], used[-1] + 1
        grid = grid.part(start, stop)
        guess = header_at(grid, header, known)
    return _table(grid, guess, None, area, known)


def _weight(found: tuple[Grid, Guess]) -> tuple[float, float]:
    """Which of some tables is the one: by what is known of its headings, then by what it holds."""
    _grid, guess = found
    return round(guess.known), sum(row.fill for row in guess.body) * (1 if guess.header else 0.5)


def _table(grid: Grid, guess: Guess, head: Head | None, area: Area | None, known: Known) -> Table:
    body = list(guess.body)
    skipped: list[Skipped] = []
    above: list[Area] = []
    header = guess.header.number if guess.header else None
    if header is not None:
        above = tables_above(grid, header)
        for row in grid.rows:
            if row.number < header:
                inside = any(other.first_row <= row.number <= other.last_row for other in above)
                skipped.append(Skipped(row.number, "other-table" if inside else "title"))
        if body and is_units(body[0]):
            skipped.append(Skipped(body.pop(0).number, "units"))
    first = body[0].number if body else (header or grid.rows[0].number) + 1
    if header is not None and skipped and skipped[-1].reason == "units":
        first = skipped[-1].row + 1
    elif header is not None:
        first = header + 1
    return Table(
        header_row=header,
        first_row=first,
        last_row=(area or Area()).last_row,
        columns=_columns(grid, guess, head, known),
        skipped=tuple(skipped),
        others=tuple(map(str, above)),
        typical=int(statistics.median(row.fill for row in body)) if body else 1,
        known=guess.known,
        rows_seen=len(body),
        area=area,
    )


def _columns(grid: Grid, guess: Guess, head: Head | None, known: Known) -> tuple[Column, ...]:
    columns: list[Column] = []
    for index, name in enumerate(column_names(grid, guess, head, known)):
        if name:
            values = [row.cells[index] for row in guess.body if row.cells[index] is not None]
            place = grid.first_column + index
            columns.append(Column(place, column_letter(place), name, tuple(values[:_SAMPLES])))
    return tuple(columns)


def _refuse_form(head: Head, grid: Grid, table: Table) -> None:
    """Forms have labels and blanks scattered over the page, most of them merged cells; a table has rows alike."""
    wide = sum(left < right for _, left, _, right in head.merged)
    seen = grid.rows[:_SEEN]
    rows = [row for row in seen if row.number >= table.first_row]
    enough = max(2, round(0.4 * len(table.columns)))
    alike = sum(row.fill >= enough for row in rows[: table.rows_seen])
    if len(head.merged) >= _FORM_MERGES and wide >= 0.2 * len(grid.rows) and alike < 0.5 * len(seen):
        raise InputError("sheet.form")
    cells = sum(row.fill for row in rows)
    if table.known < 2 and len(table.columns) > 2 and cells < 0.2 * len(rows) * len(table.columns):
        raise InputError("sheet.form" if len(grid.rows) > 10 else "sheet.no-table")
    if table.header_row is None and len(grid.rows) == 1 and not head.height > 1 and _only_words(grid.rows[0].cells):
        raise InputError("sheet.no-table")


def _only_words(cells: Sequence[Cell]) -> bool:
    return all(cell is None or (isinstance(cell, str) and not re.search(r"\d", cell)) for cell in cells)
