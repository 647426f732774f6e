"""The names in a sheet's reference columns, resolved: to a record that is there, or to one that will be made."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from models.fields.ids import new_id
from models.fields.kinds import Email
from models.fields.problem import BadValue, Problem
from models.journal.entry import Edit
from models.query.names import PATH, Names, plain
from models.schema.records import TABLES

#: Records that a sheet may bring into being by naming them. An unknown device or licence is a mistake instead.
_MADE = frozenset(("person", "department", "location", "model", "manufacturer", "vendor", "system", "product"))
#: How alike two names must be for one to be offered for the other (rapidfuzz's ratio, of 100).
_NEAR = 86
#: "City Hall / 2 / 204", "HQ > Floor 2": a place inside of places. "OFFICE A/B" is one name.
_WAY = re.compile(r"\s+[/›»\\]\s*|\s*[/›»\\]\s+|\s*[>›»]\s*")
#: A record's own id, as an export writes it where no name is clear enough: nobody is called so.
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Made:
    """A record that the import would make because a row names it. `near`: a known name that is much like it."""

    table: str
    row: str
    name: str
    near: str
    patch: Mapping[str, str | None]

    def edit(self) -> Edit:
        """The edit that makes it."""
        return Edit(self.table, self.row, self.patch, new=True)


@dataclass(slots=True)
class References:
    """Resolves names to ids, each name once. `made` are the records to make, by id."""

    names: Names
    made: dict[str, Made] = field(default_factory=dict)
    _known: dict[tuple[str, str, str], tuple[str | None, Problem | None]] = field(default_factory=dict)

    def resolve(
        self, table: str, name: str, context: Mapping[str, str | None] | None = None
    ) -> tuple[str | None, Problem | None]:
        """The id that a name means, of a known record or of one to be made; or None and why neither will do.

        `context` has further values of the record to be made (a model's manufacturer, kind and category); a known
        model is only taken when its manufacturer does not contradict.
        """
        maker = (context or {}).get("manufacturer") if table == "model" else None
        key = (table, plain(name), maker or "")
        if key not in self._known:
            self._known[key] = self._resolve(table, name, maker, context or {})
        return self._known[key]

    def known(self, table: str, name: str) -> bool:
        """Whether a name means a record that is there already, or several."""
        return bool(self.names.meant(table, name))

    def _resolve(
        self, table: str, name: str, maker: str | None, context: Mapping[str, str | None]
    ) -> tuple[str | None, Problem | None]:
        found = self.names.meant(table, name)
        if maker and found:
            found = [row for row in found if self.names.maker(row) in (maker, None)]
        if len(found) == 1:
            return found[0], None
        if len(found) > 1:
            return None, Problem("reference.several", name, details={"count": str(len(found))})
        if table not in _MADE or _ID.fullmatch(name.strip()):
            return None, Problem("reference.unknown", name, details={"kind": TABLES[table].label.lower()})
        if table == "location" and len(way := [part for part in _WAY.split(name.strip()) if part]) > 1:
            return self._make_way(way)
        return self._make(table, name, maker, context), None

    def _make(self, table: str, name: str, maker: str | None, context: Mapping[str, str | None]) -> str:
        row = new_id()
        near = "" if maker else next(iter(self.names.near(table, name, alike=_NEAR, most=1)), "")
        self.made[row] = Made(table, row, name, near, {"name": name, **context, **_also(table, name)})
        return row

    def _make_way(self, way: list[str]) -> tuple[str | None, Problem | None]:
        """A place by the way to it, with those places on the way that are not there yet."""
        parent: str | None = None
        for length in range(1, len(way) + 1):
            path = PATH.join(way[:length])
            key = ("location", plain(path), "")
            if key not in self._known:
                found = self.names.meant("location", path)
                if len(found) > 1:
                    return None, Problem("reference.several", path, details={"count": str(len(found))})
                place = found[0] if found else new_id()
                if not found:
                    patch = {"name": way[length - 1], "parent": parent}
                    self.made[place] = Made("location", place, path, "", patch)
                self._known[key] = place, None
            parent, problem = self._known[key]
            if problem:
                return None, problem
        return parent, None


def _also(table: str, name: str) -> dict[str, str]:
    """What a name says of a record besides."""
    if table == "person":
        try:
            email = Email().parse(name, [])
        except BadValue:
            return {}
        return {"email": email} if email and "@" in name else {}
    return {}
