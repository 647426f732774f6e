"""Finding the records that a reference may point to, by what people type. For readers' threads."""

from sqlalchemy import Connection

from desktop.desk import Desk
from models.fields.problem import BadValue
from models.query.parse import quote
from models.query.window import find_ids, page
from models.schema.records import TABLES

_OFFERED = 20


def suggestions(connection: Connection, desk: Desk, table: str, text: str) -> list[tuple[str, str]]:
    """Records of the table that the text may mean: (id, label), those that begin with it first."""
    kind = TABLES[table]
    query = quote(text.strip()) if text.strip() else ""
    numbers = find_ids(connection, desk.catalogue, kind.word, query, (kind.naming, False))[: _OFFERED * 5]
    rows = page(connection, desk.catalogue, kind.word, numbers, [kind.naming])
    labels = desk.labels.reading(connection)
    found = [(row.id, labels.label(table, row.id)) for row in rows]
    start = text.strip().casefold()
    return sorted(found, key=lambda each: not each[1].casefold().startswith(start))[:_OFFERED]


def resolve(connection: Connection, desk: Desk, table: str, text: str) -> str:
    """The id of the one record that people call that. Raises BadValue "reference.unknown" or "reference.several"."""
    wanted = " ".join(text.split()).casefold()
    exact = [row for row, name in suggestions(connection, desk, table, text) if name.casefold() == wanted]
    kind = TABLES[table].label.lower()
    if not exact:
        raise BadValue("reference.unknown", text, kind=kind)
    if len(exact) > 1:
        raise BadValue("reference.several", text, kind=kind)
    return exact[0]
