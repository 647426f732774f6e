"""What is to be written, and the form in which every writer writes it."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

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
class OutColumn:
    """A column to write: its heading, and the kind of its values (None: text).

    `as_is`: numbers and days stay what they are, also where the kind is written as text.
    """

    heading: str
    kind: Kind | None = None
    as_is: bool = False


@dataclass(frozen=True, slots=True)
class OutSheet:
    """A sheet to write. `rows` hold cells as `Kind.cell` gives them, one for each column, and are read once.

    `above` are rows that stand above the headings; where `headless`, there are no headings. `notes` say what is wrong
    with cells, by row (the first of `rows` is 0) and column; only the writer of small files writes them, and what is
    above.
    """

    name: str
    columns: Sequence[OutColumn]
    rows: Iterable[Sequence[Cell]]
    above: Sequence[Sequence[Cell]] = ()
    headless: bool = False
    notes: Mapping[tuple[int, int], str] = field(default_factory=dict)


class Counter:
    """Counts rows and says how far the work is."""

    def __init__(self, progress: Progress) -> None:
        self.rows = 0
        self._progress = progress
        progress.at("export")

    def next(self) -> None:
        """One row more."""
        self.rows += 1
        if self.rows % _STEP == 0:
            self._progress.at("export", self.rows)


_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0x7F, 0xFFFE, 0xFFFF]) | dict.fromkeys(
    range(0xD800, 0xE000), "\ufffd"
)
_UNUSUAL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def plain(text: str) -> str:
    """Text that every format can hold."""
    if not _UNUSUAL.search(text):
        return text
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROLS)


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


def checked(sheet: OutSheet, rows: Iterable[Sequence[Cell]], counter: Counter) -> Iterator[list[Cell]]:
    """The rows as they are written. Raises InputError for what an .xlsx cannot hold."""
    looks = [Look.NUMBER if column.as_is else Look.of(column.kind) for column in sheet.columns]
    for number, row in enumerate(rows, len(sheet.above) + (1 if sheet.headless else 2)):
        if number > MOST_ROWS:
            raise InputError("file.too-many-rows", most=str(MOST_ROWS - 1))
        cells = [ready(cell, look) for cell, look in zip(row, looks, strict=True)]
        for cell, column in zip(cells, sheet.columns, strict=True):
            # Excel counts UTF-16 units, of which a letter is at most two.
            if (
                isinstance(cell, str)
                and len(cell) > LONGEST_CELL // 2
                and len(cell.encode("utf-16-le")) // 2 > LONGEST_CELL
            ):
                raise InputError("file.cell-too-long", row=str(number), heading=column.heading, most=str(LONGEST_CELL))
        counter.next()
        yield cells


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
