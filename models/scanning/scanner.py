"""How the scanner of this computer types: what it puts before and after a code, and how fast it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from models.fields.problem import UsageError
from models.settings import Settings

_KEY = "scanner"
SLOWEST, FASTEST = 300, 5
"""The largest and smallest gap that can be set, in milliseconds; people type 60 ms apart at their fastest."""
SHORTEST_CODES = 40
"""The largest number of characters below which nothing counts as a scan."""
_FIXED_LIMIT = 16


class End(StrEnum):
    """What comes after a code."""

    ANY = "any"
    """Enter, Tab or EOT."""
    ENTER = "enter"
    TAB = "tab"
    EOT = "eot"
    """The control character 0x04."""
    PAUSE = "pause"
    """Nothing: the code is over when the scanner pauses."""

    @property
    def texts(self) -> frozenset[str]:
        """The texts of the keys that end a code."""
        each = {End.ENTER: "\r\n", End.TAB: "\t", End.EOT: "\x04"}
        return frozenset("\r\n\t\x04" if self is End.ANY else each.get(self, ""))


@dataclass(frozen=True, slots=True)
class Scanner:
    """The settings of the scanner.

    `prefix` is what it types before each code and nobody types by hand; with one, nothing else counts. Without one a
    scan is told by its speed: no two characters are more than `gap` milliseconds apart, and there are `least` or more.
    `suffix` is what it types between the code and its `end`.
    """

    on: bool = True
    prefix: str = ""
    suffix: str = ""
    end: End = End.ANY
    gap: int = 35
    least: int = 4


def scanner_of(settings: Settings) -> Scanner:
    """The scanner as it was set or learnt on this computer; what cannot be read counts as not set."""
    kept = settings.get(_KEY)
    try:
        return _from(kept) if isinstance(kept, dict) else Scanner()
    except (UsageError, ValueError):
        return Scanner()


def keep_scanner(settings: Settings, scanner: Scanner) -> None:
    """Keep it. Raises what `check_scanner` raises."""
    check_scanner(scanner)
    settings[_KEY] = {
        "on": scanner.on,
        "prefix": scanner.prefix,
        "suffix": scanner.suffix,
        "end": scanner.end.value,
        "gap": scanner.gap,
        "least": scanner.least,
    }


def check_scanner(scanner: Scanner) -> None:
    """Raises UsageError "scanner.gap", "scanner.least", "scanner.fixed" (prefix or suffix too long)."""
    if not FASTEST <= scanner.gap <= SLOWEST:
        raise UsageError("scanner.gap", str(scanner.gap), least=str(FASTEST), most=str(SLOWEST))
    if not 1 <= scanner.least <= SHORTEST_CODES:
        raise UsageError("scanner.least", str(scanner.least), most=str(SHORTEST_CODES))
    for fixed in (scanner.prefix, scanner.suffix):
        if len(fixed) > _FIXED_LIMIT:
            raise UsageError("scanner.fixed", fixed, limit=str(_FIXED_LIMIT))


def _from(kept: Mapping[str, object]) -> Scanner:
    usual = Scanner()
    made = Scanner(
        on=kept.get("on", True) is not False,
        prefix=str(kept.get("prefix", "")),
        suffix=str(kept.get("suffix", "")),
        end=End(str(kept.get("end", usual.end))),
        gap=int(str(kept.get("gap", usual.gap))),
        least=int(str(kept.get("least", usual.least))),
    )
    check_scanner(made)
    return made


_NAMES = {
    1: "SOH", 2: "STX", 3: "ETX", 4: "EOT", 5: "ENQ", 6: "ACK", 7: "BEL", 8: "BS", 9: "TAB", 10: "LF", 11: "VT",
    12: "FF", 13: "CR", 14: "SO", 15: "SI", 27: "ESC", 28: "FS", 29: "GS", 30: "RS", 31: "US",
}  # fmt: skip
"""The control characters by their names (ISO/IEC 646)."""


def shown(text: str) -> str:
    """A text with its control characters by their names: "<STX>"."""
    return "".join(f"<{_NAMES[ord(each)]}>" if ord(each) in _NAMES else each for each in text)


def unshown(text: str) -> str:
    """The text that `shown` made, as it was."""
    for number, name in _NAMES.items():
        text = text.replace(f"<{name}>", chr(number))
    return text
