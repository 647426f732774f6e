"""Commands that change records: set, undo, redo, demo."""

from argparse import Namespace

from desktop.console.rows import row_json
from desktop.console.session import DONE, MISUSED, SOME_REFUSED, Session, labelled, problem_json
from desktop.phrases import count
from desktop.phrases.undoing import kept_data, why_kept
from models.fields.problem import UsageError
from models.journal.undo import UndoReport, redo, undo
from models.query.names import Names
from models.services.registry import BadFields, find_record, set_fields

#: So many kept things are told one by one.
_TOLD = 20


def change(session: Session, asked: Namespace) -> int:
    """Change fields of one record."""
    texts = dict(assignment(each) for each in asked.fields)
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
        kept = kept_data(connection, report.kept)
    for told in kept[:_TOLD]:
        session.tell(why_kept(session.catalogue, told))
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


def assignment(text: str) -> tuple[str, str]:
    """`field=value` as its two parts. Raises UsageError("set.no-value")."""
    name, sign, value = text.partition("=")
    if not sign or not name.strip():
        raise UsageError("set.no-value", text)
    return name.strip(), value
