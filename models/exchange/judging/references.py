"""The names in a sheet's reference columns, resolved: to a record that is there, or to one that will be made."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from models.exchange.meaning.fields import MADE
from models.exchange.options import Decide, ImportOptions
from models.exchange.plan import Made, Near, Unknown
from models.fields.ids import new_id
from models.fields.kinds import Email
from models.fields.problem import BadValue, Problem
from models.query.names import PATH, Names, plain
from models.query.near import NearNames
from models.schema.records import TABLES

#: Of so many new names of one table it is asked whether they are much alike.
_MOST_NEW = 3_000
#: "City Hall / 2 / 204", "HQ > Floor 2": a place inside of places. "OFFICE A/B" is one name.
_WAY = re.compile(r"\s+[/›»\\]\s*|\s*[/›»\\]\s+|\s*[>›»]\s*")
#: A longer text is no name to make a record of (letters); it would also be a way through ever so many places.
_LONGEST_NAME = 500
#: A record's own id, as an export writes it where no name is clear enough: nobody is called so.
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


@dataclass(slots=True)
class Asked:
    """An unknown name while the sheet is read. `target` is the record that it was decided to mean, or that is made."""

    table: str
    name: str
    near: tuple[Near, ...]
    decision: str
    said: bool
    target: str | None = None
    rows: int = 0
    first: int = 0

    def count(self, number: int, rows: int) -> None:
        """So many rows more, the first of them with that number on the sheet, name it."""
        self.rows += rows
        self.first = min(self.first or number, number)

    @property
    def unknown(self) -> Unknown:
        """The name as the plan tells it."""
        return Unknown(self.table, self.name, self.rows, self.first, self.near, self.decision, self.said)


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a name means: the id of a record, None for an empty cell or with a `problem`; the unknown names in it."""

    value: str | None = None
    problem: Problem | None = None
    asked: tuple[Asked, ...] = ()


