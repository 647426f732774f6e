"""Asking which spreadsheet to import, and where the refused rows of one go."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

_FILES = "Spreadsheets (*.xlsx *.xlsm *.xls *.xlsb *.ods *.csv *.tsv *.tab *.txt);;All files (*)"
_TARGETS = "Excel workbook (*.xlsx);;CSV (*.csv)"
_ENDINGS = (".xlsx", ".csv")


def choose_file(parent: QWidget, folder: Path) -> Path | None:
    """The spreadsheet to import; None when the person thinks better of it."""
    name, _ = QFileDialog.getOpenFileName(parent, "Import a spreadsheet", str(folder), _FILES)
    return Path(name) if name else None


def choose_target(parent: QWidget, source: Path) -> Path | None:
    """The file for the refused rows of `source`, with an ending that can be written."""
    proposed = source.with_name(f"{source.stem} to mend.xlsx")
    name, picked = QFileDialog.getSaveFileName(parent, "Save refused rows", str(proposed), _TARGETS)
    path = Path(name)
    if name and path.suffix.lower() not in _ENDINGS:
        path = path.with_name(path.name + next(end for end in _ENDINGS if f"*{end}" in (picked or _TARGETS)))
    return path if name else None
