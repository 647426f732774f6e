"""The rows of a sheet while they are judged: their values, what is wrong with them, what would become of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from models.exchange.judging.cells import ColumnParser
from models.exchange.meaning.fields import KIND
from models.exchange.plan import CellProblem, State
from models.exchange.tables.grid import shown_cell
from models.fields.field import Field
from models.fields.problem import Problem, Severity
from models.schema.records import RecordType


class Draft:
    """What the steps of judging share. The public attributes end up in the plan; see Plan for what they mean."""

    def __init__(
        self,
        kind: RecordType,
        usual: str | None,
        parsers: Sequence[ColumnParser],
        letters: Mapping[str, str],
        numbers: Sequence[int],
        clear: frozenset[str] = frozenset(),
        about: Sequence[ColumnParser] = (),
    ) -> None:
        """`usual`: the kind of asset that a row is which does not say it; None for what is no asset.

        `letters`: heading -> column letter; `numbers`: the rows' numbers on the sheet; `clear`: the keys of the
        fields that an empty cell clears; `about`: columns that tell of records which rows name (`model.number`).
        """
        self.kind = kind
        self.numbers = numbers
        self.fields: dict[str, Field] = {parser.field.key: parser.field for parser in parsers}
        self.columns: dict[str, list[str | None]] = {parser.field.key: parser.values for parser in parsers}
        """Key -> a canonical value for each row; references are names, then stand-ins and ids."""
        self.states = bytearray(len(numbers))
        self.targets: list[str | None] = [None] * len(numbers)
        self.before: dict[int, dict[str, str | None]] = {}
        self.problems: dict[int, list[CellProblem]] = {}
        self.extra: dict[int, dict[str, str | None]] = {}
        self.new_ids: dict[int, str] = {}
        self.usual_kind = usual
        self.clear = clear
        self.about: dict[str, dict[str, Sequence[str | None]]] = {}
        """Key of a reference -> key of a field of the record that it names -> a value for each row."""
        for parser in about:
            key, _, name = parser.field.key.partition(".")
            self.about.setdefault(key, {})[name] = parser.values
        self._letters = letters
        self._headings = {parser.field.key: parser.heading for parser in (*parsers, *about)}
        for parser in parsers:
            self._note_all(parser)
        for parser in about:
            self._note_all(parser, told_only=True)

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.states)

    def note(self, row: int, key: str, problem: Problem) -> None:
        """Say something of a row's cell; an error refuses the row."""
        heading = self._headings.get(key, "")
        place = CellProblem(self.numbers[row], self._letters.get(heading, ""), heading, replace(problem, field=key))
        self.problems.setdefault(row, []).append(place)
        if place.refuses:
            self.states[row] = State.REFUSED

    def refused(self, row: int) -> bool:
        """Whether the row is out."""
        return self.states[row] == State.REFUSED

    def value(self, row: int, key: str) -> str | None:
        """What a new row has in a field, from its cell or from what was put together."""
        column = self.columns.get(key)
        return (column[row] if column else None) or self.extra.get(row, {}).get(key)

    def heading(self, key: str) -> str:
        """The heading of a mapped field."""
        return self._headings[key]

    def asset_kind(self, row: int) -> str | None:
        """The kind of asset that a row says, or would be; None for what is no asset."""
        kinds = self.columns.get(KIND) if self.usual_kind else None
        return (kinds[row] if kinds else None) or self.usual_kind

    def placeholders(self) -> dict[str, set[int]]:
        """Cells with no more than a stand-in for a serial number ("To be filled by O.E.M."), by field."""
        found: dict[str, set[int]] = {}
        for row, problems in self.problems.items():
            for each in problems:
                if each.problem.code.endswith(".placeholder"):
                    found.setdefault(each.problem.field, set()).add(row)
        return found

    def written(self) -> Iterator[int]:
        """The rows that would be written, once all is judged."""
        return (row for row, state in enumerate(self.states) if state in (State.NEW, State.CHANGED))

    def _note_all(self, parser: ColumnParser, *, told_only: bool = False) -> None:
        for row, problems in parser.problems.items():
            for problem in problems:
                secret = problem.code.startswith("secret.")
                value = "" if secret else problem.value or shown_cell(parser.raw[row])
                severity = Severity.WARNING if told_only else problem.severity
                self.note(row, parser.field.key, replace(problem, value=value, severity=severity))
