"""Sums of money."""

import re
from decimal import ROUND_HALF_EVEN, Decimal

from models.fields.kind import Cell, Notes, one_line, refuse_destroyed, warning
from models.fields.kinds.decimals import MARKS, Numeric, number_cell, plain, read_number
from models.fields.problem import BadValue

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


class Money(Numeric):
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
        body = text.translate(MARKS)
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
        return canonical if " " in canonical else number_cell(canonical)

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
