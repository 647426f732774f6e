"""The commands about tags: the schemes at a glance, rolls, void tags, and the check of chosen labels."""

from array import array
from functools import partial

from PySide6.QtCore import QObject
from sqlalchemy import Connection

from desktop.commands import Command
from desktop.desk import Desk
from desktop.jobs import Task
from desktop.pages.places import LABELLED
from desktop.window import MainWindow
from models.rules.tag_book import all_schemes
from models.rules.tag_forms import Scheme
from models.schema.records import RECORDS


class TagTasks(QObject):
    """Each method is one command."""

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window

    def commands(self) -> list[Command]:
        """The commands, in the order of the menu."""
        may = self._desk.may
        return [
            Command("record.tag-numbers", "Tag numbers…", self.numbers, "", "tag"),
            Command("record.new-scheme", "New tag scheme…", self.new_scheme, may=partial(may, "tag_scheme")),
            Command("record.new-roll", "Register a roll of tags…", self.roll, may=partial(may, "tag_block")),
            Command("record.void-tag", "Void a tag…", self.void, may=partial(may, "void_tag")),
            Command(
                "record.check-labels",
                "Check the chosen labels…",
                self.check,
                "",
                "check",
                self._chosen,
                partial(may, *LABELLED),
            ),
        ]

    def numbers(self) -> None:
        """Show schemes, blocks and rolls."""
        from desktop.tagging.numbers_dialog import TagNumbersDialog

        dialog = TagNumbersDialog(self._desk, self._window)
        dialog.asked.connect(self._window.commands.run)
        dialog.exec()

    def new_scheme(self) -> None:
        """Ask for a new scheme, over its table."""
        self._window.show_kind("tag_scheme")
        self._window.commands.run("record.new")

    def roll(self) -> None:
        """Ask for a pre-printed roll."""

        def ask(connection: Connection, _task: Task) -> tuple[Scheme, ...]:
            return all_schemes(connection)

        self._desk.read(ask, self._roll, owner=self)

    def void(self) -> None:
        """Ask for a tag that is void, at first that of the record that is shown."""
        from desktop.tagging.tag_dialogs import VoidDialog

        record = self._window.panel.record if self._window.panel.isVisible() else None
        tag = (record.values.get("tag") or "") if record is not None and RECORDS[record.word].table == "asset" else ""
        VoidDialog(self._desk, tag, self._window).exec()

    def check(self) -> None:
        """Scan the labels of the chosen rows back."""
        from desktop.tagging.check_dialog import CheckLabelsDialog

        table = self._window.table
        if table is not None:
            numbers = array("q", table.chosen().numbers or [table.current()])
            CheckLabelsDialog(self._desk, table.kind.table, numbers, self._window).exec()

    def _chosen(self) -> bool:
        table = self._window.table
        there = table is not None and (table.current() >= 0 or table.chosen_count() > 0)
        return table is not None and there and table.kind.table in LABELLED

    def _roll(self, schemes: tuple[Scheme, ...]) -> None:
        from desktop.tagging.tag_dialogs import RollDialog

        if not schemes:
            self._window.toast.say("Add a tag scheme first.", "New scheme", self.new_scheme)
            return
        RollDialog(self._desk, schemes, self._window).exec()
