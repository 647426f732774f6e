"""The codes on a device's box go into the fields that they are for: IMEI, EID, SIM, MAC, serial number, tag.

What a number is shows in itself where it has a check digit or a form of its own; the field kinds say whether it does.
What could be anything goes to the field that the person is in, else to the serial number, last of all.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from models.fields.field import Field
from models.fields.kind import Notes, clean
from models.fields.kinds import Choice, Day, Eid, Iccid, Imei, LongText, Mac, Meid, Moment, Money, YesNo
from models.fields.problem import BadValue, Problem
from models.scanning.answer import Outcome
from models.scanning.reading import by_rules, read_scan
from models.scanning.rules import Means, ScanRules

_APART = re.compile(r"[\t\r\n\x1c-\x1f;|,]+")
"""What stands between the codes that some scanners send as one. It is in none of them."""
_LABEL = re.compile(r"(IMEI|EID|ICCID|MEID|MAC|S/?N|SERIAL)[ A-Z]{0,10}[12]?[ ]{0,2}[:=#][ ]{0,2}", re.IGNORECASE)
_MOST = 20
"""No box has more codes."""
_OWN_FORM = (Eid, Iccid, Imei, Meid, Mac)
"""The kinds whose values show what they are, the surest first."""
_LAST_RESORT = ("serial", "tag", "other_barcode")


class Sorted(NamedTuple):
    """What became of one code: the field that takes its canonical value, or "" where none does.

    `problem` says so to the person, `outcome` is what sort of answer that is.
    """

    text: str
    key: str
    value: str
    outcome: Outcome
    problem: Problem


def _never(_text: str) -> bool:
    return False


def sort_codes(
    raw: str,
    fields: Sequence[Field],
    values: Mapping[str, str | None],
    rules: ScanRules,
    *,
    at: str = "",
    is_tag: Callable[[str], bool] = _never,
) -> list[Sorted]:
    """Sort what was scanned, one code or several in one, into the fields of a record.

    `values` are the canonical values that the record has so far, `at` is the key of the field that the person is in,
    `is_tag` tells a tag of one of the city's schemes. What has a value keeps it: a second IMEI goes into the second
    field, and a code for which there is no room is told. A command or an empty scan gives nothing.
    """
    scan = read_scan(raw, rules)
    if scan.command is not None or not scan.text:
        return []
    parts = [element.value for element in scan.elements if element.ai in ("21", "8004")]
    if not parts:
        body = raw.removeprefix("]" + raw[1:3]) if scan.symbology else raw
        parts = [text for piece in _APART.split(body) if (text := clean(piece))][:_MOST]
    taken = dict(values)
    done = []
    for part in parts:
        found = _sort(part, fields, taken, rules, at, is_tag)
        if found.outcome is Outcome.OK:
            taken[found.key] = found.value
        done.append(found)
    return done


def _sort(
    part: str,
    fields: Sequence[Field],
    values: Mapping[str, str | None],
    rules: ScanRules,
    at: str,
    is_tag: Callable[[str], bool],
) -> Sorted:
    labelled = _LABEL.match(part)
    bare = part[labelled.end() :] if labelled else next(by_rules(part, rules, Means.OTHER), part)
    for kind in _OWN_FORM:
        # The plain field before the more particular one: MAC address before Wi-Fi MAC, IMEI before IMEI 2.
        inside = sorted((field for field in fields if isinstance(field.kind, kind)), key=lambda field: len(field.key))
        if inside and (value := _shows_itself(inside[0], bare)):
            return _into(part, inside, value, values)
    if wrong := _misread(fields, bare):
        return Sorted(part, "", "", Outcome.WRONG, wrong)
    serial = bare if labelled else next(by_rules(part, rules, Means.SERIAL), "")
    if not serial and (any(by_rules(part, rules, Means.PART, Means.NOTHING)) or _is_trade_number(bare)):
        return Sorted(part, "", "", Outcome.WRONG, Problem("box.no-identity", part))
    if is_tag(bare):
        return _first_of(("tag",), part, bare, fields, values)
    if serial:
        found = _first_of(_LAST_RESORT, part, serial, fields, values)
        left_out = "" if labelled else part[: len(part) - len(serial)]
        return _told_without(found, left_out) if left_out and found.outcome is Outcome.OK else found
    return _first_of((at, *_LAST_RESORT), part, bare, fields, values)


def _shows_itself(field: Field, text: str) -> str:
    """The canonical value where the text can be nothing else than a value of the field's kind, else nothing."""
    notes: Notes = []
    try:
        value = field.kind.parse(text, notes)
    except BadValue:
        return ""
    if value is None:
        return ""
    kind = field.kind
    if isinstance(kind, Iccid):
        return value if value.startswith("89") and len(value) in (19, 20) else ""
    if isinstance(kind, Imei):
        return value if len(value) == 15 else ""
    if isinstance(kind, Meid):
        return value if len(text.strip()) == 14 and (text[0] in "ABCDEFabcdef" or text.startswith("99")) else ""
    if isinstance(kind, Mac):  # twelve digits alone are a trade number
        return value if not text.isdigit() else ""
    return value


