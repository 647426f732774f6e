"""Spreadsheets out: what a table shows, everything, saved exports, templates. All off the window's thread."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QFileDialog

from desktop.desk import Desk
from desktop.dialogs.export import FORMATS, Asked, ExportDialog
from desktop.dialogs.template import TemplateDialog
from desktop.jobs import Task
from desktop.phrases import books, count
from desktop.window import MainWindow
from models.exchange.writing.books import ALL, export_all, write_template
from models.exchange.writing.export import export_records
from models.exchange.writing.saved import SavedExport, save_export, saved_exports
from models.schema.records import RECORDS

_ALL_NAME = "Muster"


class ExportTasks(QObject):
    """Each public method is one command, or a part of one that asks nothing."""

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window

    def export(self) -> None:
        """Ask what to export and where to, and write it."""
        saved, keeps = saved_exports(self._desk.database), self._desk.may("saved_export")
        dialog = ExportDialog(self._window.table, saved, self._window, keeps=keeps)
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        if dialog.chosen_export is not None:
            self.make_again(dialog.chosen_export)
            return
        asked = dialog.asked()
        name = _ALL_NAME if asked.record == ALL else RECORDS[asked.record].plural
        if path := self._ask_path(name, asked.ending):
            self.write(asked, path)

    def export_rows(self, word: str, numbers: Sequence[int]) -> None:
        """Ask for a file, and write the records of these local numbers to it, in their order."""
        if path := self._ask_path(RECORDS[word].plural, ".xlsx"):
            self.write(Asked(word, "", (), numbers, ".xlsx"), path)

    def write(self, asked: Asked, path: Path) -> None:
        """Write what was asked for to that file; where it has a name, save it as an export of that name."""
        self._write(asked.saved(str(path)), asked, "")

    def make_again(self, saved: SavedExport) -> None:
        """Write a saved export once more: to its own file, or ask for one."""
        if not saved.file:
            path = self._ask_path(saved.name, ".xlsx")
            if path is None:
                return
            saved = SavedExport(saved.name, saved.record, saved.query, saved.columns, str(path))
        ending = Path(saved.file).suffix
        self._write(saved, Asked(saved.record, saved.query, saved.columns, None, ending), f"“{saved.name}”: ")

    def template(self) -> None:
        """Ask for a kind of record, and write a sheet of it to fill in."""
        dialog = TemplateDialog(self._window.table, self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            kind = dialog.kind
            if path := self._ask_path(f"{kind.plural} to fill in", ".xlsx"):
                self.write_template(kind.word, dialog.columns, path)

    def write_template(self, word: str, columns: tuple[str, ...], path: Path) -> None:
        """Write a sheet to fill in to that file."""
        desk = self._desk
        database, wording = desk.database, books.template(RECORDS[word], desk.settings, _now())
        desk.jobs.work(
            f"Write {path.name}",
            lambda _task: write_template(database, word, path, wording, columns),
            lambda keys: self._offer(f"{count(len(keys), 'column')} to fill in, in {path.name}.", path),
            owner=self,
        )

    def _write(self, saved: SavedExport, asked: Asked, prefix: str) -> None:
        now = _now()
        desk, path = self._desk, saved.path(now)
        database, settings = desk.database, desk.settings

        def work(task: Task) -> int:
            if asked.record == ALL:
                return export_all(database, path, settings, books.whole_register(settings, now), task).rows
            columns, numbers = asked.columns, asked.numbers
            return export_records(
                database,
                asked.record,
                path,
                settings,
                query=asked.query,
                columns=columns,
                numbers=numbers,
                progress=task,
            ).rows

        def done(rows: int) -> None:
            self._offer(f"{prefix}Exported {count(rows, 'row')} to {path.name}.", path)
            if asked.name:
                desk.write(
                    f"Save the export {asked.name}",
                    lambda journal, _task: save_export(journal, saved, settings),
                    owner=self,
                    quiet=True,
                )

        desk.jobs.work(f"Export to {path.name}", work, done, owner=self)

    def _offer(self, text: str, path: Path) -> None:
        self._desk.offer.emit(text, "Open", lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))))

    def _ask_path(self, name: str, ending: str) -> Path | None:
        """The file to write; None where the person goes back."""
        folder = Path(str(self._desk.memory.get("folder") or Path.home()))
        pattern = f"{FORMATS[ending].partition(' (')[0]} (*{ending})"
        picked, _ = QFileDialog.getSaveFileName(self._window, "Export", str(folder / f"{name}{ending}"), pattern)
        if not picked:
            return None
        path = Path(picked)
        if path.suffix.lower() != ending:
            path = path.with_name(path.name + ending)
        self._desk.memory.put("folder", str(path.parent))
        return path


def _now() -> dt.datetime:
    return dt.datetime.now().astimezone()
