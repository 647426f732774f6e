"""Ranges of tag numbers: those set aside for a device, those printed on rolls, and how much of each is used.

Schemes of the same prefix and width share their numbers: a range of one is kept clear by the others. Deleted ranges
count when new numbers are looked for, since some of theirs may have been given.
"""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from models.fields.ids import new_id
from models.fields.problem import UsageError
from models.journal.entry import Changes, Edit
from models.journal.writer import Journal
from models.rules.tag_book import all_schemes
from models.rules.tag_forms import MOST_DIGITS, Scheme, read_tag, tag_or_number, write_tag
from models.store.local import local

BLOCK, ROLL = "block", "roll"
"""What a range is for: the words of the field `use`."""

_RANGES = """
    SELECT b.id, b.scheme, b.use, b.first, b.last, b.device, b.holder, b.name, b.deleted
    FROM tag_block b JOIN tag_scheme s ON s.id = b.scheme
    WHERE coalesce(s.prefix, '') = ? COLLATE NOCASE AND min(max(coalesce(s.width, 0), 0), 18) = ?
      AND b.first IS NOT NULL AND b.last >= b.first
    ORDER BY b.first, b.nr
"""


@dataclass(frozen=True, slots=True)
class TagRange:
    """Numbers `first` to `last`, both in it. `device` is the identity of the device whose block it is."""

    id: str
    scheme: str
    use: str
    first: int
    last: int
    device: str = ""
    holder: str = ""
    name: str = ""
    deleted: bool = False

    @property
    def size(self) -> int:
        """How many numbers it has."""
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Progress:
    """What became of a range's numbers: `used` on records, live or deleted, `void`, `given` and not seen since."""

    used: int
    void: int
    given: int
    free: int


def ranges(connection: Connection, scheme: Scheme, *, deleted: bool = False) -> list[TagRange]:
    """The ranges of a scheme and of those that share its numbers, by their first number."""
    found = [_range(row) for row in connection.exec_driver_sql(_RANGES, (scheme.prefix, scheme.width))]
    return [each for each in found if deleted or not each.deleted]


def register_roll(journal: Journal, scheme: str, first: str, last: str, holder: str = "", name: str = "") -> Changes:
    """Keep a pre-printed roll: `scheme` by its name, the tags on its first and last sticker, where it is.

    Raises UsageError: "tag.no-such-scheme", what `read_tag` finds wrong with a tag, "tag.range-backwards",
    "tag.range-overlaps".
    """

    def edits(connection: Connection) -> list[Edit]:
        known = scheme_called(connection, scheme)
        start, end = _number(known, first), _number(known, last)
        if end < start:
            raise UsageError("tag.range-backwards", first, last=last)
        for other in ranges(connection, known):
            if start <= other.last and other.first <= end:
                details = {"first": tag_or_number(known, other.first), "last": tag_or_number(known, other.last)}
                code = "tag.range-overlaps-block" if other.use == BLOCK else "tag.range-overlaps"
                raise UsageError(code, f"{first} … {last}", whose=other.holder or other.name or "…", **details)
        patch = {
            "name": name or f"{write_tag(known, start)} … {write_tag(known, end)}",
            "scheme": known.id,
            "use": ROLL,
            "first": str(start),
            "last": str(end),
            "holder": holder or None,
        }
        return [Edit("tag_block", new_id(), patch, new=True)]

    return journal.write(f"Register the roll {first.strip()} to {last.strip()}", edits)


def scheme_called(connection: Connection, name: str) -> Scheme:
    """The scheme of that name or id. Raises UsageError("tag.no-such-scheme")."""
    known = all_schemes(connection)
    wanted = name.strip().casefold()
    for scheme in known:
        if wanted in (scheme.name.casefold(), scheme.id):
            return scheme
    raise UsageError("tag.no-such-scheme", name, known=", ".join(scheme.name for scheme in known) or "…")


def roll_of(connection: Connection, tag: str) -> tuple[Scheme, TagRange] | None:
    """The pre-printed roll that a tag is on, and its scheme; None where it is on none."""
    for scheme in all_schemes(connection):
        number = read_tag(scheme, tag)
        if isinstance(number, int):
            for each in ranges(connection, scheme):
                if each.use == ROLL and each.first <= number <= each.last:
                    return scheme, each
    return None


def next_of_roll(connection: Connection, scheme: Scheme, roll: TagRange) -> str | None:
    """The lowest sticker of a roll that is on no record and not void; None where all are used."""
    free = free_numbers(connection, scheme, roll.first, roll.last)
    return next((write_tag(scheme, number) for number in free), None)