def _misread(fields: Sequence[Field], text: str) -> Problem | None:
    """A number of the length of an IMEI or EID whose check digits do not fit."""
    for kind, length in ((Imei, 15), (Eid, 32)):
        field = next((field for field in fields if isinstance(field.kind, kind)), None)
        if field is not None and text.isascii() and text.isdigit() and len(text) == length:
            try:
                field.kind.parse(text, [])
            except BadValue as bad:
                return bad.problem
    return None


def _is_trade_number(text: str) -> bool:
    """A GTIN of 8, 12, 13 or 14 digits, as products carry it (EAN, UPC): the same on each box of its sort."""
    if not (text.isascii() and text.isdigit() and len(text) in (8, 12, 13, 14)):
        return False
    weighed = sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(reversed(text)))
    return weighed % 10 == 0


def _into(text: str, inside: Sequence[Field], value: str, values: Mapping[str, str | None]) -> Sorted:
    """Into the first of several fields of one sort that is empty."""
    for field in inside:
        if _same(field, values.get(field.key), value):
            return Sorted(text, field.key, value, Outcome.KNOWN, _told("box.same", field, value))
    for field in inside:
        if not values.get(field.key):
            return Sorted(text, field.key, value, Outcome.OK, _told("box.filled", field, value))
    return Sorted(text, inside[0].key, value, Outcome.WRONG, _told("box.full", inside[0], value))


def _first_of(
    keys: Sequence[str], text: str, value: str, fields: Sequence[Field], values: Mapping[str, str | None]
) -> Sorted:
    """Into the first of these fields that is empty and takes it."""
    known = {field.key: field for field in fields}
    full: Field | None = None
    for key in dict.fromkeys(keys):
        field = known.get(key)
        if field is None or isinstance(field.kind, (Choice, YesNo, Day, Moment, Money, LongText)):
            continue
        if isinstance(field.kind, _OWN_FORM):  # the person is in a field that wants another form
            continue
        canonical = _parsed(field, value)
        if canonical and _same(field, values.get(key), canonical):
            return Sorted(text, key, canonical, Outcome.KNOWN, _told("box.same", field, canonical))
        if canonical and not values.get(key):
            return Sorted(text, key, canonical, Outcome.OK, _told("box.filled", field, canonical))
        full = full or field
    if full is None:
        return Sorted(text, "", "", Outcome.WRONG, Problem("box.no-field", text))
    return Sorted(text, full.key, value, Outcome.WRONG, _told("box.full", full, value))


def _parsed(field: Field, text: str) -> str | None:
    try:
        return field.kind.parse(text, [])
    except BadValue:
        return None


def _same(field: Field, kept: str | None, value: str) -> bool:
    return bool(kept) and field.kind.match(kept or "") == field.kind.match(value)


def _told_without(found: Sorted, left_out: str) -> Sorted:
    """The same, and that something in front of the code was taken for a vendor's prefix."""
    details = {**found.problem.details, "prefix": left_out}
    return found._replace(problem=Problem("box.filled-without", found.value, found.key, details=details))


def _told(code: str, field: Field, value: str) -> Problem:
    return Problem(code, value, field.key, details={"field": field.label})
