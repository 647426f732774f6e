"""GS1 element strings: what their parts are, and which of them name something that a register may hold.

The parts are told apart by biip, which follows the GS1 General Specifications.
"""

from collections.abc import Iterable, Iterator

from models.scanning.rules import LONGEST, ScanRules
from models.scanning.scan import Element

GS = "\x1d"
"""The group separator that stands for the character FNC1."""

#: Application identifiers whose values name things, places or people, those of single things first. 01 is the GTIN.
_TELLING = ("8004", "21", "250", "8003", "414", "8017", "8018", "240", "241", "01")
_PREFIXES = range(4, 13)
"""How many digits a GS1 company prefix has."""


def with_separators(text: str, rules: ScanRules) -> str:
    """The text with the separators that a scanner had to write in other characters."""
    for stand_in in rules.stand_ins:
        text = text.replace(stand_in, GS)
    return text


def elements(text: str, rules: ScanRules, *, said: bool) -> tuple[Element, ...]:
    """The parts of an element string, none where the text is not one.

    `said`: the scanner says that it is one. Without that only a text that can hardly be anything else is taken for one:
    with separators, in its printed form "(01)…", or a GTIN whose check digit fits or a GIAI at the front.
    """
    if len(text) > LONGEST * 4:
        return ()
    from biip import ParseError  # a tenth of a second, and most scans are no GS1
    from biip.gs1_messages import GS1Message

    message = with_separators(text, rules).strip(GS)
    printed = message.startswith("(")
    if not (said or printed or GS in message or message.startswith(("01", "8004"))):
        return ()
    try:
        read = GS1Message.parse_hri(message) if printed else GS1Message.parse(message)
    except (ParseError, ValueError):
        return ()
    found = read.element_strings
    if not (said or printed or GS in message):
        first = found[0]
        likely = first.gtin is not None if first.ai.ai == "01" else first.ai.ai == "8004" and len(first.value) > 5
        if not likely:
            return ()
    return tuple(Element(each.ai.ai, each.value, each.ai.data_title) for each in found)


def link_elements(url: str) -> tuple[Element, ...]:
    """The parts that a GS1 Digital Link holds (https://…/01/…/21/…), none where it is another address."""
    from biip import ParseError
    from biip.gs1_digital_link_uris import GS1DigitalLinkURI

    try:
        found = GS1DigitalLinkURI.parse(url).element_strings
    except (ParseError, ValueError):
        return ()
    return tuple(Element(each.ai.ai, each.value, each.ai.data_title) for each in found)


def telling(found: Iterable[Element], rules: ScanRules) -> Iterator[str]:
    """The values by which records may be known, the likeliest first."""
    values: dict[str, str] = {}
    for element in found:
        values.setdefault(element.ai, element.value)
    for ai in _TELLING:
        if value := values.get(ai):
            yield value
            if ai == "8004":
                yield from _references(value, rules.company_prefix)
            elif ai == "01":
                yield from _shorter(value)
            elif ai == "8003" and len(value) > 14:
                yield value[14:]  # the serial number after the GTIN of the asset's type


def _references(giai: str, company_prefix: str) -> Iterator[str]:
    """A GIAI's asset reference: what follows the company prefix, by each length that it may have."""
    if company_prefix and giai.startswith(company_prefix):
        yield giai[len(company_prefix) :]
        return
    digits = len(giai) - len(giai.lstrip("0123456789"))
    if digits in _PREFIXES and digits < len(giai):
        yield giai[digits:]  # R-004471 behind the digits of the prefix
    for length in _PREFIXES:
        if length < digits:
            yield giai[length:]


def _shorter(gtin: str) -> Iterator[str]:
    """A GTIN in its shorter forms: EAN-13 and UPC-A are written without the zeros in front."""
    if gtin.startswith("0"):
        yield gtin[1:]
    if gtin.startswith("00"):
        yield gtin[2:]
