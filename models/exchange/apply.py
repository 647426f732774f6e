"""Carries a plan out: its rows become edits, written as one action."""

from collections.abc import Iterator

from sqlalchemy import Connection

from models.exchange.plan import Plan, State
from models.fields.ids import new_id
from models.fields.problem import UsageError
from models.journal.entry import Changes, Edit
from models.journal.writer import Journal
from models.progress import Progress
from models.schema.records import record_type


def apply_plan(journal: Journal, plan: Plan, progress: Progress | None = None) -> Changes:
    """Write the plan's new and changed rows and the records that they name. Refused rows are left out.

    Raises UsageError("plan.stale") where something was written since the plan was made; DatabaseError; Cancelled
    leaves nothing written.
    """
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
        },
        total=plan.to_write + len(plan.made),
        progress=progress,
    )


def _edits(connection: Connection, plan: Plan) -> Iterator[Edit]:
    now = int(connection.exec_driver_sql("SELECT coalesce(max(nr), 0) FROM action").scalar_one())
    if now != plan.basis:
        raise UsageError("plan.stale", plan.path.name)
    for made in plan.made:
        yield made.edit()
    table = record_type(plan.kind).table
    for row, state in enumerate(plan.states):
        if state == State.NEW:
            yield Edit(table, plan.new_ids.get(row) or new_id(), plan.patch(row), new=True)
        elif state == State.CHANGED:
            yield Edit(table, plan.targets[row] or "", plan.patch(row))
