"""Labels as a PDF."""

from pathlib import Path

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from desktop.printing.files import whole_file
from desktop.printing.gui import ensure_gui
from desktop.printing.painter import paint_labels
from models.fields.problem import KnownError
from models.labels.layout import Sheets
from models.labels.stocks import Stock
from models.labels.symbols import MM_PER_INCH
from models.progress import Progress


def sheet_layout(stock: Stock) -> QPageLayout:
    """The stock's sheet as a page without margins. Qt keeps pages in whole points: A4 is 0.1 mm off, Letter exact.

    A roll that is fed a quarter turn is a page as its printer knows it, lying on its side: a driver turns it, and
    a PDF shows it as it is read.
    """
    size = QPageSize(QSizeF(*stock.fed), QPageSize.Unit.Millimeter)
    lying = QPageLayout.Orientation.Landscape if stock.turned else QPageLayout.Orientation.Portrait
    return QPageLayout(size, lying, QMarginsF())


def write_pdf(path: Path, sheets: Sheets, progress: Progress | None = None) -> None:
    """Write all sheets, one page each, in true size and with text as text.

    Raises KnownError when there is nothing to print or the file cannot be written (a file that was there before
    stays); Cancelled.
    """
    if not sheets.count:
        raise KnownError("label.nothing-to-print")
    ensure_gui()
    progress = progress or Progress()
    with whole_file(path) as device:
        writer = QPdfWriter(device)
        writer.setPageLayout(sheet_layout(sheets.stock))
        writer.setResolution(sheets.dpi)
        writer.setTitle(path.stem)
        writer.setCreator("Muster")
        painter = QPainter(writer)
        try:
            for number, page in enumerate(sheets.pages()):
                progress.at("print", number, sheets.page_count)
                if number:
                    writer.newPage()
                paint_labels(painter, page, sheets.dpi, sheets.dpi / MM_PER_INCH)
        finally:
            painter.end()
