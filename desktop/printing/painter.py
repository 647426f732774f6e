"""The one painter of labels: the preview, the printer, the PDF and pictures all show what it draws.

Bars and rules are drawn in the printer's dots, on whole dots and without antialiasing. Text is drawn in units of
0.01 mm with unhinted fonts, so that it is as wide on every device and shrinks and ends in "…" in the same place.
"""

import threading
from collections.abc import Iterable
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QPainter

from models.labels.layout import Placed
from models.labels.shapes import Align, Barcode, Line, Picture, TextRun
from models.labels.symbols import MM_PER_INCH

UNITS_PER_MM = 100
_POINT = MM_PER_INCH / 72
SANS = ("Arial", "Helvetica", "Liberation Sans", "DejaVu Sans")
MONO = ("Consolas", "Menlo", "Liberation Mono", "DejaVu Sans Mono", "Courier New")


def paint_labels(painter: QPainter, labels: Iterable[Placed], dpi: int, scale: float) -> None:
    """Draw labels in black. `dpi` is the grid that they were laid out on, `scale` the painter's units per millimetre.

    The painter's origin is the sheet's upper left corner.
    """
    dots = dpi / MM_PER_INCH
    dark: list[QRectF] = []
    texts: list[tuple[Placed, TextRun]] = []
    pictures: list[tuple[Placed, Picture]] = []
    for placed in labels:
        for shape in placed.label.shapes:
            if isinstance(shape, TextRun):
                texts.append((placed, shape))
            elif isinstance(shape, Barcode):
                dark += _bars(placed, shape, dots)
            elif isinstance(shape, Picture):
                pictures.append((placed, shape))
            else:
                dark.append(_rule(placed, shape, dots))
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(Qt.GlobalColor.black)
    if abs(scale - dots) < 1e-9:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    else:
        painter.scale(scale / dots, scale / dots)
    painter.drawRects(dark)
    painter.restore()
    painter.save()
    painter.setPen(Qt.GlobalColor.black)
    painter.scale(scale / UNITS_PER_MM, scale / UNITS_PER_MM)
    for placed, text in texts:
        _write(painter, placed, text)
    for placed, picture in pictures:
        _draw(painter, placed, picture)
    painter.restore()


def _bars(placed: Placed, barcode: Barcode, dots: float) -> list[QRectF]:
    """The dark parts of a symbol in whole dots; every module has the same number of them."""
    left, top = round((placed.x + barcode.x) * dots), round((placed.y + barcode.y) * dots)
    module = round(barcode.module * dots)
    tall = round(barcode.height * dots) if barcode.symbol.linear else module
    return [
        QRectF(left + first * module, top + row * module, count * module, tall)
        for row, first, count in barcode.symbol.dark()
    ]


def _rule(placed: Placed, line: Line, dots: float) -> QRectF:
    """A rule as a rectangle of whole dots, at least one thick."""
    half = line.width / 2
    flat = line.y1 == line.y2
    left, top = min(line.x1, line.x2) - (0 if flat else half), min(line.y1, line.y2) - (half if flat else 0)
    width, height = abs(line.x2 - line.x1) or line.width, abs(line.y2 - line.y1) or line.width
    return QRectF(
        round((placed.x + left) * dots),
        round((placed.y + top) * dots),
        max(1, round(width * dots)),
        max(1, round(height * dots)),
    )


def _write(painter: QPainter, placed: Placed, text: TextRun) -> None:
    shown, size, width = fit_text(text)
    font, metrics = _font(size, bold=text.bold, mono=text.mono)
    x = (placed.x + text.x) * UNITS_PER_MM
    spare = text.width * UNITS_PER_MM - width
    if text.align is Align.RIGHT:
        x += spare
    elif text.align is Align.CENTRE:
        x += spare / 2
    middle = (placed.y + text.y + text.height / 2) * UNITS_PER_MM
    painter.setFont(font)
    painter.drawText(QPointF(x, middle + metrics.capHeight() / 2), shown)


def _draw(painter: QPainter, placed: Placed, picture: Picture) -> None:
    """A picture in its rectangle, smoothly scaled; one that Qt cannot read leaves its place empty."""
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    x, y = placed.x + picture.x, placed.y + picture.y
    where = [length * UNITS_PER_MM for length in (x, y, picture.width, picture.height)]
    painter.drawImage(QRectF(*where), _image(picture.data))


@lru_cache(maxsize=8)
def _image(data: bytes) -> QImage:
    """A picture's file in greys, since labels are printed in black; what it lets through is paper."""
    found = QImage.fromData(data)
    paper = QImage(found.size(), QImage.Format.Format_Grayscale8)
    if not paper.isNull():
        paper.fill(0xFFFFFFFF)
        painter = QPainter(paper)
        painter.drawImage(0, 0, found)
        painter.end()
    return paper


def fit_text(text: TextRun) -> tuple[str, int, float]:
    """The text as it is drawn, the size of its font and its width, both in units of 0.01 mm."""
    full = text.width * UNITS_PER_MM
    size = round(text.size * _POINT * UNITS_PER_MM)
    _, metrics = _font(size, bold=text.bold, mono=text.mono)
    width = metrics.horizontalAdvance(text.text)
    if width <= full:
        return text.text, size, width
    size = max(int(size * full / width), round(text.least * _POINT * UNITS_PER_MM))
    _, metrics = _font(size, bold=text.bold, mono=text.mono)
    shown = metrics.elidedText(text.text, Qt.TextElideMode.ElideRight, full)
    return shown, size, metrics.horizontalAdvance(shown)


class _Fonts(threading.local):
    """Fonts by size, bold and mono, apart for each thread: a font is bound to the thread that measures with it."""

    def __init__(self) -> None:
        self.known: dict[tuple[int, bool, bool], tuple[QFont, QFontMetricsF]] = {}


_fonts = _Fonts()


def _font(size: int, *, bold: bool, mono: bool) -> tuple[QFont, QFontMetricsF]:
    made = _fonts.known.get((size, bold, mono))
    if made is None:
        made = _fonts.known[size, bold, mono] = _make_font(size, bold=bold, mono=mono)
    return made


def _make_font(size: int, *, bold: bool, mono: bool) -> tuple[QFont, QFontMetricsF]:
    font = QFont(list(MONO if mono else SANS))
    font.setStyleHint(QFont.StyleHint.Monospace if mono else QFont.StyleHint.SansSerif)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setPixelSize(size)
    font.setBold(bold)
    return font, QFontMetricsF(font)
