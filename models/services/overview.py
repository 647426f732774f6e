"""What the first page tells: how many of each kind, what they cost, what ends and what falls due."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Connection, func, select

from models.journal.history import Deed, deeds
from models.schema.records import RECORDS

#: One walk over the assets for all figures: the rows are wide, and walking them is what costs. What has left the
#: city's hands neither counts as value nor falls due. Costs are summed in hundredths of cents, since SQLite's own
#: sum of decimals is a float.
_FIGURES = """
    SELECT kind,
           coalesce(status, '') IN ('retired', 'disposed', 'lost', 'stolen') AS gone,
           CASE WHEN instr(cost, ' ') THEN substr(cost, instr(cost, ' ') + 1) ELSE '' END AS currency,
           max(CAST(substr(replace_by, 1, 4) AS INTEGER), :year) AS due,
           count(*),
           sum(CAST(round(CAST(cost AS REAL) * 10000) AS INTEGER)),
           count(CASE WHEN warranty_end BETWEEN :today AND :until THEN 1 END)
    FROM asset WHERE deleted IS NULL GROUP BY 1, 2, 3, 4
"""


@dataclass(frozen=True, slots=True)
class Overview:
    """`counts` by kind's word; `value` at cost by currency ("" is the home currency); `warranties` that end from
    today on within `days`, by kind's word; `replace` by year, the years before this one counted with it; `latest`
    deeds.
    """

    counts: dict[str, int]
    value: dict[str, Decimal]
    warranties: dict[str, int]
    replace: dict[int, int]
    latest: Sequence[Deed]

    @property
    def assets(self) -> int:
        """How many assets there are, of all kinds."""
        return self.counts.get("asset", 0)


def overview(connection: Connection, today: dt.date, days: int = 90, years: int = 6) -> Overview:
    """The figures of the first page as of `today`; `replace` covers `years` years."""
    until = (today + dt.timedelta(days=days)).isoformat()
    value: dict[str, int] = defaultdict(int)
    due: dict[int, int] = defaultdict(int)
    kinds: dict[str, int] = defaultdict(int)
    warranties: dict[str, int] = defaultdict(int)
    found = connection.exec_driver_sql(_FIGURES, {"today": today.isoformat(), "until": until, "year": today.year})
    for kind, gone, currency, year, number, cost, ending in found:
        kinds[kind] += number
        if not gone:
            value[currency] += cost or 0
            warranties[kind] += ending
            if year is not None and year < today.year + years:
                due[year] += number
    return Overview(
        _counts(connection, kinds),
        {currency: Decimal(cost).scaleb(-4) for currency, cost in value.items() if cost},
        dict(warranties),
        {year: due[year] for year in range(today.year, today.year + years)} if due else {},
        deeds(connection, 8),
    )


def _counts(connection: Connection, kinds: Mapping[str, int]) -> dict[str, int]:
    found = {"asset": sum(kinds.values())}
    for word, kind in RECORDS.items():
        if kind.asset_kind:
            found[word] = kinds.get(kind.asset_kind, 0)
        elif kind.table != "asset":
            rows = kind.sql
            live = select(func.count()).select_from(rows).where(rows.c.deleted.is_(None))
            found[word] = int(connection.execute(live).scalar_one())
    return found
