"""A matter as the page shows it: all words and values ready, read off the window's thread."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from sqlalchemy import Connection, select

from desktop.desk import Desk
from desktop.labelling.shelf import Item
from desktop.labels import Labels
from desktop.phrases.review import EMPTY, HIDDEN, happened, heads, kind_of, outcome, whence
from models.fields.field import Field
from models.fields.problem import UsageError
from models.schema.catalogue import Catalogue
from models.schema.records import RECORDS, TABLES
from models.services.merging import plan_merge
from models.services.review import (
    DUPLICATE,
    REFUSED,
    Matter,
    Side,
    by_matter,
    find_matter,
    found_here,
    open_matters,
    refused_patch,
    settled_matters,
    value_now,
)
from models.services.settling import Way, field_of, ways

MOST = 2000
"""So many matters are listed; nobody settles more in one sitting."""


class Line(NamedTuple):
    """A field and what it holds on either side, as people read it."""

    label: str
    left: str
    right: str


class Door(NamedTuple):
    """A record that can be opened: what it is called, its kind, its local number."""

    name: str
    word: str
    nr: int


class Opened(NamedTuple):
    """A matter with its words. `heads` and `whences` stand over the two sides of `lines`; `doors` are the records."""

    matter: Matter
    title: str
    kind: str
    happened: str
    heads: tuple[str, str]
    whences: tuple[str, str]
    lines: Sequence[Line]
    note: str
    doors: Sequence[Door]
    ways: tuple[Way, ...]
    field: Field | None
    now: str | None
    now_shown: str


def same_words(one: Opened | None, other: Opened | None) -> bool:
    """Whether two show the same to people; the field is made anew whenever the settings are looked at."""
    if one is None or other is None:
        return one is other
    return one._replace(field=None) == other._replace(field=None)


class Listed(NamedTuple):
    """The lines of the list, and how many matters there are in all."""

    items: list[Item]
    number: int


def list_matters(connection: Connection, desk: Desk, *, settled: bool) -> Listed:
    """The matters under headings, those that wait or those that were settled. For a reader's thread."""
    catalogue, labels = desk.catalogue, desk.labels.reading(connection)
    if settled:
        found = settled_matters(connection, catalogue, MOST)
        return Listed([_item(catalogue, labels, each) for each in found], len(found))
    found = [*open_matters(connection, catalogue), *found_here(connection, catalogue)]
    items: list[Item] = []
    for word, number in by_matter(found).items():
        alike = [each for each in found if each.matter == word]
        items.append(Item("", f"{kind_of(alike[0])}  {number:,}"))
        items += [_item(catalogue, labels, each) for each in alike[: max(0, MOST - len(items))]]
    return Listed(items, len(found))


def open_matter(connection: Connection, desk: Desk, matter_id: str) -> Opened | None:
    """One matter with all its words; None where it is not there any more. For a reader's thread."""
    catalogue, labels = desk.catalogue, desk.labels.reading(connection)
    try:
        matter = find_matter(connection, catalogue, matter_id)
    except UsageError:
        return None
    field = field_of(catalogue, matter)
    doors = [door for row in (matter.target, matter.second) if (door := _door(connection, labels, matter, row))]
    now = value_now(connection, matter) if field is not None else None
    over = heads(matter)
    whences = (whence(matter.standing), whence(matter.other))
    if matter.matter == DUPLICATE:
        over = (doors[0].name if doors else matter.name, doors[1].name if len(doors) > 1 else "Not there any more")
        whences = ("", "")
        lines = list(_differences(connection, catalogue, labels, matter))
    elif matter.matter == REFUSED:
        whences = ("", whence(matter.other))
        lines = list(_wanted(connection, catalogue, labels, matter))
    elif field is None and not matter.field:
        lines = []
    else:
        lines = [Line(field.label if field else matter.field, *(_shown(labels, field, matter, side) for side in
                 (matter.standing, matter.other)))]  # fmt: skip
    return Opened(
        matter,
        labels.label(matter.table, matter.target) or matter.name if matter.table in TABLES else matter.name,
        " · ".join(filter(None, (RECORDS[doors[0].word].label if doors else "", kind_of(matter)))),
        happened(matter, field.label if field else ""),
        over,
        whences,
        lines,
        outcome(matter) or _since(labels, field, matter, now),
        doors,
        ways(connection, catalogue, matter),
        field,
        now,
        labels.shown(field, now) if field is not None and now is not None else "",
    )


