"""GS1 element strings, and the GIAI: the number that names one asset of one owner in all the world.

As in the GS1 General Specifications: application identifiers stand in parentheses, "(8004)0614141R-004471". AI 8004
is the GIAI: the owner's company prefix and a reference of the owner's choice, 30 characters of set 82 together.
"""

import re

from models.fields.problem import KnownError

GIAI = "(8004)"
SEPARATOR = "\x1d"
"""Stands for FNC1 between two elements (and is what scanners send for it)."""
_LONGEST_GIAI = 30
_LONGEST = 90
_SET82 = frozenset("!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz")
_ELEMENT = re.compile(r"\((\d{2,4})\)")
_PREFIX = re.compile(r"[0-9]{4,12}")
#: AIs with a length of their own, known by two digits: no FNC1 follows them (GS1 General Specifications, 7.8.5).
_FIXED = frozenset((*(f"{number:02}" for number in (*range(5), *range(11, 21), *range(31, 37))), "41"))


def giai(reference: str, prefix: str) -> str:
    """The element string of an asset's GIAI. A text that begins with an AI in parentheses is one already.

    `prefix` is the owner's GS1 company prefix. Raises KnownError("label.no-gs1-prefix", "label.bad-gs1-prefix").
    """
    if not reference or _ELEMENT.match(reference):
        return reference
    if not prefix:
        raise KnownError("label.no-gs1-prefix", reference)
    if not _PREFIX.fullmatch(prefix):
        raise KnownError("label.bad-gs1-prefix", prefix)
    return f"{GIAI}{prefix}{reference}"


def plain(text: str) -> str:
    """An element string as it is encoded: without parentheses, `SEPARATOR` after an element whose length is open.

    Raises KnownError("label.bad-gs1") for what is none or has characters outside set 82, ("label.giai-too-long").
    """
    parts = _ELEMENT.split(text)
    elements = list(zip(parts[1::2], parts[2::2], strict=True))
    if parts[0] or not elements:
        raise KnownError("label.bad-gs1", text)
    for identifier, value in elements:
        if not value or len(value) > _LONGEST or not set(value) <= _SET82:
            raise KnownError("label.bad-gs1", text)
        if identifier == GIAI.strip("()") and len(value) > _LONGEST_GIAI:
            raise KnownError("label.giai-too-long", value, length=str(len(value)), most=str(_LONGEST_GIAI))
    last = len(elements) - 1
    return "".join(
        f"{identifier}{value}" + (SEPARATOR if at < last and identifier[:2] not in _FIXED else "")
        for at, (identifier, value) in enumerate(elements)
    )
