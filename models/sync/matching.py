"""Which records of this home and of the shared database are the same thing: by the match keys of their kind.

A record goes by the first key that both have; a later key counts only where no earlier one speaks against it. Values
are compared as identities are: case means nothing. Only what is unambiguous is matched.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from models.schema.records import ASSET_KINDS, IN_ORDER, RECORDS, RecordType, references

Values = Mapping[str, str]
Rows = Mapping[str, Values]
"""Row id -> its fields that have a value, canonical text."""

#: Told anew by each shared database, and no matter elsewhere.
_OWN = frozenset(("review",))

#: What one thing has only one of: two records that differ in it are two things, whatever tag is on them.
_OF_ONE_THING = {"asset": ("serial", "imei")}

WORDS = (*IN_ORDER, *(word for word in RECORDS if word not in (*IN_ORDER, "asset", *_OWN)))
"""The words of the kinds that are brought into a shared database, each after those that its keys refer to."""


def match(kind: RecordType, mine: Rows, theirs: Rows, known: dict[str, str]) -> None:
    """Find the rows of one kind that are there already, and put them into `known`: my id -> the shared id.

    `known` holds those of the kinds before it, by which references are compared.
    """
    taken = {row for row in mine if row in theirs}
    known.update({row: row for row in taken})
    for rows in _by_depth(kind, mine):
        for at, key in enumerate(kind.match_keys):
            index = _index(kind, key, theirs, taken)
            for row in rows:
                value = None if row in known else _value(kind, key, mine[row], known)
                if value is None:
                    continue
                found = [other for other in index.get(value, ()) if other not in taken]
                found = [other for other in found if not _against(kind, at, mine[row], theirs[other], known)]
                if len(found) == 1:
                    known[row] = found[0]
                    taken.add(found[0])


def doubled(kind: RecordType, mine: Rows, theirs: Rows, known: Mapping[str, str]) -> int:
    """How many of my rows that are not there have the best key of one that is: a tag given twice."""
    there = {_value(kind, kind.match_keys[0], values, {}) for values in theirs.values()} - {None}
    found = (_value(kind, kind.match_keys[0], values, known) for row, values in mine.items() if row not in known)
    return sum(value in there for value in found)


def of_kind(kind: RecordType, rows: Rows) -> Rows:
    """The rows of a table that are of this kind."""
    if kind.table != "asset":
        return rows
    return {row: values for row, values in rows.items() if _asset_word(values) == kind.word}


def _asset_word(values: Values) -> str:
    word = values.get("kind", "")
    return word if word in ASSET_KINDS else "hardware"


def _by_depth(kind: RecordType, mine: Rows) -> Iterator[Sequence[str]]:
    """The rows, those first that others of the same kind are within: their keys speak of it."""
    if "parent" not in references(kind.table):
        yield list(mine)
        return
    levels: dict[int, list[str]] = defaultdict(list)
    for row in mine:
        depth, at = 0, row
        # A ring of parents ends, too.
        while (above := mine[at].get("parent")) in mine and above is not None and depth < len(mine):
            depth, at = depth + 1, above
        levels[depth].append(row)
    for depth in sorted(levels):
        yield levels[depth]


def _index(
    kind: RecordType, key: Sequence[str], theirs: Rows, taken: set[str]
) -> Mapping[tuple[str, ...], Sequence[str]]:
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for row, values in theirs.items():
        value = None if row in taken else _value(kind, key, values, {})
        if value is not None:
            found[value].append(row)
    return found


def _value(kind: RecordType, key: Sequence[str], values: Values, known: Mapping[str, str]) -> tuple[str, ...] | None:
    """What a row has for a key; None where a part of it is empty."""
    refs = references(kind.table)
    parts = []
    for each in key:
        value = values.get(each)
        if value is None:
            return None
        parts.append(known.get(value, value) if each in refs else value.casefold())
    return tuple(parts)


def _against(kind: RecordType, at: int, mine: Values, theirs: Values, known: Mapping[str, str]) -> bool:
    """Whether a better key than that at `at`, or a number that one thing has only one of, says that these are two."""
    for key in (*kind.match_keys[:at], *((each,) for each in _OF_ONE_THING.get(kind.table, ()))):
        one, other = _value(kind, key, mine, known), _value(kind, key, theirs, {})
        if one is not None and other is not None and one != other:
            return True
    return False
