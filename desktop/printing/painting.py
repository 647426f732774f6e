"""What Qt does for the print queue: pictures in dots, Brother's raster, and sheets on the system's printers."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter

from desktop.printing.gui import ensure_gui
from models.fields.problem import KnownError
from models.labels.layout import Sheets
from models.printers.endings import NotTaken, as_ending
from models.printers.printer import LabelPrinter

_MIDDLE = 128


class QtPainting:
    """The `Painting` of the window and the command line. For any thread."""

    def dots(self, data: bytes, width: int, height: int) -> list[str]:
        """A PNG or JPEG as rows of dots ("1" dark), scaled to fill so many; none where it cannot be read."""
        ensure_gui()
        paper = QImage(width, height, QImage.Format.Format_Grayscale8)
        paper.fill(0xFFFFFFFF)
        found = QImage.fromData(data)
        if not found.isNull():
            scaled = found.scaled(
                width, height, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            painter = QPainter(paper)
            painter.drawImage(0, 0, scaled)
            painter.end()
        return ["".join("1" if grey < _MIDDLE else "0" for grey in row) for row in grey_rows(paper)]

    def raster(self, printer: LabelPrinter, sheets: Sheets) -> Iterator[bytes]:
        """See `brother.brother_raster`."""
        from desktop.printing.brother import brother_raster

        return brother_raster(printer.model, sheets)

    def system_dpi(self, printer: LabelPrinter) -> int:
        """The dots to lay labels out for. Raises UsageError where there is no such printer, KnownError for none."""
        # Qt's printing takes a while to load, and only the system's printers need it.
        from desktop.printing.printer import dots_for, find_system_printer

        return dots_for(find_system_printer(printer.address))

    def print_sheets(self, printer: LabelPrinter, sheets: Sheets) -> None:
        """Print all sheets. Raises NotTaken where the printer got none of them, Unsure where it broke off midway."""
        from desktop.printing.printer import open_printer, print_sheets

        try:
            opened = open_printer(sheets.stock, printer.address)
        except KnownError as error:
            raise as_ending(NotTaken, error) from error
        print_sheets(opened, sheets)


def grey_rows(image: QImage) -> Iterator[bytes]:
    """The rows of an image in shades of grey, a byte for each dot."""
    data, stride = bytes(image.constBits()), image.bytesPerLine()
    return (data[row * stride : row * stride + image.width()] for row in range(image.height()))
