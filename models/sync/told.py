"""Differing records of a plan as people read them: names in the place of ids, labels in the place of keys."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from models.query.names import Names
from models.schema.catalogue import Catalogue
from models.schema.records import RECORDS, references
from models.sync.adopting import Differing


@dataclass(frozen=True, slots=True)
class ToldField:
    """One field of a differing record: its label, the value here and the one in the shared database; "" is empty."""

    key: str
    label: str
    mine: str
    shared: str


@dataclass(frozen=True, slots=True)
class Told:
    """A differing record: its id here, the word of its kind, what it is called, and its fields."""

    row: str
    word: str
    name: str
    fields: tuple[ToldField, ...]


def told(differing: Sequence[Differing], here: Connection, there: Connection, catalogue: Catalogue) -> Iterator[Told]:
    """Each differing record in words. `here` reads this home, `there` the copy of the shared database."""
    mine, shared = Names(here), Names(there)
    for each in differing:
        table, known = RECORDS[each.word].table, catalogue.keys(each.word)
        refs = references(table)
        fields = []
        for key, values in each.fields.items():
            field = known.get(key)
            texts = [
                ""
                if value is None
                else shared.label(refs[key], value) or mine.label(refs[key], value)
                if key in refs
                else field.kind.format(value)
                if field is not None
                else value
                for value in values
            ]
            fields.append(ToldField(key, field.label if field is not None else key, *texts))
        yield Told(each.row, each.word, shared.label(table, each.shared) or each.shared, tuple(fields))
