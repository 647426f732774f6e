"""Spreadsheets in and out, backups, the check, and the demo city."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from desktop.desk import Desk
from desktop.dialogs.ask import confirm
from desktop.pages.home import DEMO_ASSETS
from desktop.phrases.upkeep import backed_up
from desktop.tasks.undoing import Undoing
from desktop.window import MainWindow

_BACKUPS = "Backups of Muster (*.musterbackup)"


class FileTasks(QObject):
    """Each method is one command."""

    def __init__(self, desk: Desk, window: MainWindow, undoing: Undoing) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._undoing = undoing

    def import_files(self, paths: Sequence[Path] | None = None) -> None:
        """Import spreadsheets: ask for the files unless they are given, show the plan of each, write."""
        from desktop.importing.asking import ask_import

        self._show(ask_import(self._desk, self._window, paths))

    def import_folder(self) -> None:
        """Import the spreadsheets of a folder, one after the other."""
        from desktop.importing.asking import ask_folder

        self._show(ask_folder(self._desk, self._window))

    def import_clipboard(self) -> None:
        """Import the cells that were copied."""
        from desktop.importing.asking import ask_clipboard

        self._show(ask_clipboard(self._desk, self._window))

    def imports(self) -> None:
        """Show what was imported, and undo some of it."""
        from desktop.dialogs.import_log import ImportLogDialog

        ImportLogDialog(self._desk, self._window).exec()

    def _show(self, word: str) -> None:
        """Show the records that were imported, where the person wants to see them."""
        if word:
            self._window.show_kind(word)

    def back_up(self) -> None:
        """Ask where to, and write everything into one file."""
        today = dt.datetime.now().astimezone().date()
        proposed = self._folder() / f"Muster {today.isoformat()}.musterbackup"
        name, _ = QFileDialog.getSaveFileName(self._window, "Back up", str(proposed), _BACKUPS)
        if name:
            path = Path(name)
            self.back_up_to(path if path.suffix else path.with_suffix(".musterbackup"))

    def back_up_to(self, path: Path) -> None:
        """Write everything into that file."""
        from models.store.backup import backup  # (not needed to start)

        database = self._desk.database
        self._desk.memory.put("backups", str(path.parent))
        self._desk.jobs.work(
            f"Back up to {path.name}",
            lambda task: backup(database, path, task),
            lambda size: self._desk.said.emit(backed_up(path, size)),
            owner=self,
        )

    def restore(self) -> None:
        """Ask for a backup and put it in the place of the records."""
        name, _ = QFileDialog.getOpenFileName(
            self._window, "Restore a backup", str(self._folder()), f"{_BACKUPS};;All files (*)"
        )
        path = Path(name)
        if not name or not self._window.panel.leave():
            return
        if confirm(
            self._window,
            "Restore",
            f"Put {path.name} in the place of all records?",
            "Restore",
            "What is there now is kept beside it as a backup, so that you can go back.",
        ):
            self.restore_from(path)

    def restore_from(self, path: Path) -> None:
        """Put that backup in the place of the records."""
        from desktop.dialogs.upkeep import RestoreDialog

        # The rows on the screen may be others under the same numbers.
        self._window.show_place("home")
        self._window.panel.show_record("asset", -1)
        with self._desk.sharing.paused():
            RestoreDialog(self._desk, path, self._window).exec()

    def check(self) -> None:
        """Prove that the records are whole, and say what was found."""
        from desktop.dialogs.upkeep import CheckDialog

        CheckDialog(self._desk, self._window).exec()

    def demo(self) -> None:
        """Fill the empty home with a demo city."""
        from models.services.demo import fill_demo  # (not needed to start)

        self._desk.write(
            "Make the demo city",
            lambda journal, task: fill_demo(journal, assets=DEMO_ASSETS, progress=task),
            owner=self,
        )

    def remove_demo(self) -> None:
        """Take the demo city out again; what people made stays, and what it refers to."""
        from models.services.demo import remove_demo  # (not needed to start)

        self._undoing.take_back(remove_demo, "Remove the demo city", "Removed the demo city.")

    def _folder(self) -> Path:
        return Path(str(self._desk.memory.get("backups") or Path.home()))
