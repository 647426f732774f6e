"""Asking which spreadsheets to import, and where the refused rows of one go."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.desk import Desk
from desktop.importing.clipboard import copied_files, forget_copied
from desktop.phrases import count, say
from models.exchange.errors import write_errors
from models.exchange.files.folder import ENDINGS
from models.exchange.plan import Plan

_FILES = f"Spreadsheets ({' '.join(f'*{ending}' for ending in sorted(ENDINGS))});;All files (*)"
_TARGETS = "Excel workbook (*.xlsx);;CSV (*.csv)"
_ENDINGS = (".xlsx", ".csv")


def ask_import(desk: Desk, parent: QWidget, paths: Sequence[Path] | None = None) -> str:
    """Lead through the import of these files (of folders: of their spreadsheets), asking for them where none is given.

    The word of the kind of record that the person wants to see afterwards; empty for none.
    """
    return _lead(desk, parent, choose_files(desk, parent) if paths is None else paths)


def ask_folder(desk: Desk, parent: QWidget) -> str:
    """Ask for a folder and lead through the import of its spreadsheets; as `ask_import`."""
    return _lead(desk, parent, choose_folder(desk, parent))


def ask_clipboard(desk: Desk, parent: QWidget) -> str:
    """Lead through the import of what was copied; as `ask_import`."""
    home = desk.database.home
    forget_copied(home)
    found = copied_files(home)
    if not found:
        desk.said.emit("There is no table in the clipboard. Copy the cells of one, with their headings.")
    return _lead(desk, parent, found)


def choose_files(desk: Desk, parent: QWidget) -> list[Path]:
    """The spreadsheets to import; none when the person thinks better of it."""
    names, _ = QFileDialog.getOpenFileNames(parent, "Import spreadsheets", str(_folder(desk)), _FILES)
    return _remembered(desk, [Path(name) for name in names])


def choose_folder(desk: Desk, parent: QWidget) -> list[Path]:
    """The folder whose spreadsheets are to be imported; none when the person thinks better of it."""
    name = QFileDialog.getExistingDirectory(parent, "Import a folder", str(_folder(desk)))
    return _remembered(desk, [Path(name)] if name else [])


def choose_target(desk: Desk, parent: QWidget, source: Path) -> Path | None:
    """The file for the refused rows of `source`, with an ending that can be written."""
    copied = source.is_relative_to(desk.database.home.path)  # the file of copied cells does not last
    proposed = (_folder(desk) if copied else source.parent) / f"{source.stem} to mend.xlsx"
    name, picked = QFileDialog.getSaveFileName(parent, "Save refused rows", str(proposed), _TARGETS)
    path = Path(name)
    if name and path.suffix.lower() not in _ENDINGS:
        path = path.with_name(path.name + next(end for end in _ENDINGS if f"*{end}" in (picked or _TARGETS)))
    return path if name else None


def save_refused(desk: Desk, parent: QWidget, plan: Plan, told: Callable[[str], None]) -> None:
    """Ask for a file and write the refused rows of a plan to it, each with the sentences about it.

    `told` is given what came of it.
    """
    path = choose_target(desk, parent, plan.path)
    if path is None:
        return
    desk.jobs.work(
        f"Save refused rows to {path.name}",
        lambda task: write_errors(plan, path, say, task),
        lambda number: told(f"Saved {count(number, 'refused row')} to {path.name}."),
        owner=parent,
    )


def _lead(desk: Desk, parent: QWidget, paths: Sequence[Path]) -> str:
    from desktop.importing.wizard import ImportWizard

    if not paths:
        return ""
    wizard = ImportWizard(desk, paths, parent)
    wizard.exec()
    wanted = wizard.wanted
    wizard.deleteLater()
    return wanted


def _folder(desk: Desk) -> Path:
    return Path(str(desk.memory.get("folder") or Path.home()))


def _remembered(desk: Desk, paths: list[Path]) -> list[Path]:
    if paths:
        desk.memory.put("folder", str(paths[0].parent))
    return paths
