"""Which record a row is about: the match key, and the records that are there already."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from sqlalchemy import Connection, or_, select

from models.exchange.meaning.fields import MUSTER_ID, key_sets
from models.fields.field import Field
from models.fields.problem import UsageError
from models.query.parse import squeeze
from models.schema.records import RecordType

#: How much of a column must be filled for it to be taken as the match key.
_FILLED = 0.6

#: Records that are read together.
_BATCH = 10_000

Key = tuple[int, tuple[str, ...]]
"""The number of a match key and a row's values of it, in their matching form."""
Columns = Mapping[str, Sequence[str | None]]


@dataclass(frozen=True, slots=True)
class Found:
    """A record that a row matches: its id and the kind of record it is."""

    row: str
    kind: str


_Map = dict[tuple[str, ...], list[Found]]


class Matcher:
    """The live records of a kind's table, by each of the keys that the columns allow."""

    def __init__(
        self,
        connection: Connection,
        fields: Mapping[str, Field],
        kind: RecordType,
        keys: Sequence[tuple[str, ...]],
        placeholders: Mapping[str, AbstractSet[int]],
    ) -> None:
        """`fields` are those of the kind. `keys`: the sets to match by; a row goes by the first that it has values for.

        `placeholders`: field -> the rows whose value there identifies nothing.
        """
        self._placeholders = placeholders
        self.keys = keys
        self._fields = fields
        self._kind = kind
        self._connection = connection
        self._maps: dict[int, _Map] = {}
        self._poorer: dict[int, list[tuple[int, _Map]]] = {}

    def key_of(self, columns: Columns, index: int) -> Key | None:
        """The first key that a row has values for: its number, and the values in their matching form."""
        for number, key in enumerate(self.keys):
            values = self._values(key, [columns[name][index] for name in key])
            if values and not self._identifies_nothing(key, index):
                return number, values
        return None

    def find(self, key: Key) -> list[Found]:
        """The live records with that key."""
        number, values = key
        if number not in self._maps:  # read when the first row goes by it: most go by the first
            self._maps[number] = self._load(self.keys[number])
        return self._maps[number].get(values, [])

    def poorer(self, columns: Columns, index: int, first: int) -> tuple[int, list[Found]] | None:
        """The records of a row that a key after the `first` finds, and that lack a value of the first; that key."""
        if first not in self._poorer:
            lacking = self.keys[first]
            later = ((number, self._load(self.keys[number], lacking)) for number in range(first + 1, len(self.keys)))
            self._poorer[first] = [(number, known) for number, known in later if known]
        for number, known in self._poorer[first]:
            key = self.keys[number]
            values = self._values(key, [columns[name][index] for name in key])
            if values and values in known and not self._identifies_nothing(key, index):
                return number, known[values]
        return None

    def _identifies_nothing(self, key: tuple[str, ...], index: int) -> bool:
        return bool(self._placeholders) and any(index in self._placeholders.get(name, ()) for name in key)

    def _values(self, key: tuple[str, ...], canonical: Sequence[str | None]) -> tuple[str, ...] | None:
        if len(key) == 1:
            return None if canonical[0] is None else (self._form(key[0], canonical[0]),)
        if None in canonical:
            return None
        return tuple(self._form(name, value) for name, value in zip(key, canonical, strict=True) if value is not None)

    def _form(self, name: str, value: str) -> str:
        return value if name == MUSTER_ID.key else self._fields[name].kind.match(value)

    def _load(self, key: tuple[str, ...], lacking: tuple[str, ...] = ()) -> _Map:
        """The live records that have a key; only those that lack a value of `lacking`, if that is given."""
        table = self._kind.sql
        columns = [table.c[name] for name in key]
        kind = table.c.kind if "kind" in table.c else table.c.id
        statement = select(table.c.id, kind, *columns).where(
            table.c.deleted.is_(None), *(each.is_not(None) for each in columns)
        )
        if lacking:
            statement = statement.where(or_(*(table.c[name].is_(None) for name in lacking)))
        found: _Map = {}
        for rows in self._connection.execute(statement).partitions(_BATCH):
            for row in rows:
                if values := self._values(key, list(map(str, row[2:]))):
                    found.setdefault(values, []).append(Found(row[0], row[1]))
        return found


def choose_keys(
    kind: RecordType, fields: Mapping[str, Field], columns: Columns, wanted: str | None
) -> list[tuple[str, ...]]:
    """The match keys for some columns: the wanted one, else the kind's own, the best filled of the first ones first.

    Raises UsageError("match.unknown", "match.no-column").
    """
    if wanted:
        key = tuple(_key_of(part, fields, kind.word) for part in wanted.split("+"))
        if absent := [part for part in key if part not in columns]:
            raise UsageError("match.no-column", absent[0])
        return [key]
    usable = [key for key in ((MUSTER_ID.key,), *key_sets(kind.word)) if all(name in columns for name in key)]
    height = max((len(column) for column in columns.values()), default=0)
    filled = [key for key in usable if _fill(columns, key) >= _FILLED * height]
    # A key that few rows have still serves those rows, after the others; but before a key that it includes, since
    # it says more of them: products of one name are told apart by their editions.
    chosen: list[tuple[str, ...]] = []
    for key in filled + [key for key in usable if key not in filled]:
        at = next((place for place, other in enumerate(chosen) if set(other) < set(key)), len(chosen))
        chosen.insert(at, key)
    return chosen


def _fill(columns: Columns, key: tuple[str, ...]) -> int:
    return min(len(columns[name]) - columns[name].count(None) for name in key)


def _key_of(name: str, fields: Mapping[str, Field], word: str) -> str:
    """The key of the field that a person wants to match by, who may say its label. Custom fields do not do."""
    form = squeeze(name)
    for field in (*fields.values(), MUSTER_ID):
        if not field.custom and form in (squeeze(field.key), squeeze(field.label)):
            return field.key
    raise UsageError("match.unknown", name.strip(), kind=word)
