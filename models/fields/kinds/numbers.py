"""Numbers: counts, measures, percentages, sums of money.

Texts are read in both conventions for marks ("1,234.56" and "1.234,56", also "1'234.56" and blanks). Most texts show
by themselves which is meant; "1,234" and "1.234" do not, and then the column decides, or else the home convention.
"""

import copy
import re
from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Decimal
from typing import NamedTuple, Self

from models.fields.kind import Cell, Kind, Notes, one_line, refuse_destroyed, warning
from models.fields.problem import BadValue

_LONGEST = 30
"""Digits that a number may have, on each side of its point."""

_SHAPE = re.compile(r"([+-]?)([0-9][0-9.,' ]*|[.,][0-9]+)(-?)")
_GROUPS = {
    mark: re.compile(rf"[0-9]{{1,3}}(?:{re.escape(mark)}[0-9]{{2,3}})*{re.escape(mark)}[0-9]{{3}}") for mark in ".,' "
}
_POWER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)E[+-]?[0-9]{1,3}", re.IGNORECASE)
_MARKS = str.maketrans({"’": "'", "‘": "'", "´": "'", "`": "'", "−": "-", "–": "-", "‐": "-", "‑": "-", "\t": " "})


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
    if shape is None or len(text) > 2 * _LONGEST:
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


class _Numeric(Kind):
    """What the kinds of number share: reading either convention, and letting the column decide."""

    right = True

    def __init__(self) -> None:
        self.home = "."
        """The decimal mark where a text leaves it open."""
        self.decided = True
        """Whether the column shows that `home` is its mark; false when its texts contradict each other."""

    def _strip(self, text: str) -> str:
        """The text without unit or currency, for the column's evidence."""
        return text

    def for_column(self, cells: Iterable[Cell]) -> Self:
        """The kind with the decimal mark that the column's texts show."""
        seen = {".": 0, ",": 0}
        for cell in cells:
            if not isinstance(cell, str) or not ("," in cell or "." in cell):
                continue
            if found := _PLAINLY.fullmatch(cell):
                seen[found[1]] += 1
            elif len(cell) <= 2 * _LONGEST:
                read = read_number(self._strip(cell.translate(_MARKS).strip()))
                if read and read.evidence:
                    seen[read.evidence] += 1
        if not any(seen.values()):
            return self
        column = copy.copy(self)
        if seen[","] != seen["."]:
            column.home = "," if seen[","] > seen["."] else "."
        column.decided = not (seen[","] and seen["."])
        return column

    def _read(self, text: str, notes: Notes, whole_text: str) -> Decimal:
        """The number in a text without unit. Raises BadValue "number.not-a-number", "number.out-of-range"."""
        read = read_number(text, self.home)
        if read is None:
            raise BadValue("number.not-a-number", whole_text)
        if read.unsure and not self.decided:
            notes.append(warning("number.ambiguous", whole_text, read=read.plain))
        return _bounded(read.plain, whole_text)

    def value(self, canonical: str) -> Decimal | int:
        """Decimal."""
        return Decimal(canonical)

    def cell(self, canonical: str) -> Cell:
        """A number if a spreadsheet holds it without loss (15 digits), else text."""
        return _float(canonical)

    def match(self, canonical: str) -> str:
        """The canonical form."""
        return canonical


def _bounded(plain_digits: str, shown: str) -> Decimal:
    number = Decimal(plain_digits)
    if number and not -_LONGEST <= number.adjusted() <= _LONGEST:
        raise BadValue("number.out-of-range", shown)
    return number


def _float(canonical: str) -> float | str:
    number = Decimal(canonical)
    # Excel keeps 15 significant digits; from 1e15 on it has lost some, and so does our own reading.
    if len(number.as_tuple().digits) > 15 or (number and not -15 <= number.adjusted() < 15):
        return canonical
    return float(number)


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


class Whole(_Numeric):
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
            text = one_line(text).translate(_MARKS)
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


