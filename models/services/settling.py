"""Settling what waits for review: leave it, take the other, write something else, keep both. Each is one deed.

Edits and the matter itself are written together, so an undo takes back both and the matter waits again.
"""

from collections.abc import Iterator
from enum import StrEnum

from sqlalchemy import Connection

from models.fields.field import Field
from models.fields.ids import new_id
from models.fields.kinds import Moment
from models.fields.problem import UsageError
from models.journal.entry import Changes, Edit, Patch
from models.journal.writer import Journal
from models.query.called import called
from models.rules.rights import check_write, may_write
from models.schema.catalogue import Catalogue
from models.schema.records import TABLES
from models.services.registry import BadFields, read_texts
from models.services.review import (
    DUPLICATE,
    REFUSED,
    SEATS,
    Matter,
    can_hold,
    find_matter,
    live,
    refused_patch,
    settled,
)
from models.settings import Settings
from models.store.local import home_role


class Way(StrEnum):
    """The ways to settle a matter; the words are those of its outcome."""

    STANDS = "stands"
    OTHER = "other"
    THIRD = "third"
    MERGED = "merged"
    KEPT = "kept"


_TITLES = {
    Way.STANDS: "leave it as it stands",
    Way.OTHER: "take the other",
    Way.THIRD: "write something else",
    Way.KEPT: "keep both",
}


def field_of(catalogue: Catalogue, matter: Matter) -> Field | None:
    """The field that a matter is about; None where there is none, or this home may not see it."""
    return catalogue.table_keys(matter.table).get(matter.field) if matter.table in TABLES else None


def ways(connection: Connection, catalogue: Catalogue, matter: Matter) -> tuple[Way, ...]:
    """The ways in which this home's person can settle a matter, the mildest first; none where it is settled."""
    role = home_role(connection)
    if not matter.open or not may_write(role, "review"):
        return ()
    pair = matter.matter == DUPLICATE
    found = [Way.KEPT if pair else Way.STANDS]
    if not may_write(role, matter.table):
        return tuple(found)
    there = live(connection, matter.table, matter.target)
    if matter.matter == REFUSED:
        patch, new = refused_patch(connection, catalogue, matter)
        return (*found, Way.OTHER) if patch and (there or new) else tuple(found)
    if pair:
        return (*found, Way.MERGED) if there and live(connection, matter.table, matter.second) else tuple(found)
    if there and (field := field_of(catalogue, matter)) is not None:
        # How many seats are in use is no number that somebody wanted to write.
        known = not matter.hidden and matter.matter != SEATS and can_hold(connection, field, matter.other.value)
        found += [Way.OTHER, Way.THIRD] if known else [Way.THIRD]
    return tuple(found)


def settle(journal: Journal, matter: str, way: Way, value: str | None = None) -> Changes:
    """Settle a matter by its id, as one deed. `value`: what to write, canonical (None: clear), for `Way.THIRD`.

    Raises UsageError("review.unknown"); ("review.settled") where somebody settled it before; ("review.way") where this
    way is not for that matter; ("hub.may-not"); DatabaseError. For a merge see `merging`.
    """
    catalogue = journal.database.catalogue()
    with journal.database.reading() as connection:
        found = find_matter(connection, catalogue, matter)
        name = called(connection, found.table, found.target) if found.table in TABLES else ""
    title = f"Review {name or found.name}: {_TITLES.get(way, way.value)}"

    def edits(writing: Connection) -> Iterator[Edit]:
        # Looked at again: sync may have brought that somebody else settled it.
        now = find_matter(writing, catalogue, found.id)
        _refuse(writing, catalogue, now, way)
        return _edits(writing, catalogue, now, way, value, journal.author)

    return journal.write(title, edits, details={"review": found.id})


def settle_with_text(journal: Journal, matter: str, text: str, settings: Settings) -> Changes:
    """Write something else, as people type it. Raises what `settle` raises; BadFields."""
    catalogue = journal.database.catalogue()
    with journal.database.reading() as connection:
        found = find_matter(connection, catalogue, matter)
        _refuse(connection, catalogue, found, Way.THIRD)
        word = _word(connection, found)
        read = read_texts(connection, catalogue, word, {found.field: text}, settings, found.target)
        if read.errors:
            raise BadFields(read.errors)
    return settle(journal, found.id, Way.THIRD, read.patch[found.field])


def _word(connection: Connection, matter: Matter) -> str:
    """The kind of the record."""
    if matter.table != "asset":
        return TABLES[matter.table].word
    return str(connection.exec_driver_sql("SELECT kind FROM asset WHERE id = ?", (matter.target,)).scalar_one())


def _refuse(connection: Connection, catalogue: Catalogue, matter: Matter, way: Way) -> None:
    if not matter.open:
        raise UsageError(
            "review.settled", matter.name, who=matter.settled_by or "…", at=Moment().format(matter.settled_at)
        )
    role = home_role(connection)
    check_write(role, "review")
    if way not in (Way.STANDS, Way.KEPT):
        check_write(role, matter.table)
    if way is Way.MERGED or way not in ways(connection, catalogue, matter):
        raise UsageError("review.way", way.value, matter=matter.matter)


def _edits(
    connection: Connection, catalogue: Catalogue, matter: Matter, way: Way, value: str | None, author: str
) -> Iterator[Edit]:
    if way is Way.THIRD:
        yield Edit(matter.table, matter.target, {matter.field: value})
    elif way is Way.OTHER and matter.matter == REFUSED:
        yield _again(connection, catalogue, matter)
    elif way is Way.OTHER:
        yield Edit(matter.table, matter.target, {matter.field: matter.other.value})
    outcome = settled(way.value, author)
    if matter.kept:
        yield Edit("review", matter.id, outcome)
    else:
        # Made here under an id of its own: two people who both keep the same pair make two records, and no clash.
        yield Edit(
            "review", new_id(), {key: text for key, text in (_record(matter) | outcome).items() if text}, new=True
        )


def _again(connection: Connection, catalogue: Catalogue, matter: Matter) -> Edit:
    """The refused change once more, by somebody who may make it. A record that it makes gets an id of its own."""
    patch, new = refused_patch(connection, catalogue, matter)
    if new:
        made: Patch = {key: text for key, text in patch.items() if text is not None}
        return Edit(matter.table, new_id(), made, new=True)
    return Edit(matter.table, matter.target, patch)


def _record(matter: Matter) -> dict[str, str | None]:
    return {
        "name": matter.name,
        "matter": matter.matter,
        "record": matter.table,
        "target": matter.target,
        "second": matter.second,
        "field": matter.field,
        "standing": matter.standing.value,
    }
