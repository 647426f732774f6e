"""Records as the command line finds and writes them, over all kinds at once."""

from array import array
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Connection

from models.fields.field import Field
from models.fields.kinds import Ref
from models.query.names import Names
from models.query.parse import parse
from models.query.tree import All, Any, Never, Node, Not
from models.query.window import Row, count, find_ids, first_ids, page
from models.schema.catalogue import Catalogue
from models.schema.records import ASSET_KINDS, RECORDS, record_type

_PAGE = 500


def words_of(word: str | None) -> tuple[str, ...]:
    """The kinds to look into: one; the asset kinds, since each has fields of its own; or all."""
    if word is None:
        return tuple(each for each in RECORDS if each != "asset")
    return ASSET_KINDS if record_type(word).word == "asset" else (word,)


def kinds_that_fit(catalogue: Catalogue, word: str | None, query: str) -> list[str]:
    """The kinds that a query makes sense for: not those that lack a field which it denies (-status:retired).

    Raises UsageError for a query that cannot be read or a field that no kind has.
    """
    return [each for each in words_of(word) if not _denies_a_lack(parse(query, catalogue, each))]


def find_rows(
    connection: Connection, catalogue: Catalogue, word: str | None, query: str, limit: int
) -> tuple[int, list[Row]]:
    """How many records a query finds in a kind or in all, and the first of them with all fields of their own kinds."""
    total = 0
    rows: list[Row] = []
    for each in kinds_that_fit(catalogue, word, query):
        total += count(connection, catalogue, each, query, cap=None)
        if len(rows) < limit:
            numbers = first_ids(connection, catalogue, each, query, limit - len(rows))
            rows.extend(whole_rows(connection, catalogue, each, numbers))
    return total, rows


def find_numbers(
    connection: Connection, catalogue: Catalogue, word: str | None, query: str
) -> Iterator[tuple[str, "array[int]"]]:
    """The numbers of all records that a query finds, by kind."""
    for each in kinds_that_fit(catalogue, word, query):
        if numbers := find_ids(connection, catalogue, each, query):
            yield each, numbers


def whole_rows(connection: Connection, catalogue: Catalogue, word: str, numbers: Sequence[int]) -> Iterator[Row]:
    """Records of one kind with all its fields."""
    keys = [field.key for field in catalogue.fields(word)]
    for start in range(0, len(numbers), _PAGE):
        yield from page(connection, catalogue, word, numbers[start : start + _PAGE], keys)


def row_json(names: Names, fields: Mapping[str, Field], row: Row) -> dict[str, str]:
    """A record as JSON: each field that has a value in its canonical text form, records that it refers to by name."""
    found = {"id": row.id, "kind": row.kind}
    for key, value in row.values.items():
        if value is not None:
            found[key] = written(names, fields[key], value)
    return found


def written(names: Names, field: Field, value: str) -> str:
    """A canonical value as it leaves Muster: a reference as the name that means just that record."""
    return names.written(field.kind.table, value) if isinstance(field.kind, Ref) else value


def _denies_a_lack(node: Node, *, denied: bool = False) -> bool:
    """Whether a condition on a field that this kind has not stands under a "not": it would be true of every record."""
    match node:
        case Never():
            return denied
        case Not(node=inner):
            return _denies_a_lack(inner, denied=not denied)
        case All(nodes=nodes) | Any(nodes=nodes):
            return any(_denies_a_lack(each, denied=denied) for each in nodes)
    return False
