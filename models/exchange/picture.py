"""A sheet's own picture: its first rows as people read them, and where the table on it seems to be.

For those who look at a sheet to say which part of it is meant. Nothing of a column of secrets is shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from models.exchange.files.sheet import HEAD_ROWS, Head, SheetInfo, Source, open_source
from models.exchange.files.wire import Chunk
from models.exchange.meaning.secrets import is_hidden, is_secret
from models.exchange.options import ImportOptions
from models.exchange.planner import choose_table, heading_judge
from models.exchange.tables.grid import Area, shown_cell
from models.exchange.tables.headers import Known
from models.exchange.tables.rows import TableReader
from models.exchange.tables.table import Table, find_table
from models.exchange.writing.muster_book import as_told
from models.fields.problem import InputError, Problem, UsageError
from models.progress import Progress
from models.store.database import Database

HIDDEN = "•••"
"""Stands for what may not be shown."""
#: A table that begins further down is shown with so many rows above it.
_ABOVE = 20
#: Headings of secrets are looked for in so many columns and rows, among texts of so many letters.
_COLUMNS, _ROWS, _HEADING = 500, 60, 60


@dataclass(frozen=True, slots=True)
class SheetCard:
    """A sheet by its name. `reason` says why it is not looked at unasked: hidden, pivot; chart and code have no cells.

    Empty for a usual sheet.
    """

    name: str
    reason: str = ""

    @property
    def readable(self) -> bool:
        """Whether it has cells at all."""
        return self.reason in ("", "hidden", "pivot")


@dataclass(frozen=True, slots=True)
class Picture:
    """One sheet of a file. `rows` are its first rows, `height` how many it has from its first filled to its last.

    `table` is the one that would be imported, None where none is found: `problem` says why then, or that several
    sheets have one. `skipped` are rows that are not the table's (number -> reason), as far as the picture goes.
    `headings` are those of the table, by the index of their column; `secret` tells of columns, of the table or not,
    below which row they hold secrets. `others` are the sheets that have a table, too.
    """

    sheets: tuple[SheetCard, ...]
    sheet: str
    rows: Chunk
    height: int
    table: Table | None
    skipped: Mapping[int, str]
    headings: Mapping[int, str]
    secret: Mapping[int, int]
    problem: Problem | None
    others: tuple[str, ...] = ()

    @property
    def first_row(self) -> int:
        """The number of the first row that is there."""
        return self.rows.first_row

    @property
    def last_row(self) -> int:
        """The number of the last row that is there."""
        return self.rows.first_row + self.rows.height - 1

    @property
    def width(self) -> int:
        """How many columns there are, from column A."""
        return self.rows.first_column + len(self.rows.columns)

    @property
    def whole(self) -> bool:
        """Whether it has all rows of the sheet from its own first."""
        return self.rows.height < HEAD_ROWS

    def text(self, row: int, column: int) -> str:
        """A cell as people read it: by its row's number and its column's index from 0."""
        place, at = column - self.rows.first_column, row - self.rows.first_row
        if not (0 <= place < len(self.rows.columns) and 0 <= at < self.rows.height):
            return ""
        cell = self.rows.columns[place][at]
        if cell is not None and row > self.secret.get(column, row):
            return HIDDEN
        heading = self.headings.get(column, "")
        if cell is None or not heading or row == (self.table.header_row if self.table is not None else None):
            return shown_cell(cell)
        return HIDDEN if is_hidden(heading, cell) else shown_cell(cell)

    @property
    def area(self) -> Area | None:
        """The cells of the table, as far as the picture goes."""
        if self.table is None or not self.table.columns:
            return None
        indexes = [column.index for column in self.table.columns]
        first = self.table.header_row or self.table.first_row
        return Area(first, min(indexes), max(first, min(self.table.last_row, self.last_row)), max(indexes))


def take_picture(database: Database, path: Path, options: ImportOptions, progress: Progress | None = None) -> Picture:
    """The picture of the sheet that the options mean, or of the one that seems to be meant.

    Raises InputError for a file that cannot be read, UsageError for a sheet or a range that is none, Cancelled.
    """
    progress = progress or Progress()
    with open_source(path, progress) as source:
        options = as_told(source, options, progress)
        known = heading_judge(database.catalogue(), options)
        problem: Problem | None = None
        others: tuple[str, ...] = ()
        table: Table | None
        try:
            choice = choose_table(source, options, known, progress)
            sheet, table, others = choice.sheet, choice.table, choice.others
        except (InputError, UsageError) as error:
            if error.problem.code in ("sheet.unknown", "sheet.range"):
                raise
            problem = error.problem
            sheet = _to_show(source, options)
            table = None
        head = source.head(sheet, progress, _first(options, table))
        if problem is not None and options.sheet is None:
            table = _table_of(head, known)
        cards = tuple(SheetCard(each.name, _reason(each)) for each in source.sheets)
    headings = {column.index: column.heading for column in table.columns} if table is not None else {}
    skipped = _skipped(table, known, head)
    return Picture(cards, sheet.name, head.rows, head.height, table, skipped, headings, _secret(head), problem, others)


def _to_show(source: Source, options: ImportOptions) -> SheetInfo:
    """The sheet to look at where no table is found."""
    if options.sheet is not None:
        return source.sheet(options.sheet)
    return next((sheet for sheet in source.sheets if not _reason(sheet)), source.sheets[0])


def _first(options: ImportOptions, table: Table | None) -> int:
    """The first row to show: that of the sheet, unless the table is far below it."""
    said = [Area.parse(options.area).first_row] if options.area else []
    start = min([*said, *([options.header] if options.header else [])], default=1)
    if table is not None:
        start = max(start, table.header_row or table.first_row)
    return max(1, start - _ABOVE) if start > HEAD_ROWS // 2 else 1


def _table_of(head: Head, known: Known) -> Table | None:
    try:
        return find_table(head, known)
    except InputError:
        return None


def _skipped(table: Table | None, known: Known, head: Head) -> dict[int, str]:
    if table is None:
        return {}
    reader = TableReader(table, known)
    for _ in reader.chunks([head.rows]):
        pass
    return {each.row: each.reason for each in reader.skipped}


def _secret(head: Head) -> dict[int, int]:
    """The columns that have a heading of secrets somewhere, and the number of its row: the table may not be found."""
    rows = head.rows
    found: dict[int, int] = {}
    for place, cells in enumerate(rows.columns[:_COLUMNS]):
        for at, cell in enumerate(cells[:_ROWS]):
            if isinstance(cell, str) and len(cell) <= _HEADING and is_secret(cell):
                found[rows.first_column + place] = rows.first_row + at
                break
    return found


def _reason(sheet: SheetInfo) -> str:
    if sheet.kind == "chartsheet":
        return "chart"
    if sheet.kind != "worksheet":
        return "code"
    if not sheet.visible:
        return "hidden"
    return "pivot" if sheet.pivot else ""
