"""What the first page tells: how many of each kind, what they cost, what ends and what falls due."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Connection, func, select

from models.journal.history import Deed, deeds
from models.schema.asset import Asset
from models.schema.records import RECORDS

#: What has left the city's hands neither counts as value nor falls due.
_GONE = ("retired", "disposed", "lost", "stolen")


@dataclass(frozen=True, slots=True)
class Overview:
    """`counts` by kind's word; `value` at cost by currency ("" is the home currency); `warranties` that end from
    today on within `days`; `replace` by year, the years before this one counted with it; `latest` deeds."""

    counts: dict[str, int]
    value: dict[str, Decimal]
    warranties: int
    replace: dict[int, int]
    latest: Sequence[Deed]

    @property
    def assets(self) -> int:
        """How many assets there are, of all kinds."""
        return self.counts.get("asset", 0)


def record_counts(connection: Connection) -> dict[str, int]:
    """How many live records there are, by the word of their kind; "asset" is all kinds of assets."""
    found: dict[str, int] = {}
    for word, kind in RECORDS.items():
        rows = kind.sql
        if kind.table != "asset":
            live = select(func.count()).select_from(rows).where(rows.c.deleted.is_(None))
            found[word] = int(connection.execute(live).scalar_one())
    rows = RECORDS["asset"].sql
    each = select(rows.c.kind, func.count()).where(rows.c.deleted.is_(None)).group_by(rows.c.kind)
    by_kind = {str(word): int(number) for word, number in connection.execute(each)}
    for word, kind in RECORDS.items():
        if kind.asset_kind:
            found[word] = by_kind.get(kind.asset_kind, 0)
    found["asset"] = sum(by_kind.values())
    return found


def overview(connection: Connection, today: dt.date, days: int = 90, years: int = 6) -> Overview:
    """The figures of the first page as of `today`."""
    rows = Asset.__table__
    here = (rows.c.deleted.is_(None), func.coalesce(rows.c.status, "").not_in(_GONE))
    until = today + dt.timedelta(days=days)
    ending = rows.c.warranty_end.between(today.isoformat(), until.isoformat())
    warranties = connection.execute(select(func.count()).select_from(rows).where(*here, ending)).scalar_one()
    return Overview(
        record_counts(connection),
        _value(connection),
        int(warranties),
        _replacements(connection, today.year, years),
        deeds(connection, 8),
    )


def _value(connection: Connection) -> dict[str, Decimal]:
    """The cost of what is there, by currency. Summed in hundredths of cents, since SQLite's own sum is a float."""
    sql = (
        "SELECT CASE WHEN instr(cost, ' ') THEN substr(cost, instr(cost, ' ') + 1) ELSE '' END AS currency, "
        "sum(CAST(round(CAST(cost AS REAL) * 10000) AS INTEGER)) FROM asset "
        "WHERE deleted IS NULL AND cost IS NOT NULL "
        "AND coalesce(status, '') NOT IN ('retired', 'disposed', 'lost', 'stolen') GROUP BY currency"
    )
    return {str(code): Decimal(int(total)).scaleb(-4) for code, total in connection.exec_driver_sql(sql)}


def _replacements(connection: Connection, year: int, years: int) -> dict[int, int]:
    sql = (
        "SELECT max(CAST(substr(replace_by, 1, 4) AS INTEGER), ?) AS due, count(*) FROM asset "
        "WHERE deleted IS NULL AND replace_by IS NOT NULL "
        "AND coalesce(status, '') NOT IN ('retired', 'disposed', 'lost', 'stolen') GROUP BY due HAVING due < ?"
    )
    found = {int(due): int(number) for due, number in connection.exec_driver_sql(sql, (year, year + years))}
    return {due: found.get(due, 0) for due in range(year, year + years)} if found else {}
