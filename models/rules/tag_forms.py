"""How a scheme's tags are written and read: prefix, digits of a fixed width, check characters by ISO/IEC 7064.

The check characters cover the digits and, where the system's alphabet has letters, those of the prefix. MOD 11-2,
MOD 37-2 and MOD 97-10 are the pure systems: they notice each single mistyped character and each swap of neighbours.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from stdnum.iso7064 import mod_11_2, mod_11_10, mod_37_2, mod_37_36, mod_97_10

from models.fields.problem import Problem, UsageError

_DIGITS = "0123456789"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#: Digits of the numbers of a scheme that names no width: SQLite's INTEGER holds 18 whole.
MOST_DIGITS = 18


@dataclass(frozen=True, slots=True)
class CheckSystem:
    """One system of ISO/IEC 7064: how many characters it adds, which it covers, which it may add."""

    length: int
    covers: str
    adds: str
    of: Callable[[str], str]


CHECK_SYSTEMS: dict[str, CheckSystem] = {
    "mod_11_2": CheckSystem(1, _DIGITS, f"{_DIGITS}X", mod_11_2.calc_check_digit),
    "mod_37_2": CheckSystem(1, _DIGITS + _LETTERS, f"{_DIGITS}{_LETTERS}*", mod_37_2.calc_check_digit),
    # Over digits only: where it takes letters as two digits each, some swaps of a letter and a digit pass.
    "mod_97_10": CheckSystem(2, _DIGITS, _DIGITS, mod_97_10.calc_check_digits),
    "mod_11_10": CheckSystem(1, _DIGITS, _DIGITS, mod_11_10.calc_check_digit),
    "mod_37_36": CheckSystem(1, _DIGITS + _LETTERS, _DIGITS + _LETTERS, mod_37_36.calc_check_digit),
}
"""By the word of the field `check_character`; "none" has no system."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """A tag scheme. `width` is the number of digits, 0 for as many as the number has; `id` is that of its record.

    `record` is the kind of asset and `department` the id of the department that it is for, empty for all.
    """

    id: str
    name: str
    prefix: str = ""
    width: int = 0
    check: str = "none"
    first: int = 1
    record: str = ""
    department: str = ""

    @property
    def system(self) -> CheckSystem | None:
        """The system of its check characters."""
        return CHECK_SYSTEMS.get(self.check)

    @property
    def last(self) -> int:
        """The highest number that it has digits for."""
        return int(10 ** (self.width or MOST_DIGITS)) - 1

    @property
    def length(self) -> int:
        """How long its tags are, 0 where that differs."""
        return len(self.prefix) + self.width + (self.system.length if self.system else 0) if self.width else 0


def write_tag(scheme: Scheme, number: int) -> str:
    """The tag of a number. Raises UsageError("tag.scheme-full") for one that the scheme has too few digits for."""
    if not 0 <= number <= scheme.last:
        raise UsageError("tag.scheme-full", scheme.name, last=f"{scheme.last:,}")
    digits = f"{number:0{scheme.width}d}"
    return f"{scheme.prefix}{digits}{_check(scheme, digits)}"


def tag_or_number(scheme: Scheme, number: int) -> str:
    """The tag of a number, to show it; the bare number where the scheme has no tag for it (it was changed since)."""
    return write_tag(scheme, number) if 0 <= number <= scheme.last else str(number)


def read_tag(scheme: Scheme, tag: str) -> int | Problem:
    """The number of a tag, in any case of its letters; else what is wrong with it.

    Problem "tag.not-of-scheme": another prefix, another length, a letter among the digits. "tag.check-character":
    what the check character says is not so; `near` has tags that it may be, those first that swap or mistype little.
    """
    text = tag.strip()
    system = scheme.system
    body, check = (text[: -system.length], text[-system.length :].upper()) if system else (text, "")
    head, digits = body[: len(scheme.prefix)], body[len(scheme.prefix) :]
    wrong = head.casefold() != scheme.prefix.casefold() or not (digits.isascii() and digits.isdigit())
    if wrong or not (len(digits) == scheme.width if scheme.width else len(digits) <= MOST_DIGITS):
        return Problem("tag.not-of-scheme", tag, details={"scheme": scheme.name, "example": _example(scheme)})
    if not scheme.width and digits != str(int(digits)):
        return Problem("tag.not-of-scheme", tag, details={"scheme": scheme.name, "example": _example(scheme)})
    if check != _check(scheme, digits):
        near = ", ".join(list(dict.fromkeys(near_tags(scheme, digits, check)))[:3])
        return Problem("tag.check-character", tag, details={"scheme": scheme.name, "near": near})
    return int(digits)


def near_tags(scheme: Scheme, digits: str, check: str) -> Iterator[str]:
    """Tags of the scheme that these digits and check character may have been, the likeliest first.

    Two digits swapped, the check character itself mistyped, then one digit mistyped.
    """
    swapped = (digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :] for at in range(len(digits) - 1))
    mistyped = (digits[:at] + sign + digits[at + 1 :] for at in range(len(digits)) for sign in _DIGITS)
    for found in swapped:
        if _check(scheme, found) == check:
            yield f"{scheme.prefix}{found}{check}"
    yield f"{scheme.prefix}{digits}{_check(scheme, digits)}"
    for found in mistyped:
        if _check(scheme, found) == check:
            yield f"{scheme.prefix}{found}{check}"


def looks_like(scheme: Scheme, tag: str) -> bool:
    """Whether a text has the outer form of the scheme's tags, so that a wrong check character in it is worth a word."""
    text = tag.strip()
    if scheme.system is None or not text.casefold().startswith(scheme.prefix.casefold()):
        return False
    rest = text[len(scheme.prefix) :]
    if not rest.isascii() or (scheme.length and len(text) != scheme.length):
        return False
    return bool(scheme.prefix) or rest[: -scheme.system.length].isdigit()


def _check(scheme: Scheme, digits: str) -> str:
    system = scheme.system
    if system is None:
        return ""
    return system.of("".join(sign for sign in scheme.prefix.upper() if sign in system.covers) + digits)


def _example(scheme: Scheme) -> str:
    return write_tag(scheme, min(scheme.first, scheme.last))
