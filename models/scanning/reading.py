"""What a scanner sent becomes a Scan: its symbology, the code, and the texts to look records up by."""

from collections.abc import Iterator
from urllib.parse import parse_qsl, unquote, urlsplit

from models.fields.kind import clean
from models.fields.kinds import service_tag
from models.scanning.gs1 import GS, elements, link_elements, telling
from models.scanning.rules import LONGEST, Means, ScanRules
from models.scanning.scan import Element, Scan, command_of
from models.scanning.symbologies import split_identifier

LIMIT = 4296
"""The most characters that are kept of a scan: as many as a QR code holds (ISO/IEC 18004). Longer ones name nothing."""

_ENVELOPE = "[)>\x1e"
"""Begins a message of ISO/IEC 15434; format 06 holds parts with the data identifiers of vendors' rules."""
_ASKED = ("tag", "asset", "id", "serial", "sn", "code")
"""The parameters of an address that name what its label is on, best first."""


def read_scan(raw: str, rules: ScanRules) -> Scan:
    """How a code is read. `raw` is what came, without the scanner's own prefix and suffix. Nothing is raised."""
    sent = raw[: LIMIT + 1]
    symbology, body = split_identifier(sent.lstrip("".join(map(chr, range(0x1C))) + " "))
    text = " ".join(clean(body[:LIMIT]).split())
    name = symbology.name if symbology else ""
    command = command_of(text)
    if command is not None or not text or len(sent) > LIMIT:
        return Scan(sent, text, name, (text,) if command is not None else (), command=command)
    found: tuple[Element, ...] = ()
    if body.startswith(_ENVELOPE):
        guesses = _of_envelope(body, rules)
    elif _is_address(text):
        found = link_elements(text)
        guesses = _of_address(text, found, rules)
    else:
        found = elements(body.strip(" \t\r\n"), rules, said=symbology is not None and symbology.gs1)
        guesses = _of_code(text, found, rules)
    readings = dict.fromkeys(each for each in (text, *guesses) if 0 < len(each) <= LONGEST)
    return Scan(sent, text, name, tuple(readings), found)


def by_rules(text: str, rules: ScanRules, *meanings: Means) -> Iterator[str]:
    """What the rules that are on leave of a code, those that mean one of these things."""
    for rule in rules.rules:
        if rule.on and rule.means in meanings and (rest := rule.rest(text)):
            yield rest


def _of_code(text: str, found: tuple[Element, ...], rules: ScanRules) -> Iterator[str]:
    yield from telling(found, rules)
    yield from by_rules(text, rules, Means.SERIAL, Means.PART, Means.OTHER)
    if tag := service_tag(text):
        yield tag


def _of_envelope(body: str, rules: ScanRules) -> Iterator[str]:
    """The parts of a message as vendors print it: [)>RS 06 GS 1P… GS S… RS EOT."""
    for part in body.replace("\x1e", GS).replace("\x04", "").split(GS):
        yield from by_rules(clean(part), rules, Means.SERIAL, Means.OTHER)
    for part in body.replace("\x1e", GS).replace("\x04", "").split(GS):
        yield from by_rules(clean(part), rules, Means.PART)


def _is_address(text: str) -> bool:
    return text[:8].lower().startswith(("http://", "https://"))


def _of_address(text: str, found: tuple[Element, ...], rules: ScanRules) -> Iterator[str]:
    """What an address on a label names: its parameter `tag`, its last part (https://city.example/a/R-004471)."""
    try:
        parts = urlsplit(text)
        asked = dict(parse_qsl(parts.query, max_num_fields=50))
    except ValueError:
        return
    yield from telling(found, rules)
    yield from (asked[name] for name in _ASKED if name in asked)
    ways = [unquote(way) for way in f"{parts.path}/{parts.fragment}".split("/") if way]
    if ways:
        yield clean(ways[-1])
