"""Label designs: boxes with a text, a symbol or a rule. Data in `resources/labels/designs.json`.

A text or symbol is written as a template: `{alias|name}` is the record's alias, or its name when the alias is
empty; all else stands as it is. A template with fields gives nothing when all of its fields are empty, so that
no lone "S/N" is printed.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from models.fields.problem import UsageError
from models.labels.shapes import Align
from models.labels.stocks import Stock

_PLACE = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True, slots=True)
class Template:
    """A text with fields of the record in it."""

    text: str

    def fields(self) -> tuple[str, ...]:
        """The keys of the fields that it reads, fallbacks included."""
        return tuple(key for place in _PLACE.findall(self.text) for key in place.split("|"))

    def fill(self, record: Mapping[str, str]) -> str:
        """The text for a record; empty when it has fields and none has a value."""
        found = False

        def value(place: re.Match[str]) -> str:
            nonlocal found
            text = next((record[key] for key in place[1].split("|") if record.get(key)), "")
            found = found or bool(text)
            return text

        filled = _PLACE.sub(value, self.text)
        return filled.strip() if found or not _PLACE.search(self.text) else ""


@dataclass(frozen=True, slots=True)
class Box:
    """A place on the design, in millimetres from its upper left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class TextBox(Box):
    """A line of text. Sizes in points; see `shapes.TextRun`."""

    template: Template
    size: float
    least: float
    align: Align
    bold: bool
    mono: bool


@dataclass(frozen=True, slots=True)
class SymbolBox(Box):
    """A symbol, as large as fits the box with its quiet zones, centred. `symbology` is a word of `symbols`."""

    template: Template
    symbology: str


@dataclass(frozen=True, slots=True)
class RuleBox(Box):
    """A level rule through the middle of the box, as thick as the box is high."""


@dataclass(frozen=True, slots=True)
class Design:
    """How a label looks. Drawn for labels of `width` × `height` mm; on a larger label it stands in the middle."""

    name: str
    about: str
    width: float
    height: float
    boxes: tuple[Box, ...]

    def fits(self, stock: Stock) -> bool:
        """The stock's labels are large enough for it; a tenth of a millimetre is forgiven."""
        return self.width <= stock.width + 0.1 and self.height <= stock.height + 0.1

    def keys(self) -> tuple[str, ...]:
        """The keys of the fields that it reads: what a record for it should hold."""
        templates = (box.template for box in self.boxes if isinstance(box, (TextBox, SymbolBox)))
        return tuple(dict.fromkeys(key for template in templates for key in template.fields()))


@cache
def designs() -> tuple[Design, ...]:
    """The designs that Muster ships."""
    data = json.loads(files("resources").joinpath("labels", "designs.json").read_text("utf-8"))
    return tuple(_design(entry) for entry in data["designs"])


def designs_for(stock: Stock) -> tuple[Design, ...]:
    """The designs that fit a stock, those that use most of its label first."""
    fitting = [design for design in designs() if design.fits(stock)]
    return tuple(sorted(fitting, key=lambda design: -design.width * design.height))


def find_design(name: str, stock: Stock) -> Design:
    """The design of this name, in any case; "" is the first that fits the stock.

    Raises UsageError when there is none, or when it is too large for the stock.
    """
    fitting = designs_for(stock)
    if not name:
        return fitting[0]
    for design in designs():
        if design.name.casefold() == name.strip().casefold():
            if not design.fits(stock):
                raise UsageError(
                    "label.design-too-large", name, stock=stock.name, known=", ".join(each.name for each in fitting)
                )
            return design
    raise UsageError("label.unknown-design", name, known=", ".join(each.name for each in fitting))


def _design(entry: Mapping[str, Any]) -> Design:
    width, height = entry["size"]
    return Design(entry["name"], entry["about"], width, height, tuple(map(_box, entry["boxes"])))


def _box(entry: Mapping[str, Any]) -> Box:
    x, y, width, height = entry["at"]
    if "symbol" in entry:
        return SymbolBox(x, y, width, height, Template(entry["symbol"]), entry.get("as", "code128"))
    if "text" in entry:
        size = entry["size"]
        return TextBox(
            x,
            y,
            width,
            height,
            Template(entry["text"]),
            size,
            entry.get("least", size),
            Align(entry.get("align", "left")),
            entry.get("bold", False),
            entry.get("mono", False),
        )
    return RuleBox(x, y, width, height)
