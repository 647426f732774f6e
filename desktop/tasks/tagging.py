"""Tagging: the tag run, its ways out, the check of labels, the sheet of command cards.

The page is loaded when it is first shown, not when the window starts.
"""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from sqlalchemy import Connection

from desktop.commands import Command
from desktop.desk import Desk
from desktop.jobs import Task
from desktop.tasks.exports import ExportTasks
from desktop.tasks.labels import LabelTasks
from desktop.window import MainWindow
from models.query.parse import quote
from models.query.window import page as records
from models.scanning.scan import Command as Card

if TYPE_CHECKING:
    from desktop.tagging.page import TaggingPage
    from models.printers.request import LabelFor

PLACE = "tagging"
"""The name of the page in the navigation."""
_MOST_TERMS = 90
"""So many things are shown by a filter; a query holds a hundred terms."""


class TaggingTasks(QObject):
    """Each public method without arguments is one command."""

    def __init__(self, desk: Desk, window: MainWindow, labels: LabelTasks, exports: ExportTasks) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._labels = labels
        self._exports = exports
        window.page_made.connect(self._take_page)

    def commands(self) -> list[Command]:
        """The commands of the group "tagging"."""
        here, may = self._here, partial(self._desk.may, "asset")
        return [
            Command("tagging.start", "Tag run", self.start, "Ctrl+Shift+G", "scan", may=may),
            Command("tagging.undo", "Take back the last scan", lambda: self._scan(Card.UNDO), "", "undo", here, may),
            Command("tagging.next", "Keep the thing as it is", lambda: self._scan(Card.NEXT), "", "", here, may),
            Command("tagging.print", "Print the last label", lambda: self._scan(Card.PRINT), "", "label", here, may),
            Command("tagging.end", "End the tag run", lambda: self._scan(Card.END), "", "", here, may),
            Command("tagging.check", "Check labels", self.check, "", "check", may=may),
            Command("tagging.cards", "Print command cards…", self.cards, "", "label", may=may),
        ]

    def start(self) -> None:
        """Show the tag run, ready for the first scan."""
        if (shown := self._show()) is not None:
            shown.show_run()

    def check(self) -> None:
        """Show the check of labels."""
        if (shown := self._show()) is not None:
            shown.show_check()

    def cards(self) -> None:
        """Print the sheet of command cards."""
        from desktop.dialogs.command_cards import CommandCardsDialog

        CommandCardsDialog(self._desk, self._window).exec()

    def _show(self) -> "TaggingPage | None":
        """The page, where the person could leave what they were at."""
        from desktop.tagging.page import TaggingPage

        self._window.show_place(PLACE)
        shown = self._window.own_page(PLACE)
        return shown if self._window.place == PLACE and isinstance(shown, TaggingPage) else None

    def _take_page(self, page: object) -> None:
        from desktop.tagging.page import TaggingPage

        if isinstance(page, TaggingPage):
            page.door.connect(self._leave)

    def _here(self) -> bool:
        return self._window.place == PLACE

    def _scan(self, card: Card) -> None:
        from desktop.tagging.page import TaggingPage

        shown = self._window.own_page(PLACE)
        if isinstance(shown, TaggingPage):
            shown.run.take_scan(card.code)

    def _leave(self, door: str, word: str, numbers: Sequence[int]) -> None:
        if door == "print":
            self._print(word, numbers)
        elif door == "export":
            self._exports.export_rows(word, numbers)
        else:
            self._show_table(word, numbers)

    def _print(self, word: str, numbers: Sequence[int]) -> None:
        desk = self._desk

        def work(connection: Connection, _task: Task) -> "tuple[list[LabelFor], str]":
            from desktop.labelling.records import label_records

            return label_records(connection, desk, word, numbers)

        desk.read(work, lambda found: self._labels.print_records(*found), owner=self)

    def _show_table(self, word: str, numbers: Sequence[int]) -> None:
        desk = self._desk

        def work(connection: Connection, _task: Task) -> str:
            rows = records(connection, desk.catalogue, word, numbers[-_MOST_TERMS:], ["tag", "serial"])
            terms = [
                f"{key}={quote(value)}"
                for row in rows
                if (key := "tag" if row.values["tag"] else "serial") and (value := row.values[key])
            ]
            return " or ".join(terms)

        def show(query: str) -> None:
            self._window.show_kind(word, text=query)

        desk.read(work, show, owner=self)
