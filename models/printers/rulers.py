"""A test page with rulers, to see where a printer puts things. It is sent at once and is no job of the queue."""

from contextlib import closing

from models.labels.ruler import ruler_sheets
from models.labels.stocks import Stock
from models.labels.zpl import ZplSettings, zpl_labels
from models.printers.delivery import delivery_to
from models.printers.link import Patience
from models.printers.painting import Painting
from models.printers.pieces import dots_of
from models.printers.printer import LabelPrinter, Language


def print_rulers(printer: LabelPrinter, stock: Stock, painting: Painting, patience: Patience | None = None) -> None:
    """Print rulers for a stock, with the printer's nudge.

    Raises UsageError, KnownError: there is no such printer, it cannot be reached, does not answer, would not print.
    """
    sheets = ruler_sheets(stock, dots_of(printer, painting), printer.nudge)
    if printer.language is Language.SYSTEM:
        painting.print_sheets(printer, sheets)
        return
    zpl = printer.language is Language.ZPL
    settings = ZplSettings(printer.darkness, printer.speed)
    payloads = zpl_labels(sheets, painting.dots, settings) if zpl else painting.raster(printer, sheets)
    with closing(delivery_to(printer, patience or Patience())) as delivery:
        for payload in payloads:
            delivery.ready()
            delivery.deliver(payload)
