"""Undo and redo: taking deeds back, saying what was taken back, and offering it after a deed."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from desktop.desk import Desk
from desktop.dialogs.ask import confirm
from desktop.phrases import count
from desktop.phrases.undoing import kept_told
from desktop.window import MainWindow
from models.journal.entry import Changes
from models.journal.history import Deed, last_undoable
from models.journal.undo import UndoReport, redo, undo
from models.journal.writer import Journal


class Undoing(QObject):
    """Listens to deeds, and takes them back."""

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        desk.deed.connect(self._offer)
        window.panel.history.undo_asked.connect(self.undo_deed)
        desk.changed.connect(lambda _changes: self.look_back())
        self.look_back()

    def undo(self) -> None:
        """Take back the last deed."""
        self.take_back(undo, "Undo")

    def redo(self) -> None:
        """Take back the last undo."""
        self.take_back(redo, "Redo")

    def undo_deed(self, deed: Deed) -> None:
        """Take back one deed by name, which may have changed more than the record that it was met at."""
        if deed.count > 1:
            text = f"Take back “{deed.title}”? It changed {count(deed.count, 'record')}."
            if not confirm(self._window, "Take back", text, "Take back", "What was changed since stays as it is."):
                return
        self.take_back(partial(undo, action=deed.action), "Undo")

    def look_back(self) -> None:
        """Ask what Ctrl+Z would take back, for the status line."""
        self._desk.read(
            lambda connection, _task: last_undoable(connection),
            lambda deed: self._window.status.show_undo(deed.title if deed and self._desk.may() else ""),
            owner=self,
        )
        self._window.status.show_author(self._desk.settings.author)

    def take_back(self, deed: Callable[..., UndoReport], word: str, said: str = "") -> None:
        """Do something that takes back a deed. `word` is the title of the work, `said` what is told afterwards."""
        reports: list[UndoReport] = []

        def work(journal: Journal, task: object) -> Changes:
            reports.append(deed(journal, progress=task))
            return reports[0].changes

        self._desk.write(word, work, lambda _changes: self._tell(reports[0], word, said), owner=self, quiet=True)

    def _tell(self, report: UndoReport, word: str, said: str) -> None:
        again = word == "Redo"
        title = report.title.removeprefix("Undo: ")  # what is done again is told as what it was
        told = said or (f"Done again: {title}." if again else f"Undone: {title}.")
        if report.kept:
            told += f" {kept_told(report.kept)}"
        if again:
            self._window.toast.say(told, "Undo", self.undo)
        else:
            self._window.toast.say(told, "Redo", self.redo)

    def _offer(self, changes: Changes) -> None:
        gone = any("deleted" in keys for keys in changes.fields.values())
        if changes.count > 1 or gone:
            counted = "" if any(map(str.isdigit, changes.title)) or gone else f": {count(changes.count, 'record')}"
            self._window.toast.say(f"{changes.title}{counted}.", "Undo", self.undo)
