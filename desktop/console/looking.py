"""Commands that look and change nothing: find, show, history, fields, check."""

import datetime as dt
from argparse import Namespace
from collections.abc import Sequence

from desktop.console.past import events_of
from desktop.console.rows import find_rows, row_json, written
from desktop.console.session import DONE, SOME_REFUSED, Session, problem_json
from desktop.phrases import count, say
from desktop.phrases.history import remark, summary, when_and_whence, who
from models.fields.field import Field
from models.journal.history import Event
from models.query.names import Names
from models.query.window import Row
from models.schema.catalogue import Catalogue
from models.schema.records import RECORDS, record_type
from models.services.check import check
from models.services.registry import find_record


def find(session: Session, asked: Namespace) -> int:
    """Find records by a query."""
    catalogue = session.catalogue
    if asked.kind:
        record_type(asked.kind)
    with session.database.reading() as connection:
        total, rows = find_rows(connection, catalogue, asked.kind, asked.text, asked.limit)
        names = Names(connection)
        if session.as_json:
            found = [row_json(names, catalogue.keys(row.kind), row) for row in rows]
            session.result({"kind": asked.kind, "query": asked.text, "count": total, "rows": found})
        for word in dict.fromkeys(row.kind for row in rows):
            _table(session, catalogue, names, word, [row for row in rows if row.kind == word])
    if total > len(rows):
        session.tell(f"{len(rows):,} of {count(total, 'record')} shown. --limit shows more.")
    else:
        session.tell(f"{count(total, 'record')} found.")
    return DONE


def show(session: Session, asked: Namespace) -> int:
    """Show one record."""
    catalogue = session.catalogue
    with session.database.reading() as connection:
        row = find_record(connection, catalogue, asked.kind, asked.record, deleted=True)
        names = Names(connection)
        fields = catalogue.keys(row.kind)
        session.result({"record": row_json(names, fields, row)})
        kind = record_type(row.kind)
        session.show(f"{kind.label} {names.label(kind.table, row.id)}", f"Id: {row.id}")
        group = ""
        for key, value in row.values.items():
            field = fields[key]
            if value is not None and (not field.kept or key == "deleted"):
                if field.group != group:
                    group = field.group
                    session.show("", group)
                session.show(f"  {field.label}: {_shown(names, field, value)}")
    return DONE


def tell_history(session: Session, asked: Namespace) -> int:
    """Tell what happened to one record, latest first."""
    catalogue = session.catalogue
    with session.database.reading() as connection:
        row = find_record(connection, catalogue, asked.kind, asked.record, deleted=True)
    table = record_type(row.kind).table
    events = events_of(session, asked, table, row.id)
    with session.database.reading() as connection:
        names, fields = Names(connection), catalogue.table_keys(table)
        session.result(
            {"kind": row.kind, "id": row.id, "events": [_event_json(names, fields, event) for event in events]}
        )
        year = dt.datetime.now().astimezone().year
        for event in events:
            told = summary(event, fields, lambda field, value: _shown(names, field, value))
            said = remark(event, fields)
            more = (f"    {said}",) if said else ()
            session.show(f"{who(event.author, event.login)} {told}", f"    {when_and_whence(event, year)}", *more)
    return DONE


def list_fields(session: Session, asked: Namespace) -> int:
    """List the fields of a kind of record."""
    fields = session.catalogue.fields(record_type(asked.kind).word)
    session.result({"kind": asked.kind, "fields": [field.describe() for field in fields]})
    heads = ("Key", "Label", "Kind", "Also known as")
    session.table(heads, ((each.key, each.label, each.kind.name, ", ".join(each.headings)) for each in fields))
    return DONE


def prove(session: Session, _asked: Namespace) -> int:
    """Check that the database is whole."""
    report = check(session.database, session.progress)
    session.result(
        {
            "sound": report.sound,
            "records": report.rows,
            "entries": report.entries,
            "faults": report.faults,
            "counts": dict(report.counts),
            "findings": [{**problem_json(each), "details": dict(each.details)} for each in report.findings],
        }
    )
    session.show(*(say(each) for each in report.findings))
    told = sum(report.counts.values())
    if told > len(report.findings):
        session.show(f"… and {told - len(report.findings):,} more of these.")
    looked = f"{count(report.rows, 'record')} and {count(report.entries, 'journal entry', 'journal entries')} checked"
    if not report.sound:
        session.tell(f"{looked}: {count(report.faults, 'fault')}. Restore a backup, or ask for help with this list.")
        return SOME_REFUSED
    shared = report.counts.total()
    session.tell(
        f"{looked}: all is sound." + (f" {count(shared, 'identity is', 'identities are')} shared." if shared else "")
    )
    return DONE


def _table(session: Session, catalogue: Catalogue, names: Names, word: str, rows: Sequence[Row]) -> None:
    """Rows of one kind with the fields that tables show, as far as they have values."""
    kind = RECORDS[word]
    fields = [
        field
        for field in catalogue.fields(word)
        if (field.shown or field.key == kind.naming) and any(row.values.get(field.key) for row in rows)
    ]
    session.show(kind.plural)
    cells = [[_shown(names, field, row.values.get(field.key) or "") for field in fields] for row in rows]
    session.table([field.label for field in fields], cells)
    session.show("")


def _shown(names: Names, field: Field, value: str) -> str:
    return names.shown(field, value) if value else ""


def _event_json(names: Names, fields: dict[str, Field], event: Event) -> dict[str, object]:
    def value(key: str, text: str | None) -> str | None:
        return text if text is None or key not in fields else written(names, fields[key], text)

    return {
        "when": event.when.isoformat(timespec="milliseconds"),
        "author": event.author,
        "login": event.login,
        "device": event.device,
        "action": event.action,
        "title": event.title,
        "source": event.source,
        "new": event.new,
        "copied": event.copied,
        "sent": not event.unsent,
        "refused": event.refused,
        "lost": sorted(event.lost),
        "merged": event.merged or None,
        "fields": {key: [value(key, before), value(key, after)] for key, (before, after) in event.fields.items()},
    }