class Usage:
    """Which numbers of a scheme are used and void, read once for all its ranges."""

    def __init__(self, connection: Connection, scheme: Scheme) -> None:
        """The connection is used as long as this object is."""
        self._connection = connection
        used = set(_tag_numbers(connection, "asset", scheme))
        self._used = sorted(used)
        self._void = sorted(set(_tag_numbers(connection, "void_tag", scheme)) - used)

    def of(self, each: TagRange) -> Progress:
        """How much of a range is used. Of a block of this device, what it gave and nobody used is told, too."""
        used, void = _within(self._used, each.first, each.last), _within(self._void, each.first, each.last)
        passed = given_up_to(self._connection, each)
        seen = _within(self._used, each.first, passed) + _within(self._void, each.first, passed)
        given = passed - each.first + 1 - seen
        return Progress(used, void, given, each.size - used - void - given)


def _within(numbers: Sequence[int], first: int, last: int) -> int:
    return bisect_right(numbers, last) - bisect_left(numbers, first)


def given_up_to(connection: Connection, each: TagRange) -> int:
    """The last number of a block that this device has given, or stepped over; the one before its first if none."""
    return max(int(local(connection, local_key(each.id)) or 0), each.first - 1)


def local_key(block: str) -> str:
    """Where this device remembers how far it is in a block."""
    return f"tags given of {block}"


def free_numbers(
    connection: Connection, scheme: Scheme, first: int, last: int, but: Sequence[TagRange] = ()
) -> Iterator[int]:
    """The numbers from `first` to `last` whose tags are not void and on no record, live or deleted.

    Nor is the same number without its check character, as it was written before the scheme had one. None of the
    ranges `but` is among them.
    """
    plain = replace(scheme, check="none")
    step = 500
    last = min(last, scheme.last)
    for start in range(max(first, 0), last + 1, step):
        numbers = range(start, min(start + step, last + 1))
        forms = {number: {write_tag(form, number).casefold() for form in (scheme, plain)} for number in numbers}
        taken = set(map(str.casefold, _known_tags(connection, (tag for tags in forms.values() for tag in tags))))
        for number, tags in forms.items():
            if taken.isdisjoint(tags) and not any(each.first <= number <= each.last for each in but):
                yield number


def highest_number(connection: Connection, scheme: Scheme) -> int:
    """The highest number that any record's tag of this form has or had, or a void one; 0 where there is none."""
    return max(max(_tag_numbers(connection, table, scheme), default=0) for table in ("asset", "void_tag"))


def _known_tags(connection: Connection, tags: Iterable[str]) -> Iterator[str]:
    wanted = json.dumps(list(tags))
    for sql in (
        "SELECT tag FROM asset WHERE tag IN (SELECT value FROM json_each(?))",
        "SELECT tag FROM void_tag WHERE deleted IS NULL AND tag IN (SELECT value FROM json_each(?))",
    ):
        yield from connection.exec_driver_sql(sql, (wanted,)).scalars()


def _tag_numbers(connection: Connection, table: str, scheme: Scheme) -> Iterator[int]:
    """The numbers of the tags of a table that have the scheme's prefix and digits.

    Their check characters may be any; where the width is fixed, also none.
    """
    start, added = len(scheme.prefix), scheme.system.length if scheme.system else 0
    width = scheme.width
    digits = (
        f"substr(tag, {start + 1}, {width})" if width else f"substr(tag, {start + 1}, length(tag) - {start + added})"
    )
    lengths = (
        {start + width, start + width + added} if width else range(start + added + 1, start + added + MOST_DIGITS + 1)
    )
    sql = (
        f"SELECT CAST({digits} AS INTEGER) FROM {table} "  # noqa: S608 (two tables' names, lengths)
        "WHERE tag >= ? AND tag <= ? AND length(tag) IN (SELECT value FROM json_each(?)) "
        f"AND {digits} <> '' AND {digits} NOT GLOB '*[^0-9]*'" + (" AND deleted IS NULL" if table == "void_tag" else "")
    )
    bounds = (scheme.prefix, f"{scheme.prefix}\U0010ffff", json.dumps(list(lengths)))
    return iter(connection.exec_driver_sql(sql, bounds).scalars())


def _number(scheme: Scheme, tag: str) -> int:
    read = read_tag(scheme, tag)
    if isinstance(read, int):
        return read
    raise UsageError(read.code, read.value, **read.details)


def _range(row: Sequence[Any]) -> TagRange:
    return TagRange(
        row[0], row[1], row[2] or BLOCK, row[3], row[4], row[5] or "", row[6] or "", row[7] or "", row[8] is not None
    )
