"""From records to labels and from labels to sheets."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from models.fields.problem import KnownError, Problem, UsageError
from models.labels.boxes import Box, FrameBox, PictureBox, RuleBox, SymbolBox, TextBox
from models.labels.designs import Design
from models.labels.gs1 import giai
from models.labels.picture import picture_size
from models.labels.shapes import Barcode, Label, Line, Picture, Shape, TextRun
from models.labels.stocks import Stock
from models.labels.symbols import MM_PER_INCH, SYMBOLOGIES, encode, module_dots
from models.progress import Progress

DPI = 300
"""Dots per inch that labels are laid out for unless told: whole dots also on printers with 600 and 1,200."""

GS1_PREFIX = "gs1_prefix"
"""The key under which a record's texts hold the house's GS1 company prefix (`texts.house_texts`)."""


@dataclass(frozen=True, slots=True)
class Nudge:
    """What a printer puts elsewhere than it should, made good: moved by x and y mm, the way from the edges scaled.

    The scale moves labels and what is on them; bars keep their whole dots.
    """

    x: float = 0.0
    y: float = 0.0
    scale: float = 1.0


NO_NUDGE = Nudge()


@dataclass(frozen=True, slots=True)
class Placed:
    """A label on a sheet: its upper left corner in millimetres from the sheet's."""

    x: float
    y: float
    label: Label


@dataclass(frozen=True, slots=True)
class Refused:
    """A record that gets no label. `index` counts the records from 0."""

    index: int
    problem: Problem


