"""Carries a plan out: its rows become edits, written as one action."""

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Connection

from models.exchange.meaning.fields import KIND, MUSTER_ID
from models.exchange.meaning.new_fields import custom_row
from models.exchange.plan import Plan, State
from models.fields.ids import new_id, new_ids
from models.fields.problem import UsageError
from models.journal.entry import Changes, Edit, NewRows
from models.journal.writer import Journal
from models.progress import Progress, uncollected
from models.schema.records import record_type
from models.store.search import last_action

#: New rows that are handed over together; the journal writes them in smaller batches.
_SLICE = 10_000
_NOTHING: dict[str, str | None] = {}


def apply_plan(journal: Journal, plan: Plan, progress: Progress | None = None) -> Changes:
    """Write the plan's new and changed rows and the records that they name. Refused rows are left out.

    Raises UsageError("plan.stale") where something was written since the plan was made; DatabaseError; Cancelled
    leaves nothing written.
    """
    progress = progress or Progress()
    progress.at("write", 0, plan.to_write)
    with uncollected():
        return journal.write(
            f"Import {plan.path.name}",
            lambda connection: _edits(connection, plan),
            source=plan.path.name,
            details={
                "file": plan.path.name,
                "sheet": plan.sheet,
                "kind": plan.kind,
                "sha256": plan.fingerprint,
                "rows": plan.rows,
                "new": plan.count(State.NEW),
                "changed": plan.count(State.CHANGED),
                "same": plan.count(State.SAME),
                "refused": plan.count(State.REFUSED),
                "profile": plan.profile,
            },
            total=plan.to_write + len(plan.made) + len(plan.aliases),
            progress=progress,
        )


def _edits(connection: Connection, plan: Plan) -> Iterator[Edit | NewRows]:
    if last_action(connection) != plan.basis:
        raise UsageError("plan.stale", plan.path.name)
    for field in plan.new_fields:
        yield Edit("custom_field", new_id(), _filled(custom_row(field, plan.kind)), new=True)
    for made in plan.made:
        yield made.edit()
    table = record_type(plan.kind).table
    rows = [row for row, state in enumerate(plan.states) if state == State.NEW]
    for start in range(0, len(rows), _SLICE):
        yield _new_rows(plan, table, rows[start : start + _SLICE])
    for row, state in enumerate(plan.states):
        if state == State.CHANGED:
            yield Edit(table, plan.targets[row] or "", plan.patch(row))
    for record, name, target in plan.aliases:
        yield Edit("alias", new_id(), {"record": record, "name": name, "target": target}, new=True)


def _filled(values: Mapping[str, str | None]) -> dict[str, str | None]:
    return {key: value for key, value in values.items() if value is not None}


def _picked(values: Sequence[str | None], rows: Sequence[int]) -> Sequence[str | None]:
    """The values of some rows; rows that follow each other are a slice, as most of an import's do."""
    first, last = rows[0], rows[-1]
    return values[first : last + 1] if last - first + 1 == len(rows) else [values[row] for row in rows]


def _new_rows(plan: Plan, table: str, rows: list[int]) -> NewRows:
    """Some new rows of the plan, by column, with what they get besides their cells."""
    columns: dict[str, Sequence[str | None]] = {
        column.field.key: _picked(column.values, rows) for column in plan.columns if column.field.key != MUSTER_ID.key
    }
    if plan.usual_kind:
        said = columns.get(KIND) or [None] * len(rows)
        columns[KIND] = [kind or plan.usual_kind for kind in said]
    extras = [plan.extra.get(row, _NOTHING) for row in rows] if plan.extra else []
    for key in dict.fromkeys(key for extra in extras for key in extra):
        present = columns.get(key, [None] * len(rows))
        columns[key] = [extra.get(key, value) for extra, value in zip(extras, present, strict=True)]
    ids = new_ids(len(rows))
    if plan.new_ids:
        ids = [plan.new_ids.get(row) or own for row, own in zip(rows, ids, strict=True)]
    return NewRows(table, ids, columns)
