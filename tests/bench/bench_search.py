"""Search as you type over 1,000,000 assets, beside a bare FTS5 query; and the id vector under the grid.

Each word is typed letter by letter, from 3 to 8: common ones (a maker, a place, a person) and rare ones (parts of
serials and tags). One search is what the window does: the first 100 rows with ten columns, and the count up to its
cap. The assets are put into the tables directly; making them through the journal is measured by bench_journal.

Run by `tasks.py bench search`, with a number of assets if not 1,000,000, and a folder to keep the register in.
"""

import random
import sqlite3
import statistics
import sys
import tempfile
import time
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path

from models.fields.ids import new_ids
from models.query.window import count, find_ids, first_ids, page
from models.schema.records import TABLES
from models.store.database import Database
from models.store.home import Home

ASSETS = 1_000_000
#: The bars: milliseconds of one search, seconds of the id vector.
MEDIAN_BAR, SLOWEST_BAR, VECTOR_BAR = 15.0, 50.0, 4.0
COLUMNS = ("tag", "serial", "model", "category", "status", "department", "location", "custodian", "cost", "acquired_on")
COMMON = (
    "motorola", "engine 7", "station", "latitude", "in servi", "portable", "city hal", "laptop", "general ", "radio sh",
    "harris", "thinkpad", "building", "fire dep", "docked w", "johnson",
)  # fmt: skip
RARE_COUNT = 24


def build(home: Home, assets: int) -> None:
    """A register of that size. Written past the journal, so it is fit for nothing but this."""
    pick = random.Random(7)
    database = Database.open(home)
    with database.writing() as connection:
        raw = connection.connection.dbapi_connection
        assert isinstance(raw, sqlite3.Connection)

        def add(table: str, rows: list[dict[str, str | None]]) -> list[str]:
            ids = new_ids(len(rows))
            keys = tuple(rows[0])
            marks = ", ".join("?" * (len(keys) + 1))
            sql = f"INSERT INTO {TABLES[table].table} (id, {', '.join(keys)}) VALUES ({marks})"
            raw.executemany(sql, [(row, *values.values()) for row, values in zip(ids, rows, strict=True)])
            return ids

        makers = add("manufacturer", [{"name": name} for name in ("Motorola Solutions", "Dell", "Lenovo", "L3Harris")])
        lines = ("APX", "Latitude", "ThinkPad", "XL")
        models = add(
            "model",
            [{"name": f"{lines[n % 4]} {5400 + n * 10}", "manufacturer": makers[n % 4]} for n in range(80)],
        )
        departments = add(
            "department", [{"name": f"{name} Department"} for name in ("Fire", "Police", "Library", "IT")]
        )
        buildings = add(
            "location", [{"name": f"{w} {n}"} for w in ("Station", "Building", "City Hall") for n in range(20)]
        )
        rooms = [{"name": f"Room {n}", "parent": buildings[n % 60]} for n in range(900)]
        vehicles = [{"name": f"Engine {n}", "parent": buildings[n % 20]} for n in range(300)]
        places = add("location", rooms + vehicles)
        families = ("Johnson", "Ruiz", "Chen", "O'Neil", "Okafor", "Smith", "Núñez", "Patel", "Kim", "Baker")
        people = add("person", [{"name": f"{pick.choice(families)}, {chr(65 + n % 26)}. {n}"} for n in range(8000)])
        letters = "BCDFGHJKLMNPQRSTVWXYZ0123456789"
        for start in range(0, assets, 20_000):
            rows = []
            for number in range(start, min(start + 20_000, assets)):
                model = pick.randrange(80)
                radio = model % 4 in (0, 3)
                rows.append(
                    {
                        "kind": "radio" if radio else "hardware",
                        "tag": f"{'R' if radio else 'C'}-{number:07}",
                        "serial": "".join(pick.choices(letters, k=10)),
                        "model": models[model],
                        "manufacturer": makers[model % 4],
                        "category": "Portable radio" if radio else "Laptop",
                        "status": pick.choice(("in_service", "in_service", "in_stock", "in_repair", "retired")),
                        "department": departments[number % 4],
                        "location": places[pick.randrange(len(places))],
                        "custodian": people[pick.randrange(len(people))],
                        "cost": f"{pick.randrange(20000, 500000) / 100:.2f}",
                        "acquired_on": f"{pick.randrange(2015, 2027)}-{pick.randrange(1, 13):02}-11",
                        "funding_source": "General fund",
                        "unit_id": str(number) if radio else None,
                        "notes": ("Docked", "Lent", None, None)[number % 4],
                    }
                )
            add("asset", rows)
        # The search index sees that it is behind by the last action, and is made anew when the database is opened.
        raw.execute(
            "INSERT INTO action (id, title, author, device, stamp, count) VALUES (?, 'Bench', '', '', 0, 0)", new_ids(1)
        )
        raw.execute("ANALYZE")
    database.close()
    Database.open(home).close()


