"""The commands for what waits for review, and for merging two records."""

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence

from sqlalchemy import Connection

from desktop.console.changing import assignment
from desktop.console.session import DONE, MISUSED, Session, labelled
from desktop.phrases import count
from desktop.phrases.review import EMPTY, HIDDEN, happened, kind_of, outcome, whence
from models.fields.field import Field
from models.fields.problem import UsageError
from models.journal.entry import Changes
from models.query.names import Names
from models.schema.catalogue import Catalogue
from models.schema.records import TABLES, record_type
from models.services.merging import MergePlan, Pick, Picks, merge_records, plan_merge
from models.services.registry import BadFields, find_record
from models.services.review import (
    DUPLICATE,
    Matter,
    Side,
    find_matter,
    found_here,
    open_matters,
    settled_matters,
    value_now,
)
from models.services.settling import Way, field_of, settle, settle_with_text, ways

_TAKEN = {"standing": Way.STANDS, "other": Way.OTHER}
_SHORT = 8
"""So many characters of an id are shown in the list: enough to name it."""


def describe_review(parser: ArgumentParser) -> None:
    """The arguments of `review`."""
    parser.add_argument("matter", metavar="ID", nargs="?", help="one matter: its id, or how that begins")
    parser.add_argument("--settled", action="store_true", help="list what was settled")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--take", choices=tuple(_TAKEN), help="leave it as it stands, or take the other value")
    how.add_argument("--write", metavar="VALUE", help="write something else; empty clears the field")
    how.add_argument("--keep-both", action="store_true", help="the two records are two things")
    how.add_argument("--merge", action="store_true", help="the two records become one")
    _describe_picks(parser)


def describe_merge(parser: ArgumentParser) -> None:
    """The arguments of `merge`."""
    parser.add_argument("kind", metavar="KIND")
    parser.add_argument(
        "first", metavar="RECORD", help="the record whose values are kept, unless --pick says otherwise"
    )
    parser.add_argument("second", metavar="OTHER", help="the other record")
    parser.add_argument("--dry-run", action="store_true", help="only tell what would be done")
    _describe_picks(parser)


def _describe_picks(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--pick",
        metavar="FIELD=WHICH",
        action="append",
        default=[],
        help="merging: that field keeps the value of the first or the second record, or both (notes)",
    )


def review(session: Session, asked: Namespace) -> int:
    """List what waits, show one matter, or settle it."""
    if asked.matter is None:
        if asked.take or asked.write is not None or asked.keep_both or asked.merge:
            raise UsageError("review.unknown", "")
        return _list(session, settled=asked.settled)
    with session.database.reading() as connection:
        matter = find_matter(connection, session.catalogue, asked.matter)
    if asked.merge:
        if matter.matter != DUPLICATE:
            raise UsageError("merge.pair")
        return _merge(session, matter.table, matter.target, matter.second, asked)
    if asked.write is not None:
        try:
            return _settled(
                session, matter, settle_with_text(session.journal, matter.id, asked.write, session.settings)
            )
        except BadFields as error:
            word = TABLES[matter.table].word
            session.tell(*(labelled(session.catalogue, word, problem) for problem in error.problems))
            return MISUSED
    if asked.take or asked.keep_both:
        way = Way.KEPT if asked.keep_both else _TAKEN[asked.take]
        return _settled(session, matter, settle(session.journal, matter.id, way))
    return _show(session, matter)


def merge(session: Session, asked: Namespace) -> int:
    """Merge two records."""
    catalogue = session.catalogue
    with session.database.reading() as connection:
        first, second = (find_record(connection, catalogue, asked.kind, text) for text in (asked.first, asked.second))
    return _merge(session, record_type(asked.kind).table, first.id, second.id, asked)


def _merge(session: Session, table: str, first: str, second: str, asked: Namespace) -> int:
    catalogue = session.catalogue
    with session.database.reading() as connection:
        picks = _picks(catalogue, table, asked.pick)
        plan = plan_merge(connection, catalogue, table, first, second, picks)
        names = Names(connection)
        document = _plan_json(names, plan)
        for each in plan.fields:
            left, right, value = (_shown(names, each.field, text) for text in (each.first, each.second, each.value))
            session.show(f"{each.field.label}: {left} | {right} → {value}")
    follow = count(sum(plan.references.values()), "reference")
    if getattr(asked, "dry_run", False):
        session.result({**document, "action": None})
        session.tell(f"{follow} would follow. Nothing was changed.")
        return DONE
    changes = merge_records(session.journal, table, first, second, picks)
    session.result({**document, "action": changes.action})
    session.tell(f"{changes.title}: done. {follow} followed.")
    return DONE


def _picks(catalogue: Catalogue, table: str, texts: Sequence[str]) -> Picks:
    known = catalogue.table_keys(table)
    by_label = {field.label.casefold(): key for key, field in known.items()}
    found: dict[str, Pick] = {}
    for text in texts:
        name, which = assignment(text)
        try:
            found[name if name in known else by_label.get(name.casefold(), name)] = Pick(which.strip().lower())
        except ValueError:
            raise UsageError("merge.pick", text) from None
    return found


