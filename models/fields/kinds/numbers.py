"""Numbers: counts, measures, percentages."""

import copy
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Self

from models.fields.kind import Cell, ColumnRead, Notes, one_line, refuse_destroyed, warning
from models.fields.kinds.decimals import MARKS, Numeric, bounded, plain
from models.fields.problem import BadValue

_POWER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)E[+-]?[0-9]{1,3}", re.IGNORECASE)
#: Units of one quantity: how many of the first make one of the other.
_FACTORS = {
    ("gb", "tb"): Decimal(1024),
    ("gb", "mb"): Decimal(1) / 1024,
    ("mb", "gb"): Decimal(1024),
    ("tb", "gb"): Decimal(1) / 1024,
    ("months", "years"): Decimal(12),
}
_UNIT = re.compile(r"(.*?[0-9.,])\s*([A-Za-z%\"]+)\.?")
_UNIT_FORMS = {
    "month": "months",
    "mo": "months",
    "mos": "months",
    "year": "years",
    "yr": "years",
    "yrs": "years",
    "gib": "gb",
    "tib": "tb",
    "mib": "mb",
    "g": "gb",
    "gbytes": "gb",
}


class Whole(Numeric):
    """A whole number: a count, or a measure in whole units. An INTEGER column."""

    name = "whole"
    whole = True

    def __init__(self, *, min: int | None = 0, max: int | None = None, unit: str = "") -> None:  # noqa: A002 (the words that the schema uses)
        """Bounds, both included; `unit` is what it counts ("GB", "months") and may be typed with it."""
        super().__init__()
        self.least = -(2**63) if min is None else min
        self.most = 2**63 - 1 if max is None else max
        self.unit = unit
        self._unit = unit.casefold()

    def parse(self, text: str, notes: Notes) -> str | None:
        """Plain digits.

        Raises BadValue "number.not-a-number", "whole.fraction", "whole.unit", "whole.too-small", "whole.too-large".
        """
        if len(text) <= 15 and text.isascii() and text.isdigit():
            number = int(text)
        else:
            text = one_line(text).translate(MARKS)
            if not text:
                return None
            refuse_destroyed(text)
            number = self._whole(text, notes)
        if number < self.least:
            raise BadValue("whole.too-small", text, limit=str(self.least))
        if number > self.most:
            raise BadValue("whole.too-large", text, limit=str(self.most))
        return str(number)

    def _whole(self, text: str, notes: Notes) -> int:
        body, factor = text, Decimal(1)
        if self._unit and (found := _UNIT.fullmatch(text)):
            body, unit = found[1], _UNIT_FORMS.get(found[2].casefold(), found[2].casefold())
            if unit != self._unit:
                factor = _FACTORS.get((self._unit, unit), Decimal(0))
                if not factor:
                    raise BadValue("whole.unit", text, unit=self.unit)
        number = self._read(body, notes, text) * factor
        if number != number.to_integral_value():
            raise BadValue("whole.fraction", text)
        if factor != 1 and self._unit != "months":
            notes.append(warning("whole.converted", text, read=f"{plain(number)} {self.unit}"))
        return int(number)

    def _strip(self, text: str) -> str:
        found = _UNIT.fullmatch(text)
        return found[1] if self._unit and found else text

    def format(self, canonical: str) -> str:
        """The digits with their unit."""
        return f"{canonical} {self.unit}" if self.unit else canonical

    def value(self, canonical: str) -> int:
        """An int."""
        return int(canonical)

    def cell(self, canonical: str) -> Cell:
        """A number of up to 15 digits, else text."""
        return int(canonical) if len(canonical) <= 15 else canonical

    def describe(self) -> dict[str, object]:
        """Bounds and unit."""
        bounds = {"min": self.least, "max": self.most}
        kept = {word: limit for word, limit in bounds.items() if abs(limit) < 2**63 - 1}
        return {"name": self.name, **kept} | ({"unit": self.unit} if self.unit else {})


