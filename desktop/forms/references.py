"""Finding the records that a reference may point to, by what people type. For readers' threads."""

from collections import Counter
from typing import NamedTuple

from sqlalchemy import Connection

from desktop.desk import Desk
from models.query.names import Names, plain
from models.query.parse import quote
from models.query.scan import identified
from models.query.window import find_ids, page
from models.schema.records import TABLES

_OFFERED = 20
_MOST_NEAR = 3
"""How many names are offered instead of one that is not known."""

CREATED = frozenset(("person", "department", "location", "model", "manufacturer", "vendor", "system"))
"""Records that a name alone makes: an unknown one may be created where it is referred to."""
_ASKED = frozenset(("asset", "line", "seat", "installation"))


class Offer(NamedTuple):
    """What a text may mean: records to choose from (id and what to call each), those that it names, similar names."""

    records: list[tuple[str, str]]
    meant: list[str]
    near: str = ""


def offer(connection: Connection, desk: Desk, table: str, text: str) -> Offer:
    """What the text may mean, records that begin with it first."""
    kind, text = TABLES[table], text.strip()
    numbers = find_ids(connection, desk.catalogue, kind.word, quote(text) if text else "", (kind.naming, False))
    rows = page(connection, desk.catalogue, kind.word, numbers[: _OFFERED * 5], [kind.naming])
    labels = desk.labels.reading(connection)
    found = [(row.id, labels.label(table, row.id)) for row in rows]
    found.sort(key=lambda each: not each[1].casefold().startswith(text.casefold()))
    found = found[:_OFFERED]
    names = Names(connection)
    meant = {row: None for row, name in found if plain(name) == plain(text)}
    if text:
        # By an e-mail address, a number, a code: the indexes know it, while `names` reads the whole table.
        named = page(connection, desk.catalogue, kind.word, identified(connection, desk.catalogue, kind.word, text), [])
        meant |= {row.id: None for row in named}
        if table == "location" or not (meant or found):  # the way to a place; "Nakagawa, Tom"
            meant |= dict.fromkeys(names.meant(table, text))
    near = ""
    if text and not meant and table not in _ASKED:
        near = ", ".join(name for _, name in found[:_MOST_NEAR]) or ", ".join(names.near(table, text))
    return Offer(_told_apart(names, table, found), list(meant), near)


def _told_apart(names: Names, table: str, found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The records, those of one name by a longer form of it: "City Hall / 204" and "Library / 204"."""
    times = Counter(plain(name) for _, name in found)
    made = []
    for row, name in found:
        longer = names.written(table, row) if times[plain(name)] > 1 else name
        made.append((row, f"{name} ({row[-6:]})" if longer == row else longer))
    return made
