"""The files: which are done, which is at hand, which are left; and why one cannot be read."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from desktop.desk import Desk
from desktop.importing.asking import choose_files, choose_folder
from desktop.importing.clipboard import copied_files
from desktop.importing.queue import Entry, Fate, FileQueue
from desktop.importing.run import ImportRun
from desktop.importing.steps import StepPage
from desktop.theme import STEP
from desktop.widgets import button, label, row, stack

_MARKS = {Fate.WAITING: "○", Fate.NOW: "●", Fate.DONE: "✓", Fate.SKIPPED: "–"}
_WORDS = {Fate.WAITING: "waits", Fate.NOW: "at hand", Fate.DONE: "imported", Fate.SKIPPED: "skipped"}


class FilePage(StepPage):
    """Shows a `FileQueue`. `added` carries paths to put into it, `taken` the `Entry` to take in hand."""

    added = Signal(object)
    taken = Signal(object)

    def __init__(self, desk: Desk, queue: FileQueue) -> None:
        super().__init__()
        self._desk = desk
        self._queue = queue
        self.list = QListWidget()
        self.list.setObjectName("roomy")
        self.list.setAccessibleName("Files to import")
        self._words = label("", "heading")
        self.open = button("Import this one now", self._take)
        self.remove = button("Take out of the list", self._remove)
        files = button("Add files…", lambda: self._add(choose_files(desk, self)), drawing="add")
        folder = button("Add a folder…", lambda: self._add(choose_folder(desk, self)))
        paste = button("From the clipboard", self.paste, drawing="paste")
        paste.setToolTip("Ctrl+V: the cells that were copied in a spreadsheet program, or a table of a letter")
        hint = label("Files and folders can also be let fall on this window.", "muted")
        inside = stack(
            row(self._words, None, files, folder, paste, gap=2), self.list, row(self.open, self.remove, None, hint),
            gap=3, margin=4,
        )  # fmt: skip
        inside.setStretch(1, 1)
        inside.setContentsMargins(4 * STEP, 3 * STEP, 4 * STEP, 3 * STEP)
        self.setLayout(inside)
        self.list.currentRowChanged.connect(lambda _at: self._settle())
        self.list.itemActivated.connect(lambda _item: self._take())
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.paste)

    def show_run(self, run: ImportRun) -> None:
        """Show the list, at the file at hand."""
        self.show_queue()
        if self._queue.now is not None:
            self.list.setCurrentRow(self._queue.entries.index(self._queue.now))

    def show_queue(self) -> None:
        """Show the list as it is now."""
        entries = self._queue.entries
        done = sum(entry.fate is Fate.DONE for entry in entries)
        told = f"{len(entries)} files, {done} imported, {self._queue.left} left"
        self._words.setText(told if len(entries) > 1 else "The file")
        at = max(0, self.list.currentRow())
        self.list.clear()
        for entry in entries:
            item = QListWidgetItem(f"{_MARKS[entry.fate]}  {entry.name}\n     {_told(entry)}")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{entry.name}, {_told(entry)}")
            item.setToolTip(str(entry.path))
            self.list.addItem(item)
        self.list.setCurrentRow(min(at, len(entries) - 1))
        self._settle()

    def enter(self) -> None:
        """The keyboard goes to the list."""
        self.list.setFocus()

    def paste(self) -> None:
        """Add what was copied."""
        found = copied_files(self._desk.database.home)
        if found:
            self.added.emit(found)
        else:
            self._words.setText("There is no table in the clipboard. Copy the cells of one, with their headings.")

    # Inside

    def _chosen(self) -> Entry | None:
        at = self.list.currentRow()
        return self._queue.entries[at] if 0 <= at < len(self._queue.entries) else None

    def _settle(self) -> None:
        entry = self._chosen()
        self.open.setEnabled(entry is not None and entry.fate in (Fate.WAITING, Fate.SKIPPED))
        self.remove.setEnabled(entry is not None and entry.fate is Fate.WAITING)

    def _take(self) -> None:
        entry = self._chosen()
        if entry is not None and self.open.isEnabled():
            self.taken.emit(entry)

    def _remove(self) -> None:
        entry = self._chosen()
        if entry is not None:
            self._queue.drop(entry)
            self.show_queue()

    def _add(self, paths: list[Path]) -> None:
        if paths:
            self.added.emit(paths)


def _told(entry: Entry) -> str:
    where = str(entry.path.parent) if entry.path.suffix else "copied cells"
    return " · ".join(filter(None, (_WORDS[entry.fate], entry.told or where)))
