"""What would become of this home's own records in a shared database: a plan, as an import's, before anything is sent.

The shared database has been copied into a home of its own, aside. Each live record here is new there, the same as one
there, or differs from it in fields that are told; a person says whose values stand. Then all of it is brought into
that copy, which takes the place of this home's database in one step.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from models.fields.problem import UsageError
from models.journal.carrying import carry
from models.journal.entry import Edit
from models.journal.project import current
from models.journal.writer import Journal
from models.progress import Progress
from models.rules.rights import may_write, restricted_fields
from models.schema.columns import Base
from models.schema.records import RECORDS, TABLES, RecordType, references
from models.services.demo import has_demo
from models.store.database import Database
from models.store.local import home_reads, home_role, local, set_local
from models.store.search import last_action
from models.sync.matching import WORDS, Rows, Values, doubled, match, of_kind
from models.sync.state import CURSOR, LAST_SYNC, SENT_UPTO

TITLE = "Values of this computer, sent to the shared database"
#: What a home keeps of a shared database: keys that begin so, and these.
_HUB = "hub"
_OF_A_HUB = frozenset((LAST_SYNC, CURSOR, SENT_UPTO, "copied_at"))
_NOT_COMPARED = frozenset(("kind", "deleted"))


@dataclass(frozen=True, slots=True)
class Differing:
    """A record that both have, with other values. `fields`: field -> (here, in the shared database, None: empty)."""

    word: str
    row: str
    shared: str
    fields: Mapping[str, tuple[str, str | None]]


@dataclass(frozen=True, slots=True)
class Counted:
    """One kind's records here: how many are new there, the same, different; `kept` the role may not send.

    `doubled` of the new ones have the tag (or whatever else the kind goes by first) of another thing that is there.
    """

    word: str
    new: int = 0
    same: int = 0
    differs: int = 0
    kept: int = 0
    doubled: int = 0


@dataclass(frozen=True, slots=True)
class AdoptPlan:
    """What would become of the records here. `ids`: id here -> id there; `new`: ids that are made there.

    `upto` is the last action here that it knows of: what is done after it makes the plan out of date. `hidden` are
    the fields (table, key) that the login may not see there. `demo`: the demo city is among the records here.
    """

    counts: tuple[Counted, ...]
    differing: tuple[Differing, ...]
    ids: Mapping[str, str]
    new: frozenset[str]
    upto: str
    hidden: frozenset[tuple[str, str]] = frozenset()
    demo: bool = False

    def total(self, name: str) -> int:
        """The sum of all kinds: of `new`, `same`, `differs`, `kept` or `doubled`."""
        return sum(int(getattr(each, name)) for each in self.counts)


def plan_adopting(mine: Connection, shared: Connection, progress: Progress | None = None) -> AdoptPlan:
    """Compare this home's records with those of a copy of the shared database. Raises Cancelled."""
    progress = progress or Progress()
    role, hidden = home_role(shared), _hidden(shared)
    ids: dict[str, str] = {}
    counts: list[Counted] = []
    differing: list[Differing] = []
    new: set[str] = set()
    tables: dict[str, tuple[Rows, Rows]] = {}
    for at, word in enumerate(WORDS):
        progress.at("compare", at, len(WORDS))
        kind = RECORDS[word]
        if kind.table not in tables:
            tables[kind.table] = live_rows(mine, kind.table), live_rows(shared, kind.table)
        here, there = (of_kind(kind, rows) for rows in tables[kind.table])
        match(kind, here, there, ids)
        unknown = [row for row in here if row not in ids]
        found = _differences(kind, here, there, ids, hidden)
        may = may_write(role, kind.table)
        if may:
            new.update(unknown)
            differing += found
        if here:
            twice = doubled(kind, here, there, ids)
            counts.append(_counted(word, len(here), len(unknown), len(found), twice, may=may))
    return AdoptPlan(tuple(counts), tuple(differing), ids, frozenset(new), last_action(mine), hidden, has_demo(mine))


def bring_in(
    plan: AdoptPlan, source: Connection, target: Database, author: str, send_mine: Collection[str], progress: Progress
) -> None:
    """Write what the plan says into the copy of the shared database, as entries that are still to be sent.

    `send_mine`: the ids (here) of the differing records whose values here are to stand. Raises
    UsageError("adopt.changed") where something was done here since the plan was made; DatabaseError; Cancelled.
    """
    still(source, plan)
    with target.writing() as connection:
        carry(source, connection, plan.ids, plan.new, plan.hidden, progress)
        _carry_local(source, connection, plan.ids)
    edits = [
        Edit(RECORDS[each.word].table, each.shared, {key: value for key, (value, _) in each.fields.items()})
        for each in plan.differing
        if each.row in send_mine
    ]
    Journal(target, author).write(TITLE, edits, total=len(edits), progress=progress)


def still(source: Connection, plan: AdoptPlan | None) -> None:
    """Whether the home is as the plan knows it; without one, empty. Raises UsageError("adopt.changed")."""
    if last_action(source) != (plan.upto if plan is not None else ""):
        raise UsageError("adopt.changed")


def has_records(connection: Connection) -> bool:
    """Whether anything was ever done in this home: then its records are planned for."""
    return bool(last_action(connection))


def live_rows(connection: Connection, table: str) -> dict[str, Values]:
    """The records of a table that are not deleted."""
    rows = TABLES[table].sql
    ids = connection.execute(select(rows.c.id).where(rows.c.deleted.is_(None)).order_by(rows.c.nr)).scalars().all()
    columns = [each.name for each in Base.metadata.tables[table].columns if each.name not in ("nr", "id", "extra")]
    return {row: values for row, (_, values) in current(connection, table, ids, columns).items()}


def _hidden(shared: Connection) -> frozenset[tuple[str, str]]:
    """(table, field) of what the login may not see there, and so not write."""
    reads = home_reads(shared)
    return frozenset(place for place, word in restricted_fields().items() if reads is not None and word not in reads)


def _differences(
    kind: RecordType, here: Rows, there: Rows, ids: Mapping[str, str], hidden: Collection[tuple[str, str]]
) -> list[Differing]:
    """Fields that have a value here and another there; what is empty here says nothing."""
    refs = references(kind.table)
    found: list[Differing] = []
    for row, values in here.items():
        shared = ids.get(row)
        if shared is None:
            continue
        theirs = there[shared]
        other: dict[str, tuple[str, str | None]] = {}
        for key, value in values.items():
            meant = ids.get(value, value) if key in refs else value
            if key not in _NOT_COMPARED and (kind.table, key) not in hidden and meant != theirs.get(key):
                other[key] = meant, theirs.get(key)
        if other:
            found.append(Differing(kind.word, row, shared, other))
    return found


def _counted(word: str, here: int, new: int, differs: int, twice: int, *, may: bool) -> Counted:
    same = here - new - differs
    return Counted(word, new, same, differs, doubled=twice) if may else Counted(word, same=same, kept=new + differs)


def _carry_local(source: Connection, target: Connection, ids: Mapping[str, str]) -> None:
    """What this device knows of itself, as the tag numbers that it has given; not what it knew of a shared database."""
    for key, value in source.exec_driver_sql("SELECT key, value FROM local ORDER BY key").all():
        head, _, last = str(key).rpartition(" ")
        mapped = f"{head} {ids.get(last, last)}" if head else last
        if not mapped.startswith(_HUB) and mapped not in _OF_A_HUB and local(target, mapped) is None:
            set_local(target, mapped, str(value))
