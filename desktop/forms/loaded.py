"""A record as the panel shows it, read off the window's thread; and the fields that its form offers."""

import inspect
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sqlalchemy import Connection

from desktop.desk import Desk
from desktop.grid.model import Shown, fetch
from desktop.phrases import told
from desktop.phrases.review import happened
from models.fields.field import Field
from models.fields.problem import Problem
from models.rules.identities import sharing
from models.rules.tag_book import find_voided, void_problem
from models.schema.labelled import Labelled
from models.schema.records import RECORDS, TABLES
from models.services.review import matters_of

_NAMED = 5
_OF_LABEL = frozenset(inspect.get_annotations(Labelled))


class Loaded(NamedTuple):
    """A record as the panel shows it. `word` is its own kind (a radio, not just an asset).

    `matters`: the ids of what waits for review about it, and what happened in words.
    """

    word: str
    nr: int
    id: str
    name: str
    values: Mapping[str, str | None]
    texts: Mapping[str, str]
    notices: tuple[str, ...] = ()
    matters: tuple[tuple[str, str], ...] = ()


def load(connection: Connection, desk: Desk, word: str, nr: int) -> Loaded | None:
    """One record with all its fields; None when it is gone. For a reader's thread."""
    fields = desk.catalogue.fields(word)
    found = fetch(connection, desk, word, [nr], fields)[0]
    if found is None:
        return None
    if word == "asset" and found.kind != word:
        return load(connection, desk, found.kind, nr)
    name = desk.labels.reading(connection).label(RECORDS[word].table, found.id)
    told = tuple(notices(connection, desk, word, found))
    return Loaded(
        word, nr, found.id, name, found.values, found.texts, told, tuple(_matters(connection, desk, word, found))
    )


def notices(connection: Connection, desk: Desk, word: str, record: Shown) -> Iterator[str]:
    """What needs attention: identities that another record has too, a tag that is void (as after an undo)."""
    tag = record.values.get("tag") if RECORDS[word].table == "asset" else None
    if tag and (voided := find_voided(connection, tag)):
        yield told(void_problem(voided, tag), desk.catalogue.field(word, "tag").label)
    labels = desk.labels.reading(connection)
    for shared in sharing(connection, desk.catalogue, word, record.values, record.id):
        field = desk.catalogue.field(word, shared.field)
        others = ", ".join(labels.label(shared.table, each) or each for each in shared.rows[:_NAMED])
        problem = Problem("identity.shared", field.kind.format(shared.value), details={"records": others})
        yield told(problem, field.label)


def _matters(connection: Connection, desk: Desk, word: str, record: Shown) -> Iterator[tuple[str, str]]:
    """What waits for somebody's decision about the record."""
    fields = desk.catalogue.keys(word)
    for matter in matters_of(connection, desk.catalogue, RECORDS[word].table, record.id):
        known = fields.get(matter.field)
        yield matter.id, happened(matter, known.label if known else "")


def offered(desk: Desk, word: str, category: str | None) -> list[Field]:
    """The fields that the form of a record offers: not the kept ones, nor custom ones of another category.

    Nor those of its label: printing and checking write them, and the panel tells them in a sentence.
    """
    only = desk.catalogue.categories
    return [
        field
        for field in desk.catalogue.fields(word)
        if not (field.kept or field.key in _OF_LABEL)
        and (field.key not in only or only[field.key].casefold() == (category or "").casefold())
    ]


def has_labels(word: str) -> bool:
    """Whether records of this kind bear labels."""
    return issubclass(TABLES[RECORDS[word].table].model, Labelled)
