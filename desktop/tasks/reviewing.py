"""Review and merge: how much waits, the way to a matter, two chosen records that become one."""

from PySide6.QtCore import QObject
from sqlalchemy import Connection

from desktop.commands import Command
from desktop.desk import Desk
from desktop.jobs import Task
from desktop.pages.places import PLACES
from desktop.tasks.custody import ids_of
from desktop.window import MainWindow
from models.fields.problem import Problem
from models.journal.entry import Changes
from models.services.review import open_count

PLACE = "review"
"""The name of the page in the navigation."""


class ReviewTasks(QObject):
    """Each public method without arguments is one command."""

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._place = next(place for place in PLACES if place.name == PLACE)
        window.panel.review_asked.connect(self.show_matter)
        window.status.review_asked.connect(lambda: window.show_place(PLACE))
        desk.changed.connect(self._hear)
        self.count()

    def commands(self) -> list[Command]:
        """The commands of the group "record"."""
        return [Command("record.merge", "Merge two records…", self.merge, "Ctrl+M", "review", self._there, self._may)]

    def merge(self) -> None:
        """Ask how the two chosen records become one."""
        table = self._window.table
        if table is None or table.chosen_count() != 2:
            self._desk.tell(Problem("merge.two"))
            return
        desk, kind, numbers = self._desk, table.kind, table.chosen().numbers

        def work(connection: Connection, _task: Task) -> list[str]:
            return ids_of(connection, desk.catalogue, kind.word, numbers)

        desk.read(work, lambda ids: self._ask(kind.table, ids), owner=self)

    def show_matter(self, matter: str) -> None:
        """Show what waits for a decision."""
        from desktop.reviewing.page import ReviewPage

        self._window.show_place(PLACE)
        page = self._window.own_page(PLACE)
        if self._window.place == PLACE and isinstance(page, ReviewPage):
            page.show_matter(matter)
            page.enter()

    def count(self) -> None:
        """Ask how much waits, for navigation and status line."""
        self._desk.read(lambda connection, _task: open_count(connection), self._tell, owner=self)

    def _ask(self, table: str, ids: list[str]) -> None:
        from desktop.reviewing.merging import Merging

        if len(ids) == 2:
            Merging(self._desk, self._window).ask(table, *ids)

    def _tell(self, number: int) -> None:
        self._window.navigation.show_count(self._place, number)
        self._window.status.show_review(number)

    def _hear(self, changes: Changes) -> None:
        if changes.touches("review"):
            self.count()

    def _there(self) -> bool:
        return self._window.table is not None

    def _may(self) -> bool:
        table = self._window.table
        return self._desk.may(*(() if table is None else (table.kind.table,)))