class References:
    """Resolves names to ids, each name once. `made` are the records to make, by id; `asked` the unknown names."""

    def __init__(self, names: Names, options: ImportOptions) -> None:
        self.names = names
        self.made: dict[str, Made] = {}
        self.asked: dict[tuple[str, str], Asked] = {}
        self._create = options.create
        self._deciding: set[tuple[str, str]] = set()
        self._known: dict[tuple[str, str, str], Resolved] = {}
        self._said = {
            (table, plain(name)): decision for table, said in options.names.items() for name, decision in said.items()
        }

    def resolve(self, table: str, name: str, context: Mapping[str, str | None] | None = None) -> Resolved:
        """What a name means: a known record, one to be made, nothing; or why neither will do.

        `context` has further values of the record to be made (a model's manufacturer, kind and category); a known
        model is only taken when its manufacturer does not contradict, unless it is named by its id.
        """
        maker = (context or {}).get("manufacturer") if table == "model" else None
        key = (table, plain(name), maker or "")
        if key not in self._known:
            self._known[key] = self._resolve(table, name, maker, context or {})
        return self._known[key]

    def known(self, table: str, name: str) -> bool:
        """Whether a name means a record that is there already, or several."""
        return bool(self.names.meant(table, name))

    def unknown(self) -> list[Unknown]:
        """The unknown names that rows have: those to decide first, then those that are much like others."""
        found = [asked.unknown for asked in self.asked.values() if asked.rows]
        return sorted(found, key=lambda each: (bool(each.decision), not each.near, each.table, -each.rows))

    def aliases(self) -> Iterator[tuple[str, str, str]]:
        """Names that a person said to mean a record: its table, the name, the record's id."""
        for asked in self.asked.values():
            if asked.said and asked.rows and asked.target and asked.decision not in tuple(Decide):
                yield asked.table, asked.name, asked.target

    def tell_alike(self) -> None:
        """Say of new names that are much like each other: the later one is marked as near the earlier."""
        by_table: dict[str, list[Asked]] = {}
        for asked in self.asked.values():
            if asked.decision == Decide.MAKE and not asked.near:
                by_table.setdefault(asked.table, []).append(asked)
        for table, new in by_table.items():
            places = {asked.name: at for at, asked in enumerate(new)}
            near = NearNames(places, people=table == "person") if len(new) <= _MOST_NEW else None
            for at, asked in enumerate(new):
                alike = [name for name in near.find(asked.name) if "@" not in name] if near else []
                asked.near = tuple(Near("", name) for name in alike)
                if (earlier := next((name for name in alike if places[name] < at), None)) and not asked.said:
                    made = self.made[asked.target or ""]
                    self.made[made.row] = replace(made, near=earlier)

    def _resolve(self, table: str, name: str, maker: str | None, context: Mapping[str, str | None]) -> Resolved:
        found = self.names.meant(table, name)
        if maker and found and not _ID.fullmatch(name.strip()):
            found = [row for row in found if self.names.maker(row) in (maker, None)]
        if len(found) == 1:
            return Resolved(found[0])
        if len(found) > 1:
            return Resolved(problem=Problem("reference.several", name, details={"count": str(len(found))}))
        if len(name) > _LONGEST_NAME:
            return Resolved(problem=Problem("text.too-long", name, details={"limit": str(_LONGEST_NAME)}))
        said = self._said.get((table, plain(name)))
        if said is None and (table not in MADE or _ID.fullmatch(name.strip())):
            return Resolved(problem=Problem("reference.unknown", name, details={"kind": _label(table)}))
        if said is None and table == "location" and len(way := [part for part in _WAY.split(name.strip()) if part]) > 1:
            return self._resolve_way(way)
        patch = {"name": name, **context, **_also(table, name, context)}
        return self._decide(table, name, patch, self.names.near_records(table, name, maker=maker))

    def _resolve_way(self, way: list[str]) -> Resolved:
        """A place by the way to it, with those places on the way that are not there yet."""
        parent: str | None = None
        asked: list[Asked] = []
        for length in range(1, len(way) + 1):
            path = PATH.join(way[:length])
            key = ("location", plain(path), "")
            if key not in self._known:
                found = self.names.meant("location", path)
                if len(found) > 1:
                    self._known[key] = Resolved(
                        problem=Problem("reference.several", path, details={"count": str(len(found))})
                    )
                elif found:
                    self._known[key] = Resolved(found[0])
                else:
                    near = self.names.near_records("location", way[0]) if length == 1 else []
                    self._known[key] = self._decide("location", path, {"name": way[length - 1], "parent": parent}, near)
            step = self._known[key]
            asked.extend(step.asked)
            if step.value is None:
                return replace(step, asked=tuple(asked))
            parent = step.value
        return Resolved(parent, asked=tuple(asked))

    def _decide(self, table: str, name: str, patch: Mapping[str, str | None], near: list[tuple[str, str]]) -> Resolved:
        """What becomes of an unknown name: as a person says, else by the rule that a name like no other is new."""
        said = self._said.get((table, plain(name)))
        decision = said
        if said is None:
            free = not near if self._create is None else table in self._create
            decision = Decide.MAKE if free else ""
        elif said not in tuple(Decide) and plain(said) == plain(name):
            decision = Decide.MAKE
        elif (table, plain(said)) in self._deciding:
            decision = Decide.MAKE  # names that mean each other are one new record
        asked = Asked(table, name, tuple(Near(*each) for each in near), decision or "", said is not None)
        self.asked[table, plain(name)] = asked
        return self._carried_out(asked, patch)

    def _carried_out(self, asked: Asked, patch: Mapping[str, str | None]) -> Resolved:
        table, name, kind = asked.table, asked.name, _label(asked.table)
        match asked.decision:
            case "":
                near = ", ".join(each.name for each in asked.near)
                problem = Problem("reference.undecided", name, details={"kind": kind, "near": near})
                return Resolved(problem=problem, asked=(asked,))
            case Decide.EMPTY:
                return Resolved(asked=(asked,))
            case Decide.REFUSE:
                return Resolved(problem=Problem("reference.refused", name, details={"kind": kind}), asked=(asked,))
            case Decide.MAKE if table not in MADE:
                return Resolved(problem=Problem("reference.unknown", name, details={"kind": kind}), asked=(asked,))
            case Decide.MAKE:
                asked.target = new_id()
                self.made[asked.target] = Made(table, asked.target, name, "", patch)
                return Resolved(asked.target, asked=(asked,))
        self._deciding.add((table, plain(name)))
        meant = self.resolve(table, asked.decision)
        self._deciding.discard((table, plain(name)))
        asked.target = meant.value
        return replace(meant, asked=(asked, *meant.asked))


def _label(table: str) -> str:
    return TABLES[table].label.lower()


def _also(table: str, name: str, context: Mapping[str, str | None]) -> dict[str, str]:
    """What a name, and what else the row knows, say of a record besides: a person may be named by an address or login.

    The whole name is put together of its parts then, and the address or the login kept as what it is.
    """
    if table != "person":
        return {}
    try:
        email = Email().parse(name, []) if "@" in name else None
    except BadValue:
        email = None
    parts = [part for key in ("given_name", "family_name") if (part := context.get(key))]
    found = {"email": email} if email else {}
    if parts and " " not in name.strip():
        found["name"] = " ".join(parts)
        if not email:
            found["username"] = name.strip()
    return found
