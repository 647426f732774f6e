"""Rules for what vendors put before the number in a barcode, and other things that a scanner's owner may set.

A rule says what a code looks like and what of it names a record. It never replaces what was scanned: what is left is
one more reading to look up. Patterns are plain data (a prefix, a length, a set of characters): no rule can hang a scan.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from pathlib import Path

from models.fields.problem import UsageError
from models.settings import Settings

_SHIPPED = Path(__file__).resolve().parents[2] / "resources" / "scanning" / "rules.json"
_KEY = "scan_rules"
_PREFIX_LIMIT = 16
LONGEST = 200
"""The most characters that a rule looks at after its prefix; no tag, serial or part number is longer."""


class Means(StrEnum):
    """What is left of a code when its prefix is gone."""

    SERIAL = "serial"
    PART = "part"
    """A model's or part's number."""
    OTHER = "other"
    """Any identity: it is looked up like a whole code."""
    NOTHING = "nothing"
    """A count, a date, a country: never looked up."""


class Letters(StrEnum):
    """What may follow a rule's prefix."""

    DIGITS = "digits"
    HEX = "hex"
    """Digits and A to F, with the marks between the pairs of a MAC address."""
    PLAIN = "plain"
    """Letters and digits."""
    CODE = "code"
    """Letters, digits and - . / + _ # with blanks between."""
    ANY = "any"


_FURTHER = {Letters.HEX: ":-. ", Letters.CODE: "-./+_# ", Letters.PLAIN: "", Letters.DIGITS: ""}


@dataclass(frozen=True, slots=True)
class ScanRule:
    """One rule. A code fits when it begins with `prefix` (in any case) and `least` to `most` of `letters` follow.

    Of what follows the last `last` characters count, all of them where that is 0. `about` says where such a code is
    met.
    """

    name: str
    prefix: str
    means: Means
    least: int = 1
    most: int = 40
    letters: Letters = Letters.CODE
    last: int = 0
    on: bool = True
    about: str = ""

    def rest(self, text: str) -> str | None:
        """What the code means by this rule, None where it does not fit. Asks nothing about `on`."""
        if not text.upper().startswith(self.prefix.upper()):
            return None
        rest = text[len(self.prefix) :].strip()
        if not self.least <= len(rest) <= min(self.most, LONGEST) or not self._allowed(rest):
            return None
        return rest[-self.last :] if self.last else rest

    def _allowed(self, rest: str) -> bool:
        if self.letters is Letters.ANY:
            return rest.isprintable()
        bare = "".join(character for character in rest if character not in _FURTHER[self.letters])
        if not (bare.isascii() and bare.isalnum()):
            return False
        if self.letters is Letters.DIGITS:
            return bare.isdigit()
        return self.letters is not Letters.HEX or all(character in "0123456789abcdefABCDEF" for character in bare)


@dataclass(frozen=True, slots=True)
class ScanRules:
    """All that is set about reading codes.

    `stand_ins` are texts that scanners send for the separator FNC1 (GS, 0x1D) where they cannot send it.
    `company_prefix`: the city's own GS1 company prefix, in digits, empty where it has none.
    """

    rules: tuple[ScanRule, ...] = ()
    stand_ins: tuple[str, ...] = ()
    company_prefix: str = ""


@cache
def shipped_rules() -> ScanRules:
    """The rules that come with Muster."""
    data = json.loads(_SHIPPED.read_text("utf-8"))
    return ScanRules(tuple(map(rule_from, data["rules"])), tuple(data["stand_ins"]))


def scan_rules(settings: Settings) -> ScanRules:
    """The shipped rules with what was changed on this machine, then its own rules. What cannot be read is left out."""
    shipped = shipped_rules()
    kept = settings.get(_KEY)
    if not isinstance(kept, dict):
        return shipped
    changed: dict[str, ScanRule] = {}
    for data in kept.get("rules", ()) if isinstance(kept.get("rules"), list) else ():
        try:
            rule = rule_from(data)
        except UsageError:
            continue
        changed[rule.name] = rule
    own = tuple(rule for name, rule in changed.items() if name not in {each.name for each in shipped.rules})
    prefix = kept.get("company_prefix")
    return replace(
        shipped,
        rules=tuple(changed.get(each.name, each) for each in shipped.rules) + own,
        company_prefix=prefix if isinstance(prefix, str) and _is_company_prefix(prefix) else "",
    )


def keep_scan_rules(settings: Settings, rules: ScanRules) -> None:
    """Keep what differs from the shipped rules, which can be switched off and changed but stay.

    Raises UsageError as `check_rule` does, "scan-rule.twice" for two of one name, "scan-rule.company-prefix".
    """
    names = [rule.name for rule in rules.rules]
    for rule in rules.rules:
        check_rule(rule)
        if names.count(rule.name) > 1:
            raise UsageError("scan-rule.twice", rule.name)
    if not _is_company_prefix(rules.company_prefix):
        raise UsageError("scan-rule.company-prefix", rules.company_prefix)
    changed = [rule_data(rule) for rule in rules.rules if rule not in shipped_rules().rules]
    if changed or rules.company_prefix:
        settings[_KEY] = {"rules": changed, "company_prefix": rules.company_prefix}
    else:
        settings.pop(_KEY, None)


def check_rule(rule: ScanRule) -> None:
    """Raises UsageError "scan-rule.name", "scan-rule.prefix" or "scan-rule.length" for a rule that cannot be used."""
    if not rule.name.strip():
        raise UsageError("scan-rule.name")
    if not rule.prefix.strip() or len(rule.prefix) > _PREFIX_LIMIT or not rule.prefix.isprintable():
        raise UsageError("scan-rule.prefix", rule.prefix, limit=str(_PREFIX_LIMIT))
    if not 1 <= rule.least <= rule.most <= LONGEST or not 0 <= rule.last <= rule.most:
        raise UsageError("scan-rule.length", rule.name, limit=str(LONGEST))


def rule_from(data: Mapping[str, object]) -> ScanRule:
    """A rule from its JSON. Raises UsageError("scan-rule.unreadable") and what `check_rule` raises."""
    try:
        rule = ScanRule(
            name=str(data["name"]),
            prefix=str(data["prefix"]),
            means=Means(str(data["means"])),
            least=int(str(data.get("least", 1))),
            most=int(str(data.get("most", 40))),
            letters=Letters(str(data.get("letters", Letters.CODE))),
            last=int(str(data.get("last", 0))),
            on=data.get("on", True) is not False,
            about=str(data.get("about", "")),
        )
    except (KeyError, ValueError, TypeError, AttributeError):
        raise UsageError("scan-rule.unreadable", str(data)[:80]) from None
    check_rule(rule)
    return rule


def rule_data(rule: ScanRule) -> dict[str, object]:
    """The JSON of a rule."""
    return {
        "name": rule.name,
        "prefix": rule.prefix,
        "means": rule.means.value,
        "least": rule.least,
        "most": rule.most,
        "letters": rule.letters.value,
        "last": rule.last,
        "on": rule.on,
        "about": rule.about,
    }


def _is_company_prefix(text: str) -> bool:
    """GS1 gives 4 to 12 digits; none is fine too."""
    return not text or (text.isascii() and text.isdigit() and 4 <= len(text) <= 12)
