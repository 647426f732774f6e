"""Reading numbers in the marks of any country.

Texts are read in both conventions for marks ("1,234.56" and "1.234,56", also "1'234.56" and blanks). Most texts show
by themselves which is meant; "1,234" and "1.234" do not, and then the column decides, or else the home convention.
"""

import copy
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple, Self

from models.fields.kind import Cell, ColumnRead, Kind, Notes, warning
from models.fields.problem import BadValue

LONGEST = 30
"""Digits that a number may have, on each side of its point."""

_SHAPE = re.compile(r"([+-]?)([0-9][0-9.,' ]*|[.,][0-9]+)(-?)")
_GROUPS = {
    mark: re.compile(rf"[0-9]{{1,3}}(?:{re.escape(mark)}[0-9]{{2,3}})*{re.escape(mark)}[0-9]{{3}}") for mark in ".,' "
}
MARKS = str.maketrans({"’": "'", "‘": "'", "´": "'", "`": "'", "−": "-", "–": "-", "‐": "-", "‑": "-", "\t": " "})
"""Look-alikes of the apostrophe and the minus sign, as people and programs write them."""

#: A last mark that has not three digits behind it is the decimal one; this tells so at once.
_PLAINLY = re.compile(r"[^0-9.,']{0,4}[0-9][0-9.,']*([.,])(?:[0-9]{1,2}|[0-9]{4,})[^0-9.,']{0,4}")


class _Read(NamedTuple):
    plain: str
    """Digits with a point, as Decimal reads them."""
    unsure: bool
    """The mark could be either one."""
    evidence: str
    """The mark that is the decimal one beyond doubt, or empty."""


def _split(body: str, home: str) -> tuple[str, bool, str] | None:
    """Digits and marks without sign -> (plain, unsure, evidence); None if it is no number."""
    dots, commas = body.count("."), body.count(",")
    other = "," if home == "." else "."
    if dots and commas:
        point = "." if body.rfind(".") > body.rfind(",") else ","
        evidence, unsure = point, False
    elif dots + commas > 1:
        point, unsure = ("," if dots else "."), False  # thousands only: the other mark is the decimal one
        evidence = point
    elif dots + commas == 0:
        point, evidence, unsure = home, "", False
    else:
        mark = "." if dots else ","
        head, tail = body.split(mark)
        grouped = " " in head or "'" in head
        if len(tail) == 3 and not grouped and 1 <= len(head) <= 3 and head.strip("0"):
            point, evidence, unsure = home, "", True
        else:
            point, evidence, unsure = mark, mark if tail else "", False
    whole, found, tail = body.partition(point)
    if found and (point in tail or not tail.isdigit()) and tail:
        return None
    thousands = "," if point == "." else "."
    if not whole.isdigit() and whole:
        marks = {mark for mark in (thousands, "'", " ") if mark in whole}
        if len(marks) != 1 or not _GROUPS[marks.pop()].fullmatch(whole):
            return None
        whole = re.sub(r"[.,' ]", "", whole)
    return f"{whole or '0'}.{tail}" if tail else whole or "0", unsure and other != home, evidence


def read_number(text: str, home: str = ".") -> _Read | None:
    """What number a text says; None if it says none. `home` is the decimal mark where the text leaves it open."""
    shape = _SHAPE.fullmatch(text)
    if shape is None or len(text) > 2 * LONGEST:
        return None
    sign, body, after = shape.groups()
    if sign and after:
        return None
    if body.isdigit():
        split: tuple[str, bool, str] | None = (body, False, "")
    else:
        split = _split(body.strip(), home)
    if split is None:
        return None
    plain, unsure, evidence = split
    return _Read(("-" if "-" in (sign, after) else "") + plain, unsure, evidence)


