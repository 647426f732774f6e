"""Rows held against the records that they are about: what would change, and which record says just the same."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import TypeVar

from sqlalchemy import Connection

from models.exchange.judging.draft import Draft
from models.exchange.meaning.fields import KIND, MUSTER_ID
from models.exchange.plan import State
from models.fields.problem import Problem
from models.progress import Progress
from models.query.values import Values, values_of
from models.schema.catalogue import Catalogue

#: Rows between two looks at the progress, and records that are read together.
BATCH = 2000

_T = TypeVar("_T")


def compare(draft: Draft, connection: Connection, catalogue: Catalogue, progress: Progress) -> None:
    """Hold matched rows against their records. Raises Cancelled.

    A cell that is empty leaves its field alone, save in a column of which the person says that it clears.
    """
    rows = (row for row, target in enumerate(draft.targets) if target and not draft.refused(row))
    keys = [key for key in draft.columns if key not in (MUSTER_ID.key, KIND)]
    columns = [draft.columns[key] for key in keys]
    for batch in batches(rows):
        progress.at("compare", batch[0], draft.rows)
        ids = [draft.targets[row] or "" for row in batch]
        now = dict(values_of(connection, catalogue, draft.kind, keys, ids))
        said = zip(*([column[row] for row in batch] for column in columns), strict=True)
        for row, values in zip(batch, said if keys else [()] * len(batch), strict=True):
            known = now[draft.targets[row] or ""]
            if values == known:
                draft.states[row] = State.SAME
            else:
                _compare_row(draft, row, keys, values, known)


def _compare_row(draft: Draft, row: int, keys: Sequence[str], values: Values, known: Values) -> None:
    """What a row that does not say just the same as its record changes of it, if anything."""
    before = {
        key: old
        for key, value, old in zip(keys, values, known, strict=True)
        if value != old and (value is not None or key in draft.clear)
    }
    if draft.clear and _clears_required(draft, row, before):
        return
    draft.states[row] = State.CHANGED if before else State.SAME
    if before:
        draft.before[row] = before


def _clears_required(draft: Draft, row: int, before: Mapping[str, str | None]) -> bool:
    """Refuse a row that would take from its record what that cannot be without."""
    for key in before:
        field = draft.fields[key]
        if draft.columns[key][row] is None and field.required:
            draft.note(row, key, Problem("field.required", details={"label": field.label}))
            return True
    return False


class Records:
    """Records by all the values that a sheet's columns have for them, each to be taken once."""

    def __init__(self, draft: Draft, connection: Connection, catalogue: Catalogue, ids: Sequence[str] | None) -> None:
        """`ids`: the records; None for all live ones of the kind."""
        self._left: dict[Values, list[str]] = {}
        keys = [key for key in draft.columns if key != MUSTER_ID.key]
        for batch in [None] if ids is None else batches(iter(ids)):
            for row, values in values_of(connection, catalogue, draft.kind, keys, batch):
                self._left.setdefault(values, []).append(row)
        for rows in self._left.values():
            rows.reverse()

    def take(self, values: Values) -> str | None:
        """A record that says just this and was not taken yet."""
        left = self._left.get(values)
        return left.pop() if left else None


def batches(rows: Iterator[_T]) -> Iterator[list[_T]]:
    """The rows in lists of BATCH."""
    while batch := list(islice(rows, BATCH)):
        yield batch
