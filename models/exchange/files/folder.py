"""The spreadsheets in a folder and in the folders within it."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ENDINGS = frozenset((".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".tab", ".txt", ".yaml", ".yml"))
"""What a file is called that may hold a table; what it is, is told by its content."""
#: Hidden files, and the locks that spreadsheet programs leave beside an open file (~$a.xlsx, .~lock.a.ods#).
_UNSEEN = (".", "~$")


@dataclass(frozen=True, slots=True)
class InFolder:
    """What a folder holds: `files` are called like spreadsheets, `others` are not. Both by their paths."""

    files: tuple[Path, ...]
    others: tuple[Path, ...]


def look_through(folder: Path) -> InFolder:
    """The files of a folder and of all folders within it; hidden ones and locks are left out.

    Links to folders are not followed, since they may lead in circles. Empty where the folder cannot be read.
    """
    found: list[Path] = []
    for inner, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(_UNSEEN)]
        paths = (Path(inner, name) for name in names if not name.startswith(_UNSEEN))
        found += [path for path in paths if path.is_file()]
    found.sort(key=lambda path: path.relative_to(folder).parts)
    return InFolder(
        tuple(path for path in found if path.suffix.lower() in ENDINGS),
        tuple(path for path in found if path.suffix.lower() not in ENDINGS),
    )


def spreadsheets_in(folder: Path) -> list[Path]:
    """The files that are called like spreadsheets (see `look_through`)."""
    return list(look_through(folder).files)


def expand(paths: Iterable[Path]) -> list[Path]:
    """Files, with each folder replaced by its spreadsheets; none twice."""
    found: dict[Path, None] = {}
    for path in paths:
        found |= dict.fromkeys(spreadsheets_in(path) if path.is_dir() else [path])
    return list(found)
