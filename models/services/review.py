"""What waits for somebody's decision: changes that met, two records of one thing, what was refused. Read here.

The shared database writes most of it as records of the kind `review`. Pairs that share an identity in this register are
matters as well, also where there is no shared database; nothing is kept of those until somebody decides.
"""

import datetime as dt
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import Connection, Row, and_, func, or_, select

from models.fields.field import Field
from models.fields.kinds import Ref
from models.fields.problem import UsageError
from models.journal.project import current
from models.journal.reading import entries
from models.query.called import called
from models.rules.identities import duplicates
from models.rules.rights import restricted_fields
from models.schema.catalogue import Catalogue
from models.schema.choices import REVIEW_MATTER
from models.schema.records import TABLES

DUPLICATE: Final = "duplicate"
REFUSED: Final = "refused"
SEATS: Final = "seats"
_WHOLE = re.compile(r"-?[0-9]{1,18}")
#: The fewest characters by which a matter may be named.
_SHORTEST = 4
_ROWS = TABLES["review"].sql
_ORDER = {word: at for at, word in enumerate(REVIEW_MATTER.options)}
_OPEN = and_(_ROWS.c.deleted.is_(None), _ROWS.c.outcome.is_(None))


@dataclass(frozen=True, slots=True)
class Side:
    """A value (canonical; None: empty), who wrote it, when (canonical moment) and on which computer; empty: unknown."""

    value: str | None = None
    by: str = ""
    at: str = ""
    device: str = ""


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter. `matter` is what it is: fork, custody, duplicate, seats, refused, or a word of a later Muster.

    `table`, `target` and `second` name the record or the pair, `field` what it is about. `standing` took effect and
    `other` did not, or no longer. `hidden`: the values are not for this home's role, or not known here. `entry` is
    the id of the entry that met the other value or was refused, `reason` why it was, a code. `outcome` is empty while
    it is open. `kept`: it is a record; else it was only found here.
    """

    id: str
    matter: str
    name: str
    table: str
    target: str
    second: str = ""
    field: str = ""
    standing: Side = Side()
    other: Side = Side()
    hidden: bool = False
    entry: str = ""
    reason: str = ""
    outcome: str = ""
    settled_by: str = ""
    settled_at: str = ""
    kept: bool = True

    @property
    def open(self) -> bool:
        """Whether it waits for somebody."""
        return not self.outcome


def open_count(connection: Connection) -> int:
    """How many matters of all wait for somebody."""
    return int(connection.execute(select(func.count()).select_from(_ROWS).where(_OPEN)).scalar_one())


def open_matters(connection: Connection, catalogue: Catalogue) -> list[Matter]:
    """The matters that wait, by what they are, the oldest first."""
    found = connection.execute(select(_ROWS).where(_OPEN).order_by(_ROWS.c.nr))
    return sorted((_read(connection, catalogue, row) for row in found), key=lambda each: _place(each.matter))


def settled_matters(connection: Connection, catalogue: Catalogue, limit: int = 500) -> list[Matter]:
    """Those that somebody settled, the latest first."""
    settled = and_(_ROWS.c.deleted.is_(None), _ROWS.c.outcome.is_not(None))
    latest = select(_ROWS).where(settled).order_by(_ROWS.c.settled_at.desc(), _ROWS.c.nr.desc()).limit(limit)
    return [_read(connection, catalogue, row) for row in connection.execute(latest)]


def matters_of(connection: Connection, catalogue: Catalogue, table: str, row: str) -> list[Matter]:
    """The matters of one record that wait."""
    about = and_(_OPEN, _ROWS.c.record == table, or_(_ROWS.c.target == row, _ROWS.c.second == row))
    return [_read(connection, catalogue, each) for each in connection.execute(select(_ROWS).where(about))]


def found_here(connection: Connection, catalogue: Catalogue) -> Iterator[Matter]:
    """The pairs of live records that share an identity and that no matter speaks of yet.

    Of three records with one value the first is a pair with each of the others. All records are looked through.
    """
    told = _told_pairs(connection)
    met: set[frozenset[str]] = set()
    for each in duplicates(connection, catalogue):
        for other in each.rows[1:]:
            pair = frozenset((each.rows[0], other))
            if pair not in met and (each.table, pair) not in told:
                met.add(pair)
                yield Matter(
                    hashlib.md5(f"{each.table} {each.rows[0]} {other}".encode(), usedforsecurity=False).hexdigest(),
                    DUPLICATE,
                    called(connection, each.table, each.rows[0]),
                    each.table,
                    each.rows[0],
                    other,
                    each.field,
                    Side(each.value),
                    kept=False,
                )


def find_matter(connection: Connection, catalogue: Catalogue, text: str) -> Matter:
    """The matter of that id, or whose id begins so.

    Raises UsageError("review.unknown", "review.several").
    """
    text = text.strip().lower()
    if len(text) < _SHORTEST:
        raise UsageError("review.unknown", text)
    begins = _ROWS.c.id.startswith(text, autoescape=True)
    rows = connection.execute(select(_ROWS).where(_ROWS.c.deleted.is_(None), begins).limit(2)).all()
    found = [_read(connection, catalogue, row) for row in rows]
    found = found or [each for each in found_here(connection, catalogue) if each.id.startswith(text)]
    if not found:
        raise UsageError("review.unknown", text)
    if len(found) > 1:
        raise UsageError("review.several", text)
    return found[0]


def by_matter(matters: Sequence[Matter]) -> Mapping[str, int]:
    """How many there are of each matter, in the order in which people should look at them."""
    counts = Counter(each.matter for each in matters)
    return {word: counts[word] for word in sorted(counts, key=_place)}


def settled(outcome: str, author: str) -> dict[str, str | None]:
    """What is written into a matter that somebody settles now."""
    now = dt.datetime.now(dt.UTC).replace(tzinfo=None, microsecond=0).isoformat() + "Z"
    return {"outcome": outcome, "settled_by": author, "settled_at": now}


def value_now(connection: Connection, matter: Matter, row: str = "") -> str | None:
    """What the field of the record, or of that one of a pair, holds now; None also where the record is not there."""
    if matter.hidden or not matter.field or matter.table not in TABLES:
        return None
    keys = [matter.field] if matter.field in TABLES[matter.table].sql.c else []
    found = current(connection, matter.table, [row or matter.target], keys)
    return next((values.get(matter.field) for _, values in found.values()), None)


def live(connection: Connection, table: str, row: str) -> bool:
    """Whether the record is there and not deleted."""
    if table not in TABLES:
        return False
    rows = TABLES[table].sql
    return connection.execute(select(rows.c.nr).where(rows.c.id == row, rows.c.deleted.is_(None))).first() is not None


def can_hold(connection: Connection, field: Field, value: str | None) -> bool:
    """Whether the field can hold what another computer wants it to: references need their record, numbers digits."""
    if value is None:
        return True
    if isinstance(field.kind, Ref):
        rows = TABLES[field.kind.table].sql
        return connection.execute(select(rows.c.nr).where(rows.c.id == value)).first() is not None
    return not field.kind.whole or _WHOLE.fullmatch(value) is not None


def refused_patch(connection: Connection, catalogue: Catalogue, matter: Matter) -> tuple[dict[str, str | None], bool]:
    """What a refused change wanted, as far as this home knows and may see it, and whether it would make a record."""
    entry = next(entries(connection, "e.id = ?", (matter.entry,)), None)
    if matter.field:  # the rest of the change took effect
        met = entry is not None and matter.field in entry.patch
        patch = {matter.field: entry.patch[matter.field] if entry and met else matter.other.value}
    else:
        patch = dict(entry.patch) if entry is not None else _object(matter.other.value or "")
    new = not matter.field and entry is not None and entry.base is None
    known = catalogue.table_keys(matter.table) if matter.table in TABLES else {}
    wanted = {key: value for key, value in patch.items() if key in known and can_hold(connection, known[key], value)}
    return wanted, new and not live(connection, matter.table, matter.target)


def _place(matter: str) -> tuple[int, str]:
    """Where a matter stands among the others; those of a later Muster come last."""
    return _ORDER.get(matter, len(_ORDER)), matter


def _object(text: str) -> dict[str, str | None]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    if not isinstance(found, dict):
        return {}
    return {key: value for key, value in found.items() if value is None or isinstance(value, str)}


def _told_pairs(connection: Connection) -> set[tuple[str, frozenset[str]]]:
    """The pairs that a matter speaks of, open or left as two."""
    told = select(_ROWS.c.record, _ROWS.c.target, _ROWS.c.second).where(
        _ROWS.c.deleted.is_(None), _ROWS.c.matter == DUPLICATE
    )
    return {(table, frozenset((target, second))) for table, target, second in connection.execute(told)}


def _read(connection: Connection, catalogue: Catalogue, row: Row[Any]) -> Matter:
    made = Matter(
        row.id,
        row.matter or "",
        row.name or "",
        row.record or "",
        row.target or "",
        row.second or "",
        row.field or "",
        Side(row.standing, row.standing_by or "", row.standing_at or "", row.standing_device or ""),
        Side(row.other, row.other_by or "", row.other_at or "", row.other_device or ""),
        entry=row.entry or "",
        reason=row.reason or "",
        outcome=row.outcome or "",
        settled_by=row.settled_by or "",
        settled_at=row.settled_at or "",
    )
    if (made.table, made.field) in restricted_fields():
        return _with_restricted(connection, catalogue, made)
    return made


def _with_restricted(connection: Connection, catalogue: Catalogue, matter: Matter) -> Matter:
    """A matter of a field that not everybody sees: its values never stand in it, but in the entry that met the other.

    Who may see the field has it in that entry, unless the home was copied since.
    """
    hidden = replace(
        matter,
        hidden=True,
        standing=replace(matter.standing, value=None),
        other=replace(matter.other, value=None),
    )
    if matter.field not in catalogue.table_keys(matter.table):
        return hidden
    for entry in entries(connection, "e.id = ?", (matter.entry,)):
        ours, theirs = entry.patch.get(matter.field), (entry.base or {}).get(matter.field)
        if matter.field in entry.lost:
            ours, theirs = theirs, ours
        return replace(
            hidden,
            hidden=False,
            standing=replace(matter.standing, value=ours),
            other=replace(matter.other, value=theirs),
        )
    return hidden
