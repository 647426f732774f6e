"""A plan: what an import would do, row by row, before anything is written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from pathlib import Path

from models.exchange.meaning.fields import KIND, MUSTER_ID
from models.exchange.options import ImportOptions, NewField
from models.exchange.tables.table import Skipped
from models.fields.field import Field
from models.fields.problem import Problem, Severity
from models.journal.entry import Edit

Say = Callable[[Problem], str]
"""Turns a problem into a sentence (desktop/phrases)."""


class State(IntEnum):
    """What would become of a row."""

    NEW = 0
    CHANGED = 1
    SAME = 2
    REFUSED = 3


@dataclass(frozen=True, slots=True)
class CellProblem:
    """A problem and the cell it is in. `row` as a spreadsheet program numbers it; `column` is its letter, or empty."""

    row: int
    column: str
    heading: str
    problem: Problem

    @property
    def refuses(self) -> bool:
        """Whether it keeps its row out."""
        return self.problem.severity is Severity.ERROR


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A column that was left out, and why.

    Either its heading seemed to mean `field`, and most of its cells cannot be that: `code` is what is wrong with
    `example`. Or it holds secrets (`secret.column`), of which nothing is told.
    """

    heading: str
    field: str
    code: str
    example: str


class Sure(StrEnum):
    """How a column came to its field, the surest first."""

    SAID = "said"
    """A person says so, now."""
    PROFILE = "profile"
    """A profile says so."""
    LABEL = "label"
    """The heading is the field's own label or key."""
    KNOWN = "known"
    """The heading is one that the field is known by."""
    CELLS = "cells"
    """Only a suggestion: the cells look like it."""
    NONE = ""


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of the sheet, mapped or not. `samples` are some of its cells as people read them.

    `suggestion` is the key of a field that its cells look like, where it has none. `new_type` is the type of custom
    field that would hold it, `choices` its few distinct words where that is "choice". Of a `secret` column nothing
    is shown and nothing is read.
    """

    heading: str
    letter: str
    samples: tuple[str, ...]
    field: str | None
    sure: Sure
    suggestion: str = ""
    new_type: str = "text"
    choices: tuple[str, ...] = ()
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """How all cells of a column are read, and why. `code` is a key of the phrases: reading.order, reading.decimal,
    reading.empty …; `details` its evidence. `choices` are what may be said instead (ImportOptions.readings).
    """

    heading: str
    code: str
    details: Mapping[str, str]
    chosen: str = ""
    choices: tuple[str, ...] = ()
    said: bool = False


@dataclass(frozen=True, slots=True)
class MatchUse:
    """One key by which rows may be known again. `filled` rows have it, with `distinct` values of it.

    `used` rows went by it, of which `found` have a record already.
    """

    key: tuple[str, ...]
    filled: int
    distinct: int
    used: int = 0
    found: int = 0


@dataclass(frozen=True, slots=True)
class Made:
    """A record that the import would make because a row names it. `near`: another new name that is much like it."""

    table: str
    row: str
    name: str
    near: str
    patch: Mapping[str, str | None]

    def edit(self) -> Edit:
        """The edit that makes it."""
        return Edit(self.table, self.row, self.patch, new=True)


@dataclass(frozen=True, slots=True)
class Near:
    """A name that an unknown one is much like. `row` is the record's id, empty for a new name of the same sheet."""

    row: str
    name: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name that no record has. `rows` of the sheet say it, the one with number `first` before all others.

    `decision` is what becomes of it (see options.Decide; the id of a record; a name of this sheet), empty while that
    is open: then its rows are refused. `said`: a person decided, and not the rule that a name like no other is new.
    """

    table: str
    name: str
    rows: int
    first: int
    near: tuple[Near, ...]
    decision: str
    said: bool = False


@dataclass(frozen=True, slots=True)
class Before:
    """The last time that the same file was imported: the action, who, when (UTC, ISO), whether it was undone."""

    action: str
    author: str
    when: str
    undone: bool


@dataclass(slots=True)
class MappedColumn:
    """A column of the sheet and the field that it means; `values` are canonical, one for each row."""

    heading: str
    letter: str
    field: Field
    values: Sequence[str | None]


@dataclass(slots=True)
class Plan:
    """What an import would do. Rows are counted from 0; `numbers` are their numbers on the sheet.

    `targets` are the ids of the records that rows would change or leave; None for others. `before` holds, for a
    changed row, what its changing fields are now. `made` are the records that accepted rows name and that are not
    there yet. `basis` is the last action that the database held when the plan was made.
    """

    path: Path
    sheet: str
    kind: str
    header_row: int | None
    mapping: dict[str, str | None]
    match: tuple[tuple[str, ...], ...]
    columns: list[MappedColumn]
    numbers: Sequence[int]
    states: bytearray
    targets: list[str | None]
    before: dict[int, dict[str, str | None]]
    problems: dict[int, list[CellProblem]]
    made: list[Made]
    new_ids: dict[int, str]
    """Ids of new rows that other rows refer to."""
    left_out: list[LeftOut]
    """Columns that would mean something, and are left out all the same."""
    extra: dict[int, dict[str, str | None]]
    """Values that rows get besides their columns: a name put together, the maker of a model."""
    usual_kind: str | None
    """The kind of asset that a new row is which does not say it; None for what is no asset."""
    skipped: list[Skipped]
    blank: int
    others: tuple[str, ...]
    fingerprint: str
    basis: str
    headings: dict[str, str]
    """Heading -> column letter, of all columns."""
    sheet_columns: list[SheetColumn] = field(default_factory=list)
    """All columns of the table, in the sheet's order."""
    readings: list[Reading] = field(default_factory=list)
    """How columns were read, where that had to be decided."""
    match_uses: list[MatchUse] = field(default_factory=list)
    """The keys that the columns allow; those of `match` first."""
    unknown: list[Unknown] = field(default_factory=list)
    """The names that no record has, those to decide first."""
    options: ImportOptions = field(default_factory=ImportOptions)
    """What was said, a profile's share included."""
    profile: str = ""
    """The name of the profile that was used."""
    before_this: Before | None = None
    """The last import of the same file and sheet."""
    aliases: list[tuple[str, str, str]] = field(default_factory=list)
    """Names to remember: the table, the name, the id of the record that it means."""
    new_fields: list[NewField] = field(default_factory=list)
    """Custom fields to be made, which some column or constant fills."""
    kind_column: str | None = None
    """The heading of the column that says which kind of asset each row is."""

    @property
    def rows(self) -> int:
        """How many rows the table has."""
        return len(self.states)

    def count(self, state: State) -> int:
        """How many rows would become that."""
        return self.states.count(state)

    @property
    def to_write(self) -> int:
        """How many rows would be written."""
        return self.count(State.NEW) + self.count(State.CHANGED)

    def patch(self, row: int) -> dict[str, str | None]:
        """What a new or changed row would write: a new one all it has, a changed one what changes."""
        if self.states[row] == State.CHANGED:
            keys = self.before[row]
            return {column.field.key: column.values[row] for column in self.columns if column.field.key in keys}
        found = {column.field.key: column.values[row] for column in self.columns if column.values[row] is not None}
        found.pop(MUSTER_ID.key, None)
        if self.usual_kind:
            found.setdefault(KIND, self.usual_kind)
        return found | self.extra.get(row, {})

    def made_by_table(self) -> dict[str, list[str]]:
        """The names of the records to be made, by table."""
        found: dict[str, list[str]] = {}
        for each in self.made:
            found.setdefault(each.table, []).append(each.name)
        return found

    def all_problems(self) -> list[CellProblem]:
        """The problems in the order of the rows."""
        return [problem for row in sorted(self.problems) for problem in self.problems[row]]
