"""Identities of rows to be written that another record or another row has too: told, never refused."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from models.exchange.judging.draft import Draft
from models.exchange.plan import State
from models.fields.problem import Problem, Severity
from models.progress import Progress, in_slices
from models.query.names import Names
from models.rules.identities import identities
from models.schema.catalogue import Catalogue

#: Values that the database is asked for together.
_BATCH = 20_000


def warn_of_shared(
    draft: Draft, connection: Connection, catalogue: Catalogue, names: Names, progress: Progress
) -> None:
    """Warn of identities that new rows, or those that change them, share: with records, and with earlier rows.

    Raises Cancelled.
    """
    rows = draft.kind.sql
    empty = connection.execute(select(rows.c.nr).limit(1)).one_or_none() is None
    spoilt = draft.placeholders()
    for key, *within in identities(catalogue, draft.kind.table):
        progress.at("match", draft.rows, draft.rows)
        if key not in draft.columns:
            continue
        column, changed = draft.columns[key], draft.before
        writing = [
            row
            for part in in_slices(progress, draft.rows)
            for row, state in enumerate(draft.states[part], part.start)
            if column[row] is not None
            and (state == State.NEW or (state == State.CHANGED and key in changed[row]))
            and row not in spoilt.get(key, ())
        ]
        _warn_of_rows(draft, key, within, writing, progress)
        if not empty:
            _warn_of_records(draft, connection, names, key, within, writing)


def _warn_of_rows(draft: Draft, key: str, within: Sequence[str], rows: Sequence[int], progress: Progress) -> None:
    column, kind = draft.columns[key], draft.fields[key].kind
    forms: list[str] = []
    distinct: set[str] = set()
    for part in in_slices(progress, len(rows)):
        some = [str(column[row]).casefold() for row in rows[part]]
        forms.extend(some)
        distinct.update(some)
    if len(distinct) == len(forms):
        return
    first: dict[tuple[str | None, ...], int] = {}
    for row, form in zip(rows, forms, strict=True):
        earlier = first.setdefault((form, *(draft.value(row, other) for other in within)), row)
        if earlier != row:
            details = {"row": str(draft.numbers[earlier])}
            shown = kind.format(column[row] or "")
            draft.note(row, key, Problem("identity.row", shown, "", Severity.WARNING, details))


def _warn_of_records(
    draft: Draft, connection: Connection, names: Names, key: str, within: Sequence[str], rows: Sequence[int]
) -> None:
    column, kind = draft.columns[key], draft.fields[key].kind
    others: dict[tuple[str | None, ...], list[str]] = {}
    for start in range(0, len(rows), _BATCH):
        for found in _holders(draft, connection, key, within, rows[start : start + _BATCH]):
            record, value, *inside = found
            others.setdefault((str(value).casefold(), *inside), []).append(str(record))
    if not others:
        return
    for row in rows:
        form = (str(column[row]).casefold(), *(_after(draft, connection, row, other) for other in within))
        holders = [each for each in others.get(form, ()) if each != draft.targets[row]]
        if holders:
            details = {"record": names.label(draft.kind.table, holders[0]) or holders[0]}
            shown = kind.format(column[row] or "")
            draft.note(row, key, Problem("identity.elsewhere", shown, "", Severity.WARNING, details))


def _holders(
    draft: Draft, connection: Connection, key: str, within: Sequence[str], rows: Sequence[int]
) -> Iterator[Sequence[Any]]:
    """Live records with one of the rows' values: id, value, and what the identity holds within."""
    table, column = draft.kind.sql, draft.columns[key]
    values = [int(column[row] or 0) if draft.fields[key].kind.whole else column[row] for row in rows]
    wanted = func.json_each(json.dumps(values)).table_valued("value")
    statement = select(table.c.id, table.c[key], *(table.c[other] for other in within)).where(
        table.c.deleted.is_(None), table.c[key].in_(select(wanted.c.value))
    )
    return iter(connection.execute(statement))


def _after(draft: Draft, connection: Connection, row: int, key: str) -> str | None:
    """What a row's record will have in a field: what the row says, else what is there."""
    said = draft.value(row, key)
    if said is not None or draft.targets[row] is None:
        return said
    table = draft.kind.sql
    found: str | None = connection.execute(select(table.c[key]).where(table.c.id == draft.targets[row])).scalar()
    return found
