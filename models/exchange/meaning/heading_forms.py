"""Headings as people and programs write them, in forms that can be compared: "Serial No.:" is "serial number"."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from models.query.parse import squeeze

#: Short words and the long ones that they stand for, and words that mean the same in a heading.
_LONG = {
    "no": "number",
    "num": "number",
    "nbr": "number",
    "nr": "number",
    "numbers": "number",
    "mfg": "manufacturer",
    "mfr": "manufacturer",
    "manuf": "manufacturer",
    "manufacturers": "manufacturer",
    "dept": "department",
    "departments": "department",
    "desc": "description",
    "descr": "description",
    "loc": "location",
    "locations": "location",
    "qty": "quantity",
    "amt": "amount",
    "bldg": "building",
    "cond": "condition",
    "emp": "employee",
    "rm": "room",
    "acct": "account",
    "addr": "address",
    "cat": "category",
    "categories": "category",
    "dt": "date",
    "exp": "expiration",
    "expiry": "expiration",
    "expires": "expiration",
    "info": "information",
    "lic": "license",
    "licence": "license",
    "mgr": "manager",
    "models": "model",
    "mgmt": "management",
    "org": "organization",
    "orig": "original",
    "purch": "purchase",
    "pur": "purchase",
    "acq": "acquisition",
    "pct": "percent",
    "ser": "serial",
    "sys": "system",
    "sw": "software",
    "hw": "hardware",
    "fw": "firmware",
    "types": "type",
    "vendors": "vendor",
    "suppliers": "supplier",
    "ver": "version",
    "wty": "warranty",
    "warr": "warranty",
    "color": "colour",
    "centre": "center",
}
#: The same for what is written with marks.
_SLASHED = (
    (re.compile(r"\bs[/.]n\b\.?", re.IGNORECASE), " serial number "),
    (re.compile(r"\bp[/.]n\b\.?", re.IGNORECASE), " part number "),
    (re.compile(r"\bp\.?o\.(?!\w)", re.IGNORECASE), " po "),
    (re.compile(r"\bo[/.]s\b\.?", re.IGNORECASE), " os "),
    (re.compile(r"#"), " number "),
)
#: Words that change nothing: "the serial number of the asset".
_IDLE = frozenset(("the", "a", "an", "of", "s"))
#: What brackets may hold without changing what a heading means. Units other than a field's own are not among it.
_HINT = re.compile(
    r"required|optional|mandatory|read ?only|upload ?only|if (any|known|applicable|available)|text|date|free text|"
    r"dec(imal)?|(mm|dd|m|d|yyyy|yy)([/. -](mm|dd|m|d|yyyy|yy))+|y/n|yes/no|usd|us\$|\$|e\.?g\.?.*|unique|"
    r"one per line|max.*|auto",
    re.IGNORECASE,
)
#: Units stay: "Warranty (months)" is not the day on which it ends.
_UNIT = re.compile(r"(in )?(gb|mb|tb|kb|bytes|months?|years?|days?|%)", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*[(\[{<]([^)\]}>]*)[)\]}>]")
#: What is longer is no heading of a field.
_LONGEST = 80
_AGAIN = re.compile(r" \(\d+\)$")
_WORD_ENDS = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[\W_]+")
#: Words before a heading that say of what it is, and may be left out before the words of `_OWN`.
_THINGS = "asset device equipment hardware computer item product machine pc unit radio phone camera printer tablet"
_OF_WHAT = frozenset(_THINGS.split())
#: What only one thing can be meant by, whatever the list is of.
_SURE = (
    "serial number; serial; manufacturer; make; brand; location; condition; cost; purchase date; purchase cost; "
    "purchase price; purchase order; warranty expiration; warranty end; warranty; vendor; supplier; imei; mac address; "
    "ip address; department; hostname; host name; operating system; os; os version; tag; category; status; notes; "
    "comments; assigned to; custodian"
)
_OWN = frozenset(map(squeeze, _SURE.split(";")))


@lru_cache(maxsize=2 * 16_384)
def exact_form(heading: str) -> str:
    """The heading squeezed, without the number that makes a second one of its name unique.

    A vendor # is no vendor: the sign stands for a word, where it is not alone.
    """
    plain = _AGAIN.sub("", heading)
    return squeeze(plain.replace("#", " number ") if squeeze(plain) else plain)


@lru_cache(maxsize=2 * 16_384)  # each column that a sheet can have is asked about for each kind of record
def loose_forms(heading: str) -> tuple[str, ...]:
    """Further forms under which a heading may be known, the nearest first; each means the same as the heading.

    Brackets with a hint go ("Cost ($)", "Email Address [Required]"), short words become long ones, "date of purchase"
    is "purchase date", accents and the word for the thing itself ("Device Manufacturer") go.
    """
    return tuple(_loose(heading)) if len(heading) <= _LONGEST else ()


def _loose(heading: str) -> Iterator[str]:
    text = _AGAIN.sub("", heading)
    for short, long in _SLASHED:
        text = short.sub(long, text)
    plain = _without_hints(text)
    if plain is None:
        return
    words = [_LONG.get(word, word) for word in _words(plain) if word not in _IDLE]
    if words[-2:] == ["number", "number"]:
        words.pop()
    if words == ["number"]:
        return  # "No." and "#" count the rows
    yield "".join(words)
    if len(words) > 1 and words[0] == "date":
        yield "".join((*words[1:], "date"))
    if len(words) > 1 and words[0] in _OF_WHAT and "".join(words[1:]) in _OWN:
        yield "".join(words[1:])


def _words(text: str) -> list[str]:
    folded = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    return [word for word in _WORD_ENDS.sub(" ", folded).casefold().split() if word]


def _without_hints(heading: str) -> str | None:
    """The heading without brackets that say nothing more; None where brackets say something else."""
    kept = ""
    for found in _BRACKETS.finditer(heading):
        inner = found[1].strip(" .:*")
        if _UNIT.fullmatch(inner):
            kept += f" {inner}"
        elif inner and not _HINT.fullmatch(inner):
            return None
    return _BRACKETS.sub(" ", heading) + kept
