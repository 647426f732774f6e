"""Judges the rows of a sheet: which records they name, which record each is about, and what would become of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import compress, islice

from sqlalchemy import Connection

from models.exchange.cells import ColumnParser, shown_cell
from models.exchange.headings import MUSTER_ID
from models.exchange.matching import Found, Key, Matcher, choose_keys
from models.exchange.plan import CellProblem, State
from models.exchange.references import Made, References
from models.exchange.within import RowNames, row_of
from models.fields.ids import new_id
from models.fields.kinds import Ref
from models.fields.problem import Problem, Severity
from models.progress import Progress
from models.query.names import Names
from models.query.values import values_of
from models.schema.catalogue import Catalogue
from models.schema.records import RecordType

_BATCH = 2000


class Judge:
    """One sheet against one state of the database. `judge` fills the public attributes; see Plan for what they mean."""

    def __init__(
        self,
        connection: Connection,
        catalogue: Catalogue,
        kind: RecordType,
        parsers: Sequence[ColumnParser],
        letters: Mapping[str, str],
        numbers: Sequence[int],
        progress: Progress,
    ) -> None:
        """`letters`: heading -> column letter; `numbers`: the rows' numbers on the sheet."""
        self.states = bytearray(len(numbers))
        self.targets: list[str | None] = [None] * len(numbers)
        self.before: dict[int, dict[str, str | None]] = {}
        self.problems: dict[int, list[CellProblem]] = {}
        self.extra: dict[int, dict[str, str | None]] = {}
        self.new_ids: dict[int, str] = {}
        self.keys: list[tuple[str, ...]] = []
        self._connection = connection
        self._catalogue = catalogue
        self._kind = kind
        self._parsers = {parser.field.key: parser for parser in parsers}
        self._letters = letters
        self._numbers = numbers
        self._progress = progress
        self._references = References(Names(connection))
        self._columns: dict[str, list[str | None]] = {key: parser.values for key, parser in self._parsers.items()}
        self._required = [
            field for field in catalogue.fields(kind.word) if field.required and not field.custom and not field.kept
        ]

    def judge(self, match: str | None) -> None:
        """Judge all rows. `match`: the key that the person wants. Raises UsageError("match.…"), Cancelled."""
        for key, parser in self._parsers.items():
            self._note_parse_problems(key, parser)
        self._compose()
        self._resolve_references()
        self.keys = choose_keys(self._kind, self._columns, match)
        self._match_rows()
        self._settle_rows_within()
        self._compare()
        self._progress.at("match", len(self._numbers), len(self._numbers))

    def made(self) -> list[Made]:
        """The records that accepted rows name and that are not there yet, those that others need first."""
        wanted: dict[str, Made] = {}
        if not self._references.made:
            return []
        accepted = [state in (State.NEW, State.CHANGED) for state in self.states]
        for key in self._reference_keys():
            for value in dict.fromkeys(compress(self._columns[key], accepted)):
                self._want(value, wanted)
        for extra in self.extra.values():
            for value in extra.values():
                self._want(value, wanted)
        return list(wanted.values())

    def _want(self, row: str | None, wanted: dict[str, Made]) -> None:
        made = self._references.made.get(row or "")
        if made and made.row not in wanted:
            for value in made.patch.values():
                self._want(value, wanted)
            wanted[made.row] = made

    def _note_parse_problems(self, key: str, parser: ColumnParser) -> None:
        for row, problems in parser.problems.items():
            for problem in problems:
                secret = problem.code.startswith("secret.")
                self._note(
                    row, key, replace(problem, value="" if secret else problem.value or shown_cell(parser.raw[row]))
                )

    def _note(self, row: int, key: str, problem: Problem) -> None:
        parser = self._parsers.get(key)
        heading = parser.heading if parser else ""
        place = CellProblem(self._numbers[row], self._letters.get(heading, ""), heading, replace(problem, field=key))
        self.problems.setdefault(row, []).append(place)
        if place.refuses:
            self.states[row] = State.REFUSED

    def _reference_keys(self) -> list[str]:
        """The mapped references. Manufacturers before models, since a model's name means little without its maker."""
        keys = [key for key, parser in self._parsers.items() if isinstance(parser.field.kind, Ref)]
        return sorted(keys, key=lambda key: key in ("model", "product"))

    def _resolve_references(self) -> None:
        within: RowNames | None = None
        for key in self._reference_keys():
            kind = self._parsers[key].field.kind
            table = kind.table if isinstance(kind, Ref) else ""
            if table == self._kind.table and within is None:
                within = RowNames(table, self._columns, self.extra)
            self._resolve_column(key, table, within if table == self._kind.table else None)

    def _resolve_column(self, key: str, table: str, within: RowNames | None) -> None:
        """Names become ids, or stand-ins for rows of this sheet. Each name is looked up once for each context."""
        values = self._columns[key]
        known: dict[tuple[str, str | None], tuple[str | None, Problem | None]] = {}
        makers = self._columns.get("manufacturer") if table == "model" else None
        for row, name in enumerate(values):
            if name is None:
                continue
            maker = makers[row] if makers else None
            found = known.get((name, maker))
            if found is None:
                found = self._resolve(table, name, row, within)
                # A warning is said once, where the name is first met; what refuses a row is said of each.
                lasting = found[1] if found[1] and found[1].severity is Severity.ERROR else None
                known[name, maker] = (found[0], lasting)
            values[row] = found[0]
            if found[1]:
                self._note(row, key, found[1])

    def _resolve(self, table: str, name: str, row: int, within: RowNames | None) -> tuple[str | None, Problem | None]:
        other = within.meant(name) if within else None
        if other and not self._references.known(table, name):
            return other, None
        found = self._references.resolve(table, name, self._context(table, row))
        return found, self._references.problem(table, name)

    def _context(self, table: str, row: int) -> dict[str, str | None]:
        """What a row says of a record that it names, should it have to be made."""
        if table != "model":
            return {}
        maker, category = self._columns.get("manufacturer"), self._columns.get("category")
        return {
            "manufacturer": maker[row] if maker else None,
            "asset_kind": self._kind.asset_kind,
            "category": category[row] if category else None,
        }

    def _compose(self) -> None:
        """Values that several columns make up: a person's name of its parts."""
        if self._kind.word == "person" and "name" not in self._columns:
            for row in range(len(self._numbers)):
                name = (
                    self._joined(row, "given_name", "family_name")
                    or self._joined(row, "email")
                    or self._joined(row, "username")
                )
                if name:
                    self.extra[row] = {"name": name}

    def _joined(self, row: int, *keys: str) -> str:
        return " ".join(value for key in keys if key in self._columns and (value := self._columns[key][row]))

    def _match_rows(self) -> None:
        matcher = Matcher(self._connection, self._catalogue, self._kind, self.keys, self._placeholders())
        whole: _WholeRows | None = None
        first_with: dict[Key, int] = {}
        for row in range(len(self._numbers)):
            if row % _BATCH == 0:
                self._progress.at("match", row, len(self._numbers))
            if self.states[row] == State.REFUSED:
                continue
            key = matcher.key_of(self._columns, row)
            if key is None:
                whole = whole or _WholeRows(self._connection, self._catalogue, self._kind, self._columns)
                self._match_whole_row(row, whole)
                continue
            earlier = first_with.setdefault(key, row)
            if earlier != row:
                self._note_repeated(row, earlier, self.keys[key[0]])
            else:
                self._settle(row, self.keys[key[0]], matcher.find(key))

    def _placeholders(self) -> dict[str, set[int]]:
        """Cells with no more than a stand-in for a serial number ("To be filled by O.E.M."): no key to match by."""
        found: dict[str, set[int]] = {}
        for row, problems in self.problems.items():
            for each in problems:
                if each.problem.code.endswith(".placeholder"):
                    found.setdefault(each.problem.field, set()).add(row)
        return found

    def _settle(self, row: int, key: tuple[str, ...], found: Sequence[Found]) -> None:
        """What the records with a row's key make of the row."""
        if len(found) > 1:
            self._note(row, key[-1], Problem("match.several", self._said(row, key), details={"count": str(len(found))}))
        elif found and self._kind.asset_kind not in (None, found[0].kind):
            self._note(row, key[-1], Problem("match.other-kind", self._said(row, key), details={"kind": found[0].kind}))
        elif found:
            self.targets[row] = found[0].row
        elif key == (MUSTER_ID.key,):
            self._note(row, MUSTER_ID.key, Problem("match.no-such-id", self._said(row, key)))
        else:
            self._make_new(row)

    def _match_whole_row(self, row: int, whole: "_WholeRows") -> None:
        """A row without any key: the same as a record that says just the same, each record once; else new."""
        values = whole.values(row)
        if not any(values):
            self._note(row, "", Problem("row.nothing"))
        elif target := whole.take(values):
            self.targets[row] = target
        else:
            self._make_new(row)

    def _note_repeated(self, row: int, earlier: int, key: tuple[str, ...]) -> None:
        """A second row with one key: the same again is no harm, something else is refused."""
        same = all(column[row] == column[earlier] for column in self._columns.values())
        names = " + ".join(self._parsers[name].heading for name in key)
        details = {"row": str(self._numbers[earlier]), "headings": names}
        severity = Severity.WARNING if same else Severity.ERROR
        code = "row.repeated" if same else "row.same-key"
        self._note(row, key[-1], Problem(code, self._said(row, key), severity=severity, details=details))
        if same:
            self.states[row] = State.REFUSED if self.states[earlier] == State.REFUSED else State.SAME

    def _said(self, row: int, key: tuple[str, ...]) -> str:
        """The values of a key as people read them."""
        shown = []
        for name in key:
            value = self._columns[name][row] or ""
            made = self._references.made.get(value)
            shown.append(made.name if made else self._references.names.shown(self._parsers[name].field, value))
        return ", ".join(shown)

    def _make_new(self, row: int) -> None:
        """A new row needs what its kind cannot be without."""
        if self._kind.asset_kind:
            extra = self.extra.setdefault(row, {})
            extra["kind"] = self._kind.asset_kind
            self._fill_in_maker(row, extra)
        for field in self._required:
            column = self._columns.get(field.key)
            if (column is None or column[row] is None) and not self.extra.get(row, {}).get(field.key):
                self._note(row, field.key, Problem("field.required", details={"label": field.label}))
        if self._kind.table == "entitlement":
            self._name_entitlement(row)

    def _fill_in_maker(self, row: int, extra: dict[str, str | None]) -> None:
        """A new asset has its model's manufacturer, if the sheet names none."""
        makers, models = self._columns.get("manufacturer"), self._columns.get("model")
        if models and (model := models[row]) and not (makers and makers[row]):
            made = self._references.made.get(model)
            maker = made.patch.get("manufacturer") if made else self._references.names.maker(model)
            if maker:
                extra["manufacturer"] = maker

    def _name_entitlement(self, row: int) -> None:
        """A licence that nobody named is named by its product."""
        names, products = self._columns.get("name"), self._columns.get("product")
        if products and (product := products[row]) and not (names and names[row]):
            made = self._references.made.get(product)
            self.extra[row] = {"name": made.name if made else self._references.names.label("product", product)}

    def _settle_rows_within(self) -> None:
        """Stand-ins for rows of this sheet become those rows' ids; who refers to a refused row is refused too."""
        keys = [
            key for key in self._reference_keys() if any(row_of(value) is not None for value in set(self._columns[key]))
        ]
        again = True
        while again:  # a refusal may refuse others in turn
            again = False
            for key in keys:
                for row, value in enumerate(self._columns[key]):
                    other = row_of(value)
                    if other is not None and self.states[other] == State.REFUSED != self.states[row]:
                        self._note(
                            row, key, Problem("reference.refused-row", details={"row": str(self._numbers[other])})
                        )
                        again = True
        for key in keys:
            column = self._columns[key]
            for row, value in enumerate(column):
                other = row_of(value)
                if other is not None:
                    column[row] = self.targets[other] or self.new_ids.setdefault(other, new_id())

    def _compare(self) -> None:
        """Matched rows against their records: a cell that is empty leaves its field alone."""
        rows = (row for row, target in enumerate(self.targets) if target and self.states[row] != State.REFUSED)
        columns = [(key, column) for key, column in self._columns.items() if key != MUSTER_ID.key]
        keys = [key for key, _ in columns]
        for batch in _batches(rows):
            self._progress.at("compare", batch[0], len(self._numbers))
            ids = [self.targets[row] or "" for row in batch]
            now = dict(values_of(self._connection, self._catalogue, self._kind, keys, ids))
            for row in batch:
                values = now[self.targets[row] or ""]
                before = {
                    key: values.get(key)
                    for key, column in columns
                    if (value := column[row]) is not None and value != values.get(key)
                }
                self.states[row] = State.CHANGED if before else State.SAME
                if before:
                    self.before[row] = before


class _WholeRows:
    """Records by all the values that a sheet's columns have for them, for rows that have no key."""

    def __init__(
        self,
        connection: Connection,
        catalogue: Catalogue,
        kind: RecordType,
        columns: Mapping[str, Sequence[str | None]],
    ) -> None:
        self._columns = columns
        self._left: dict[tuple[str | None, ...], list[str]] = {}
        keys = list(columns)
        for row, values in values_of(connection, catalogue, kind, keys, None):
            self._left.setdefault(tuple(values.get(key) for key in keys), []).append(row)
        for rows in self._left.values():
            rows.reverse()

    def values(self, row: int) -> tuple[str | None, ...]:
        """All that a row says."""
        return tuple(column[row] for column in self._columns.values())

    def take(self, values: tuple[str | None, ...]) -> str | None:
        """A record that says just this and was not taken yet."""
        left = self._left.get(values)
        return left.pop() if left else None


def _batches(rows: Iterator[int]) -> Iterator[list[int]]:
    while batch := list(islice(rows, _BATCH)):
        yield batch
