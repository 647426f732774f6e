"""The spreadsheets in a folder."""

from collections.abc import Iterable
from pathlib import Path

ENDINGS = frozenset((".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".tab", ".txt"))
"""What a file is called that may hold a table; what it is, is told by its content."""


def spreadsheets_in(folder: Path) -> list[Path]:
    """The files of a folder that are called like spreadsheets, by name; not those of folders within it.

    Lock files that spreadsheet programs leave beside an open one are left out. Empty where the folder cannot be read.
    """
    try:
        found = [path for path in folder.iterdir() if path.suffix.lower() in ENDINGS and path.is_file()]
    except OSError:
        return []
    return sorted((path for path in found if not path.name.startswith(("~$", ".", "._"))), key=lambda path: path.name)


def expand(paths: Iterable[Path]) -> list[Path]:
    """Files, with each folder replaced by its spreadsheets; none twice."""
    found: dict[Path, None] = {}
    for path in paths:
        found |= dict.fromkeys(spreadsheets_in(path) if path.is_dir() else [path])
    return list(found)
