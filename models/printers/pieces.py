"""A request becomes pieces: what a printer takes or does not take as a whole."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from models.labels.designs import design_data, design_from
from models.labels.layout import GS1_PREFIX, Refused, Sheets, lay_out
from models.labels.own import all_stocks
from models.labels.stocks import find_stock, stock_data, stock_from
from models.labels.zpl import ZplSettings, zpl_labels
from models.printers.painting import Painting
from models.printers.printer import LabelPrinter, Language
from models.printers.request import LabelFor, PrintRequest
from models.progress import Progress

BROTHER_DPI = 300


@dataclass(frozen=True, slots=True)
class Printed:
    """That `copies` labels of a record are on a piece. `table` and `row` are empty where no record is stamped."""

    table: str
    row: str
    copies: int


@dataclass(frozen=True, slots=True)
class Piece:
    """What is sent as a whole. `payload` is None where it is painted when it is printed."""

    labels: tuple[Printed, ...]
    payload: bytes | None


@dataclass(frozen=True, slots=True)
class Made:
    """A request laid out: its pieces, the records that get no label, and the request as the queue keeps it."""

    pieces: tuple[Piece, ...]
    refused: tuple[Refused, ...]
    kept: str

    @property
    def count(self) -> int:
        """How many labels are printed, copies too."""
        return sum(label.copies for piece in self.pieces for label in piece.labels)


def make_pieces(
    connection: Connection, printer: LabelPrinter, request: PrintRequest, painting: Painting, progress: Progress
) -> Made:
    """Lay a request out for a printer.

    Raises UsageError for an unknown stock, symbology or printer, or a start or copies that cannot be; KnownError where
    the printer cannot take it at all; Cancelled. Single records that cannot be printed are in `Made.refused`.
    """
    stock = find_stock(request.stock, all_stocks(connection))
    kept = _kept(request, stock_data(stock))
    sheets = sheets_of(kept, printer, painting, progress)
    gone = {each.index for each in sheets.refused}
    printed = [record for index, record in enumerate(request.records) if index not in gone]
    return Made(tuple(_pieces(printer, sheets, printed, painting)), sheets.refused, kept)


def sheets_of(kept: str, printer: LabelPrinter, painting: Painting, progress: Progress | None = None) -> Sheets:
    """The sheets of a request that was kept, laid out for a printer. Raises as `make_pieces`."""
    data = json.loads(kept)
    stock = stock_from(data["stock"])
    system = printer.language is Language.SYSTEM
    return lay_out(
        design_from(data["design"]),
        stock,
        data["records"],
        start=data["start"] if system else 1,
        copies=data["copies"],
        dpi=dots_of(printer, painting),
        nudge=printer.nudge,
        symbology=data["symbology"],
        progress=progress,
    )


def dots_of(printer: LabelPrinter, painting: Painting) -> int:
    """The dots per inch that labels are laid out on for a printer. Raises as `Painting.system_dpi`."""
    if printer.language is Language.SYSTEM:
        return painting.system_dpi(printer)
    return BROTHER_DPI if printer.language is Language.BROTHER else printer.dpi


def _kept(request: PrintRequest, stock: dict[str, object]) -> str:
    """The request as JSON: all that is needed to print it later, whatever becomes of its stock and design."""
    keys = (*request.design.keys(), GS1_PREFIX)
    return json.dumps(
        {
            "stock": stock,
            "design": design_data(request.design),
            "records": [{key: record.texts[key] for key in keys if key in record.texts} for record in request.records],
            "copies": request.copies,
            "start": request.start,
            "symbology": request.symbology,
        },
        ensure_ascii=False,
    )


def _pieces(printer: LabelPrinter, sheets: Sheets, records: list[LabelFor], painting: Painting) -> Iterator[Piece]:
    match printer.language:
        case Language.SYSTEM:
            if records:
                yield Piece(tuple(Printed(each.table, each.row, sheets.copies) for each in records), None)
        case Language.BROTHER:
            # A copy is a piece of its own: one that breaks off has not printed the copies before it once more.
            for record, payload in zip(records, painting.raster(printer, sheets), strict=True):
                piece = Piece((Printed(record.table, record.row, 1),), payload)
                yield from (piece for _ in range(sheets.copies))
        case Language.ZPL:
            settings = ZplSettings(printer.darkness, printer.speed)
            for record, payload in zip(records, zpl_labels(sheets, painting.dots, settings), strict=True):
                yield Piece((Printed(record.table, record.row, sheets.copies),), payload)
