"""AIM symbology identifiers: three characters that a scanner may send before the code (ISO/IEC 15424)."""

from typing import NamedTuple

_NAMES = {
    "A": "Code 39",
    "B": "Telepen",
    "C": "Code 128",
    "D": "Code One",
    "E": "EAN/UPC",
    "F": "Codabar",
    "G": "Code 93",
    "H": "Code 11",
    "I": "Interleaved 2 of 5",
    "J": "DotCode",
    "K": "Code 16K",
    "L": "PDF417",
    "M": "MSI",
    "N": "Anker",
    "O": "Codablock",
    "P": "Plessey",
    "Q": "QR Code",
    "R": "Straight 2 of 5",
    "S": "Straight 2 of 5",
    "T": "Code 49",
    "U": "MaxiCode",
    "X": "another symbology",
    "Y": "a system expansion",
    "Z": "no barcode",
    "c": "Channel Code",
    "d": "Data Matrix",
    "e": "GS1 DataBar",
    "h": "Han Xin",
    "o": "OCR",
    "p": "PosiCode",
    "s": "SuperCode",
    "z": "Aztec",
}
"""The second character, which names the symbology (table 1 of the standard)."""

_WITH_MODIFIER = {
    "C1": "GS1-128",
    "E0": "EAN-13",
    "E4": "EAN-8",
    "I1": "ITF-14",
    "J1": "GS1 DotCode",
    "Q3": "GS1 QR Code",
    "d2": "GS1 Data Matrix",
    "e0": "GS1 DataBar",
}
"""Where the third character tells more (GS1 General Specifications, figure 5.1.2-2)."""

_MESSAGES = frozenset(("C1", "J1", "Q3", "d2", "e0", "e1", "e2"))
"""The symbologies whose content is a GS1 element string."""


class Symbology(NamedTuple):
    """What an identifier says: the symbology's name, and whether its content is a GS1 element string."""

    name: str
    gs1: bool


def split_identifier(text: str) -> tuple[Symbology | None, str]:
    """What the AIM identifier at the front says and the rest; None and all of the text where there is none."""
    known = text[:1] == "]" and len(text) > 3 and text[1] in _NAMES and text[2].isascii() and text[2].isalnum()
    if not known:
        return None, text
    mark = text[1:3]
    return Symbology(_WITH_MODIFIER.get(mark, _NAMES[mark[0]]), mark in _MESSAGES), text[3:]