_USUAL_NUMBER = re.compile(r"-?[1-9][0-9]{0,14}(?:\.[0-9]{0,14}[1-9])?|-?0\.[0-9]{0,14}[1-9]|0")


class Number(Numeric):
    """A decimal number; exact, never a binary fraction."""

    name = "number"

    def parse(self, text: str, notes: Notes) -> str | None:
        """Digits without exponent or trailing zeros. Raises BadValue "number.not-a-number", "number.out-of-range"."""
        if self.home == "." and self.decided and _USUAL_NUMBER.fullmatch(text):
            return text
        text = one_line(text)
        if not text:
            return None
        if _POWER.fullmatch(text) and not text.isdigit():
            return plain(bounded(text, text))
        return plain(self._read(text.translate(MARKS), notes, text))


class Percent(Number):
    """A share in percent, 0 to 100.

    Spreadsheets keep 25 % as 0.25. A column without signs whose numbers all lie between 0 and 1 is read so, and told;
    else, and in a single text, 0.8 is 0.8 %, and warned of.
    """

    name = "percent"

    def __init__(self) -> None:
        super().__init__()
        self.fractions = False
        """Whether numbers without a sign are hundredths: 0.25 is 25 %."""
        self.shares = ""
        """How that came: "decided" by the column, "said" by somebody, or empty."""

    def parse(self, text: str, notes: Notes) -> str | None:
        """The number before the sign. Also raises BadValue "percent.out-of-range"."""
        text = one_line(text)
        signed = text.endswith("%")
        share = super().parse(text[:-1] if signed else text, notes)
        if share is None:
            if signed:
                raise BadValue("number.not-a-number", text)
            return None
        number = Decimal(share)
        if self.fractions and not signed:
            number *= 100
            share = plain(number)
        if not 0 <= number <= 100:
            raise BadValue("percent.out-of-range", text)
        if not signed and not self.shares and 0 < number < 1:
            notes.append(warning("percent.fraction", text, read=f"{share}%"))
        return share

    def for_column(self, cells: Iterable[Cell]) -> Self:
        """The kind with the decimal mark that the texts show, and whether the numbers are fractions of 1."""
        held = list(cells)
        column = super().for_column(held)
        numbers = [number for cell in held if (number := _share(cell)) is not None]
        if not any(numbers) or len(numbers) < len(held):
            return column
        column = copy.copy(column)
        column.fractions = all(0 <= number <= 1 for number in numbers)
        if column.fractions:
            column.shares = "decided"
            column.evidence = {"least": f"{min(numbers):g}", "most": f"{max(numbers):g}"}
        return column

    def read_as(self, said: str) -> Self:
        """The kind with numbers as "fraction" (0.25 is 25 %) or "percent" (0.25 is 0.25 %), or a decimal mark."""
        if said not in _SHARES:
            return super().read_as(said)
        column = copy.copy(self)
        column.fractions, column.shares = said == "fraction", "said"
        return column

    def column_read(self) -> ColumnRead | None:
        """reading.percent-decided or -said: where numbers between 0 and 1 had to be understood."""
        if not self.shares:
            return super().column_read()
        chosen = "fraction" if self.fractions else "percent"
        return ColumnRead(f"reading.percent-{self.shares}", chosen, _SHARES, {"read": chosen, **self.evidence})

    def _strip(self, text: str) -> str:
        return text.rstrip("% ")

    def format(self, canonical: str) -> str:
        """With the sign."""
        return f"{canonical}%"

    def cell(self, canonical: str) -> Cell:
        """Text with the sign: as a number, 0.5 would be 50 % to some programs and half a percent to others."""
        return self.format(canonical)


_SHARES = ("fraction", "percent")


def _share(cell: Cell) -> float | None:
    """The number of a cell that has no sign."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, (int, float)):
        return float(cell)
    return float(cell) if isinstance(cell, str) and _USUAL_NUMBER.fullmatch(cell.strip()) else None
