"""Labels by the names of things: what the command line and the window ask for."""

from collections.abc import Mapping, Sequence

from models.labels.designs import Design, find_design
from models.labels.layout import DPI, NO_NUDGE, Nudge, Sheets, lay_out
from models.labels.stocks import Stock, find_stock
from models.progress import Progress


def label_pages(
    records: Sequence[Mapping[str, str]],
    stock: str | Stock,
    design: str | Design = "",
    start: int = 1,
    copies: int = 1,
    *,
    symbology: str = "",
    dpi: int = DPI,
    nudge: Nudge = NO_NUDGE,
    progress: Progress | None = None,
) -> Sheets:
    """The sheets for these records, ready for a printer, a PDF or a picture.

    Names are those of shipped stocks and designs; own ones are given themselves (`own.all_stocks`, `own.all_designs`).
    The design "" is the first that fits the stock. Raises UsageError when a name is unknown, the design
    does not fit the stock, or start and copies cannot be; Cancelled. Single records that cannot be printed are
    in `Sheets.refused`.
    """
    stock = find_stock(stock) if isinstance(stock, str) else stock
    design = find_design(design, stock) if isinstance(design, str) else design
    return lay_out(
        design,
        stock,
        records,
        start=start,
        copies=copies,
        dpi=dpi,
        symbology=symbology,
        nudge=nudge,
        progress=progress,
    )