class Number(_Numeric):
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
            return plain(_bounded(text, text))
        return plain(self._read(text.translate(_MARKS), notes, text))


class Percent(Number):
    """A share in percent, 0 to 100. The number 0.8 is 0.8 %, whatever a cell may have meant; it is warned of."""

    name = "percent"

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
        if not 0 <= number <= 100:
            raise BadValue("percent.out-of-range", text)
        if not signed and 0 < number < 1:
            notes.append(warning("percent.fraction", text, read=f"{share}%"))
        return share

    def _strip(self, text: str) -> str:
        return text.rstrip("% ")

    def format(self, canonical: str) -> str:
        """With the sign."""
        return f"{canonical}%"


#: Signs of currencies. "$" and "¥" are several countries': the home currency's if it uses the sign.
_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₩": "KRW", "₱": "PHP", "₫": "VND", "₺": "TRY"}
_SIGNS |= {
    "US$": "USD",
    "C$": "CAD",
    "CA$": "CAD",
    "CAD$": "CAD",
    "A$": "AUD",
    "AU$": "AUD",
    "NZ$": "NZD",
    "MX$": "MXN",
    "R$": "BRL",
}
_SIGNS |= {"HK$": "HKD", "S$": "SGD", "FR": "CHF", "SFR": "CHF", "RP": "IDR", "KR": "SEK", "USD$": "USD"}
_SHARED = {"$": ("USD", "CAD", "AUD", "NZD", "MXN", "HKD", "SGD"), "¥": ("JPY", "CNY")}
_COMMON = """
AED ARS AUD BDT BGN BHD BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR ISK JPY KES KRW KWD KZT
LKR MAD MXN MYR NGN NOK NZD PEN PHP PKR PLN QAR RON RSD SAR SEK SGD THB TND TRY TWD UAH USD UYU VND ZAR
"""
_CODES = frozenset(_COMMON.split())
#: Word, digits, word. A point right behind a letter is the word's ("Fr.12" is no 12 hundredths).
_MONEY = re.compile(r"([^0-9']*?)((?:(?<![A-Za-z])[.,])?[0-9](?:[0-9.,' ]*[0-9])?[.,]?)([^0-9,']*)")
_DASHED = re.compile(r"[.,](?:-{1,2}|=)(?=\D*\Z)")
_USUAL = re.compile(r"(\$?)[1-9](?:[0-9]{0,11}|[0-9]{0,2}((?:,[0-9]{3}){1,3}))(?:\.([0-9]{1,2}))?")
_FINEST, _MOST = Decimal("0.0001"), Decimal(10) ** 15


