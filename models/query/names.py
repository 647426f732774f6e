"""Names of records: what people call a record that a field refers to, and which record they mean by a name.

`written` gives a form that `meant` gives back as the same record, so that an export comes back unchanged.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Row, or_, select

from models.fields.field import Field
from models.fields.kinds import Ref
from models.query.near import NearNames
from models.schema.records import TABLES, references

#: Tables that may hold a million rows are asked, not remembered.
_ASKED = frozenset(("asset", "line", "seat", "installation"))
#: Fields besides the name by which people know a record.
ALSO = {
    "person": ("email", "username", "employee_number"),
    "department": ("code",),
    "location": ("code", "unit_number"),
    "model": ("number",),
    "vendor": ("number",),
    "asset": ("tag", "serial"),
    "line": ("number",),
    "product": ("sku",),
}
PATH = " / "


def plain(name: str) -> str:
    """A name as names are compared: without case, and with blanks made one."""
    return " ".join(name.casefold().split())


class Names:
    """The names in one state of the database. Tables are read when they are first needed, and then remembered."""

    def __init__(self, connection: Connection) -> None:
        """The connection is used as long as this object is."""
        self._connection = connection
        self._rows: dict[str, dict[str, Row[Any]]] = {}
        self._forms: dict[str, dict[str, list[str]]] = {}
        self._asked: dict[tuple[str, str], str] = {}
        self._near: dict[str, NearNames] = {}

    def label(self, table: str, row: str) -> str:
        """What the record is called, short: "Engine 7"; empty where it is not there."""
        if table in _ASKED:
            return self._ask(table, row)
        found = self._known(table).get(row)
        if found is None:
            return ""
        naming = TABLES[table].naming
        if naming in references(table):
            return self.label(references(table)[naming], getattr(found, naming) or "")
        return str(getattr(found, naming) or "")

    def path(self, table: str, row: str) -> str:
        """A place with all that it is inside of: "City Hall / 2 / 204"; for other records the label."""
        return PATH.join(reversed(list(self._way_up(table, row)))) or self.label(table, row)

    def written(self, table: str, row: str) -> str:
        """The shortest form that means this record and no other."""
        for form in self._forms_of(table, row):
            if form and self.meant(table, form) == [row]:
                return form
        return row

    def meant(self, table: str, name: str) -> list[str]:
        """The ids of the live records that a name may mean; more than one where it is ambiguous."""
        if table in _ASKED:
            return self._search(table, name)
        if table not in self._forms:
            forms: dict[str, list[str]] = defaultdict(list)
            for row, known in self._known(table).items():
                if known.deleted is None:
                    for form in {plain(form) for form in self._forms_of(table, row) if form}:
                        forms[form].append(row)
            for form, row in self._aliases(table).items():
                forms.setdefault(form, [row])  # what a record is called itself comes first
            self._forms[table] = forms
        return list(self._forms[table].get(plain(name), ()))

    def shown(self, field: Field, canonical: str) -> str:
        """A value as people read it, references by their labels."""
        if isinstance(field.kind, Ref):
            return self.label(field.kind.table, canonical) or canonical
        return field.kind.format(canonical)

    def _forms_of(self, table: str, row: str) -> Iterator[str]:
        """The forms by which people call a record, shortest first, its id last."""
        yield self.label(table, row)
        known = self._known(table).get(row) if table not in _ASKED else None
        if table in ("location", "department"):
            way = list(self._way_up(table, row))
            for length in range(2, len(way) + 1):
                yield PATH.join(reversed(way[:length]))
                yield " > ".join(reversed(way[:length]))
        if known is not None:
            if table == "model" and known.manufacturer:
                yield f"{self.label('manufacturer', known.manufacturer)} {known.name}"
            if table == "product":
                yield " ".join(part for part in (known.name, known.edition, known.version) if part)
            if table == "person" and known.family_name and known.given_name:
                yield f"{known.family_name}, {known.given_name}"
                yield f"{known.given_name} {known.family_name}"
            for key in ALSO.get(table, ()):
                yield str(getattr(known, key) or "")
        elif table in _ASKED:
            yield from self._asked_forms(table, row)
        yield row

    def _aliases(self, table: str) -> dict[str, str]:
        """Other names that people gave to live records of a table: the name as names are compared, and the record."""
        rows = TABLES["alias"].sql
        given = select(rows.c.name, rows.c.target).where(rows.c.deleted.is_(None), rows.c.record == table)
        known = self._known(table)
        return {
            plain(name): target
            for name, target in self._connection.execute(given.order_by(rows.c.nr))
            if target in known and known[target].deleted is None
        }

    def _way_up(self, table: str, row: str) -> Iterator[str]:
        if table not in ("location", "department"):
            return
        known, seen = self._known(table), set[str]()
        while row in known and row not in seen:
            seen.add(row)
            yield str(known[row].name or "")
            row = known[row].parent or ""

    def _known(self, table: str) -> dict[str, Row[Any]]:
        if table not in self._rows:
            rows = self._connection.execute(select(TABLES[table].sql))
            self._rows[table] = {row.id: row for row in rows}
        return self._rows[table]

    def _ask(self, table: str, row: str) -> str:
        if (table, row) not in self._asked:
            rows = TABLES[table].sql
            naming = TABLES[table].naming
            extra = (rows.c.serial, rows.c.name) if table == "asset" else ()
            found = self._connection.execute(select(rows.c[naming], *extra).where(rows.c.id == row)).one_or_none()
            name = next((str(value) for value in found or () if value), "")
            inner = references(table).get(naming)
            self._asked[table, row] = self.label(inner, name) if inner else name
        return self._asked[table, row]

    def _asked_forms(self, table: str, row: str) -> Iterator[str]:
        rows = TABLES[table].sql
        columns = [rows.c[key] for key in ALSO.get(table, ())]
        found = self._connection.execute(select(*columns).where(rows.c.id == row)).one_or_none() if columns else None
        yield from (str(value) for value in found or () if value)

    def _search(self, table: str, name: str) -> list[str]:
        rows = TABLES[table].sql
        keys = ALSO.get(table, ())
        name = name.strip()
        live = select(rows.c.id).where(rows.c.deleted.is_(None)).limit(5)
        same = or_(*(rows.c[key] == name for key in keys), rows.c.id == name)
        found = self._connection.execute(live.where(same)).scalars().all()
        if not found and table == "asset":
            digits = "".join(filter(str.isdigit, name))
            called = rows.c.imei == digits if len(digits) == 15 else rows.c.hostname.collate("NOCASE") == name
            found = self._connection.execute(live.where(called)).scalars().all()
        return list(found)

    def near(self, table: str, name: str, *, alike: int = 75, most: int = 3) -> list[str]:
        """What known records are called that a name is much like, the likeliest first, each once.

        `alike` is how much, of 100. None for tables that are too large to look through.
        """
        near = self._near_names(table)
        return near.find(name, most, alike) if near else []

    def near_records(self, table: str, name: str, *, maker: str | None = None, most: int = 3) -> list[tuple[str, str]]:
        """The records, as id and label, that an unknown name may well be meant for, the likeliest first.

        `maker`: of models, only those of that manufacturer or of none.
        """
        near = self._near_names(table)
        if near is None or (table == "person" and "@" in name):  # addresses are right or wrong
            return []
        found = [(row, label) for label in near.find(name, most) for row in self.meant(table, label)]
        if maker:
            found = [(row, label) for row, label in found if self.maker(row) in (maker, None)]
        return list(dict.fromkeys(found))[:most]

    def _near_names(self, table: str) -> NearNames | None:
        if table in _ASKED:
            return None
        if table not in self._near:
            live = (row for row, known in self._known(table).items() if known.deleted is None)
            labels = dict.fromkeys(label for row in live if (label := self.label(table, row)))
            self._near[table] = NearNames(labels, people=table == "person")
        return self._near[table]

    def maker(self, model: str) -> str | None:
        """The manufacturer of a model, its id."""
        found = self._known("model").get(model)
        return found.manufacturer if found else None
