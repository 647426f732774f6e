"""Who has what, and where it is: issuing things to people, taking them back, moving them. One action for each deed.

These are the deeds of a scanner as of the table: each takes the ids of assets, writes what is new, and says of each
asset what became of it. What is odd is told and does not stop the deed, since the thing is in somebody's hands anyway;
only what is lost or stolen is not handed out without a further word.
"""

import datetime as dt
import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from sqlalchemy import Connection, func, select

from models.fields.kinds import Moment
from models.fields.problem import Problem, Severity, UsageError
from models.journal.entry import Changes, Edit, Patch
from models.journal.writer import Journal
from models.query.called import called
from models.schema.choices import STATUS
from models.schema.records import TABLES

#: What is handed out with one of these states is in service from then on. All other states stay, and are told.
_WAITING = frozenset(("in_stock", "reserved"))
_READY = _WAITING | {None, "in_service"}
_MISSING = frozenset(("lost", "stolen"))
_GONE = _MISSING | {"retired", "disposed"}
_CUSTODY = ("status", "custodian", "assigned_on", "location")


class Fate(StrEnum):
    """What became of one asset."""

    DONE = "done"
    KNOWN = "known"
    """It was so already."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Act:
    """What became of one asset, by its id and what it is called.

    `before` is who had it, or for a move where it was; empty for nobody and nowhere. `notes` are what is to be told:
    the reason of a refusal, or warnings.
    """

    row: str
    name: str
    fate: Fate
    before: str = ""
    notes: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Custody:
    """What a deed did: the changes, what became of each asset in the order asked for, what the target is called.

    `notes` are warnings about the target.
    """

    changes: Changes
    acts: tuple[Act, ...]
    target: str = ""
    notes: tuple[Problem, ...] = ()

    def of(self, fate: Fate) -> list[Act]:
        """The acts that came to this."""
        return [act for act in self.acts if act.fate is fate]


@dataclass(frozen=True, slots=True)
class _Thing:
    """An asset as it is now. `values` has what custody is about; `gone`: it is not there, or was deleted."""

    row: str
    name: str = ""
    gone: bool = False
    values: dict[str, str | None] = field(default_factory=dict)

    @property
    def status(self) -> str | None:
        return self.values.get("status")

    @property
    def state(self) -> str:
        """The status in people's words."""
        return STATUS.format(self.status) if self.status else ""


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be done to one asset: its new values and warnings, or the problem that refuses it."""

    patch: Patch
    before: str = ""
    notes: tuple[Problem, ...] = ()
    refused: Problem | None = None
    known: Problem | None = None
    """What is told where nothing changes."""


def issue_assets(
    journal: Journal, assets: Sequence[str], person: str, *, anyway: bool = False, seen: dt.datetime | None = None
) -> Custody:
    """Give assets (by id) into a person's hands. Who had one until now is told; a state other than ready stays.

    `anyway`: also what is marked lost or stolen. `seen`: a scanner has just read their labels.
    Raises UsageError("record.none") for a person who is not there; DatabaseError.
    """
    today = dt.datetime.now().astimezone().date().isoformat()

    def plan(connection: Connection, thing: _Thing) -> _Plan:
        if thing.status in _MISSING and not anyway:
            return _Plan({}, refused=_note("custody.missing", thing))
        holder = thing.values["custodian"]
        if holder == person and thing.status not in _WAITING:
            return _Plan({}, name, known=_note("custody.has-it", thing, person=name))
        had = called(connection, "person", holder) if holder and holder != person else ""
        notes = [_warning("custody.had-it", thing, person=had)] if had else []
        patch: dict[str, str | None] = {"custodian": person, "assigned_on": today}
        if thing.status in _READY:
            patch["status"] = "in_service"
        else:
            notes.append(_warning("custody.gone" if thing.status in _GONE else "custody.state-stays", thing))
        return _Plan(patch, had, tuple(notes))

    with journal.database.reading() as connection:
        name, left = _person(connection, person)
        deed = _Deed(connection, assets, plan)
    return deed.write(journal, "Issue", f" to {name}", name, seen, left)


def return_assets(
    journal: Journal, assets: Sequence[str], location: str | None = None, *, seen: dt.datetime | None = None
) -> Custody:
    """Take assets (by id) back: nobody has them, and what was in service is in stock; at the location, if one is given.

    `seen`: as for issue_assets. Raises UsageError("record.none") for a location that is not there; DatabaseError.
    """

    def plan(connection: Connection, thing: _Thing) -> _Plan:
        holder = thing.values["custodian"]
        had = called(connection, "person", holder) if holder else ""
        patch: dict[str, str | None] = {"custodian": None, "assigned_on": None}
        if location:
            patch["location"] = location
        notes: tuple[Problem, ...] = ()
        if thing.status == "in_service":
            patch["status"] = "in_stock"
        elif thing.status not in _READY:
            notes = (_warning("custody.state-stays", thing),)
        return _Plan(patch, had, notes, known=_note("custody.nobody-has-it", thing))

    with journal.database.reading() as connection:
        name = _place(connection, location) if location else ""
        deed = _Deed(connection, assets, plan)
    return deed.write(journal, "Return", f" to {name}" if name else "", name, seen)


def move_assets(journal: Journal, assets: Sequence[str], location: str, *, seen: dt.datetime | None = None) -> Custody:
    """Say that assets (by id) are at a location now. Who has them stays as it is.

    `seen`: as for issue_assets; what is there already was seen there, and that is written, too. Raises
    UsageError("record.none") for a location that is not there; DatabaseError.
    """

    def plan(connection: Connection, thing: _Thing) -> _Plan:
        was = thing.values["location"]
        notes = (_warning("custody.gone", thing),) if thing.status in _MISSING else ()
        known = _note("custody.there-already", thing, location=name)
        before = called(connection, "location", was) if was else ""
        return _Plan({"location": location}, before, notes, known=known)

    with journal.database.reading() as connection:
        name = _place(connection, location)
        deed = _Deed(connection, assets, plan)
    return deed.write(journal, "Move", f" to {name}", name, seen, there=f" at {name}")


class _Deed:
    """Planned for each asset first, so that its title can say what it is about; then written as one action."""

    def __init__(
        self, connection: Connection, assets: Sequence[str], plan: Callable[[Connection, _Thing], _Plan]
    ) -> None:
        self._edits: dict[str, Patch] = {}
        self._acts: list[Act] = []
        self._states: list[str] = []
        for thing in _things(connection, assets):
            self._acts.append(self._act(connection, thing, plan))

    def write(
        self,
        journal: Journal,
        verb: str,
        to: str,
        target: str,
        seen: dt.datetime | None,
        notes: tuple[Problem, ...] = (),
        there: str = "",
    ) -> Custody:
        """Write it. `there` says where: then it is written of what was there already that it was seen."""
        done = [act for act in self._acts if act.fate is Fate.DONE]
        known = [act for act in self._acts if act.fate is Fate.KNOWN] if there and seen else []
        if done:
            states = ", ".join(_marked(state, times, len(done)) for state, times in Counter(self._states).items())
            title = f"{verb} {_called(done)}{f' ({states})' if states else ''}{to}"
        else:
            title = f"See {_called(known)}{there}" if known else verb
        saw = {"last_seen": Moment().from_cell(seen, [])} if seen else {}
        edits = [Edit("asset", act.row, {**self._edits.get(act.row, {}), **saw}) for act in (*done, *known)]
        changes = journal.write(title, edits, total=len(edits)) if edits else Changes(title=title)
        return Custody(changes, tuple(self._acts), target, notes)

    def _act(self, connection: Connection, thing: _Thing, plan: Callable[[Connection, _Thing], _Plan]) -> Act:
        if thing.gone:
            return Act(thing.row, thing.name, Fate.REFUSED, notes=(_note("custody.not-there", thing),))
        made = plan(connection, thing)
        if made.refused:
            return Act(thing.row, thing.name, Fate.REFUSED, made.before, (made.refused,))
        patch = {key: value for key, value in made.patch.items() if thing.values[key] != value}
        if not patch and made.known:
            return Act(thing.row, thing.name, Fate.KNOWN, made.before, (made.known,))
        self._edits[thing.row] = patch
        if thing.status in _GONE:
            self._states.append(thing.state)
        return Act(thing.row, thing.name, Fate.DONE, made.before, made.notes)


def _things(connection: Connection, assets: Sequence[str]) -> list[_Thing]:
    """The assets of these ids as they are now, each once, in their order."""
    rows = TABLES["asset"].sql
    among = func.json_each(json.dumps(list(assets))).table_valued("value")
    columns = [rows.c[key] for key in (*_CUSTODY, "tag", "serial", "name", "deleted")]
    found = {
        each["id"]: each
        for each in connection.execute(
            select(rows.c.id, *columns).where(rows.c.id.in_(select(among.c.value)))
        ).mappings()
    }
    made = []
    for row in dict.fromkeys(assets):
        each = found.get(row)
        if each is None:
            made.append(_Thing(row, row, gone=True))
            continue
        name = next((str(each[key]) for key in ("tag", "serial", "name") if each[key]), row)
        made.append(_Thing(row, name, each["deleted"] is not None, {key: each[key] for key in _CUSTODY}))
    return made


def _person(connection: Connection, person: str) -> tuple[str, tuple[Problem, ...]]:
    """What a person is called, and a warning where they have left. Raises UsageError("record.none")."""
    rows = TABLES["person"].sql
    live = select(rows.c.name, rows.c.active).where(rows.c.id == person, rows.c.deleted.is_(None))
    found = connection.execute(live).one_or_none()
    if found is None:
        raise UsageError("record.none", person, kind=TABLES["person"].label)
    name = str(found.name or "")
    left = Problem("custody.person-left", name, severity=Severity.WARNING)
    return name, (left,) if found.active == "no" else ()


def _place(connection: Connection, location: str) -> str:
    """What a location is called, with what it is inside of. Raises UsageError("record.none")."""
    rows = TABLES["location"].sql
    live = select(rows.c.id).where(rows.c.id == location, rows.c.deleted.is_(None))
    if connection.execute(live).one_or_none() is None:
        raise UsageError("record.none", location, kind=TABLES["location"].label)
    return called(connection, "location", location)


def _note(code: str, thing: _Thing, **details: str) -> Problem:
    return Problem(code, thing.name, details={"name": thing.name, "state": thing.state, **details})


def _warning(code: str, thing: _Thing, **details: str) -> Problem:
    return replace(_note(code, thing, **details), severity=Severity.WARNING)


def _called(acts: Sequence[Act]) -> str:
    return acts[0].name if len(acts) == 1 else f"{len(acts):,} assets"


def _marked(state: str, times: int, of: int) -> str:
    return f"marked {state}" if of == 1 else f"{times:,} marked {state}"
