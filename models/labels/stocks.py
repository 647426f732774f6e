"""Label stocks: the sheets that people buy, with their exact geometry. Data in `resources/labels/stocks.json`.

The Avery sizes are those of gLabels' templates (github.com/jimevins/glabels-qt), in inches as the maker gives them.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from models.fields.problem import UsageError
from models.labels.symbols import MM_PER_INCH

_UNITS = {"in": MM_PER_INCH, "mm": 1.0}


@dataclass(frozen=True, slots=True)
class Stock:
    """A sheet of labels in millimetres. Labels are numbered from 1, along the rows.

    `left` and `top` place the first label; the pitch is the way from a label's edge to the next one's same edge.
    `also` holds the numbers of stocks with the same geometry.
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

    @property
    def per_sheet(self) -> int:
        """How many labels a sheet has."""
        return self.columns * self.rows

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
    data = json.loads(files("resources").joinpath("labels", "stocks.json").read_text("utf-8"))
    return tuple(_stock(entry, data["pages"]) for entry in data["stocks"])


def find_stock(name: str) -> Stock:
    """The stock of this name or maker's number ("Avery 5160", "5160", "8160"), in any case.

    Raises UsageError when there is none.
    """
    asked = _key(name)
    for stock in stocks():
        maker = stock.name.split()[0]
        names = [stock.name, stock.name.removeprefix(maker), *stock.also, *(maker + other for other in stock.also)]
        if asked in map(_key, names):
            return stock
    raise UsageError("label.unknown-stock", name, known=", ".join(stock.name for stock in stocks()))


def _key(name: str) -> str:
    return "".join(filter(str.isalnum, name)).casefold()


def _stock(entry: Mapping[str, Any], pages: Mapping[str, list[float]]) -> Stock:
    unit = _UNITS[entry["unit"]]
    page_width, page_height = pages[entry["page"]]
    width, height, left, top, pitch_x, pitch_y = (
        value * unit for value in (*entry["label"], *entry["first"], *entry["pitch"])
    )
    columns, rows = entry["grid"]
    return Stock(
        entry["name"],
        entry["about"],
        tuple(entry.get("also", ())),
        page_width,
        page_height,
        width,
        height,
        columns,
        rows,
        left,
        top,
        pitch_x,
        pitch_y,
    )
