"""What every kind of value can do. One class owns every form of its value.

The forms of a value:

* *cell*: what a spreadsheet gives or takes (text, number, date, yes/no, nothing);
* *text*: what a person types;
* *canonical*: the one text that the database, the journal and the shared database hold, the same everywhere:
  decimals and dates as text, whole numbers in plain digits, yes/no as "yes"/"no", references as the row's id;
* *shown*: what a person reads; parsing what is shown gives the canonical form again;
* *value*: the Python value, for those who calculate;
* *match*: the form under which two values mean the same ("AB-12" and "ab-12").
"""

import datetime as dt
from collections.abc import Iterable
from typing import ClassVar, Self

from models.fields.problem import BadValue, Problem, Severity

Cell = str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta | None
"""What a spreadsheet's cell holds, as a reader gives it; dates arrive as date or datetime without a zone."""

Notes = list[Problem]
"""Where a parse leaves its warnings."""

#: Spaces that people cannot see or type knowingly: no-break, zero-width, byte-order mark, narrow no-break …
_SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u202f\u2009\u2002\u2003"), " ") | dict.fromkeys(
    map(ord, "\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\x00"), None
)


def clean(text: str) -> str:
    """The text without invisible characters and without blanks around it; inner blanks stay."""
    return text.translate(_SPACES).strip() if not text.isascii() or "\x00" in text else text.strip()


class Kind:
    """A sort of value. Instances are immutable; two instances of one class differ by their settings only."""

    name: ClassVar[str] = ""
    """The word for it in `muster fields --json`."""
    whole: ClassVar[bool] = False
    """Kept as an INTEGER column: canonical is plain digits, order is by number."""
    right: ClassVar[bool] = False
    """Shown right-aligned, in tabular figures."""
    mono: ClassVar[bool] = False
    """Shown in the monospaced face: identifiers."""
    identifier: ClassVar[bool] = False
    """A number that is a name: leading zeros count, a spreadsheet's number or date in its place is suspect."""

    def parse(self, text: str, notes: Notes) -> str | None:
        """The canonical form of what a person typed; None for nothing. Raises BadValue; warnings go to `notes`."""
        return clean(text) or None

    def from_cell(self, cell: Cell, notes: Notes) -> str | None:
        """The canonical form of a spreadsheet's cell; None for an empty one. Raises BadValue."""
        if cell is None:
            return None
        if isinstance(cell, str):
            return self.parse(cell, notes)
        if isinstance(cell, bool):
            return self.parse("yes" if cell else "no", notes)
        if isinstance(cell, (int, float)):
            return self.parse(self._digits(cell), notes)
        return self._from_time(cell, notes)

    def format(self, canonical: str) -> str:
        """The shown form."""
        return canonical

    def value(self, canonical: str) -> object:
        """The Python value."""
        return canonical

    def cell(self, canonical: str) -> Cell:
        """What is written to a spreadsheet's cell: text, or a real number or date where that is lossless."""
        return self.format(canonical)

    def match(self, canonical: str) -> str:
        """The form under which two values mean the same."""
        return canonical.casefold()

    def barcode(self, canonical: str) -> str:
        """What a barcode of it encodes."""
        return canonical

    def for_column(self, cells: Iterable[Cell]) -> Self:
        """This kind as one column of a sheet uses it (which number is the day, which mark the decimals)."""
        return self

    def describe(self) -> dict[str, object]:
        """Its settings as JSON, for `muster fields --json`."""
        return {"name": self.name}

    def _digits(self, cell: float) -> str:
        """A number cell as the person meant it: 4779.0 is 4779. Beyond 15 digits a spreadsheet has lost some."""
        if isinstance(cell, float):
            if not cell.is_integer():
                return repr(cell)
            if abs(cell) >= 1e15:
                raise BadValue("cell.destroyed-number", f"{cell:.6G}")
            cell = int(cell)
        if self.identifier and abs(cell) >= 10**15:
            raise BadValue("cell.destroyed-number", str(cell))
        return str(cell)

    def _from_time(self, cell: dt.datetime | dt.date | dt.time | dt.timedelta, notes: Notes) -> str | None:
        """A date or time cell where none is expected: text takes it as it reads, an identifier refuses it."""
        if self.identifier:
            raise BadValue("cell.date-in-identifier", str(cell))
        if isinstance(cell, dt.datetime) and cell.time() == dt.time():
            cell = cell.date()
        return self.parse(str(cell), notes)


def warning(code: str, value: str = "", **details: str) -> Problem:
    """A problem that does not refuse the value."""
    return Problem(code, value, severity=Severity.WARNING, details=details)
