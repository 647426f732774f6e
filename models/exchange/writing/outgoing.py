"""What is to be written, and the form in which every writer writes it."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain, islice

from models.fields.kind import Cell, Kind
from models.fields.problem import InputError
from models.progress import Progress

#: What an .xlsx can hold.
MOST_ROWS = 1_048_576
LONGEST_CELL = 32_767
_LONGEST_NAME = 31
#: The rows by which the widths of columns are judged.
SAMPLE = 200
_NARROW, _WIDE = 9, 48
_STEP = 500


class Look(StrEnum):
    """The number formats of columns."""

    TEXT = "@"
    NUMBER = "General"
    MONEY = "#,##0.00"
    DAY = "yyyy-mm-dd"
    MOMENT = "yyyy-mm-dd hh:mm"

    @classmethod
    def of(cls, kind: Kind | None) -> "Look":
        """How a column of a kind looks: identifiers and words are text."""
        if kind is None or kind.identifier:
            return cls.TEXT
        named = {"money": cls.MONEY, "day": cls.DAY, "moment": cls.MOMENT, "number": cls.NUMBER, "percent": cls.NUMBER}
        return named.get(kind.name, cls.NUMBER if kind.whole else cls.TEXT)


@dataclass(frozen=True, slots=True)
class Words:
    """The words that a cell is offered. `strict`: a spreadsheet program takes no others; else it asks first.

    `name` is unique in a workbook: columns that offer the same words share one list.
    """

    name: str
    words: tuple[str, ...]
    strict: bool = False


@dataclass(frozen=True, slots=True)
class OutColumn:
    """A column to write: its heading, and the kind of its values (None: text).

    `as_is`: numbers and days stay what they are, also where the kind is written as text. `note` is what the heading's
    comment says, `needed` marks the heading, `words` are offered in its cells.
    """

    heading: str
    kind: Kind | None = None
    as_is: bool = False
    note: str = ""
    needed: bool = False
    words: Words | None = None


@dataclass(frozen=True, slots=True)
class OutSheet:
    """A sheet to write. `rows` hold cells as `Kind.cell` gives them, one for each column, and are read once.

    `above` are rows that stand above the headings; where `headless`, there are no headings. `notes` say what is wrong
    with cells, by row (the first of `rows` is 0) and column; only the writer of small files writes them, and what is
    above. `text`: the sheet is a page to read and no table of records.
    """

    name: str
    columns: Sequence[OutColumn]
    rows: Iterable[Sequence[Cell]]
    above: Sequence[Sequence[Cell]] = ()
    headless: bool = False
    notes: Mapping[tuple[int, int], str] = field(default_factory=dict)
    text: bool = False

    @property
    def first_row(self) -> int:
        """The number of the row of the first record."""
        return len(self.above) + (1 if self.headless else 2)


class Counter:
    """Counts rows and says how far the work is."""

    def __init__(self, progress: Progress, total: int = 0) -> None:
        """`total`: how many there will be, 0 where nobody knows."""
        self.rows = 0
        self._progress = progress
        self._total = total
        progress.at("export", 0, total)

    def add(self, rows: int) -> None:
        """So many rows more."""
        self.rows += rows
        self._progress.at("export", self.rows, self._total)


_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0x7F, 0xFFFE, 0xFFFF]) | dict.fromkeys(
    range(0xD800, 0xE000), "\ufffd"
)
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_UNUSUAL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def plain(text: str) -> str:
    """Text that every format can hold."""
    if not _UNUSUAL.search(text):
        return text
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROLS)


def escaped(text: str) -> str:
    """The text for the XML of a workbook, where _x0041_ means A: what looks so has its first mark escaped."""
    return _ESCAPE.sub("_x005F_", text)


def peeked(rows: Iterable[Sequence[Cell]], count: int) -> tuple[list[Sequence[Cell]], Iterable[Sequence[Cell]]]:
    """The first rows, and all of them."""
    rest = iter(rows)
    first = list(islice(rest, count))
    return first, chain(first, rest)


def ready(cell: Cell, look: Look) -> Cell:
    """A cell as it is written: text, number, day, moment, or None."""
    if isinstance(cell, str):
        return plain(cell) or None
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if cell is None or (look is not Look.TEXT and isinstance(cell, (int, float, dt.date))):
        return cell
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell)


def written(sheet: OutSheet, rows: Iterable[Sequence[Cell]], counter: Counter) -> Iterator[tuple[Cell, ...]]:
    """The rows as they are written, made ready column by column: a value that comes often is made ready once."""
    looks = [Look.NUMBER if column.as_is else Look.of(column.kind) for column in sheet.columns]
    rest = iter(rows)
    while batch := list(islice(rest, _STEP)):
        yield from zip(*map(_ready_column, zip(*batch, strict=True), looks), strict=True)
        counter.add(len(batch))


def checked(sheet: OutSheet, rows: Iterable[Sequence[Cell]], counter: Counter) -> Iterator[tuple[Cell, ...]]:
    """The rows as they are written. Raises InputError for what an .xlsx cannot hold."""
    number = sheet.first_row - 1
    rest = written(sheet, rows, counter)
    while batch := list(islice(rest, _STEP)):
        if number + len(batch) > MOST_ROWS:
            raise InputError("file.too-many-rows", most=str(MOST_ROWS - 1))
        for column, cells in zip(sheet.columns, zip(*batch, strict=True), strict=True):
            texts = [cell for cell in cells if isinstance(cell, str)]
            if texts and len(max(texts, key=len)) > LONGEST_CELL // 2 and any(map(_too_long, texts)):
                row = next(at for at, cell in enumerate(cells, number + 1) if _too_long(cell))
                raise InputError("file.cell-too-long", row=str(row), heading=column.heading, most=str(LONGEST_CELL))
        number += len(batch)
        yield from batch


def _ready_column(cells: Sequence[Cell], look: Look) -> Sequence[Cell]:
    kinds = set(map(type, cells))
    kinds.discard(type(None))
    if len(kinds) != 1:  # 1, 1.0 and True are equal and not the same
        return [ready(cell, look) for cell in cells]
    memo = {cell: ready(cell, look) for cell in set(cells)}
    return [memo[cell] for cell in cells]


def _too_long(cell: Cell) -> bool:
    # Excel counts UTF-16 units, of which a letter is at most two.
    return isinstance(cell, str) and len(cell) > LONGEST_CELL // 2 and len(cell.encode("utf-16-le")) // 2 > LONGEST_CELL


def widths(sheet: OutSheet, sample: Iterable[Sequence[Cell]]) -> list[float]:
    """The widths of the columns, in letters, by their headings (with room for the filter's arrow) and first rows."""
    widths = [len(column.heading) + 4 for column in sheet.columns]
    for row in sample:
        for index, cell in enumerate(row):
            if cell is not None:
                longest = max(map(len, str(cell).split("\n")))
                widths[index] = max(widths[index], longest + 2)
    looks = [Look.of(column.kind) for column in sheet.columns]
    least = {Look.DAY: 12, Look.MOMENT: 17}
    return [float(max(least.get(look, _NARROW), min(width, _WIDE))) for width, look in zip(widths, looks, strict=True)]


def sheet_name(name: str, taken: set[str]) -> str:
    r"""A name that Excel takes: up to 31 letters, none of []:*?/\\, no apostrophe at its ends, none twice."""
    base = re.sub(r"[\[\]:*?/\\]", " ", plain(name)).strip(" '\n\t")[:_LONGEST_NAME].strip(" '") or "Sheet"
    if base.casefold() == "history":  # Excel keeps that one for itself
        base = "History of changes"
    result, number = base, 1
    while result.casefold() in taken:
        number += 1
        result = f"{base[: _LONGEST_NAME - 5]} ({number})"
    taken.add(result.casefold())
    return result
