"""Commands that change records: set, undo, redo, demo."""

from argparse import Namespace
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from desktop.console.rows import row_json
from desktop.console.session import DONE, MISUSED, SOME_REFUSED, Session, labelled, problem_json
from desktop.phrases import count, within
from models.fields.problem import UsageError
from models.journal.history import Deed
from models.journal.history import deeds as deeds_of
from models.journal.undo import Kept, UndoReport, redo, undo
from models.query.names import Names
from models.schema.records import TABLES
from models.services.registry import BadFields, find_record, set_fields

#: So many kept things are told one by one.
_TOLD = 20


def change(session: Session, asked: Namespace) -> int:
    """Change fields of one record."""
    texts = dict(_assignment(each) for each in asked.fields)
    catalogue = session.catalogue
    with session.database.reading() as connection:
        before = find_record(connection, catalogue, asked.kind, asked.record)
    try:
        done = set_fields(session.journal, before.kind, before.id, texts, session.settings)
    except BadFields as error:
        session.tell(*(labelled(catalogue, before.kind, problem) for problem in error.problems))
        return MISUSED
    with session.database.reading() as connection:
        row = find_record(connection, session.catalogue, before.kind, before.id)
        session.result(
            {
                "record": row_json(Names(connection), catalogue.keys(row.kind), row),
                "action": done.changes.action or None,
                "changed": sorted(key for keys in done.changes.fields.values() for key in keys),
                "warnings": [problem_json(problem) for problem in done.warnings],
            }
        )
    session.tell(*(labelled(catalogue, before.kind, problem) for problem in done.warnings))
    session.tell(f"{done.changes.title}: done." if done.changes.count else "It was so already. Nothing was changed.")
    return DONE


def take_back(session: Session, asked: Namespace) -> int:
    """Undo the last action, or the one that is named."""
    return _report(session, undo(session.journal, asked.action, session.progress), "Undone")


def bring_again(session: Session, _asked: Namespace) -> int:
    """Take back the last undo."""
    return _report(session, redo(session.journal, session.progress), "Done again")


def _report(session: Session, report: UndoReport, word: str) -> int:
    with session.database.reading() as connection:
        deeds = {each.since: deeds_of(connection, 1, each.since)[0] for each in _firsts(report.kept)}
        names = Names(connection)
        kept = [_kept_json(names, each, deeds) for each in report.kept]
    for told in kept[:_TOLD]:
        session.tell(_why_kept(session, told))
    if len(kept) > _TOLD:
        session.tell(f"… and {len(kept) - _TOLD:,} more. --json has them all.")
    session.result(
        {
            "action": report.action,
            "title": report.title,
            "undone": report.changes.count,
            "by": report.changes.action or None,
            "kept": kept,
        }
    )
    title = report.title.removeprefix("Undo: ")  # what is done again is told as what it was
    left = f"; {count(len(kept), 'thing')} kept" if kept else ""
    session.tell(f"{word}: {title} ({count(report.changes.count, 'change')}{left}).")
    return SOME_REFUSED if kept else DONE


def _firsts(kept: Sequence[Kept]) -> Iterable[Kept]:
    """One of the kept things for each action that changed any of them."""
    return {each.since: each for each in kept if each.since}.values()


def _kept_json(names: Names, each: Kept, deeds: Mapping[str, Deed]) -> dict[str, object]:
    """What was kept and why, by names."""
    deed = deeds.get(each.since)
    return {
        "table": each.table,
        "id": each.row,
        "record": names.label(each.table, each.row) or each.row,
        "field": each.field or None,
        "reason": each.reason,
        "changed_by": {"action": deed.action, "title": deed.title, "author": deed.author} if deed else None,
        "used_by": {"table": each.user[0], "id": each.user[1], "record": names.label(*each.user) or each.user[1]}
        if each.user
        else None,
    }


def _why_kept(session: Session, told: Mapping[str, Any]) -> str:
    """The same as a sentence."""
    field = session.catalogue.table_keys(told["table"]).get(told["field"] or "")
    kind = TABLES[told["table"]].label
    place = f"{kind} {told['record']}" + (f", {within(field.label)}" if field else "")
    if by := told["used_by"]:
        how = "has a value in it" if told["table"] == "custom_field" else "refers to it"
        return f"{place}: {within(TABLES[by['table']].label)} {by['record']} {how}, so it stays."
    by = told["changed_by"]
    return f"{place}: {by['author']} changed it since ({by['title']}), so it stays as it is."


def _assignment(text: str) -> tuple[str, str]:
    """`field=value` as its two parts. Raises UsageError("set.no-value")."""
    name, sign, value = text.partition("=")
    if not sign or not name.strip():
        raise UsageError("set.no-value", text)
    return name.strip(), value
