"""Labels by the names of things: what the command line and the window ask for."""

from collections.abc import Mapping, Sequence

from models.labels.designs import find_design
from models.labels.layout import DPI, Sheets, lay_out
from models.labels.stocks import find_stock
from models.progress import Progress


def label_pages(
    records: Sequence[Mapping[str, str]],
    stock_name: str,
    design_name: str = "",
    start: int = 1,
    copies: int = 1,
    *,
    symbology: str = "",
    dpi: int = DPI,
    progress: Progress | None = None,
) -> Sheets:
    """The sheets for these records, ready for a printer, a PDF or a picture.

    `design_name` "" takes the first design that fits the stock. Raises UsageError when a name is unknown, the design
    does not fit the stock, or start and copies cannot be; Cancelled. Single records that cannot be printed are
    in `Sheets.refused`.
    """
    stock = find_stock(stock_name)
    design = find_design(design_name, stock)
    return lay_out(design, stock, records, start=start, copies=copies, dpi=dpi, symbology=symbology, progress=progress)
