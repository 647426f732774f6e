"""What a label is made of: shapes in millimetres from the label's upper left corner, right and down.

Shapes are data until the last step: the painter draws them, a label printer's language may name them (a
Barcode keeps its text and symbology for that).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Protocol

from models.labels.symbols import Symbol


class Align(StrEnum):
    """Where a text stands in its box; up and down it is always centred."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class Sized(Protocol):
    """What has a size in millimetres, as it is read."""

    @property
    def width(self) -> float:
        """Across."""

    @property
    def height(self) -> float:
        """Down."""


class Rect(NamedTuple):
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Line:
    """A level or upright rule; `width` is its thickness."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float


@dataclass(frozen=True, slots=True)
class TextRun:
    """One line of text in a box.

    `size` is the font's size in points. A text that is too wide shrinks down to `least` points; whoever paints
    it measures that. What is still too wide then ends in "…".
    """

    x: float
    y: float
    width: float
    height: float
    text: str
    size: float
    least: float
    align: Align = Align.LEFT
    bold: bool = False
    mono: bool = False


@dataclass(frozen=True, slots=True)
class Barcode:
    """A symbol whose first module begins at x, y (the quiet zones are outside).

    `module` is the width of one module; `height` the height of the bars, or of a matrix symbol as a whole.
    """

    x: float
    y: float
    module: float
    height: float
    symbol: Symbol

    @property
    def width(self) -> float:
        """The width without the quiet zones."""
        return self.symbol.modules * self.module

    @property
    def quiet(self) -> float:
        """The width of the quiet zone on each side."""
        return self.symbol.symbology.quiet * self.module

    def rects(self) -> Iterator[Rect]:
        """The dark parts."""
        x, y, module = self.x, self.y, self.module
        tall = self.height if self.symbol.linear else module
        for row, first, count in self.symbol.dark():
            yield Rect(x + first * module, y + row * module, count * module, tall)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that fills a rectangle; the rectangle has its proportions. `data` is a PNG or JPEG file."""

    x: float
    y: float
    width: float
    height: float
    data: bytes


Shape = Line | TextRun | Barcode | Picture


@dataclass(frozen=True, slots=True)
class Label:
    """One label: its shapes and its size in millimetres."""

    shapes: tuple[Shape, ...]
    width: float
    height: float
