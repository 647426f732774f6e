"""Text as a ZPL printer's own scalable font 0 writes it: how wide it may become, where it shrinks and is cut.

Nobody can measure a printer's font from here, so widths are reckoned: measured once on the strikes of a Zebra's font
0 (CG Triumvirate Bold Condensed) and rounded up by classes. A text that is reckoned too wide only comes out smaller.
"""

from dataclasses import dataclass

from models.labels.shapes import Align, TextRun

_POINTS_PER_MM = 72 / 25.4
_CAP = 0.75
"""The height of capitals in font 0, as a share of its height."""
_AS_PAINTED = 0.716 / _CAP
"""Height of font 0 for one of the painter's fonts with capitals as high (Arial's are 0.716 of its size)."""
_LEAST_HEIGHT, _MOST_HEIGHT = 10, 1500
"""Bounds of ^A0 that printers of all resolutions take, dots."""
_LONGEST = 500
"""Characters of a line that are looked at."""
_CUT = "..."
"""Three dots, since font 0 has "…" on newer printers only."""

#: Shares of the height, rounded up: what is not named here is as wide as the widest.
_CLASSES = (
    (" ijlft!'(),./:;I[\\]`", 0.30),
    ('0123456789abcdeghknopqrsuvxyz?"#$*^_{|}JLEFTZ', 0.54),
    ("ABCDGHKNOPQRSUVXY&", 0.66),
    ("MWmw", 0.85),
)
_WIDTHS = {character: width for characters, width in _CLASSES for character in characters}
_WIDEST = 1.0


@dataclass(frozen=True, slots=True)
class Fitted:
    """A line of text as ^A0 is told it; all in dots.

    `cap` is the height of its capitals, `block` the letter of ^FB that places it ("" for none) and `indent` what it
    is moved from the box's left where there is none.
    """

    shown: str
    height: int
    cap: int
    block: str
    indent: int


def fit_text(text: TextRun, dots: float) -> Fitted:
    """The text in its box, at `dots` per millimetre: shrunk to its least size, then cut with dots."""
    full = text.width * dots
    plain = " ".join("".join(c if c.isprintable() else " " for c in text.text[:_LONGEST]).split())
    per_point = dots / _POINTS_PER_MM * _AS_PAINTED
    share = _share(plain)
    height = text.size * per_point
    if share * height > full:
        height = max(text.least * per_point, full / share)
    tall = min(max(int(height), _LEAST_HEIGHT), _MOST_HEIGHT)
    shown = plain if share * tall <= full else _cut(plain, full / tall)
    block, indent = _place(text.align, shown, full - _share(shown) * tall)
    return Fitted(shown, tall, round(tall * _CAP), block, indent)


def _share(text: str) -> float:
    """How wide a text is reckoned, as a share of its height."""
    return sum(_WIDTHS.get(character, _WIDEST) for character in text)


def _cut(text: str, room: float) -> str:
    """As much of the text as fits with dots behind it; nothing where not even one character does."""
    room -= _share(_CUT)
    end = 0
    while end < len(text) and (room := room - _WIDTHS.get(text[end], _WIDEST)) >= 0:
        end += 1
    return text[:end].rstrip() + _CUT if end else ""


def _place(align: Align, shown: str, spare: float) -> tuple[str, int]:
    """The printer places what is not at the left, since it alone knows how wide its letters are.

    A backslash begins a command of field blocks, which not all firmware can be told to print: such a text goes where
    it is reckoned to be.
    """
    if align is Align.LEFT:
        return "", 0
    if "\\" not in shown:
        return ("C" if align is Align.CENTRE else "R"), 0
    return "", int(max(0.0, spare) / (2 if align is Align.CENTRE else 1))
