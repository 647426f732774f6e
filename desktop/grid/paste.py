"""Pasting cells from a spreadsheet: each is read by its field; what cannot be taken is told before it is written."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from desktop.desk import Desk
from desktop.forms.references import resolve
from desktop.jobs import Task
from models.fields.field import Field
from models.fields.kinds import Ref
from models.fields.problem import BadValue, Problem
from models.query.window import page


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
    rows = page(connection, desk.catalogue, word, numbers, [each.key for each in columns])
    known: dict[tuple[str, str], str] = {}
    for at, line in enumerate(cells):
        task.at("parse", at, len(cells))
        patch: dict[str, str | None] = {}
        for column, text in zip(columns, line, strict=False):
            try:
                patch[column.key] = _read(connection, desk, column, text, known)
            except BadValue as bad:
                made.problems.append((at + 1, column.label, bad.problem))
        if at < len(rows):
            before = rows[at].values
            changed = {key: value for key, value in patch.items() if before.get(key) != value}
            if changed:
                made.patches[rows[at].id] = changed
        elif any(value is not None for value in patch.values()):
            made.added.append({key: value for key, value in patch.items() if value is not None})
    return made


def _read(
    connection: Connection, desk: Desk, column: Field, text: str, known: dict[tuple[str, str], str]
) -> str | None:
    canonical = column.kind.parse(text, [])
    if canonical is None:
        if column.required:
            raise BadValue("field.required")
        return None
    if isinstance(column.kind, Ref):
        key = (column.kind.table, canonical)
        if key not in known:
            known[key] = resolve(connection, desk, column.kind.table, canonical)
        return known[key]
    return canonical
