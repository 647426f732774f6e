"""Which record each row is about: by its keys, by all that it says, or none yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from models.exchange.judging.comparing import BATCH, Records, batches
from models.exchange.judging.draft import Draft
from models.exchange.judging.matching import Found, Key, Matcher, choose_keys
from models.exchange.judging.resolving import Resolver
from models.exchange.meaning.fields import KIND, MUSTER_ID, sheet_fields
from models.exchange.plan import MatchUse, State
from models.fields.kinds import YesNo
from models.fields.problem import Problem, Severity
from models.progress import Progress, in_slices
from models.query.values import Values, values_of
from models.schema.catalogue import Catalogue
from models.schema.records import ASSET_KINDS


class Pairing:
    """Finds the record of each row of a draft; what has none becomes new."""

    def __init__(
        self, draft: Draft, connection: Connection, catalogue: Catalogue, resolver: Resolver, match: str | None
    ) -> None:
        """`match`: the key that the person wants. Raises UsageError("match.…")."""
        self._fields = sheet_fields(catalogue, draft.kind.word)
        self.keys = choose_keys(draft.kind, self._fields, draft.columns, match)
        self._draft = draft
        self._connection = connection
        self._catalogue = catalogue
        self._resolver = resolver
        self._required = [field for field in self._fields.values() if field.required and not field.custom]
        self._whole: Records | None = None
        self._taken: dict[str, int] = {}
        self._used = [0] * len(self.keys)
        self._found = [0] * len(self.keys)
        self._foreign: dict[str, list[str]] = {}
        if draft.kind.word == "asset":
            for word in ASSET_KINDS:
                own = {*catalogue.keys(word), MUSTER_ID.key}
                self._foreign[word] = [key for key in draft.columns if key not in own]

    def pair(self, progress: Progress) -> None:
        """Set the targets of the rows that are known, and refuse or make new the others. Raises Cancelled."""
        draft = self._draft
        matcher = Matcher(self._connection, self._fields, draft.kind, self.keys, draft.placeholders())
        first_with: dict[Key, int] = {}
        shared: dict[Key, list[int]] = {}
        poorer: list[_Poorer] = []
        for row in range(draft.rows):
            if row % BATCH == 0:
                progress.at("match", row, draft.rows)
            if draft.refused(row):
                continue
            if self._foreign and self._says_kind(row):
                self._leave_out_foreign(row, draft.asset_kind(row))
            key = matcher.key_of(draft.columns, row)
            if key is None:
                self._pair_by_all(row)
                continue
            found = matcher.find(key)
            self._used[key[0]] += 1
            self._found[key[0]] += bool(found)
            if len(found) > 1:
                found = self._of_its_kind(row, found)
            if len(found) > 1:
                shared.setdefault(key, []).append(row)
            elif (earlier := first_with.setdefault(key, row)) != row:
                self._note_repeated(row, earlier, self.keys[key[0]], "row.same-key")
            elif not found and (known := self._known_otherwise(matcher, row, key)):
                poorer.append(known)
            else:
                self._settle(row, self.keys[key[0]], found)
        if shared:
            self._pair_twins(matcher, shared)
        if poorer:
            self._pair_poorer(poorer)

    def uses(self, progress: Progress) -> list[MatchUse]:
        """The keys that the columns allow and what came of each, those first by which rows went. Raises Cancelled."""
        columns = self._draft.columns
        others = choose_keys(self._draft.kind, self._fields, columns, None)
        found = []
        for number, key in enumerate(dict.fromkeys((*self.keys, *others))):
            filled, distinct = 0, set[object]()
            for part in in_slices(progress, self._draft.rows):
                if len(key) == 1:
                    said: Sequence[object] = columns[key[0]][part]
                    filled += len(said) - said.count(None)
                else:
                    rows = zip(*(columns[name][part] for name in key), strict=True)
                    said = [values for values in rows if None not in values]
                    filled += len(said)
                distinct.update(said)
            distinct.discard(None)
            used, known = (self._used[number], self._found[number]) if number < len(self.keys) else (0, 0)
            found.append(MatchUse(key, filled, len(distinct), used, known))
        return found

    def _of_its_kind(self, row: int, found: list[Found]) -> list[Found]:
        """Those of the records that are of the row's kind, if there are any."""
        if not self._says_kind(row):
            return found
        kind = self._draft.asset_kind(row)
        return [each for each in found if each.kind == kind] or found

    def _says_kind(self, row: int) -> bool:
        """Whether a row says of which kind of asset it is: in its cell, or since all rows are of one kind."""
        kinds = self._draft.columns.get(KIND)
        return self._draft.kind.asset_kind is not None or (
            self._draft.kind.word == "asset" and kinds is not None and kinds[row] is not None
        )

    def _settle(self, row: int, key: tuple[str, ...], found: Sequence[Found]) -> None:
        """What the record with a row's key makes of the row."""
        draft = self._draft
        if found and self._says_kind(row) and draft.asset_kind(row) != found[0].kind:
            draft.note(row, key[-1], Problem("match.other-kind", self._said(row, key), details={"kind": found[0].kind}))
        elif found:
            self._leave_out_foreign(row, found[0].kind)
            self._take(row, key, found[0].row)
        elif key == (MUSTER_ID.key,):
            draft.note(row, MUSTER_ID.key, Problem("match.no-such-id", self._said(row, key)))
        else:
            if self._foreign:
                self._leave_out_foreign(row, draft.asset_kind(row))
                if all(draft.columns[name][row] is None for name in key):
                    self._pair_by_all(row)
                    return
            self._make_new(row)

    def _pair_twins(self, matcher: Matcher, shared: Mapping[Key, list[int]]) -> None:
        """Rows whose key several records have: each goes to the record that says just the same, or to none."""
        draft = self._draft
        twins = {found.row: found for key in shared for found in matcher.find(key)}
        records = Records(draft, self._connection, self._catalogue, list(twins))
        for key, rows in shared.items():
            left: list[int] = []
            for row in rows:
                target = records.take(self._all_of(row))
                if target:
                    self._settle(row, self.keys[key[0]], [twins[target]])
                else:
                    left.append(row)
            for row in left:
                count = str(len(matcher.find(key)))
                names = self.keys[key[0]]
                draft.note(row, names[-1], Problem("match.several", self._said(row, names), details={"count": count}))

    def _known_otherwise(self, matcher: Matcher, row: int, key: Key) -> "_Poorer | None":
        """The records that a later key of a row finds, whose first key finds none."""
        if self.keys[key[0]] == (MUSTER_ID.key,):
            return None
        known = matcher.poorer(self._draft.columns, row, key[0])
        return _Poorer(row, key[0], *known) if known else None

    def _pair_poorer(self, rows: Sequence["_Poorer"]) -> None:
        """Rows go to a record that says less than they do and nothing else: a bare name gets its e-mail address.

        Each such record goes to one row. A record that has another value where the row has one is another record.
        """
        draft = self._draft
        names = list(dict.fromkeys(name for key in self.keys for name in key if name != MUSTER_ID.key))
        ids = dict.fromkeys(found.row for each in rows for found in each.found)
        values: dict[str, dict[str, str | None]] = {}
        for batch in batches(iter(ids)):
            for record, known in values_of(self._connection, self._catalogue, draft.kind, names, batch):
                values[record] = dict(zip(names, known, strict=True))
        for each in rows:
            by = self.keys[each.by]
            richer = {name for key in self.keys[: each.by] for name in key if name in names} - {*by}
            said = [name for name in richer if draft.columns[name][each.row] is not None]
            fitting = [
                found
                for found in each.found
                if found.row not in self._taken
                and not (self._says_kind(each.row) and found.kind != draft.asset_kind(each.row))
                and all(values[found.row][name] in (None, draft.columns[name][each.row]) for name in said)
            ]
            if len(fitting) == 1:
                self._used[each.first] -= 1
                self._used[each.by] += 1
                self._found[each.by] += 1
                self._settle(each.row, by, fitting)
            else:
                self._settle(each.row, self.keys[each.first], ())

    def _pair_by_all(self, row: int) -> None:
        """A row without any key: the same as a record that says just the same, each record once; else new."""
        draft = self._draft
        self._leave_out_foreign(row, draft.asset_kind(row))
        if self._whole is None:
            self._whole = Records(draft, self._connection, self._catalogue, None)
        if not any(column[row] for column in draft.columns.values()):
            draft.note(row, "", Problem("row.nothing"))
        elif target := self._whole.take(self._all_of(row)):
            self._take(row, (), target)
        else:
            self._make_new(row)

    def _leave_out_foreign(self, row: int, kind: str | None) -> None:
        """In a list of all kinds of asset: leave out values of fields that a row's own kind has not, and say so."""
        draft = self._draft
        for key in self._foreign.get(kind or "", ()):
            value = draft.columns[key][row]
            if value is None:
                continue
            # That a computer is not jailbroken goes without saying.
            if not (isinstance(draft.fields[key].kind, YesNo) and value == "no"):
                shown = self._resolver.shown(key, value)
                draft.note(row, key, Problem("field.other-kind", shown, "", Severity.WARNING, {"kind": kind or ""}))
            draft.columns[key][row] = None

    def _take(self, row: int, key: tuple[str, ...], target: str) -> None:
        """Let a row be about a record, which no other row may be about."""
        earlier = self._taken.setdefault(target, row)
        if earlier == row:
            self._draft.targets[row] = target
        else:
            self._note_repeated(row, earlier, key, "row.same-record")

    def _note_repeated(self, row: int, earlier: int, key: tuple[str, ...], code: str) -> None:
        """A second row for one record: the same again is no harm, something else is refused."""
        draft = self._draft
        same = all(column[row] == column[earlier] for column in draft.columns.values())
        details = {"row": str(draft.numbers[earlier]), "headings": " + ".join(draft.heading(name) for name in key)}
        problem = Problem(code, self._said(row, key), details=details)
        if same:
            problem = replace(problem, code="row.repeated", severity=Severity.WARNING)
        draft.note(row, key[-1] if key else "", problem)
        if same:
            draft.states[row] = State.REFUSED if draft.refused(earlier) else State.SAME

    def _said(self, row: int, key: tuple[str, ...]) -> str:
        """The values of a key as people read them."""
        return ", ".join(self._resolver.shown(name, self._draft.columns[name][row] or "") for name in key)

    def _make_new(self, row: int) -> None:
        """A new row needs what its kind cannot be without."""
        draft = self._draft
        if more := self._put_together(row):
            draft.extra.setdefault(row, {}).update(more)
        for field in self._required:
            if not draft.value(row, field.key):
                draft.note(row, field.key, Problem("field.required", details={"label": field.label}))

    def _put_together(self, row: int) -> dict[str, str]:
        """What a new row gets besides its cells: the maker of its model, the name of its product."""
        draft = self._draft
        if draft.kind.table == "asset" and "model" in draft.columns:
            model = draft.columns["model"][row]
            if model and not draft.value(row, "manufacturer"):
                made = self._resolver.references.made.get(model)
                maker = made.patch.get("manufacturer") if made else self._resolver.names.maker(model)
                if maker:
                    return {"manufacturer": maker}
        elif draft.kind.table == "entitlement" and "product" in draft.columns:
            product = draft.columns["product"][row]
            if product and not draft.value(row, "name"):
                return {"name": self._resolver.shown("product", product)}
        return {}

    def _all_of(self, row: int) -> Values:
        """All that a row would be as a record, for the fields that the sheet has."""
        more: dict[str, str | None] = {KIND: self._draft.asset_kind(row), **self._put_together(row)}
        columns = self._draft.columns.items()
        return tuple(column[row] or more.get(key) for key, column in columns if key != MUSTER_ID.key)


@dataclass(frozen=True, slots=True)
class _Poorer:
    """A row whose key number `first` finds no record, and the records that its later key `by` finds."""

    row: int
    first: int
    by: int
    found: Sequence[Found]