def _list(session: Session, *, settled: bool) -> int:
    catalogue = session.catalogue
    with session.database.reading() as connection:
        if settled:
            found = settled_matters(connection, catalogue)
        else:
            found = [*open_matters(connection, catalogue), *found_here(connection, catalogue)]
        names = Names(connection)
        session.result({"matters": [_matter_json(connection, names, catalogue, each) for each in found]})
        if found:
            session.table(
                ("Id", "Matter", "Record", "Field", "Stands", "Other", "Outcome" if settled else "Since"),
                [_line(names, catalogue, each) for each in found],
            )
    if settled:
        session.tell(f"{count(len(found), 'matter')} settled.")
    elif found:
        session.tell(f"{count(len(found), 'matter waits', 'matters wait')} for review. Look at one: muster review ID")
    else:
        session.tell("Nothing waits for review.")
    return DONE


def _line(names: Names, catalogue: Catalogue, matter: Matter) -> Sequence[str]:
    field = field_of(catalogue, matter)
    other = _record(names, matter.table, matter.second) if matter.second else _value(names, field, matter, matter.other)
    return (
        matter.id[:_SHORT],
        kind_of(matter),
        _record(names, matter.table, matter.target) or matter.name,
        field.label if field else "",
        _value(names, field, matter, matter.standing),
        other,
        outcome(matter) or whence(Side(at=matter.other.at)),
    )


def _show(session: Session, matter: Matter) -> int:
    catalogue = session.catalogue
    with session.database.reading() as connection:
        names = Names(connection)
        session.result(_matter_json(connection, names, catalogue, matter))
        field = field_of(catalogue, matter)
        about = _record(names, matter.table, matter.target) or matter.name
        second = f" and {_record(names, matter.table, matter.second)}" if matter.second else ""
        session.show(f"{kind_of(matter)}: {about}{second}", happened(matter, field.label if field else ""))
        for words, side in (("Stands", matter.standing), ("Other", matter.other)):
            if side != Side():
                told = f"  ({whence(side)})" if whence(side) else ""
                session.show(f"  {words}: {_value(names, field, matter, side) or EMPTY}{told}")
        if field is not None and not matter.second and not matter.hidden:
            now = value_now(connection, matter)
            session.show(f"  Now: {names.shown(field, now) if now is not None else EMPTY}")
        session.show(*filter(None, [outcome(matter)]))
        open_ways = ways(connection, catalogue, matter)
    if open_ways:
        options = {
            Way.STANDS: "--take standing",
            Way.OTHER: "--take other",
            Way.THIRD: "--write VALUE",
            Way.MERGED: "--merge",
            Way.KEPT: "--keep-both",
        }
        session.tell(f"Settle it with {', '.join(options[way] for way in open_ways)}.")
    return DONE


def _settled(session: Session, matter: Matter, changes: Changes) -> int:
    with session.database.reading() as connection:
        found = find_matter(connection, session.catalogue, matter.id) if matter.kept else matter
        names = Names(connection)
        session.result({**_matter_json(connection, names, session.catalogue, found), "action": changes.action})
    session.tell(f"{changes.title}: done.")
    return DONE


def _matter_json(connection: Connection, names: Names, catalogue: Catalogue, matter: Matter) -> dict[str, object]:
    field = field_of(catalogue, matter)

    def side(each: Side) -> dict[str, str | None]:
        return {
            "value": each.value,
            "shown": None if each.value is None else _value(names, field, matter, each),
            "by": each.by or None,
            "at": each.at or None,
            "device": each.device or None,
        }

    def record(row: str) -> dict[str, str] | None:
        return {"id": row, "name": _record(names, matter.table, row)} if row else None

    return {
        "id": matter.id,
        "matter": matter.matter,
        "name": matter.name,
        "table": matter.table,
        "record": record(matter.target),
        "second": record(matter.second),
        "field": matter.field or None,
        "label": field.label if field else None,
        "standing": side(matter.standing),
        "other": side(matter.other),
        "now": value_now(connection, matter) if field is not None else None,
        "hidden": matter.hidden,
        "reason": matter.reason or None,
        "outcome": matter.outcome or None,
        "settled_by": matter.settled_by or None,
        "settled_at": matter.settled_at or None,
        "ways": [way.value for way in ways(connection, catalogue, matter)],
    }


def _plan_json(names: Names, plan: MergePlan) -> dict[str, object]:
    return {
        "kind": plan.word,
        "stays": plan.stays,
        "goes": plan.goes,
        "name": names.label(plan.table, plan.stays),
        "fields": [
            {
                "field": each.field.key,
                "label": each.field.label,
                "first": each.first,
                "second": each.second,
                "pick": each.pick.value,
                "value": each.value,
            }
            for each in plan.fields
        ],
        "references": dict(plan.references),
        "hidden": list(plan.hidden),
    }


def _shown(names: Names, field: Field, value: str | None) -> str:
    return EMPTY if value is None else names.shown(field, value)


def _record(names: Names, table: str, row: str) -> str:
    return names.label(table, row) or row if table in TABLES else row


def _value(names: Names, field: Field | None, matter: Matter, side: Side) -> str:
    if matter.hidden:
        return HIDDEN
    if side.value is None or field is None:
        return side.value or ""
    return names.shown(field, side.value)
