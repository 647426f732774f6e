"""Which records a scan names."""

from typing import NamedTuple

from sqlalchemy import Connection

from models.query.scan import named_whole
from models.scanning.scan import Scan
from models.schema.catalogue import Catalogue

WORDS = (
    "hardware",
    "mobile",
    "radio",
    "line",
    "location",
    "person",
    "model",
    "department",
    "product",
    "stock",
    "system",
    "vendor",
    "manufacturer",
    "void_tag",
)
"""The kinds of record that a code may name, best first. A voided tag is told by its own record."""


class Named(NamedTuple):
    """A record that a scan names whole.

    `word` is its kind, `nr` its local number, `row` its id, `label` what it is called. `field` is the key of the field
    that has the code, `reading` the reading of the scan that it is.
    """

    word: str
    nr: int
    row: str
    label: str
    field: str
    reading: str


def named(connection: Connection, catalogue: Catalogue, scan: Scan, words: tuple[str, ...] = WORDS) -> list[Named]:
    """The records that the scan names, by its best reading that names any: those that have it as a tag first.

    Several where it names several, such as a phone and a line by one SIM. None for a command and for an unknown code.
    """
    if scan.command is not None or not scan.readings:
        return []
    found = [Named(*whole) for whole in named_whole(connection, catalogue, words, scan.readings)]
    return [each for each in found if each.reading == found[0].reading]
