"""Label stocks: the sheets and rolls that people buy, with their exact geometry.

The data is `resources/labels/stocks.json`; docs/labels.md tells its format.
The Avery and DYMO sizes are those of gLabels' templates (github.com/jimevins/glabels-qt), in the maker's units.
Brother's are those of brother_ql's list (github.com/pklaus/brother_ql); what a printer cannot reach of a label is
there, for DYMO in the PPD files of its CUPS driver (`ImageableArea`).
"""

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from models.fields.problem import UsageError
from models.labels.data import LONGEST_NAME, Entry, json_of
from models.labels.shapes import Sized
from models.labels.symbols import MM_PER_INCH

_UNITS = {"in": MM_PER_INCH, "mm": 1.0}
LEAST, LONGEST = 5.0, 1200.0
"""Bounds of a page or label in millimetres: what has room for a symbol, and what the longest printers take."""
_MOST_LABELS = 100
"""Columns or rows of a sheet, at most."""
_LEAST_CUT = 25.4
"""The shortest piece that label printers with a cutter make: 1 in (Brother QL)."""
_NEAR = 0.01


@dataclass(frozen=True, slots=True)
class Stock:
    """A sheet of labels, or one label of a roll, in millimetres. Labels are numbered from 1, along the rows.

    All measures are as a label is read. `left` and `top` place the first label; the pitch is the way from a label's
    edge to the next one's same edge. `also` holds other names and the numbers of stocks with the same geometry.

    `roll`: a label is a page of its own. `turned`: it goes through the printer a quarter turn (see `fed`).
    `continuous`: the roll is one strip `tape` mm wide and labels are cut from it; before `cut_to` a label is as long
    as the strip is wide. `margin_x` and `margin_y` are what the printer cannot reach at each side, and above and
    below. `media` is the name that a printer's language has for the roll ("29x90" of brother_ql).
    """

    name: str
    about: str
    also: tuple[str, ...]
    page_width: float
    page_height: float
    width: float
    height: float
    columns: int
    rows: int
    left: float
    top: float
    pitch_x: float
    pitch_y: float
    roll: bool = False
    turned: bool = False
    continuous: bool = False
    margin_x: float = 0.0
    margin_y: float = 0.0
    media: str = ""

    @property
    def per_sheet(self) -> int:
        """How many labels a sheet has; 1 on a roll."""
        return self.columns * self.rows

    @property
    def fed(self) -> tuple[float, float]:
        """The page's width and height as it goes through the printer: across the way, along the way."""
        return (self.page_height, self.page_width) if self.turned else (self.page_width, self.page_height)

    @property
    def tape(self) -> float:
        """How wide a roll is."""
        return self.fed[0]

    def cut_to(self, design: Sized) -> "Stock":
        """The stock with labels as long as a design needs; the same stock when its labels have a length already.

        A design goes across the strip where it is not wider than that, else along it, turned. What the printer
        cannot reach at the ends is added.
        """
        if not self.continuous:
            return self
        across, along = (self.margin_y, self.margin_x) if self.turned else (self.margin_x, self.margin_y)
        if design.width <= self.tape + 0.1:
            return _cut(self, self.tape, max(_LEAST_CUT, design.height + 2 * along), across, along, turned=False)
        return _cut(self, max(_LEAST_CUT, design.width + 2 * along), self.tape, along, across, turned=True)

    def position(self, number: int) -> tuple[float, float]:
        """The upper left corner of the label with this number on the sheet."""
        row, column = divmod(number - 1, self.columns)
        return self.left + column * self.pitch_x, self.top + row * self.pitch_y

    def label_at(self, x: float, y: float) -> int | None:
        """The number of the label under a point of the sheet; None beside the labels."""
        column, row = int((x - self.left) // self.pitch_x), int((y - self.top) // self.pitch_y)
        if not (0 <= column < self.columns and 0 <= row < self.rows):
            return None
        number = row * self.columns + column + 1
        left, top = self.position(number)
        return number if x <= left + self.width and y <= top + self.height else None


@cache
def stocks() -> tuple[Stock, ...]:
    """The stocks that Muster ships, most usual first."""
    return tuple(stock_from(entry.data) for entry in _shipped().entries("stocks"))


def find_stock(name: str, known: Sequence[Stock] | None = None) -> Stock:
    """The stock of this name or maker's number ("Avery 5160", "5160", "8160"), in any case.

    Looked for among the shipped ones, or those in `known`. Raises UsageError when there is none.
    """
    among = stocks() if known is None else known
    asked = _key(name)
    for stock in among:
        if asked and asked in map(_key, _names(stock)):
            return stock
    raise UsageError("label.unknown-stock", name, known=", ".join(stock.name for stock in among))


def stock_from(data: object) -> Stock:
    """A stock as the JSON of `resources/labels/stocks.json` has it (docs/labels.md).

    Raises UsageError: values that are missing or out of bounds (label.data-…),
    "label.labels-off-page", "label.labels-overlap".
    """
    entry = Entry(data)
    entry.text("name", longest=LONGEST_NAME)
    unit = _UNITS[entry.word("unit", tuple(_UNITS), "mm")]
    if "tape" in entry:
        return _tape(entry, unit)
    if "page" not in entry:
        return _roll(entry, unit)
    return _sheet(entry, unit)


def stock_data(stock: Stock) -> dict[str, object]:
    """The stock as JSON, in millimetres: what `stock_from` reads. Of a continuous roll the strip, however it is cut."""
    data: dict[str, object] = {"name": stock.name, "about": stock.about}
    if stock.also:
        data["also"] = list(stock.also)
    data["unit"] = "mm"
    margin = [stock.margin_x, stock.margin_y]
    if stock.continuous:
        data["tape"] = stock.tape
        margin = margin[::-1] if stock.turned else margin
    else:
        data["label"] = [stock.width, stock.height]
        if stock.turned:
            data["turned"] = True
    if not stock.roll:
        data["page"] = [stock.page_width, stock.page_height]
        data["grid"] = [stock.columns, stock.rows]
        data["first"] = [stock.left, stock.top]
        data["pitch"] = [stock.pitch_x, stock.pitch_y]
    if any(margin):
        data["margin"] = margin
    if stock.media:
        data["media"] = stock.media
    return data


def _names(stock: Stock) -> Iterable[str]:
    maker, _, number = stock.name.partition(" ")
    return (stock.name, number, *stock.also, *(maker + other for other in stock.also))


def _key(name: str) -> str:
    """As people type it: "zebra 2x1" is Zebra 2 × 1 in."""
    typed = name.casefold().replace("×", "x")
    return "".join(filter(str.isalnum, typed)).removesuffix("in")


@cache
def _shipped() -> Entry:
    text = files("resources").joinpath("labels", "stocks.json").read_text("utf-8")
    return Entry(json_of(text, "stocks.json"), "stocks.json")


def _roll(entry: Entry, unit: float) -> Stock:
    width, height = _measures(entry, "label", unit, LEAST)
    margin_x, margin_y = _margin(entry, unit, min(width, height))
    stock = _one_label(entry, width, height, margin_x, margin_y)
    return dataclasses.replace(stock, turned=entry.flag("turned"))


def _tape(entry: Entry, unit: float) -> Stock:
    wide = entry.number("tape", LEAST / unit, LONGEST / unit) * unit
    margin_x, margin_y = _margin(entry, unit, wide)
    return dataclasses.replace(_one_label(entry, wide, wide, margin_x, margin_y), continuous=True)


def _one_label(entry: Entry, width: float, height: float, margin_x: float, margin_y: float) -> Stock:
    """A roll: the page is the label."""
    return Stock(
        *_words(entry),
        page_width=width,
        page_height=height,
        width=width,
        height=height,
        columns=1,
        rows=1,
        left=0.0,
        top=0.0,
        pitch_x=width,
        pitch_y=height,
        roll=True,
        margin_x=margin_x,
        margin_y=margin_y,
        media=entry.text("media", ""),
    )


def _sheet(entry: Entry, unit: float) -> Stock:
    page_width, page_height = _page(entry, unit)
    width, height = _measures(entry, "label", unit, LEAST)
    columns, rows = map(int, entry.numbers("grid", 2, 1, _MOST_LABELS))
    left, top = _measures(entry, "first", unit, 0)
    pitch_x, pitch_y = _measures(entry, "pitch", unit, 0)
    if (columns > 1 and pitch_x < width - _NEAR) or (rows > 1 and pitch_y < height - _NEAR):
        raise UsageError("label.labels-overlap", entry.name, width=f"{width:.1f}", height=f"{height:.1f}")
    right = left + (columns - 1) * pitch_x + width
    bottom = top + (rows - 1) * pitch_y + height
    if right > page_width + _NEAR or bottom > page_height + _NEAR:
        raise UsageError(
            "label.labels-off-page",
            entry.name,
            needs=f"{right:.1f} × {bottom:.1f}",
            page=f"{page_width:.1f} × {page_height:.1f}",
        )
    margin_x, margin_y = _margin(entry, unit, min(width, height))
    return Stock(
        *_words(entry),
        page_width=page_width,
        page_height=page_height,
        width=width,
        height=height,
        columns=columns,
        rows=rows,
        left=left,
        top=top,
        pitch_x=pitch_x,
        pitch_y=pitch_y,
        margin_x=margin_x,
        margin_y=margin_y,
        media=entry.text("media", ""),
    )


def _page(entry: Entry, unit: float) -> tuple[float, float]:
    """A page by its name, or its width and height."""
    named = entry.data["page"]
    if not isinstance(named, str):
        return _measures(entry, "page", unit, LEAST)
    known = _shipped().data["pages"]
    width, height = known[entry.word("page", tuple(known), "")]
    return width, height


def _measures(entry: Entry, key: str, unit: float, least: float) -> tuple[float, float]:
    """Two lengths in millimetres."""
    first, second = entry.numbers(key, 2, least / unit, LONGEST / unit)
    return first * unit, second * unit


def _margin(entry: Entry, unit: float, side: float) -> tuple[float, float]:
    """What the printer cannot reach: less than half of the label's shorter side."""
    if "margin" not in entry:
        return 0.0, 0.0
    first, second = entry.numbers("margin", 2, 0, side / unit * 0.49)
    return first * unit, second * unit


def _words(entry: Entry) -> tuple[str, str, tuple[str, ...]]:
    return entry.text("name", longest=LONGEST_NAME), entry.text("about", ""), entry.texts("also")


def _cut(stock: Stock, width: float, height: float, margin_x: float, margin_y: float, *, turned: bool) -> Stock:
    return dataclasses.replace(
        stock,
        page_width=width,
        page_height=height,
        width=width,
        height=height,
        pitch_x=width,
        pitch_y=height,
        margin_x=margin_x,
        margin_y=margin_y,
        turned=turned,
    )