def _item(catalogue: Catalogue, labels: Labels, matter: Matter) -> Item:
    known = matter.table in TABLES
    title = labels.label(matter.table, matter.target) if known else ""
    field = field_of(catalogue, matter)
    if matter.second and known:
        detail = f"and {labels.label(matter.table, matter.second) or matter.second}"
    elif field is None:
        detail = whence(matter.other) or happened(matter, "")
    else:
        standing, other = (_shown(labels, field, matter, side) for side in (matter.standing, matter.other))
        detail = field.label if matter.hidden or matter.matter == REFUSED else f"{field.label}: {standing} | {other}"
    return Item(
        matter.id,
        title or matter.name,
        " · ".join(filter(None, (detail, "" if matter.open else kind_of(matter), outcome(matter)))),
    )


def _shown(labels: Labels, field: Field | None, matter: Matter, side: Side) -> str:
    if matter.hidden:
        return HIDDEN
    if side.value is None:
        return EMPTY
    return labels.shown(field, side.value) if field is not None else side.value


def _door(connection: Connection, labels: Labels, matter: Matter, row: str) -> Door | None:
    if matter.table not in TABLES or not row:
        return None
    rows = TABLES[matter.table].sql
    kind = [rows.c.kind] if matter.table == "asset" else []
    found = connection.execute(select(rows.c.nr, *kind).where(rows.c.id == row, rows.c.deleted.is_(None))).first()
    if found is None:
        return None
    word = str(found[1]) if kind else TABLES[matter.table].word
    return Door(labels.label(matter.table, row) or row, word, int(found[0]))


def _differences(connection: Connection, catalogue: Catalogue, labels: Labels, matter: Matter) -> Iterator[Line]:
    """The identity that the two share, and the fields in which they differ."""
    field = field_of(catalogue, matter)
    now = value_now(connection, matter)
    if field is not None and now is not None:
        yield Line(field.label, *(labels.shown(field, value_now(connection, matter, row) or "") or EMPTY for row in
                   (matter.target, matter.second)))  # fmt: skip
    try:
        plan = plan_merge(connection, catalogue, matter.table, matter.target, matter.second)
    except UsageError:  # one of them is gone, or of another kind
        return
    for each in plan.fields:
        if each.field.key != matter.field:
            sides = (each.first, each.second)
            yield Line(
                each.field.label, *(EMPTY if value is None else labels.shown(each.field, value) for value in sides)
            )


def _wanted(connection: Connection, catalogue: Catalogue, labels: Labels, matter: Matter) -> Iterator[Line]:
    """Each field of a refused change: what stands now and what was wanted."""
    patch, _ = refused_patch(connection, catalogue, matter)
    known = catalogue.table_keys(matter.table) if matter.table in TABLES else {}
    for key, value in patch.items():
        if not known[key].kept:
            now = value_now(connection, replace(matter, field=key))
            texts = (EMPTY if each is None else labels.shown(known[key], each) for each in (now, value))
            yield Line(known[key].label, *texts)


def _since(labels: Labels, field: Field | None, matter: Matter, now: str | None) -> str:
    """That the field was changed since, where it was."""
    if field is None or matter.hidden or matter.matter in (DUPLICATE, REFUSED) or now == matter.standing.value:
        return ""
    return f"It was changed since. Now it is {labels.shown(field, now) if now is not None else 'empty'}."