def typed(database: Database) -> list[str]:
    """What is in the search box at each letter, for common words and for parts of serials and tags."""
    pick = random.Random(11)
    with database.reading() as connection:
        assets = connection.exec_driver_sql("SELECT max(nr) FROM asset").scalar_one()
        rare = []
        for index in range(RARE_COUNT):
            number = pick.randrange(1, assets)
            tag, serial = connection.exec_driver_sql("SELECT tag, serial FROM asset WHERE nr = ?", (number,)).one()
            rare.append(tag[:8] if index % 2 else serial[: 8 + index % 3][-8:])
    return [word[:length] for word in (*COMMON, *rare) for length in range(3, 9)]


def milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def searches(database: Database, words: list[str]) -> Iterator[tuple[str, float, float]]:
    """Each word, the milliseconds of our search and of a bare FTS5 query for it."""
    catalogue = database.catalogue()
    with database.reading() as connection:
        raw = connection.connection.dbapi_connection
        assert isinstance(raw, sqlite3.Connection)

        def ours(word: str) -> None:
            numbers = first_ids(connection, catalogue, "asset", word)
            page(connection, catalogue, "asset", numbers, COLUMNS)
            count(connection, catalogue, "asset", word)

        def bare(word: str) -> None:
            raw.execute("SELECT rowid FROM find_asset WHERE find_asset MATCH ? LIMIT 100", (f'"{word}"',)).fetchall()

        for word in words[:20]:  # the caches are warm, as they are for somebody who has typed before
            ours(word)
        for word in words:
            yield word, milliseconds(lambda word=word: ours(word)), milliseconds(lambda word=word: bare(word))  # type: ignore[misc]


def main(arguments: list[str]) -> int:
    assets = int(arguments[0]) if arguments else ASSETS
    with tempfile.TemporaryDirectory() as temporary:
        home = Home(Path(arguments[1] if len(arguments) > 1 else temporary))
        if not home.database.exists():
            start = time.perf_counter()
            build(home, assets)
            sys.stdout.write(f"{assets:,} assets made in {time.perf_counter() - start:.0f} s\n")
        database = Database.open(home)
        held = _report_searches(list(searches(database, typed(database))))
        held &= _report_vectors(database)
        database.close()
    return 0 if held else 1


def _report_searches(measured: list[tuple[str, float, float]]) -> bool:
    rows = {}
    for name, index in (("ours", 1), ("bare FTS5", 2)):
        times = sorted(each[index] for each in measured)
        rows[name] = statistics.median(times), times[int(len(times) * 0.95)], times[-1]
    sys.stdout.write(f"{len(measured)} searches      median       95 %    slowest\n")
    for name, figures in rows.items():
        sys.stdout.write(f"{name:12}" + "".join(f"{figure:8.1f} ms" for figure in figures) + "\n")
    ratios = "".join(f"{ours / bare:8.1f} x " for ours, bare in zip(*rows.values(), strict=True))
    sys.stdout.write(f"{'ratio':12}{ratios}\n")
    slow = sorted(measured, key=lambda each: -each[1])[:5]
    sys.stdout.write("slowest: " + ", ".join(f"{word!r} {ours:.0f} ms" for word, ours, _ in slow) + "\n")
    median, slowest, _ = rows["ours"]
    return median < MEDIAN_BAR and slowest < SLOWEST_BAR


def _report_vectors(database: Database) -> bool:
    held = True
    catalogue = database.catalogue()
    with database.reading() as connection:
        raw = connection.connection.dbapi_connection
        assert isinstance(raw, sqlite3.Connection)
        start = time.perf_counter()
        bare = array("q", (row[0] for row in raw.execute("SELECT nr FROM asset ORDER BY tag")))
        floor = time.perf_counter() - start
        sys.stdout.write(f"id vector of {len(bare):,}: a bare SELECT of the numbers by tag {floor:.2f} s\n")
        for sort in (None, ("tag", False), ("tag", True), ("model", False), ("location", False), ("cost", True)):
            start = time.perf_counter()
            numbers = find_ids(connection, catalogue, "asset", "", sort)
            took = time.perf_counter() - start
            held &= took < VECTOR_BAR and len(numbers) == len(bare)
            name = "as they were made" if sort is None else f"by {sort[0]}{', falling' * sort[1]}"
            sys.stdout.write(f"  {name:20}{took:6.2f} s {took / floor:6.1f} x\n")
    return held


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
