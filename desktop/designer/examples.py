"""Records to look at a design with: the first ones of the kinds that it is made for."""

from sqlalchemy import Connection

from desktop.desk import Desk
from desktop.grid.model import fetch
from models.labels.designs import Design
from models.printers.request import LabelFor
from models.query.window import first_ids
from models.schema.records import ASSET_KINDS, RECORDS

_OF_EACH = 10


def example_records(connection: Connection, desk: Desk, design: Design) -> list[LabelFor]:
    """Some records of each kind that the design is made for, of any kind of asset where it names none.

    For a reader's thread.
    """
    found: list[LabelFor] = []
    for word in (each for each in design.kinds or ASSET_KINDS if each in RECORDS):
        numbers = first_ids(connection, desk.catalogue, word, "", _OF_EACH)
        rows = fetch(connection, desk, word, numbers, desk.catalogue.fields(word))
        found += [LabelFor(RECORDS[word].table, row.id, row.texts) for row in rows if row is not None]
    return found
