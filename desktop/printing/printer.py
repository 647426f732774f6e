"""Labels on a printer of the system."""

from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from desktop.printing.gui import ensure_gui
from desktop.printing.painter import paint_labels
from desktop.printing.pdf import sheet_layout
from models.fields.problem import KnownError, UsageError
from models.labels.layout import DPI, Sheets
from models.labels.stocks import Stock
from models.labels.symbols import MM_PER_INCH
from models.printers.endings import NotTaken, Unsure
from models.progress import Cancelled, Progress


def printer_names() -> list[str]:
    """The printers that the system offers."""
    ensure_gui()
    return QPrinterInfo.availablePrinterNames()


def find_system_printer(name: str = "") -> QPrinter:
    """A printer of the system; "" is its default.

    Raises UsageError when there is no printer of that name, KnownError when there is none at all.
    """
    known = printer_names()
    if name and name not in known:
        raise UsageError("label.unknown-printer", name, known=", ".join(known))
    info = QPrinterInfo.printerInfo(name) if name else QPrinterInfo.defaultPrinter()
    if info.isNull():
        raise KnownError("label.no-printer")
    return QPrinter(info, QPrinter.PrinterMode.HighResolution)


def open_printer(stock: Stock, name: str = "") -> QPrinter:
    """A printer set to the stock's sheets, without margins. Raises as `find_system_printer`."""
    printer = find_system_printer(name)
    set_up(printer, stock)
    return printer


def set_up(printer: QPrinter, stock: Stock) -> None:
    """Set the printer to the stock's sheets, in true size from edge to edge."""
    printer.setFullPage(True)
    printer.setPageLayout(sheet_layout(stock))
    printer.setFullPage(True)


def dots_for(printer: QPrinter) -> int:
    """The dots per inch to lay labels out for: the printer's, or a whole part of them that most printers have."""
    resolution = printer.resolution()
    return DPI if resolution % DPI == 0 else resolution


def print_sheets(printer: QPrinter, sheets: Sheets, progress: Progress | None = None) -> None:
    """Print all sheets. The printer was opened by `open_printer` or chosen by the person in the system's dialog.

    Raises KnownError when there is nothing to print or the printer does not take it (NotTaken), or breaks off between
    two sheets (Unsure); Cancelled, and then the printer gets none of it where the system can still stop it.
    """
    if not sheets.count:
        raise KnownError("label.nothing-to-print")
    progress = progress or Progress()
    set_up(printer, sheets.stock)
    printer.setDocName("Muster labels")
    painter = QPainter()
    if not painter.begin(printer):
        raise NotTaken("label.cannot-print", printer.printerName())
    try:
        for number, page in enumerate(sheets.pages()):
            progress.at("print", number, sheets.page_count)
            if number and not printer.newPage():
                raise Unsure("label.cannot-print", printer.printerName())
            paint_labels(painter, page, sheets.dpi, printer.resolution() / MM_PER_INCH)
    except Cancelled:
        printer.abort()
        raise
    finally:
        painter.end()
