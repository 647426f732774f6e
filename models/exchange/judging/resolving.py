"""The references of a sheet's rows: names become ids of records that are there or will be made, or of its own rows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import compress, repeat

from sqlalchemy import Connection, select

from models.exchange.judging.draft import Draft
from models.exchange.judging.references import References, Resolved
from models.exchange.judging.within import RowNames, row_of, stand_in
from models.exchange.options import ImportOptions
from models.exchange.plan import Made, State
from models.fields.ids import new_id
from models.fields.kinds import Ref
from models.fields.problem import Problem, Severity
from models.progress import Progress, in_slices
from models.query.names import Names

_PARENT = "parent"
#: A name in a column of references, and the maker that its row says where it is a model.
_Name = tuple[str | None, str | None]
#: Names between two looks at the progress.
_TICK = 500


class Resolver:
    """Resolves the references of a draft, in three steps: names, this sheet's own rows, what is to be made."""

    def __init__(self, draft: Draft, connection: Connection, options: ImportOptions) -> None:
        """The connection is used as long as this object is."""
        self.names = Names(connection)
        self.references = References(self.names, options)
        self._connection = connection
        self._draft = draft
        self._tables: dict[str, str] = {
            key: field.kind.table for key, field in draft.fields.items() if isinstance(field.kind, Ref)
        }

    def resolve(self, progress: Progress) -> None:
        """Names become ids, or stand-ins for rows of this sheet. Each name is looked up once for each context.

        Raises Cancelled.
        """
        within: RowNames | None = None
        # Manufacturers before models, since a model's name means little without its maker.
        for key in sorted(self._tables, key=lambda key: key in ("model", "product")):
            table = self._tables[key]
            own = table == self._draft.kind.table
            if own and within is None:
                within = RowNames(table, self._draft.columns, self._draft.extra)
            self._resolve_column(key, table, within if own else None, progress)
        self.references.tell_alike()

    def settle_rows(self) -> None:
        """Stand-ins for rows of this sheet become those rows' ids; who refers to a refused row is refused too."""
        draft = self._draft
        keys = [key for key in self._tables if any(row_of(value) is not None for value in set(draft.columns[key]))]
        again = True
        while again:  # a refusal may refuse others in turn
            again = False
            for key in keys:
                for row, value in enumerate(draft.columns[key]):
                    other = row_of(value)
                    if other is not None and draft.refused(other) and not draft.refused(row):
                        number = str(draft.numbers[other])
                        draft.note(row, key, Problem("reference.refused-row", details={"row": number}))
                        again = True
        for key in keys:
            column = draft.columns[key]
            for row, value in enumerate(column):
                other = row_of(value)
                if other is not None:
                    column[row] = draft.targets[other] or draft.new_ids.setdefault(other, new_id())

    def refuse_rings(self) -> None:
        """Refuse rows that would put a record inside of itself, at once or by way of others. Before `settle_rows`."""
        draft = self._draft
        if self._tables.get(_PARENT) != draft.kind.table:
            return
        column = draft.columns[_PARENT]
        said = {
            draft.targets[row] or stand_in(row): row
            for row, parent in enumerate(column)
            if parent is not None and not draft.refused(row)
        }
        above = self._parents() if said else {}
        above.update({child: self._meant(column[row] or "") for child, row in said.items()})
        safe: set[str] = set()
        for child in said:
            way: dict[str, None] = {}
            up = child
            while up and up not in safe and up not in way:
                way[up] = None
                up = above.get(up, "")
            if up in way and (row := next((said[each] for each in _from(way, up) if each in said), None)) is not None:
                draft.note(row, _PARENT, Problem("reference.ring", self._called(column[row] or "")))
                above[draft.targets[row] or stand_in(row)] = ""
            safe.update(way)

    def made(self, progress: Progress) -> list[Made]:
        """The records that rows to be written name and that are not there yet, those that others need first."""
        draft, made = self._draft, self.references.made
        if not made:
            return []
        wanted: dict[str, Made] = {}
        accepted = [state in (State.NEW, State.CHANGED) for state in draft.states]
        for key in self._tables:
            for part in in_slices(progress, draft.rows):
                for value in dict.fromkeys(compress(draft.columns[key][part], accepted[part])):
                    self._want(value, wanted)
        for row, extra in draft.extra.items():
            if draft.states[row] == State.NEW:
                for value in extra.values():
                    self._want(value, wanted)
        self._tell_near({row for row, each in wanted.items() if each.near})
        return list(wanted.values())

    def shown(self, key: str, value: str) -> str:
        """A value as people read it, also of records to be made."""
        made = self.references.made.get(value)
        return made.name if made else self.names.shown(self._draft.fields[key], value)

    def _want(self, row: str | None, wanted: dict[str, Made]) -> None:
        made = self.references.made.get(row or "")
        if made and made.row not in wanted:
            for value in made.patch.values():
                self._want(value, wanted)
            wanted[made.row] = made

    def _tell_near(self, doubtful: set[str]) -> None:
        """Warn of a new name that is much like a known one: once, at the first row that is to be written with it."""
        draft = self._draft
        for key in self._tables:
            if not doubtful.isdisjoint(draft.columns[key]):
                for row in draft.written():
                    value = draft.columns[key][row]
                    if value in doubtful and (draft.states[row] == State.NEW or key in draft.before[row]):
                        made = self.references.made[value]
                        details = {"near": made.near, "kind": made.table}
                        draft.note(row, key, Problem("reference.near", made.name, "", Severity.WARNING, details))
                        doubtful.discard(value)

    def _meant(self, value: str) -> str:
        """The record that a reference means; a stand-in for a row that is new."""
        other = row_of(value)
        return value if other is None else self._draft.targets[other] or value

    def _called(self, value: str) -> str:
        other = row_of(value)
        if other is None:
            return self.shown(_PARENT, value)
        return next(filter(None, (self._draft.value(other, key) for key in ("name", "tag", "serial"))), "")

    def _parents(self) -> dict[str, str]:
        rows = self._draft.kind.sql
        live = select(rows.c.id, rows.c.parent).where(rows.c.parent.is_not(None), rows.c.deleted.is_(None))
        return {str(child): str(parent) for child, parent in self._connection.execute(live)}

    def _resolve_column(self, key: str, table: str, within: RowNames | None, progress: Progress) -> None:
        draft = self._draft
        values = draft.columns[key]
        makers = draft.columns.get("manufacturer") if table == "model" else None
        # Each name once for each maker; what is done for every row is done by Python's own loops, a slice at a time.
        names: list[_Name] = []
        first: dict[_Name, int] = {}
        for part in in_slices(progress, len(values)):
            of_part = list(zip(values[part], makers[part] if makers else repeat(None), strict=False))
            backwards = dict(zip(reversed(of_part), range(part.stop - 1, part.start - 1, -1), strict=True))
            first = backwards | first
            names.extend(of_part)
        found: dict[_Name, Resolved] = {}
        for row in sorted(first.values()):
            if len(found) % _TICK == 0:
                progress.at("match", 0, draft.rows)
            name = names[row]
            found[name] = Resolved() if name[0] is None else self._resolve_name(key, table, name[0], row, within)
        ids = {name: each.value for name, each in found.items()}
        for part in in_slices(progress, len(values)):
            values[part] = [ids[name] for name in names[part]]
        self._count_unknown(names, first, found, progress)
        faulty = {name: each.problem for name, each in found.items() if each.problem}
        for row, name in enumerate(names if faulty else ()):
            if problem := faulty.get(name):
                draft.note(row, key, problem)

    def _count_unknown(
        self,
        names: Sequence[_Name],
        first: Mapping[_Name, int],
        found: Mapping[_Name, Resolved],
        progress: Progress,
    ) -> None:
        """Count the rows that name what is not known, and remember the first of them."""
        unknown = [name for name, each in found.items() if each.asked]
        times = Counter[_Name]()
        for part in in_slices(progress, len(names) if unknown else 0):
            times.update(names[part])
        for name in unknown:
            for asked in found[name].asked:
                asked.count(self._draft.numbers[first[name]], times[name])

    def _resolve_name(self, key: str, table: str, name: str, row: int, within: RowNames | None) -> Resolved:
        rows: Sequence[int] = within.meant(name) if within else ()
        if rows and not self.references.known(table, name):
            if len(rows) > 1:
                return Resolved(problem=Problem("reference.several", name, details={"count": str(len(rows))}))
            return Resolved(stand_in(rows[0]))
        return self.references.resolve(table, name, self._context(key, table, row))

    def _context(self, key: str, table: str, row: int) -> Mapping[str, str | None]:
        """What a row says of a record that it names, should it have to be made."""
        said = {name: column[row] for name, column in self._draft.about.get(key, {}).items() if column[row] is not None}
        if table != "model":
            return said
        maker, category = self._draft.columns.get("manufacturer"), self._draft.columns.get("category")
        return {
            "manufacturer": maker[row] if maker else None,
            "asset_kind": self._draft.asset_kind(row),
            "category": category[row] if category else None,
            **said,
        }


def _from(way: Mapping[str, None], start: str) -> list[str]:
    found = list(way)
    return found[found.index(start) :]
