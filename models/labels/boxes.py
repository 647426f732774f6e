"""What a label design is made of: boxes with a text, a symbol, a picture, a rule or a frame; as data and as JSON.

A text or symbol is written as a template: `{alias|name}` is the record's alias, or its name when the alias is
empty; all else stands as it is. A template with fields gives nothing when all of its fields are empty, so that
no lone "S/N" is printed.
"""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass

from models.fields.problem import UsageError
from models.labels.data import Entry
from models.labels.picture import MOST_BYTES, picture_size
from models.labels.shapes import Align
from models.labels.symbols import SYMBOLOGIES

LARGEST = 1000.0
"""The longest side of a design, in millimetres."""
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
    align: Align = Align.LEFT
    bold: bool = False
    mono: bool = False


@dataclass(frozen=True, slots=True)
class SymbolBox(Box):
    """A symbol, as large as fits the box with its quiet zones, centred. `symbology` is a word of `symbols`."""

    template: Template
    symbology: str = "code128"


@dataclass(frozen=True, slots=True)
class PictureBox(Box):
    """A picture, as large as fits the box, in its own proportions, centred.

    `data` is a PNG or JPEG file. Without it the box is a place for the picture of the own design that is named `of`
    (a logo: `own.all_designs` puts it there), and stays empty while there is none.
    """

    data: bytes = b""
    of: str = ""


@dataclass(frozen=True, slots=True)
class RuleBox(Box):
    """A rule through the middle of the box, along its longer side and as thick as its shorter."""


@dataclass(frozen=True, slots=True)
class FrameBox(Box):
    """An outline around the box, its lines `line` mm thick and inside the box."""

    line: float = 0.25


def box_from(entry: Entry, width: float, height: float) -> Box:
    """A box of a design of this size. Raises UsageError: label.data-…, "label.box-off-design", label.picture-…."""
    x, y, wide, high = entry.numbers("at", 4, 0, LARGEST)
    if x + wide > width + 0.01 or y + high > height + 0.01 or not (wide and high):
        raise UsageError(
            "label.box-off-design",
            entry.name,
            at=f"{x:g}, {y:g}, {wide:g}, {high:g}",
            size=f"{width:g} × {height:g}",
        )
    if "symbol" in entry:
        symbology = entry.word("as", tuple(SYMBOLOGIES), "code128")
        return SymbolBox(x, y, wide, high, Template(entry.text("symbol")), symbology)
    if "text" in entry:
        return _text(entry, x, y, wide, high)
    if "picture" in entry:
        return PictureBox(x, y, wide, high, _picture(entry))
    if "picture_of" in entry:
        return PictureBox(x, y, wide, high, of=entry.text("picture_of"))
    if "frame" in entry:
        return FrameBox(x, y, wide, high, entry.number("frame", 0.01, min(wide, high) / 2))
    if entry.flag("rule"):
        return RuleBox(x, y, wide, high)
    raise UsageError("label.box-unknown", entry.name, known="symbol, text, picture, picture_of, frame, rule")


def box_data(box: Box) -> dict[str, object]:
    """A box as JSON: what `box_from` reads."""
    at = {"at": [box.x, box.y, box.width, box.height]}
    match box:
        case SymbolBox():
            return {"symbol": box.template.text, "as": box.symbology, **at}
        case TextBox():
            data = {"text": box.template.text, **at, "size": box.size, "least": box.least, "align": box.align.value}
            return {**data, **{key: True for key in ("bold", "mono") if getattr(box, key)}}
        case PictureBox():
            return {"picture_of": box.of, **at} if box.of else {"picture": base64.b64encode(box.data).decode(), **at}
        case FrameBox():
            return {"frame": box.line, **at}
        case _:
            return {"rule": True, **at}


def _text(entry: Entry, x: float, y: float, width: float, height: float) -> TextBox:
    size = entry.number("size", 2, 200)
    return TextBox(
        x,
        y,
        width,
        height,
        Template(entry.text("text")),
        size,
        entry.number("least", 1, size, size),
        Align(entry.word("align", tuple(Align), "left")),
        entry.flag("bold"),
        entry.flag("mono"),
    )


def _picture(entry: Entry) -> bytes:
    try:
        data = base64.b64decode(entry.exact("picture", MOST_BYTES * 4 // 3 + 4), validate=True)
    except (binascii.Error, ValueError) as error:
        raise UsageError("label.picture-unreadable", entry.name) from error
    picture_size(data, entry.name)
    return data
