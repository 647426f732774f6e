"""Pasting cells from a spreadsheet: each is read by its field; what cannot be taken is told before it is written."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from desktop.desk import Desk
from desktop.jobs import Task
from models.fields.field import Field
from models.fields.problem import Problem
from models.query.names import Names
from models.query.window import page
from models.services.registry import read_texts


@dataclass(frozen=True)
class PastePlan:
    """What a paste would do. `patches` by record id, `added` for rows below the last one, `problems` by cell.

    A problem names the row of the clipboard (from 1) and the column's label.
    """

    patches: dict[str, dict[str, str | None]] = field(default_factory=dict)
    added: list[dict[str, str | None]] = field(default_factory=list)
    problems: list[tuple[int, str, Problem]] = field(default_factory=list)

    @property
    def cells(self) -> int:
        """How many values would be written."""
        return sum(map(len, self.patches.values())) + sum(map(len, self.added))


def plan_paste(
    connection: Connection,
    task: Task,
    desk: Desk,
    word: str,
    numbers: Sequence[int],
    columns: Sequence[Field],
    cells: Sequence[Sequence[str]],
) -> PastePlan:
    """Read the cells for the records of these numbers, row by row; rows beyond them would be added.

    For a reader's thread; raises Cancelled.
    """
    made = PastePlan()
    catalogue, names = desk.catalogue, Names(connection)
    found = {row.nr: row for row in page(connection, catalogue, word, numbers, [each.key for each in columns])}
    labels = {field.key: field.label for field in catalogue.fields(word)}
    needed = [field.key for field in catalogue.fields(word) if field.required and field.key not in catalogue.categories]
    for at, line in enumerate(cells):
        task.at("parse", at, len(cells))
        before = found.get(numbers[at]) if at < len(numbers) else None
        texts = {column.key: text for column, text in zip(columns, line, strict=False)}
        read = read_texts(connection, catalogue, word, texts, desk.settings, before.id if before else "", names)
        wrong = {problem.field: problem for problem in read.errors}
        patch = {key: value for key, value in read.patch.items() if key not in wrong}
        if before is not None:
            changed = {key: value for key, value in patch.items() if before.values.get(key) != value}
            if changed:
                made.patches[before.id] = changed
        elif at >= len(numbers) and any(patch.values()):
            for key in needed:
                if patch.get(key) is None:
                    wrong.setdefault(key, Problem("field.required", field=key))
            if not wrong.keys() & set(needed):
                made.added.append({key: value for key, value in patch.items() if value is not None})
        made.problems.extend((at + 1, labels[key], problem) for key, problem in wrong.items())
    return made
