"""What is told of an undo: what it left as it was, and why."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from desktop.phrases.say import count, within
from models.journal.history import Deed, deeds
from models.journal.undo import Kept
from models.query.names import Names
from models.schema.catalogue import Catalogue
from models.schema.records import TABLES


def kept_told(kept: Sequence[Kept]) -> str:
    """How much an undo spared: "2 things changed or used since stay as they are."; empty where it took back all."""
    if not kept:
        return ""
    stays = "stays as it is" if len(kept) == 1 else "stay as they are"
    return f"{count(len(kept), 'thing')} changed or used since {stays}."


def kept_data(connection: Connection, kept: Sequence[Kept]) -> list[dict[str, Any]]:
    """What was kept and why, by names."""
    by = {each.since: deeds(connection, 1, each.since)[0] for each in _firsts(kept)}
    names = Names(connection)
    return [_data(names, each, by) for each in kept]


def why_kept(catalogue: Catalogue, told: Mapping[str, Any]) -> str:
    """One of those as a sentence."""
    field = catalogue.table_keys(told["table"]).get(told["field"] or "")
    kind = TABLES[told["table"]].label
    place = f"{kind} {told['record']}" + (f", {within(field.label)}" if field else "")
    if by := told["used_by"]:
        how = "has a value in it" if told["table"] == "custom_field" else "refers to it"
        return f"{place}: {within(TABLES[by['table']].label)} {by['record']} {how}, so it stays."
    by = told["changed_by"]
    return f"{place}: {by['author']} changed it since ({by['title']}), so it stays as it is."


def _firsts(kept: Sequence[Kept]) -> Iterable[Kept]:
    """One of the kept things for each action that changed any of them."""
    return {each.since: each for each in kept if each.since}.values()


def _data(names: Names, each: Kept, by: Mapping[str, Deed]) -> dict[str, Any]:
    deed = by.get(each.since)
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
