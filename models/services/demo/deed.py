"""Filling an empty home with the demo city, and taking it out again."""

import datetime as dt
import random
from collections.abc import Iterator

from sqlalchemy import Connection

from models.fields.problem import UsageError
from models.journal.entry import Changes, Edit
from models.journal.undo import Kept, UndoReport
from models.journal.writer import Journal
from models.progress import Progress
from models.schema.records import TABLES, references
from models.services.demo.assets import Placer
from models.services.demo.city import City, Sizes, city_edits, found_city
from models.services.demo.hardware import HardwareMaker
from models.services.demo.mobile import MobileMaker
from models.services.demo.people import People
from models.services.demo.places import Places
from models.services.demo.purchases import Buyer
from models.services.demo.radios import RadioMaker
from models.services.demo.software import SoftwareMaker
from models.services.demo.stock import StockMaker
from models.services.demo.tags import tag_edits

LEAST, MOST = 500, 1_000_000
"""How many assets a demo city may have."""

TITLE = "Demo city"
SOURCE = "demo"
"""What the action that makes the city gives as its source: by this it is known again."""


def fill_demo(
    journal: Journal,
    *,
    assets: int = 2000,
    seed: int = 1,
    progress: Progress | None = None,
    today: dt.date | None = None,
) -> Changes:
    """Write an invented city with so many assets, as one action.

    The same seed on the same day gives the same city, but for the ids of its rows; `today` is the day that its
    purchases, warranties and sightings lead up to. Raises UsageError "demo.size" (see `LEAST` and `MOST`),
    "demo.not-empty" where there are assets already, "demo.there" where the demo city is.
    """
    if not LEAST <= assets <= MOST:
        raise UsageError("demo.size", str(assets), least=f"{LEAST:,}", most=f"{MOST:,}")
    today = today or dt.datetime.now(tz=dt.UTC).astimezone().date()

    def edits(connection: Connection) -> Iterator[Edit]:
        if connection.exec_driver_sql("SELECT 1 FROM asset WHERE deleted IS NULL LIMIT 1").first():
            raise UsageError("demo.not-empty")
        if has_demo(connection):
            raise UsageError("demo.there")
        if progress is not None:
            progress.at("demo")
        yield from demo_edits(assets, seed, today)

    return journal.write(TITLE, edits, source=SOURCE, total=Sizes.of(assets).rows, progress=progress)


def demo_edits(assets: int, seed: int, today: dt.date) -> Iterator[Edit]:
    """The edits that make the city, in the order in which they can be read: what is referred to comes first."""

    def dice(part: str) -> random.Random:
        # A stream of its own for each part: a change to one leaves the others as they were.
        return random.Random(f"{seed} {assets} {part}")  # noqa: S311 (believable, not secret)

    city = found_city(assets)
    places = Places(city, dice("places"))
    people = People(city, places, today, dice("people"))
    yield from city_edits(city, people.heads, dice("city"))
    yield from places.edits
    places.edits.clear()
    yield from people.edits()
    yield from _owned(city, places, people, today, dice("assets"))
    yield from StockMaker(city, places, today, dice("stock")).edits()


def _owned(city: City, places: Places, people: People, today: dt.date, rng: random.Random) -> Iterator[Edit]:
    placer = Placer(city, places, people, Buyer(city, today, rng), today, rng)
    hardware = HardwareMaker(placer)
    yield from hardware.edits(city.sizes.hardware)
    yield from MobileMaker(placer).edits(city.sizes.mobile)
    yield from RadioMaker(placer).edits(city.sizes.radios)
    yield from SoftwareMaker(city, people, today, rng).edits(hardware.computers)
    yield from tag_edits(placer.tags)


def has_demo(connection: Connection) -> bool:
    """Whether rows of a demo city are there that were not taken out by removing or undoing it."""
    return _standing(connection) is not None


