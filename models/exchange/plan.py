"""A plan: what an import would do, row by row, before anything is written."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path

from models.exchange.fields import KIND, MUSTER_ID
from models.exchange.references import Made
from models.exchange.table import Skipped
from models.fields.field import Field
from models.fields.problem import Problem, Severity

Say = Callable[[Problem], str]
"""Turns a problem into a sentence (desktop/phrases)."""


class State(IntEnum):
    """What would become of a row."""

    NEW = 0
    CHANGED = 1
    SAME = 2
    REFUSED = 3


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What a person says about an import; None or empty: guess.

    `mapping` is heading -> field key, "" to leave a column out. `header`: row of the headings, 0 for none.
    `match` is a field's key, or several with `+`. `area` is a range as `A5:H90`.
    """

    kind: str | None = None
    sheet: str | None = None
    area: str | None = None
    header: int | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    match: str | None = None


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
    samples: dict[str, list[str]]
    """Heading -> some of its cells as people read them, of all columns."""

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

    def problem_counts(self) -> Counter[str]:
        """How often each code occurs."""
        return Counter(each.problem.code for each in self.all_problems())

    def as_json(self, say: Say, action: str | None = None) -> dict[str, object]:
        """The plan as the command line prints it; `action` when it was carried out."""
        return {
            "file": str(self.path),
            "sheet": self.sheet,
            "kind": self.kind,
            "header_row": self.header_row,
            "mapping": self.mapping,
            "match": ["+".join(key) for key in self.match],
            "rows": self.rows,
            "new": self.count(State.NEW),
            "changed": self.count(State.CHANGED),
            "same": self.count(State.SAME),
            "refused": self.count(State.REFUSED),
            "action": action,
            "makes": self.made_by_table(),
            "skipped": [{"row": each.row, "reason": each.reason} for each in self.skipped],
            "blank": self.blank,
            "other_tables": list(self.others),
            "left_out": [
                {
                    "heading": each.heading,
                    "field": each.field or None,
                    "code": each.code,
                    "value": each.example,
                    "message": say(Problem(each.code, each.example)),
                }
                for each in self.left_out
            ],
            "problems": [
                {
                    "row": each.row,
                    "column": each.column,
                    "heading": each.heading,
                    "field": each.problem.field,
                    "code": each.problem.code,
                    "severity": each.problem.severity.value,
                    "value": each.problem.value,
                    "message": say(each.problem),
                }
                for each in self.all_problems()
            ],
        }
