"""Labels in ZPL II, the language of Zebra's printers and of those that are compatible with them.

Source: the ZPL II programming guide (docs.zebra.com). Bars are the printer's own where it is certain that they come
out as wide as they were laid out, else a picture of whole dots. What a record says only ever stands in field data,
where every character but letters, digits, blanks and . / - is written as hexadecimal (^FH): it can be no command.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from models.labels.layout import Sheets
from models.labels.shapes import Barcode, Label, Line, Picture, Shape, TextRun
from models.labels.symbols import MM_PER_INCH
from models.labels.zpl_symbols import field_data, native_symbol
from models.labels.zpl_text import fit_text


@dataclass(frozen=True, slots=True)
class ZplSettings:
    """How a printer burns. `darkness` 0 to 30, `speed` in inches per second; None leaves what is set on it."""

    darkness: int | None = None
    speed: int | None = None


AS_SET = ZplSettings()

Dots = Callable[[bytes, int, int], list[str]]
"""Makes rows of dots ("1" dark) of a PNG or JPEG, so many wide and high; whoever paints can do that."""


def zpl_labels(sheets: Sheets, dots: Dots, settings: ZplSettings = AS_SET) -> Iterator[bytes]:
    """One format (^XA … ^XZ) for each label of the sheets, which is printed `sheets.copies` times.

    Each label is a page of its own, wherever it lies on its sheet: printers of this language feed from a roll. A
    format ends with the last byte of ^XZ, so that one of which a byte is missing is not printed.
    """
    return (_format(label, sheets, dots, settings) for label in sheets.labels)


def _format(label: Label, sheets: Sheets, dots: Dots, settings: ZplSettings) -> bytes:
    paper = _Paper(label, sheets, dots)
    across, along = paper.size
    parts = [f"^XA^CI28^PON^LH0,0^LS0^PW{across}^LL{along}"]
    if settings.darkness is not None:
        parts.insert(0, f"~SD{min(max(settings.darkness, 0), 30):02}")
    if settings.speed is not None:
        parts.append(f"^PR{min(max(settings.speed, 1), 14)}")
    parts += (field for shape in label.shapes if (field := _field(paper, shape)))
    if sheets.copies > 1:
        parts.append(f"^PQ{sheets.copies}")
    parts.append("^XZ")
    return "".join(parts).encode("ascii")


class _Paper:
    """Where things are in dots of the paper as it leaves the printer, a quarter turn further for some stocks."""

    def __init__(self, label: Label, sheets: Sheets, picture_dots: Dots) -> None:
        self.picture_dots = picture_dots
        self.dots = sheets.dpi / MM_PER_INCH
        self._nudge = sheets.nudge
        self._width, self._height = self.whole(label.width), self.whole(label.height)
        self.turned = sheets.stock.turned

    def whole(self, length: float) -> int:
        """A length in dots."""
        return round(length * self.dots)

    @property
    def size(self) -> tuple[int, int]:
        """Across the paper's way and along it."""
        return (self._height, self._width) if self.turned else (self._width, self._height)

    @property
    def way(self) -> str:
        """ZPL's letter for the orientation of fields."""
        return "R" if self.turned else "N"

    def corner(self, x: float, y: float, height: int) -> str:
        """^FO of what is `height` dots high and begins at x, y mm of the label as it is read, nudged so."""
        nudge = self._nudge
        left = self.whole(x * nudge.scale) + self.whole(nudge.x)
        top = self.whole(y * nudge.scale) + self.whole(nudge.y)
        if self.turned:
            left, top = self._height - top - height, left
        return f"^FO{max(0, left)},{max(0, top)}"


def _field(paper: _Paper, shape: Shape) -> str:
    match shape:
        case Barcode():
            return _barcode(paper, shape)
        case TextRun():
            return _text(paper, shape)
        case Line():
            return _rule(paper, shape)
        case Picture():
            return _picture(paper, shape)
    raise TypeError(type(shape).__name__)


def _barcode(paper: _Paper, barcode: Barcode) -> str:
    module, height = paper.whole(barcode.module), paper.whole(barcode.height)
    corner = paper.corner(barcode.x, barcode.y, height)
    native = native_symbol(barcode.symbol, module, height, paper.way)
    return corner + (native or _drawn(paper, barcode, module, height))


def _drawn(paper: _Paper, barcode: Barcode, module: int, height: int) -> str:
    """A symbol as a picture: each module so many whole dots."""
    tall = height if barcode.symbol.linear else module
    rows = [
        "".join("1" * module if dark == "1" else "0" * module for dark in row)
        for row in barcode.symbol.rows
        for _ in range(tall)
    ]
    return _graphic(rows, paper)


def _picture(paper: _Paper, shape: Picture) -> str:
    width, height = max(1, paper.whole(shape.width)), max(1, paper.whole(shape.height))
    rows = paper.picture_dots(shape.data, width, height)
    return paper.corner(shape.x, shape.y, height) + _graphic(rows, paper)


def _quarter_turned(rows: list[str]) -> list[str]:
    """The same picture turned clockwise."""
    return ["".join(column) for column in zip(*reversed(rows), strict=True)]


def _graphic(rows: list[str], paper: _Paper) -> str:
    """^GF of rows of dots ("1" dark), in hexadecimal; a row that is like the last one is ":"."""
    rows = _quarter_turned(rows) if paper.turned else rows
    wide = -(-len(rows[0]) // 8)
    lines: list[str] = []
    last = ""
    for row in rows:
        line = f"{int(row.ljust(wide * 8, '0'), 2):0{wide * 2}X}"
        lines.append(":" if line == last else line)
        last = line
    total = wide * len(rows)
    return f"^GFA,{total},{total},{wide},{''.join(lines)}^FS"


def _rule(paper: _Paper, line: Line) -> str:
    flat = line.y1 == line.y2
    half = line.width / 2
    left = min(line.x1, line.x2) - (0 if flat else half)
    top = min(line.y1, line.y2) - (half if flat else 0)
    width = max(1, paper.whole(abs(line.x2 - line.x1) or line.width))
    height = max(1, paper.whole(abs(line.y2 - line.y1) or line.width))
    across, along = (height, width) if paper.turned else (width, height)
    return f"{paper.corner(left, top, height)}^GB{across},{along},{min(across, along)}^FS"


def _text(paper: _Paper, text: TextRun) -> str:
    fitted = fit_text(text, paper.dots)
    if not fitted.shown:
        return ""
    middle = text.y + text.height / 2
    room = paper.whole(text.width)
    x = text.x + fitted.indent / paper.dots
    corner = paper.corner(x, middle - fitted.cap / 2 / paper.dots, fitted.height)
    block = f"^FB{room},1,0,{fitted.block}" if fitted.block else ""
    return f"{corner}^A0{paper.way},{fitted.height}{block}^FH{field_data(fitted.shown)}^FS"
