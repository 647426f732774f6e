"""Labels as pictures."""

from pathlib import Path

from PySide6.QtGui import QImage, QImageWriter, QPainter

from desktop.printing.files import whole_file
from desktop.printing.gui import ensure_gui
from desktop.printing.painter import paint_labels
from models.fields.problem import KnownError
from models.labels.layout import Sheets
from models.labels.symbols import MM_PER_INCH


def page_image(sheets: Sheets, index: int) -> QImage:
    """One sheet (counted from 0) in shades of grey, a pixel for each of the dots that it was laid out for."""
    ensure_gui()
    dots = sheets.dpi / MM_PER_INCH
    stock = sheets.stock
    image = QImage(round(stock.page_width * dots), round(stock.page_height * dots), QImage.Format.Format_Grayscale8)
    image.setDotsPerMeterX(round(dots * 1000))
    image.setDotsPerMeterY(round(dots * 1000))
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    paint_labels(painter, sheets.page(index), sheets.dpi, dots)
    painter.end()
    return image


def write_png(path: Path, sheets: Sheets) -> list[Path]:
    """Write each sheet as a PNG: `path` for a single one, else path-1.png, path-2.png and so on. What was written.

    Raises KnownError when there is nothing to print or a file cannot be written.
    """
    if not sheets.count:
        raise KnownError("label.nothing-to-print")
    many = sheets.page_count > 1
    paths = [path.with_stem(f"{path.stem}-{number + 1}") if many else path for number in range(sheets.page_count)]
    for index, each in enumerate(paths):
        with whole_file(each) as device:
            writer = QImageWriter(device, b"png")
            if not writer.write(page_image(sheets, index)):
                raise KnownError("label.cannot-write", str(each), reason=writer.errorString())
    return paths
