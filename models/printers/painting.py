"""What the queue needs of whoever can paint. The window's side does it (desktop/printing/painting.py)."""

from collections.abc import Iterator
from typing import Protocol

from models.labels.layout import Sheets
from models.printers.printer import LabelPrinter


class Painting(Protocol):
    """Paints labels for printers that do not draw them by themselves."""

    def dots(self, data: bytes, width: int, height: int) -> list[str]:
        """A PNG or JPEG as rows of dots ("1" dark), so many wide and high."""

    def raster(self, printer: LabelPrinter, sheets: Sheets) -> Iterator[bytes]:
        """The bytes for a printer of Brother's, one for each label of the sheets, whatever their copies.

        Raises KnownError: what it needs is not installed, or its printer cannot take this stock.
        """

    def system_dpi(self, printer: LabelPrinter) -> int:
        """The dots per inch to lay labels out for on a printer of the system.

        Raises UsageError where there is no such printer, KnownError where there is none at all.
        """

    def print_sheets(self, printer: LabelPrinter, sheets: Sheets) -> None:
        """Print all sheets on a printer of the system. Raises NotTaken, Unsure (models/printers/endings.py)."""
