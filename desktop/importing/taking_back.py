"""Undoing an import, now or later, with word of what was kept."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject

from desktop.desk import Desk
from desktop.jobs import Task
from desktop.phrases.undoing import kept_data, why_kept
from models.journal.entry import Changes
from models.journal.undo import UndoReport, undo
from models.journal.writer import Journal

_MOST = 50
"""So many kept things are told one by one."""


@dataclass(frozen=True)
class Taken:
    """What an undo did; `lines` say of each kept thing why it stays."""

    report: UndoReport
    lines: list[str]


def take_back(desk: Desk, owner: QObject, action: str, title: str, done: Callable[[Taken], None]) -> None:
    """Undo an action; `done` is told what came of it."""
    found: list[Taken] = []

    def work(journal: Journal, task: Task) -> Changes:
        report = undo(journal, action, task)
        with desk.database.reading() as connection:
            kept = kept_data(connection, report.kept[:_MOST])
        lines = [why_kept(desk.catalogue, each) for each in kept]
        more = len(report.kept) - len(lines)
        found.append(Taken(report, [*lines, f"And {more:,} more."] if more else lines))
        return report.changes

    desk.write(title, work, lambda _changes: done(found[0]), owner=owner, quiet=True)