def remove_demo(journal: Journal, progress: Progress | None = None) -> UndoReport:
    """Delete all rows that the demo city brought, also those that people changed since, as one action.

    What records refer to that people made stays, with all that it refers to itself, and is reported as kept. The
    action counts as the undo of the demo's: a redo brings the city back. Raises UsageError("demo.none").
    """
    with journal.database.reading() as connection:
        found = _standing(connection)
    if found is None:
        raise UsageError("demo.none")
    number, action, count = found
    kept: list[Kept] = []
    changes = journal.write(
        "Remove the demo city",
        lambda connection: _removal(connection, number, kept),
        undoes=action,
        total=count,
        progress=progress,
    )
    return UndoReport(action, TITLE, changes, tuple(kept))


def _standing(connection: Connection) -> tuple[int, str, int] | None:
    """Number, id and count of the demo's action that is not undone and of which some row is left."""
    actions = connection.exec_driver_sql(
        "SELECT nr, id, count FROM action a WHERE source = ? AND undoes IS NULL ORDER BY nr DESC", (SOURCE,)
    ).all()
    for number, action, count in actions:
        if not _undone(connection, action) and any(_any_left(connection, number, table) for table in TABLES):
            return int(number), str(action), int(count)
    return None


def _undone(connection: Connection, action: str) -> bool:
    """Whether an undo of the action stands, that is, was not undone itself."""
    undos = connection.exec_driver_sql("SELECT id FROM action WHERE undoes = ?", (action,)).scalars().all()
    return any(not _undone(connection, undo) for undo in undos)


def _any_left(connection: Connection, number: int, table: str) -> bool:
    sql = (
        f"SELECT 1 FROM {table} t WHERE t.deleted IS NULL "  # noqa: S608 (a declared table)
        "AND EXISTS (SELECT 1 FROM entry e WHERE e.row = t.id AND e.action = ? AND e.base IS NULL) LIMIT 1"
    )
    return connection.exec_driver_sql(sql, (number,)).first() is not None


def _removal(connection: Connection, number: int, kept: list[Kept]) -> Iterator[Edit]:
    run = connection.exec_driver_sql
    run("CREATE TEMP TABLE IF NOT EXISTS demo_row (row TEXT PRIMARY KEY, tbl TEXT, kept INTEGER) WITHOUT ROWID")
    run("DELETE FROM demo_row")
    for table in TABLES:
        sql = (
            f"INSERT INTO demo_row SELECT e.row, e.tbl, 0 FROM entry e JOIN {table} t ON t.id = e.row "  # noqa: S608 (a declared table)
            "WHERE e.action = ? AND e.tbl = ? AND e.base IS NULL AND t.deleted IS NULL"
        )
        run(sql, (number, table))
    _keep_what_is_used(connection)
    for table, row in run("SELECT tbl, row FROM demo_row WHERE kept ORDER BY row").all():
        kept.append(Kept(table, row, "", "in-use"))
    # Ids rise with time: the last made goes first, so that what refers to a row goes before it.
    for table, row in run("SELECT tbl, row FROM demo_row WHERE NOT kept ORDER BY row DESC"):
        yield Edit(table, row, {"deleted": "yes"})
    run("DELETE FROM demo_row")


def _keep_what_is_used(connection: Connection) -> None:
    """Mark the demo's live rows that people's own records refer to, and what those rows refer to in turn."""
    run = connection.exec_driver_sql
    links = [(table, key, target) for table in TABLES for key, target in references(table, held=True).items()]
    by = "NOT EXISTS (SELECT 1 FROM demo_row d WHERE d.row = t.id)"
    marked = 1
    while marked:
        marked = 0
        for table, key, target in links:
            used = f"SELECT t.{key} FROM {table} t WHERE t.deleted IS NULL AND t.{key} IS NOT NULL AND {by}"  # noqa: S608 (declared names)
            marked += run(
                f"UPDATE demo_row SET kept = 1 WHERE tbl = ? AND NOT kept AND row IN ({used})",  # noqa: S608 (see above)
                (target,),
            ).rowcount
        # Next, what is kept keeps what it refers to itself.
        by = "EXISTS (SELECT 1 FROM demo_row d WHERE d.row = t.id AND d.kept)"