@dataclass(frozen=True, slots=True)
class Sheets:
    """Labels on sheets. Pages are worked out when they are asked for, so a new `start` costs nothing.

    `start` is the number of the first free label on the first sheet, from 1; `copies` of a label follow each
    other. `dpi` is the grid of dots that labels and bars stand on, `nudge` the printer's own. Refused records leave
    no gap.
    """

    stock: Stock
    dpi: int
    labels: tuple[Label, ...]
    refused: tuple[Refused, ...] = ()
    start: int = 1
    copies: int = 1
    nudge: Nudge = NO_NUDGE

    def __post_init__(self) -> None:
        if not 1 <= self.start <= self.stock.per_sheet:
            raise UsageError("label.start-not-on-sheet", str(self.start), last=str(self.stock.per_sheet))
        if self.copies < 1:
            raise UsageError("label.no-copies", str(self.copies))

    @property
    def count(self) -> int:
        """How many labels are printed."""
        return len(self.labels) * self.copies

    @property
    def page_count(self) -> int:
        """How many sheets they take."""
        return -(-(self.start - 1 + self.count) // self.stock.per_sheet) if self.count else 0

    def page(self, index: int) -> tuple[Placed, ...]:
        """The labels of one sheet, counted from 0."""
        first = index * self.stock.per_sheet - (self.start - 1)
        last = min(first + self.stock.per_sheet, self.count)
        return tuple(self._placed(index, number) for number in range(max(first, 0), last))

    def pages(self) -> Iterator[tuple[Placed, ...]]:
        """All sheets in their order."""
        return map(self.page, range(self.page_count))

    def _placed(self, index: int, number: int) -> Placed:
        spot = number + self.start - index * self.stock.per_sheet
        x, y = self.stock.position(spot)
        x, y = x * self.nudge.scale + self.nudge.x, y * self.nudge.scale + self.nudge.y
        return Placed(to_dot(x, self.dpi), to_dot(y, self.dpi), self.labels[number // self.copies])


def to_dot(length: float, dpi: int) -> float:
    """The nearest length in millimetres that is a whole number of dots."""
    return round(length * dpi / MM_PER_INCH) * MM_PER_INCH / dpi


def lay_out(
    design: Design,
    stock: Stock,
    records: Sequence[Mapping[str, str]],
    *,
    start: int = 1,
    copies: int = 1,
    dpi: int = DPI,
    symbology: str = "",
    nudge: Nudge = NO_NUDGE,
    progress: Progress | None = None,
) -> Sheets:
    """A label for each record, in their order. A record maps the keys of fields to the texts that people read.

    The sheets' stock is cut to the design where it comes as a strip.
    `symbology` takes the place of the design's own, when given. Records whose symbol cannot be made or does not
    fit are refused, each with its problem. Raises UsageError for a start or a number of copies that cannot be, or an
    unknown symbology; Cancelled.
    """
    stock = stock.cut_to(design)
    labels: list[Label] = []
    refused: list[Refused] = []
    progress = progress or Progress()
    for index, record in enumerate(records):
        if index % 256 == 0:
            progress.at("labels", index, len(records))
        try:
            labels.append(compose(design, stock, record, dpi=dpi, symbology=symbology))
        except UsageError:
            raise
        except KnownError as error:
            refused.append(Refused(index, error.problem))
    return Sheets(stock, dpi, tuple(labels), tuple(refused), start, copies, nudge)


def compose(design: Design, stock: Stock, record: Mapping[str, str], *, dpi: int = DPI, symbology: str = "") -> Label:
    """The label of one record. Raises KnownError when a symbol cannot be made or does not fit."""
    stock = stock.cut_to(design)
    dx, dy = (stock.width - design.width) / 2, (stock.height - design.height) / 2
    shapes = [shape for box in design.boxes for shape in _shapes(box, record, dx, dy, dpi, symbology)]
    return Label(tuple(shapes), stock.width, stock.height)


def _shapes(box: Box, record: Mapping[str, str], dx: float, dy: float, dpi: int, symbology: str) -> tuple[Shape, ...]:
    """What a box becomes; nothing where there is nothing to show."""
    x, y = box.x + dx, box.y + dy
    match box:
        case SymbolBox():
            word = symbology or box.symbology
            return (_barcode(box, x, y, _encoded(word, box.template.fill(record), record), dpi, word),)
        case TextBox():
            text = box.template.fill(record)
            run = TextRun(
                x, y, box.width, box.height, text, box.size, box.least, box.align, bold=box.bold, mono=box.mono
            )
            return (run,) if text else ()
        case PictureBox():
            return (_picture(box, x, y),) if box.data else ()
        case RuleBox() if box.width >= box.height:
            middle = y + box.height / 2
            return (Line(x, middle, x + box.width, middle, box.height),)
        case RuleBox():
            middle = x + box.width / 2
            return (Line(middle, y, middle, y + box.height, box.width),)
        case FrameBox():
            return _frame(x, y, box)
    raise TypeError(type(box).__name__)


def _picture(box: PictureBox, x: float, y: float) -> Picture:
    """The picture as large as fits its box, centred."""
    pixels_wide, pixels_high = picture_size(box.data)
    scale = min(box.width / pixels_wide, box.height / pixels_high)
    width, height = pixels_wide * scale, pixels_high * scale
    return Picture(x + (box.width - width) / 2, y + (box.height - height) / 2, width, height, box.data)


def _frame(x: float, y: float, box: FrameBox) -> tuple[Shape, ...]:
    """Four rules inside the box."""
    right, bottom, half = x + box.width, y + box.height, box.line / 2
    return (
        Line(x, y + half, right, y + half, box.line),
        Line(x, bottom - half, right, bottom - half, box.line),
        Line(x + half, y, x + half, bottom, box.line),
        Line(right - half, y, right - half, bottom, box.line),
    )


def _encoded(word: str, text: str, record: Mapping[str, str]) -> str:
    """What goes into the symbol: in GS1's symbologies a tag alone becomes a GIAI with the house's company prefix."""
    known = SYMBOLOGIES.get(word)
    return giai(text, record.get(GS1_PREFIX, "")) if known and known.gs1 else text


def _barcode(box: SymbolBox, x: float, y: float, text: str, dpi: int, symbology: str) -> Barcode:
    symbol = encode(symbology, text)
    module = module_dots(symbol, box.width, box.height, dpi) * MM_PER_INCH / dpi
    width = symbol.modules * module
    height = box.height if symbol.linear else len(symbol.rows) * module
    # Rounding to a dot shifts the symbol by half a dot at most; the box is inside the label by more than that.
    left = to_dot(x + (box.width - width) / 2, dpi)
    top = to_dot(y + (box.height - height) / 2, dpi)
    return Barcode(left, top, module, to_dot(height, dpi), symbol)
