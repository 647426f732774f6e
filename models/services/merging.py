"""Two records of one thing become one: chosen values, all references follow, both histories stay. One deed.

It is always the record that was made first that goes on, whichever of the two people prefer: so two people who merge
the same pair apart from each other, each in their own way, never delete both. What people choose are the values.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, select

from models.fields.field import Field, Merge
from models.fields.kinds import Ref
from models.fields.problem import UsageError
from models.journal.entry import Changes, Edit
from models.journal.merged import CALLED, INTO, MERGED, OF_TABLE
from models.journal.project import current
from models.journal.writer import Journal
from models.query.called import called
from models.rules.in_use import is_inside
from models.rules.rights import check_write, restricted_fields
from models.schema.catalogue import Catalogue
from models.schema.labelled import Labelled
from models.schema.records import RECORDS, TABLES, references
from models.services.review import settled
from models.store.local import home_role

#: Fields that hold a record's id as text, since they may be about records of any table: `record` says of which.
_BY_TEXT = {"alias": ("target",), "review": ("target", "second")}
_OF_LABEL = frozenset(Labelled.__annotations__)


class Pick(StrEnum):
    """Which value a field keeps. BOTH: one after the other, for notes."""

    FIRST = "first"
    SECOND = "second"
    BOTH = "both"


Picks = Mapping[str, Pick]
"""Field -> what it keeps. Fields that are not named keep the first record's value, else the second's; notes both."""


@dataclass(frozen=True, slots=True)
class MergedField:
    """One field in which the two differ: both values, what it keeps and so what it will hold. All canonical."""

    field: Field
    first: str | None
    second: str | None
    pick: Pick
    value: str | None


@dataclass(frozen=True, slots=True)
class MergePlan:
    """What a merge would do. `word` is the kind of both, `first` and `second` their ids.

    `stays` is the one of them that goes on and `goes` the one that is deleted. `fields` are those in which they differ.
    `references`: table -> how many of its records point to the one that goes, and will point to the other.
    `hidden`: labels of fields that this home may not see; the record that goes on keeps its own.
    """

    table: str
    word: str
    first: str
    second: str
    fields: tuple[MergedField, ...]
    references: Mapping[str, int]
    hidden: tuple[str, ...]

    @property
    def stays(self) -> str:
        """The id of the record that goes on."""
        return min(self.first, self.second)

    @property
    def goes(self) -> str:
        """The id of the record that is deleted."""
        return max(self.first, self.second)


def plan_merge(
    connection: Connection, catalogue: Catalogue, table: str, first: str, second: str, picks: Picks | None = None
) -> MergePlan:
    """What merging two live records of one kind would do. `first` is the one whose values are preferred.

    Raises UsageError("merge.itself", "merge.gone", "merge.kinds", "merge.field", "merge.both").
    """
    if first == second:
        raise UsageError("merge.itself", called(connection, table, first) or first)
    keys = [column.name for column in TABLES[table].sql.c if column.name not in ("id", "nr", "extra")]
    found = current(connection, table, [first, second], keys)
    for row in (first, second):
        if row not in found or "deleted" in found[row][1]:
            raise UsageError("merge.gone", called(connection, table, row) or row)
    left, right = found[first][1], found[second][1]
    word = _word(table, left, right)
    fields = tuple(_fields(connection, catalogue, table, word, (first, second), (left, right), picks or {}))
    pointing = Counter(other for other, _, _ in _pointing(connection, table, max(first, second)))
    seen = catalogue.keys(word)
    hidden = tuple(
        known.label
        for known in RECORDS[word].fields
        if (table, known.key) in restricted_fields() and known.key not in seen
    )
    return MergePlan(table, word, first, second, fields, pointing, hidden)


def merge_records(journal: Journal, table: str, first: str, second: str, picks: Picks | None = None) -> Changes:
    """Merge two records, as one deed. Open matters about the pair are settled with it.

    Raises what `plan_merge` raises;
    UsageError("hub.may-not") where the home's role may not change a record that would have to follow; DatabaseError.
    """
    catalogue = journal.database.catalogue()
    with journal.database.reading() as connection:
        plan = plan_merge(connection, catalogue, table, first, second, picks)
        names = [called(connection, table, row) or TABLES[table].label.lower() for row in (plan.goes, plan.stays)]
    title = f"Merge {names[0]} into {names[1]}" if names[0] != names[1] else f"Merge two records of {names[0]}"

    def edits(writing: Connection) -> Iterator[Edit]:
        # Planned again: somebody may have written since.
        return _edits(writing, plan_merge(writing, catalogue, table, first, second, picks), journal.author)

    details = {MERGED: plan.goes, INTO: plan.stays, OF_TABLE: table, CALLED: names[0]}
    return journal.write(title, edits, details=details)


def _word(table: str, left: Mapping[str, str], right: Mapping[str, str]) -> str:
    """The kind of both. Raises UsageError("merge.kinds")."""
    if table != "asset":
        return TABLES[table].word
    if left["kind"] != right["kind"]:
        kinds = [RECORDS[each["kind"]].label.lower() for each in (left, right)]
        raise UsageError("merge.kinds", kinds[0], other=kinds[1])
    return left["kind"]


def _fields(
    connection: Connection,
    catalogue: Catalogue,
    table: str,
    word: str,
    rows: tuple[str, str],
    values: tuple[Mapping[str, str], Mapping[str, str]],
    picks: Picks,
) -> Iterator[MergedField]:
    known = {field.key: field for field in catalogue.fields(word) if not field.kept}
    for key in picks:
        if key not in known:
            raise UsageError("merge.field", key)
    # What is remembered of a label is true of the thing whose tag the merged record has.
    tag = picks.get("tag", Pick.FIRST if values[0].get("tag") else Pick.SECOND)
    for field in known.values():
        first, second = values[0].get(field.key), values[1].get(field.key)
        if first == second:
            continue
        pick = picks.get(field.key) or _usual(field, first, second)
        if field.key in _OF_LABEL and "tag" in known and field.key not in picks:
            pick = tag
        if pick is Pick.BOTH and field.merge is not Merge.APPEND:
            raise UsageError("merge.both", field.label)
        value = {Pick.FIRST: first, Pick.SECOND: second, Pick.BOTH: _appended(first, second)}[pick]
        if isinstance(field.kind, Ref) and field.kind.table == table:
            value = _no_ring(connection, table, rows, field.key, [value, first, second])
        yield MergedField(field, first, second, pick, value)


def _usual(field: Field, first: str | None, second: str | None) -> Pick:
    if field.merge is Merge.APPEND and first is not None and second is not None:
        return Pick.BOTH
    return Pick.SECOND if first is None else Pick.FIRST


def _appended(first: str | None, second: str | None) -> str | None:
    """Both texts, one after the other; one that the other holds already is not told twice."""
    if not first or not second or second in first:
        return first or second
    return second if first in second else f"{first}\n{second}"


def _no_ring(
    connection: Connection, table: str, rows: tuple[str, str], key: str, wanted: list[str | None]
) -> str | None:
    """The first wanted record that is neither of the two nor, for a parent, inside of one of them."""
    for value in wanted:
        if value is None or value in rows:
            continue
        if key != "parent" or not any(is_inside(connection, table, row, value) for row in rows):
            return value
    return None


def _pointing(connection: Connection, table: str, row: str) -> Iterator[tuple[str, str, str]]:
    """What points to a record: table, field and id. Deleted ones, too: an undo may bring them back."""
    for other, kind in TABLES.items():
        for key, target in references(other).items():
            if target == table:
                for each in connection.execute(select(kind.sql.c.id).where(kind.sql.c[key] == row)).scalars():
                    yield other, key, each
    for other, keys in _BY_TEXT.items():
        rows = TABLES[other].sql
        for key in keys:
            about = select(rows.c.id).where(rows.c.record == table, rows.c[key] == row)
            if other == "review":
                about = about.where(rows.c.outcome.is_(None))
            for each in connection.execute(about).scalars():
                yield other, key, each


def _edits(connection: Connection, plan: MergePlan, author: str) -> Iterator[Edit]:
    role = home_role(connection)
    patches: dict[tuple[str, str], dict[str, str | None]] = defaultdict(dict)
    for table, key, row in _pointing(connection, plan.table, plan.goes):
        if (table, row) not in ((plan.table, plan.stays), (plan.table, plan.goes)):
            patches[table, row][key] = plan.stays
    for row in _about_the_pair(connection, plan):
        patches["review", row] = dict(settled("merged", author))
    for table in {plan.table, *(table for table, _ in patches)}:
        check_write(role, table)
    yield Edit(plan.table, plan.stays, {each.field.key: each.value for each in plan.fields})
    yield Edit(plan.table, plan.goes, {"deleted": "yes"})
    for (table, row), patch in patches.items():
        yield Edit(table, row, patch)


def _about_the_pair(connection: Connection, plan: MergePlan) -> list[str]:
    """The open matters that the merge settles."""
    rows = TABLES["review"].sql
    pair = (plan.first, plan.second)
    about = select(rows.c.id).where(
        rows.c.record == plan.table, rows.c.target.in_(pair), rows.c.second.in_(pair), rows.c.outcome.is_(None)
    )
    return list(connection.execute(about).scalars())
