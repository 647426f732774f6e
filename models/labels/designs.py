"""Label designs: how a label looks. Data in `resources/labels/designs.json`; docs/labels.md tells the format."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from models.fields.problem import UsageError
from models.labels.boxes import (
    LARGEST,
    Box,
    FrameBox,
    PictureBox,
    RuleBox,
    SymbolBox,
    Template,
    TextBox,
    box_data,
    box_from,
)
from models.labels.data import LONGEST_NAME, Entry, json_of
from models.labels.stocks import LEAST, Stock

__all__ = [
    "Box",
    "Design",
    "FrameBox",
    "PictureBox",
    "RuleBox",
    "SymbolBox",
    "Template",
    "TextBox",
    "design_data",
    "design_from",
    "designs",
    "designs_for",
    "find_design",
]


@dataclass(frozen=True, slots=True)
class Design:
    """How a label looks. Drawn for labels of `width` × `height` mm; on a larger label it stands in the middle.

    `kinds` are the words of the kinds of record that it is made for; none: any asset.
    """

    name: str
    about: str
    width: float
    height: float
    boxes: tuple[Box, ...]
    kinds: tuple[str, ...] = ()

    def fits(self, stock: Stock) -> bool:
        """The labels are large enough for it and the printer reaches all boxes; a tenth of a millimetre is forgiven."""
        return self.fits_size(stock) and all(self.reached(box, stock) for box in self.boxes)

    def fits_size(self, stock: Stock) -> bool:
        """The labels are large enough for it."""
        stock = stock.cut_to(self)
        return self.width <= stock.width + 0.1 and self.height <= stock.height + 0.1

    def reached(self, box: Box, stock: Stock) -> bool:
        """The printer reaches the whole of a box when the design stands in the middle of a label."""
        stock = stock.cut_to(self)
        x, y = (stock.width - self.width) / 2 + box.x, (stock.height - self.height) / 2 + box.y
        return (
            min(x - stock.margin_x, y - stock.margin_y) >= -0.1
            and x + box.width <= stock.width - stock.margin_x + 0.1
            and y + box.height <= stock.height - stock.margin_y + 0.1
        )

    def keys(self) -> tuple[str, ...]:
        """The keys of the fields that it reads: what a record for it should hold."""
        templates = (box.template for box in self.boxes if isinstance(box, (TextBox, SymbolBox)))
        return tuple(dict.fromkeys(key for template in templates for key in template.fields()))


@cache
def designs() -> tuple[Design, ...]:
    """The designs that Muster ships."""
    text = files("resources").joinpath("labels", "designs.json").read_text("utf-8")
    whole = Entry(json_of(text, "designs.json"), "designs.json")
    return tuple(design_from(entry.data) for entry in whole.entries("designs"))


def designs_for(stock: Stock, known: Sequence[Design] | None = None, word: str = "") -> tuple[Design, ...]:
    """The designs that fit a stock, among the shipped ones or `known`.

    First those made for the kind of record `word`, then those for any asset, then others; of each, those that use
    most of the label first.
    """
    fitting = [design for design in (designs() if known is None else known) if design.fits(stock)]

    def order(design: Design) -> tuple[int, float]:
        meant = 0 if word in design.kinds else 2 if design.kinds else 1
        return meant, -design.width * design.height

    return tuple(sorted(fitting, key=order))


def design_called(name: str, known: Sequence[Design] | None = None) -> Design:
    """The design of this name, in any case, whatever it fits. Raises UsageError when there is none."""
    among = designs() if known is None else known
    for design in among:
        if design.name.casefold() == name.strip().casefold():
            return design
    raise UsageError("label.unknown-design", name, known=", ".join(each.name for each in among))


def find_design(name: str, stock: Stock, known: Sequence[Design] | None = None, word: str = "") -> Design:
    """The design of this name, in any case; "" is the first of `designs_for`.

    Raises UsageError when there is none, when it is too large for the stock, or when none fits.
    """
    fitting = designs_for(stock, known, word)
    names = ", ".join(each.name for each in fitting)
    if not name.strip():
        if not fitting:
            raise UsageError("label.no-design-fits", stock.name)
        return fitting[0]
    for design in designs() if known is None else known:
        if design.name.casefold() == name.strip().casefold():
            if not design.fits(stock):
                raise UsageError("label.design-too-large", name, stock=stock.name, known=names or "—")
            return design
    raise UsageError("label.unknown-design", name, known=names or "—")


def design_from(data: object) -> Design:
    """A design as the JSON of `resources/labels/designs.json` has it (docs/labels.md).

    Raises UsageError: values that are missing or out of bounds (label.data-…), a box that is not on the design
    ("label.box-off-design") or of no known sort ("label.box-unknown"), a picture (label.picture-…).
    """
    entry = Entry(data)
    name = entry.text("name", longest=LONGEST_NAME)
    width, height = entry.numbers("size", 2, LEAST, LARGEST)
    boxes = tuple(box_from(box, width, height) for box in entry.entries("boxes"))
    return Design(name, entry.text("about", ""), width, height, boxes, entry.texts("for"))


def design_data(design: Design) -> dict[str, object]:
    """The design as JSON: what `design_from` reads."""
    data: dict[str, object] = {
        "name": design.name,
        "about": design.about,
        "size": [design.width, design.height],
        "boxes": list(map(box_data, design.boxes)),
    }
    return {**data, "for": list(design.kinds)} if design.kinds else data
