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
import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Self

from models.fields.problem import BadValue, Problem, Severity

Cell = str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta | None
"""What a spreadsheet's cell holds, as a reader gives it; dates arrive as date or datetime without a zone."""

Notes = list[Problem]
"""Where a parse leaves its warnings."""

#: Characters that people cannot see or type knowingly. Blanks of any width become a blank, breaks of any sort a
#: line break; controls, zero-width marks, byte-order marks and what XML (so a workbook) cannot hold go.
_UNSEEN: dict[int, str | None] = (
    dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF))
    | dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"))
    | dict.fromkeys((0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " ")
    | dict.fromkeys((0x0B, 0x0C, 0x85, 0x2028, 0x2029), "\n")
)
for _seen in "\t\n\r":
    del _UNSEEN[ord(_seen)]

_ERROR = re.compile(
    r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|UNKNOWN!|BUSY!|PYTHON!"
    r"|GETTING_DATA|NV|WERT!|BEZUG!|ZAHL!|#{2,})|Err:5\d\d",
    re.IGNORECASE,
)
"""What a spreadsheet shows in place of a value: Excel's errors, LibreOffice's, and the ##### of a narrow column."""

_POWER = re.compile(r"[+-]?[0-9]{1,3}(?:(?:[.,][0-9]+)?E\+[0-9]+|[.,][0-9]+E-?[0-9]+)", re.IGNORECASE)
"""A long number as a spreadsheet shows it: 3.56E+14. "12E4" is left alone, as it may well be a name."""


def clean(text: str) -> str:
    """The text in NFC, without invisible characters and without blanks around it; inner blanks stay."""
    if not text.isprintable():  # every character of _UNSEEN counts as unprintable
        text = text.translate(_UNSEEN)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return text.strip()


def refuse_error(text: str) -> None:
    """Raise BadValue "cell.error" for what a spreadsheet shows in place of a value (#REF!, #N/A)."""
    if text[:1] in "#Ee" and _ERROR.fullmatch(text):
        raise BadValue("cell.error", text)


def one_line(text: str) -> str:
    """The text cleaned and on one line, each run of blanks one blank. Raises BadValue for a spreadsheet's error."""
    text = clean(text)
    if "  " in text or not text.isprintable():
        text = " ".join(text.split())
    if text[:1] in "#Ee":
        refuse_error(text)
    return text


def refuse_destroyed(text: str) -> None:
    """Raise BadValue "cell.destroyed-number" for the remains of a long number (3.56E+14): never guessed."""
    if ("+" in text or "." in text or "," in text) and _POWER.fullmatch(text):
        raise BadValue("cell.destroyed-number", text)


@dataclass(frozen=True, slots=True)
class ColumnRead:
    """How a kind reads all cells of one column, where that had to be decided. `code` is a key of the phrases.

    `chosen` is what was decided, `choices` what `Kind.read_as` takes instead; `details` is the evidence.
    """

    code: str
    chosen: str
    choices: tuple[str, ...]
    details: Mapping[str, str] = field(default_factory=dict)


class Kind:
    """A sort of value. Instances are immutable; two instances of one class differ by their settings only."""

    name: str = ""
    """The word for it in `muster fields --json`."""
    whole: ClassVar[bool] = False
    """Kept as an INTEGER column: canonical is plain digits, order is by number."""
    right: bool = False
    """Shown right-aligned, in tabular figures."""
    mono: bool = False
    """Shown in the monospaced face: identifiers."""
    identifier: ClassVar[bool] = False
    """A number that is a name: leading zeros count, a spreadsheet's number or date in its place is suspect."""

    def parse(self, text: str, notes: Notes) -> str | None:
        """The canonical form of what a person typed; None for nothing. Raises BadValue; warnings go to `notes`."""
        return one_line(text) or None

    def from_cell(self, cell: Cell, notes: Notes) -> str | None:
        """The canonical form of a spreadsheet's cell; None for an empty one. Raises BadValue."""
        if cell is None:
            return None
        if isinstance(cell, str):
            return self.parse(cell, notes)
        if isinstance(cell, bool):
            if self.identifier:
                raise BadValue("cell.yes-no-in-identifier", "TRUE" if cell else "FALSE")
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

    def read_as(self, said: str) -> Self:
        """This kind, reading a column as somebody says; itself where the word means nothing to it."""
        return self

    def beside(self, others: Mapping[str, "Kind"]) -> Self:
        """This kind, where its own column leaves open what other columns of the sheet (by heading) show."""
        return self

    def column_read(self) -> ColumnRead | None:
        """How it reads its column and why; None where nothing had to be decided."""
        return None

    def describe(self) -> dict[str, object]:
        """Its settings as JSON, for `muster fields --json`."""
        return {"name": self.name}

    def _digits(self, cell: float) -> str:
        """A number cell as the person meant it: 4779.0 is 4779. Beyond 15 digits a spreadsheet has lost some."""
        if isinstance(cell, float):
            if not math.isfinite(cell):
                raise BadValue("cell.error", str(cell))
            if not cell.is_integer():
                if self.identifier and abs(cell) < 1e-4:  # "1E-07" was a name once
                    raise BadValue("cell.destroyed-number", repr(cell))
                return f"{cell:.15g}"
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
