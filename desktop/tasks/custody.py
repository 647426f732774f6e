"""Issuing, taking back and moving the chosen assets, or the one that is shown. One deed each, with its undo."""

from array import array
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog
from sqlalchemy import Connection

from desktop.commands import Command
from desktop.desk import Desk
from desktop.dialogs.target import TargetDialog
from desktop.phrases import count, say
from desktop.tasks.undoing import Undoing
from desktop.window import MainWindow
from models.journal.entry import Changes
from models.journal.writer import Journal
from models.query.window import page
from models.scanning.modes import Mode
from models.scanning.told import told_of
from models.schema.catalogue import Catalogue
from models.schema.records import RECORDS
from models.services.custody import Custody, issue_assets, move_assets, return_assets

_AT_ONCE = 2000
_TOLD = 2
"""So many warnings are told with a deed; the others are counted."""

Rows = Callable[[Connection], Sequence[str]]
"""Gives the ids of assets, on the writer's thread."""


class CustodyTasks(QObject):
    """Each public method is one command, or the deed that one ends in."""

    def __init__(self, desk: Desk, window: MainWindow, undoing: Undoing) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._undoing = undoing

    def commands(self) -> list[Command]:
        """The commands for the chosen assets."""
        there, may = self.any_assets, partial(self._desk.may, "asset")
        return [
            Command("record.issue", "Issue…", self.issue, "Ctrl+Shift+I", "people", there, may),
            Command("record.return", "Return", self.give_back, "Ctrl+Shift+R", "undo", there, may),
            Command("record.move", "Move…", self.move, "Ctrl+Shift+L", "place", there, may),
        ]

    def any_assets(self) -> bool:
        """Whether assets are chosen or one is shown."""
        table, record = self._window.table, self._window.panel.record
        in_table = table is not None and table.kind.table == "asset" and (table.current() >= 0 or table.chosen_count())
        shown = record is not None and self._window.panel.isVisible() and RECORDS[record.word].table == "asset"
        return bool(in_table or shown)

    def issue(self) -> None:
        """Ask to whom, and issue the chosen assets."""
        if (chosen := self._chosen()) is not None:
            noun, rows = chosen
            if person := self.ask("person", f"Issue {noun}", "Issue"):
                self.do(Mode.ISSUE, rows, person)

    def give_back(self) -> None:
        """Take the chosen assets back; they stay where they are."""
        if (chosen := self._chosen()) is not None:
            self.do(Mode.RETURN, chosen[1], "")

    def move(self) -> None:
        """Ask where to, and move the chosen assets."""
        if (chosen := self._chosen()) is not None:
            noun, rows = chosen
            if location := self.ask("location", f"Move {noun}", "Move"):
                self.do(Mode.MOVE, rows, location)

    def ask(self, table: str, title: str, yes: str, *, optional: bool = False) -> str | None:
        """Ask for a person or a place; its id, None where the person goes back, empty for none if it is `optional`."""
        dialog = TargetDialog(self._desk, table, title, yes, self._window, optional=optional)
        return dialog.row if dialog.exec() == QDialog.DialogCode.Accepted else None

    def do(self, mode: Mode, rows: Rows, target: str, *, anyway: bool = False) -> None:
        """Issue, take back or move as one deed; say what became of it, with a way back or on."""
        made: list[Custody] = []

        def work(journal: Journal, _task: object) -> Changes:
            with journal.database.reading() as connection:
                ids = rows(connection)
            if mode is Mode.ISSUE:
                made.append(issue_assets(journal, ids, target, anyway=anyway))
            elif mode is Mode.MOVE:
                made.append(move_assets(journal, ids, target))
            else:
                made.append(return_assets(journal, ids, target or None))
            return made[0].changes

        self._desk.write(
            mode.value.title(), work, lambda _changes: self._tell(mode, made[0], target), owner=self, quiet=True
        )

    def _tell(self, mode: Mode, custody: Custody, target: str) -> None:
        _, problem, notes = told_of(mode, custody)
        told = [say(problem), *map(say, notes[:_TOLD])]
        if len(notes) > _TOLD:
            told.append(f"And {count(len(notes) - _TOLD, 'remark')} more.")
        missing = [act.row for act in custody.acts if any(note.code == "custody.missing" for note in act.notes)]
        toast = self._window.toast
        if missing:
            again = partial(self.do, mode, lambda _connection: missing, target, anyway=True)
            toast.say(" ".join(told), "Issue anyway", again)
        elif custody.changes.count:
            toast.say(" ".join(told), "Undo", self._undoing.undo)
        else:
            toast.say(" ".join(told))

    def _chosen(self) -> tuple[str, Rows] | None:
        """What the chosen assets are called, and their ids; None, and it is said, where none are."""
        table, record = self._window.table, self._window.panel.record
        catalogue = self._desk.catalogue
        if table is not None and table.kind.table == "asset" and len(table.chosen()):
            word, numbers = table.word, table.chosen().numbers
            kind = table.kind
            noun = count(len(numbers), kind.label.lower(), kind.plural.lower())
            if len(numbers) == 1 and record is not None and record.nr == numbers[0]:
                noun = record.name
            return noun, lambda connection: ids_of(connection, catalogue, word, numbers)
        if record is not None and self.any_assets():
            row = record.id
            return record.name, lambda _connection: [row]
        self._window.toast.say("Choose the assets first: hardware, mobile devices or radios.")
        return None


def ids_of(connection: Connection, catalogue: Catalogue, word: str, numbers: "array[int]") -> list[str]:
    """The ids of the records of these local numbers."""
    starts = range(0, len(numbers), _AT_ONCE)
    return [row.id for at in starts for row in page(connection, catalogue, word, numbers[at : at + _AT_ONCE], [])]
