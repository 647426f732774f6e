"""The test page: rulers in millimetres, the outlines of the labels, and a symbol to scan.

Printed on plain paper and held with a sheet of labels against the light, or printed on a roll's label, it shows by
how much a printer puts things elsewhere: that is what to enter as its `Nudge`.
"""

import dataclasses
from collections.abc import Iterator

from models.fields.problem import KnownError
from models.labels.layout import NO_NUDGE, Nudge, Sheets, to_dot
from models.labels.shapes import Align, Barcode, Label, Line, Shape, TextRun
from models.labels.stocks import Stock
from models.labels.symbols import MM_PER_INCH, encode, module_dots

_THIN = 0.1
_TICKS = {10: 3.0, 5: 2.0, 1: 1.2}
"""How long the ruler's marks are: each 10 mm, 5 mm, 1 mm."""
_TEXT = "TEST"
_BESIDE = 6.0
"""What the rulers take of a roll's label, in millimetres."""
_LARGE = 20.0
"""A label whose shorter side is less has no room for a name beside the rulers."""


def ruler_sheets(stock: Stock, dpi: int, nudge: Nudge = NO_NUDGE) -> Sheets:
    """One test page for a stock, on the grid of `dpi`, as a printer with this nudge prints it.

    When the nudge is right, 0 of both rulers is the paper's edge and each outline that of a label.
    """
    page = dataclasses.replace(
        stock,
        width=stock.page_width,
        height=stock.page_height,
        columns=1,
        rows=1,
        left=0.0,
        top=0.0,
        pitch_x=stock.page_width,
        pitch_y=stock.page_height,
    )
    shapes = (*_rulers(stock, nudge.scale), *_outlines(stock, nudge.scale), *_middle(stock, dpi, nudge.scale))
    return Sheets(page, dpi, (Label(shapes, stock.page_width, stock.page_height),), nudge=nudge)


def _rulers(stock: Stock, scale: float) -> Iterator[Shape]:
    """Marks along the upper and the left edge, numbered where there is room."""
    for at in range(1, int(stock.page_width / scale) + 1):
        x = at * scale
        yield Line(x, 0, x, _tick(at), _THIN)
        if at % 10 == 0 and x + 2 <= stock.page_width:
            yield TextRun(x - 3, 3.1, 6, 2.4, str(at), 5.5, 4, Align.CENTRE)
    for at in range(1, int(stock.page_height / scale) + 1):
        y = at * scale
        yield Line(0, y, _tick(at), y, _THIN)
        if at % 10 == 0 and y + 2 <= stock.page_height:
            yield TextRun(3.4, y - 1.2, 6, 2.4, str(at), 5.5, 4)


def _tick(at: int) -> float:
    return next(length for step, length in _TICKS.items() if at % step == 0)


def _outlines(stock: Stock, scale: float) -> Iterator[Shape]:
    """A frame for each label, and in it one for what the printer reaches where that is less."""
    for number in range(1, stock.per_sheet + 1):
        left, top = (length * scale for length in stock.position(number))
        yield from _frame(left, top, stock.width, stock.height)
        if stock.margin_x or stock.margin_y:
            x, y = left + stock.margin_x, top + stock.margin_y
            yield from _frame(x, y, stock.width - 2 * stock.margin_x, stock.height - 2 * stock.margin_y)


def _frame(left: float, top: float, width: float, height: float) -> Iterator[Line]:
    right, bottom = left + width, top + height
    for y in (top, bottom):
        yield Line(left, y, right, y, _THIN)
    for x in (left, right):
        yield Line(x, top, x, bottom, _THIN)


def _middle(stock: Stock, dpi: int, scale: float) -> Iterator[Shape]:
    """The stock's name and a symbol, in the label that is nearest to the middle of the sheet."""
    number = (stock.rows // 2) * stock.columns + stock.columns // 2 + 1
    left, top = (length * scale for length in stock.position(number))
    large = min(stock.width, stock.height) >= _LARGE
    beside = (_BESIDE if large else _BESIDE - 1) if stock.roll else 1.0
    above = beside + 3.5 if large else beside
    width, height = stock.width - 2 * beside, stock.height - above - max(1.0, stock.margin_y)
    if large:
        yield TextRun(left + beside, top + beside, width, 3, stock.name, 7, 4, Align.CENTRE)
    else:
        width = stock.width - beside - max(1.0, stock.margin_x)
    for word in ("code128", "datamatrix") if large else ("datamatrix",):
        symbol = encode(word, _TEXT)
        try:
            module = module_dots(symbol, width, height, dpi) * MM_PER_INCH / dpi
        except KnownError:
            continue
        tall = min(10.0, height) if symbol.linear else len(symbol.rows) * module
        x = left + beside + (width - symbol.modules * module) / 2
        y = top + above + (height - tall) / 2
        yield Barcode(to_dot(x, dpi), to_dot(y, dpi), module, to_dot(tall, dpi), symbol)
        return
