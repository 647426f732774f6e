"""Labels as a file of ZPL, to be sent to a printer by hand or by another program."""

from pathlib import Path

from desktop.printing.files import whole_file
from desktop.printing.painting import QtPainting
from models.fields.problem import KnownError
from models.labels.layout import Sheets
from models.labels.zpl import zpl_labels


def write_zpl(path: Path, sheets: Sheets) -> None:
    """Write a format for each label, a line each. Raises KnownError as `write_pdf`."""
    if not sheets.count:
        raise KnownError("label.nothing-to-print")
    with whole_file(path) as device:
        for label in zpl_labels(sheets, QtPainting().dots):
            device.write(label + b"\n")
