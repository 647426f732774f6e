"""A small register for the tests of import and export, and short ways to fill, write out and read in."""

import csv
import json
import shutil
import sqlite3
from pathlib import Path

from sqlalchemy import select

from models.exchange.apply import apply_plan
from models.exchange.options import ImportOptions
from models.exchange.plan import Plan, State
from models.exchange.planner import make_plan
from models.exchange.writing.export import export_records
from models.fields.ids import new_id
from models.fields.kinds import Ref
from models.journal.entry import Edit
from models.journal.writer import Journal
from models.query.names import Names
from models.schema.records import record_type
from models.settings import Settings
from models.store.database import Database
from models.store.home import Home


class Register:
    """A database in a folder; `fresh` is an empty one to start from, since making one costs more than most tests."""

    def __init__(self, folder: Path, fresh: Path | None = None) -> None:
        if fresh is not None:
            shutil.copytree(fresh, folder, dirs_exist_ok=True)
        self.home = Home(folder)
        self.database = Database.open(self.home)
        self.settings = Settings(self.home.settings)
        self.journal = Journal(self.database, "J. Ruiz")

    def add(self, word: str, **values: str | None) -> str:
        """A new record of canonical values; its id."""
        kind, row = record_type(word), new_id()
        if kind.asset_kind:
            values["kind"] = kind.asset_kind
        self.journal.write(f"New {word}", [Edit(kind.table, row, values, new=True)])
        return row

    def plan(self, path: Path, kind: str | None = None, /, **options: object) -> Plan:
        return make_plan(self.database, path, ImportOptions(kind=kind, **options), self.settings)  # type: ignore[arg-type]

    def bring_in(self, path: Path, kind: str | None = None, /, **options: object) -> Plan:
        """Plan and apply."""
        plan = self.plan(path, kind, **options)
        apply_plan(self.journal, plan)
        return plan

    def export(self, word: str, path: Path, **options: object) -> Path:
        export_records(self.database, word, path, self.settings, **options)  # type: ignore[arg-type]
        return path

    def values(self, word: str, **wanted: str) -> list[dict[str, str]]:
        """What the live records of a kind hold, in the order in which they were made; references by their names."""
        kind, catalogue = record_type(word), self.database.catalogue()
        found = []
        with self.database.reading() as connection:
            names = Names(connection)
            rows = select(kind.sql).where(kind.sql.c.deleted.is_(None)).order_by(kind.sql.c.nr)
            if kind.asset_kind:
                rows = rows.where(kind.sql.c.kind == kind.asset_kind)
            for row in connection.execute(rows).mappings():
                values = json.loads(row["extra"] or "{}")
                for key, field in catalogue.table_keys(kind.table).items():
                    value = row.get(key)
                    if value is not None:
                        value = str(value)
                        values[key] = names.path(field.kind.table, value) if isinstance(field.kind, Ref) else value
                if all(values.get(key) == value for key, value in wanted.items()):
                    found.append(values)
        return found

    def one(self, word: str, **wanted: str) -> dict[str, str]:
        """The one record with these values."""
        (found,) = self.values(word, **wanted)
        return found

    def names(self, word: str) -> list[str]:
        naming = record_type(word).naming
        return [values.get(naming, "") for values in self.values(word)]

    def database_text(self) -> list[str]:
        """All that the database's file holds, journal and log of actions included."""
        raw = sqlite3.connect(self.home.database)
        try:
            return list(raw.iterdump())
        finally:
            raw.close()

    def close(self) -> None:
        self.database.close()


def write_csv(path: Path, *rows: object) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)  # type: ignore[arg-type]
    return path


def counts(plan: Plan) -> tuple[int, int, int, int]:
    """New, changed, same, refused."""
    found = tuple(plan.count(state) for state in (State.NEW, State.CHANGED, State.SAME, State.REFUSED))
    assert sum(found) == plan.rows
    return found


def codes(plan: Plan) -> list[tuple[int, str, str]]:
    """Row, field and code of each problem."""
    return [(each.row, each.problem.field, each.problem.code) for each in plan.all_problems()]
