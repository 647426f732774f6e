"""Proving that a database is whole: file, tables against the journal, references, search index, identities."""

from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import Connection, FromClause, func, select

from models.fields.problem import Problem, Severity
from models.journal.proof import differences
from models.progress import Progress
from models.query.names import Names
from models.rules.identities import duplicates
from models.rules.in_use import dangling
from models.schema.journal import Entry
from models.schema.records import TABLES
from models.store.database import Database
from models.store.search import index_faults

#: So many findings of one code are named; the others are counted.
NAMED = 100


@dataclass(slots=True)
class Report:
    """What a check found.

    `rows` and `entries` were looked at; `findings` are the first of each code, `counts` how many of each code there
    are in all. Faults mean that the database is damaged or the program was wrong; shared identities are warnings.
    """

    rows: int = 0
    entries: int = 0
    findings: list[Problem] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    faults: int = 0

    @property
    def sound(self) -> bool:
        """No fault was found; there may be warnings."""
        return not self.faults

    def add(self, problem: Problem) -> None:
        """Take a finding."""
        self.counts[problem.code] += 1
        self.faults += problem.severity is Severity.ERROR
        if self.counts[problem.code] <= NAMED:
            self.findings.append(problem)


def check(database: Database, progress: Progress | None = None) -> Report:
    """Look at everything. Nothing is changed. Raises DatabaseError where the file cannot be read; Cancelled."""
    progress = progress or Progress()
    report = Report()
    catalogue = database.catalogue()
    with database.reading() as connection:
        report.entries = _count(connection, Entry.__table__)
        report.rows = sum(_count(connection, kind.sql) for kind in TABLES.values())
        progress.at("check", 0, report.entries)
        _file(connection, report)
        for found in differences(connection, progress):
            report.add(
                Problem(
                    f"check.row-{found.fault}",
                    found.row,
                    details={"table": found.table, "fields": ", ".join(found.fields)},
                )
            )
        _references(connection, report)
        _index(connection, report)
        names = Names(connection)
        for shared in duplicates(connection, catalogue):
            known = catalogue.table_keys(shared.table)[shared.field]
            report.add(
                Problem(
                    "check.shared",
                    known.kind.format(shared.value),
                    shared.field,
                    Severity.WARNING,
                    {
                        "label": known.label,
                        "table": shared.table,
                        "count": str(shared.count),
                        "records": ", ".join(names.label(shared.table, row) or row for row in shared.rows),
                    },
                )
            )
    return report


def _count(connection: Connection, rows: FromClause) -> int:
    return int(connection.execute(select(func.count()).select_from(rows)).scalar_one())


def _file(connection: Connection, report: Report) -> None:
    """SQLite's own checks of its pages, its indexes and its foreign keys."""
    for told in connection.exec_driver_sql("PRAGMA quick_check").scalars():
        if told != "ok":
            report.add(Problem("check.file", str(told)))
    for table, _, target, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        report.add(Problem("check.foreign-key", str(table), details={"target": str(target)}))


def _references(connection: Connection, report: Report) -> None:
    for lost in dangling(connection):
        report.add(
            Problem("check.dangling", lost.row, lost.field, details={"table": lost.table, "target": lost.target})
        )


def _index(connection: Connection, report: Report) -> None:
    for table in TABLES:
        wrong, stray = index_faults(connection, table)
        if wrong or stray:
            report.add(Problem("check.index", table, details={"wrong": str(wrong), "stray": str(stray)}))