class Money(_Numeric):
    """A sum of money: "1200.00" in the home currency, "1200.00 EUR" in another; 2 to 4 decimals."""

    name = "money"

    def __init__(self, currency: str = "USD") -> None:
        """`currency` is the home currency, by its ISO 4217 code."""
        super().__init__()
        self.currency = currency
        self._dollars = currency in _SHARED["$"]

    def parse(self, text: str, notes: Notes) -> str | None:
        """The sum, with its currency if that is not the home one.

        Raises BadValue "money.not-a-sum", "money.currency", "money.out-of-range", "cell.destroyed-number".
        """
        # The usual sums, read at once: 1200, 12.5, $1,234.50.
        if (found := _USUAL.fullmatch(text)) and (found[3] or not found[2]) and (not found[1] or self._dollars):
            cents = found[3] or ""
            return f"{text[len(found[1]) : found.start(3) - 1 if found[3] else None].replace(',', '')}.{cents:0<2}"
        text = one_line(text)
        if not text:
            return None
        refuse_destroyed(text)
        body, currency = self._parts(text)
        read = read_number(body, self.home)
        if read is None:
            raise BadValue("money.not-a-sum", text)
        if read.unsure and (not self.decided or (self.home in body and read.plain.count("."))):
            notes.append(warning("money.ambiguous", text, read=read.plain))
        amount = Decimal(read.plain)
        if abs(amount) >= _MOST:
            raise BadValue("money.out-of-range", text)
        exact = amount
        amount = amount.quantize(_FINEST, ROUND_HALF_EVEN)
        if amount != exact:
            notes.append(warning("money.rounded", text, read=_sum(amount)))
        return _sum(amount) if currency == self.currency else f"{_sum(amount)} {currency}"

    def _parts(self, text: str) -> tuple[str, str]:
        """The digits with sign and marks, and the currency's code."""
        body = text.translate(_MARKS)
        negative = body.startswith("(") and body.endswith(")")
        if negative:
            body = body[1:-1].strip()
        body = _DASHED.sub("", body)
        found = _MONEY.fullmatch(body)
        if found is None:
            raise BadValue("money.not-a-sum", text)
        digits = found[2].strip()
        first, before = _take_sign(found[1].strip())
        last, after = _take_sign(found[3].strip())
        if before.endswith("(") and after.startswith(")"):  # "$(12.50)"
            before, after, negative = before[:-1].strip(), after[1:].strip(), True
        signs = first + last + ("-" if negative else "")
        if len(signs) > 1:
            raise BadValue("money.not-a-sum", text)
        currencies = {self._currency(word, text) for word in (before, after) if word}
        if len(currencies) > 1:
            currencies = self._agreed(before, after, text)
        return signs + digits, currencies.pop() if currencies else self.currency

    def _agreed(self, before: str, after: str, text: str) -> set[str]:
        """Sign and code together ("$1,200 CAD"): the code decides if the sign is its own too."""
        for sign, code in ((before, after.upper()), (after, before.upper())):
            if code in _SHARED.get(sign, ()):
                return {code}
        raise BadValue("money.currency", text)

    def _currency(self, word: str, text: str) -> str:
        word = word.upper().removesuffix(".")
        if word in _CODES or word == self.currency:
            return word
        if self.currency in _SHARED.get(word, ()):
            return self.currency
        if word in _SIGNS:
            return _SIGNS[word]
        raise BadValue("money.currency" if word.isalpha() and len(word) == 3 else "money.not-a-sum", text)

    def _strip(self, text: str) -> str:
        try:
            return self._parts(text)[0]
        except BadValue:
            return ""

    def format(self, canonical: str) -> str:
        """With thousands marks, and the sign of the home currency or the code of another."""
        amount, _, currency = canonical.partition(" ")
        minus = "-" if amount.startswith("-") else ""
        shown = f"{abs(Decimal(amount)):,}"
        currency = currency or self.currency
        sign = next((sign for sign, code in _SIGNS.items() if code == self.currency and len(sign) == 1), "")
        if self._dollars:
            sign = "$"
        return f"{minus}{sign}{shown}" if sign and currency == self.currency else f"{minus}{shown} {currency}"

    def value(self, canonical: str) -> Decimal:
        """The sum, in whatever currency it is; see `currency_of`."""
        return Decimal(canonical.partition(" ")[0])

    def currency_of(self, canonical: str) -> str:
        """The code of the currency that a sum is in."""
        return canonical.partition(" ")[2] or self.currency

    def cell(self, canonical: str) -> Cell:
        """A number in the home currency if lossless, else text with the currency."""
        return canonical if " " in canonical else _float(canonical)

    def describe(self) -> dict[str, object]:
        """The home currency."""
        return {"name": self.name, "currency": self.currency}


def _take_sign(word: str) -> tuple[str, str]:
    """A sign at either end of a currency's word, and the word without it."""
    if word[:1] in ("+", "-"):
        return word[0], word[1:].strip()
    if word[-1:] in ("+", "-"):
        return word[-1], word[:-1].strip()
    return "", word


def _sum(amount: Decimal) -> str:
    """At least 2 decimals, at most 4, no sign on nothing."""
    digits = plain(amount)
    missing = 2 - len(digits.partition(".")[2])
    return digits if missing <= 0 else digits + ("." if "." not in digits else "") + "0" * missing