def plain(number: Decimal) -> str:
    """Digits without exponent, trailing zeros, or a sign on nothing."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


class Numeric(Kind):
    """What the kinds of number share: reading either convention, and letting the column decide."""

    right = True

    def __init__(self) -> None:
        self.home = "."
        """The decimal mark where a text leaves it open."""
        self.decided = True
        """Whether the column shows that `home` is its mark; false when its texts contradict each other."""
        self.evidence: dict[str, str] = {}
        self.read_so = ""

    def _strip(self, text: str) -> str:
        """The text without unit or currency, for the column's evidence."""
        return text

    def for_column(self, cells: Iterable[Cell]) -> Self:
        """The kind with the decimal mark that the column's texts show."""
        seen = {".": 0, ",": 0}
        example = {".": "", ",": ""}
        for cell in cells:
            if not isinstance(cell, str) or not ("," in cell or "." in cell):
                continue
            mark = ""
            if found := _PLAINLY.fullmatch(cell):
                mark = found[1]
            elif len(cell) <= 2 * LONGEST:
                read = read_number(self._strip(cell.translate(MARKS).strip()))
                mark = read.evidence if read else ""
            if mark:
                seen[mark] += 1
                example[mark] = example[mark] or cell.strip()
        if not any(seen.values()):
            return self
        column = copy.copy(self)
        if seen[","] != seen["."]:
            column.home = "," if seen[","] > seen["."] else "."
        column.decided = not (seen[","] and seen["."])
        other = "." if column.home == "," else ","
        column.read_so = "decided" if column.decided else "mixed"
        column.evidence = {
            "for": str(seen[column.home]),
            "against": str(seen[other]),
            "example": example[column.home],
        }
        return column

    def beside(self, others: Mapping[str, Kind]) -> Self:
        """The kind with the decimal mark of the sheet's other columns, where its own shows none and they agree."""
        shown = {
            heading: other.home
            for heading, other in others.items()
            if isinstance(other, Numeric) and other.read_so in ("decided", "said")
        }
        if self.read_so or len(set(shown.values())) != 1:
            return self
        column = copy.copy(self)
        heading, column.home = next(iter(shown.items()))
        column.read_so, column.evidence = "beside", {"heading": heading, "for": "0"}
        return column

    def read_as(self, said: str) -> Self:
        """The kind with the decimal mark "." or ",", whatever its column shows."""
        if said not in (".", ","):
            return self
        column = copy.copy(self)
        column.home, column.decided, column.read_so = said, True, "said"
        return column

    def column_read(self) -> ColumnRead | None:
        """reading.decimal-decided, -mixed, -beside, -said: where the mark is not the usual point, or cells differ."""
        if not self.read_so or (self.read_so in ("decided", "beside") and self.home == "."):
            return None
        return ColumnRead(
            f"reading.decimal-{self.read_so}", self.home, (".", ","), {"mark": self.home, **self.evidence}
        )

    def _read(self, text: str, notes: Notes, whole_text: str) -> Decimal:
        """The number in a text without unit. Raises BadValue "number.not-a-number", "number.out-of-range"."""
        read = read_number(text, self.home)
        if read is None:
            raise BadValue("number.not-a-number", whole_text)
        if read.unsure and not self.decided:
            notes.append(warning("number.ambiguous", whole_text, read=read.plain))
        return bounded(read.plain, whole_text)

    def value(self, canonical: str) -> Decimal | int:
        """Decimal."""
        return Decimal(canonical)

    def cell(self, canonical: str) -> Cell:
        """A number if a spreadsheet holds it without loss (15 digits), else text."""
        return number_cell(canonical)

    def match(self, canonical: str) -> str:
        """The canonical form."""
        return canonical


def bounded(plain_digits: str, shown: str) -> Decimal:
    """The number, if it is neither huge nor minute. Raises BadValue "number.out-of-range" about what was `shown`."""
    number = Decimal(plain_digits)
    if number and not -LONGEST <= number.adjusted() <= LONGEST:
        raise BadValue("number.out-of-range", shown)
    return number


def number_cell(canonical: str) -> float | str:
    """A number if a spreadsheet holds it without loss, else the text."""
    number = Decimal(canonical)
    # Excel keeps 15 significant digits; from 1e15 on it has lost some, and so does our own reading.
    if len(number.as_tuple().digits) > 15 or (number and not -15 <= number.adjusted() < 15):
        return canonical
    return float(number)
