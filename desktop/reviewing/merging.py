"""The conversation about merging two records: what differs is read, the person chooses, one deed is written."""

from typing import NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget
from sqlalchemy import Connection

from desktop.desk import Desk
from desktop.jobs import Task
from desktop.phrases.review import EMPTY
from models.fields.field import Field
from models.journal.entry import Changes
from models.journal.writer import Journal
from models.services.merging import MergePlan, Pick, merge_records, plan_merge


class Choice(NamedTuple):
    """One field in which the two differ: its values as people read them, and what it keeps until they say otherwise."""

    field: Field
    left: str
    right: str
    pick: Pick


class Pair(NamedTuple):
    """Two records that are to become one. `choices` are their differences, `plan` what would follow."""

    plan: MergePlan
    left: str
    right: str
    choices: list[Choice]


def read_pair(connection: Connection, desk: Desk, table: str, first: str, second: str) -> Pair:
    """What merging would mean. For a reader's thread. Raises what `plan_merge` raises."""
    plan = plan_merge(connection, desk.catalogue, table, first, second)
    labels = desk.labels.reading(connection)
    choices = []
    for each in plan.fields:
        left, right = (
            EMPTY if value is None else labels.shown(each.field, value) for value in (each.first, each.second)
        )
        choices.append(Choice(each.field, left, right, each.pick))
    left, right = (labels.label(table, row) or "(no name)" for row in (first, second))
    return Pair(plan, left, right, choices)


class Merging(QObject):
    """Asks how two records become one, and makes them one."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._parent = parent

    def ask(self, table: str, first: str, second: str) -> None:
        """Read what differs, and ask; `first` is the record at the left."""
        desk = self._desk

        def work(connection: Connection, _task: Task) -> Pair:
            return read_pair(connection, desk, table, first, second)

        desk.read(work, self._choose, owner=self, failed=desk.fail)

    def _choose(self, pair: Pair) -> None:
        from desktop.reviewing.merge_dialog import MergeDialog

        dialog = MergeDialog(self._desk, pair, self._parent.window())
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        plan, picks = pair.plan, dialog.picks()

        def write(journal: Journal, _task: Task) -> Changes:
            return merge_records(journal, plan.table, dialog.first, dialog.second, picks)

        self._desk.write(f"Merge {pair.left} and {pair.right}", write, owner=self, failed=self._desk.fail)
