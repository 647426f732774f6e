"""What is known of tags before one is given to a record: the schemes, and the ledger of those that are void."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, Row, func, select

from models.fields.field import Field
from models.fields.kind import Notes
from models.fields.kinds import Day, Tag
from models.fields.problem import BadValue, Problem, Severity
from models.rules.tag_forms import MOST_DIGITS, Scheme, looks_like, read_tag
from models.schema.tagging import TagScheme, VoidTag

_ID_TIME = 48  # bits of milliseconds at the head of a UUID of version 7


@dataclass(frozen=True, slots=True)
class Voided:
    """A tag in the ledger: the id of its record, why it is there, the day on which it came."""

    id: str
    tag: str
    reason: str
    day: dt.date


@dataclass(frozen=True, slots=True)
class TagBook:
    """Schemes, oldest first, and void tags by their form without case."""

    schemes: tuple[Scheme, ...] = ()
    void: Mapping[str, Voided] = field(default_factory=dict)

    def judge(self, tag: str) -> Problem | None:
        """What is wrong with giving this tag to a record.

        "tag.voided" refuses it; "tag.check-character" and "tag.not-of-scheme" warn of a mistyped one.
        """
        if voided := self.void.get(tag.casefold()):
            return void_problem(voided, tag)
        # An import judges a million tags: most schemes have no check character, and that is seen at once.
        for scheme in self.schemes:
            if looks_like(scheme, tag):
                read = read_tag(scheme, tag)
                if isinstance(read, Problem) and self.scheme_of(tag) is None:
                    return replace(read, field="tag", severity=Severity.WARNING)
                break
        return None

    def scheme_of(self, tag: str) -> Scheme | None:
        """The scheme that wrote a tag, the oldest one where several would; None where no scheme did."""
        return next((scheme for scheme in self.schemes if isinstance(read_tag(scheme, tag), int)), None)


Judge = Callable[[str], Problem | None]
"""Says what is wrong with giving a tag to a record."""


class GivenTag(Tag):
    """A tag that somebody gives to a record: refused where it is void."""

    def __init__(self, judge: Judge) -> None:
        """`judge` says what is wrong with giving a tag to a record."""
        self.judge = judge

    def parse(self, text: str, notes: Notes) -> str | None:
        """As a tag; raises BadValue "tag.voided", too, and warns where a check character does not fit."""
        tag = super().parse(text, notes)
        problem = self.judge(tag) if tag else None
        if problem is not None:
            if problem.severity is Severity.ERROR:
                raise BadValue(problem.code, problem.value, **problem.details)
            notes.append(problem)
        return tag


def as_given(known: Field, judge: Judge) -> Field:
    """The field as it is read where records are changed: the tag of an asset is judged, all others are as they are."""
    return replace(known, kind=GivenTag(judge)) if names_assets(known) else known


def names_assets(known: Field) -> bool:
    """Whether the field is the tag that assets carry; not one in the ledger."""
    return known.identity and isinstance(known.kind, Tag)


def tag_book(connection: Connection) -> TagBook:
    """The schemes and the whole ledger as they are now."""
    rows = VoidTag.__table__
    ledger = connection.execute(_VOIDED.where(rows.c.tag.is_not(None)))
    return TagBook(all_schemes(connection), {row.tag.casefold(): _voided(*row) for row in ledger})


def find_voided(connection: Connection, tag: str) -> Voided | None:
    """The ledger's record of one tag."""
    row = connection.execute(_VOIDED.where(VoidTag.__table__.c.tag == tag.strip())).first()
    return None if row is None else _voided(*row)


def all_schemes(connection: Connection) -> tuple[Scheme, ...]:
    """All live schemes, oldest first."""
    rows = TagScheme.__table__
    found = connection.execute(select(rows).where(rows.c.deleted.is_(None)).order_by(rows.c.nr))
    return tuple(map(scheme_from, found))


def scheme_from(row: Row[Any]) -> Scheme:
    """A scheme from a row of its table."""
    return Scheme(
        row.id,
        row.name or "",
        row.prefix or "",
        min(max(row.width or 0, 0), MOST_DIGITS),
        row.check_character or "none",
        1 if row.first is None else max(row.first, 0),
        row.record or "",
        row.department or "",
    )


def void_problem(voided: Voided, tag: str) -> Problem:
    """That a tag is void, since when and why."""
    details = {"reason": voided.reason or "…", "day": Day().format(voided.day.isoformat())}
    return Problem("tag.voided", tag, "tag", details=details)


def _voided(row_id: str, tag: str, reason: str) -> Voided:
    milliseconds = int(row_id.replace("-", ""), 16) >> (128 - _ID_TIME)
    day = dt.datetime.fromtimestamp(milliseconds / 1000, dt.UTC).astimezone().date()
    return Voided(row_id, tag, reason, day)


_ROWS = VoidTag.__table__
_VOIDED = (
    select(_ROWS.c.id, _ROWS.c.tag, func.coalesce(_ROWS.c.reason, "").label("reason"))
    .where(_ROWS.c.deleted.is_(None))
    .order_by(_ROWS.c.nr)
)
