"""What a tag run enters: a thing with its codes, the record that may have them already, and what was done."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import Connection, or_, select

from models.fields.ids import new_id
from models.fields.problem import UsageError
from models.journal.entry import Edit
from models.journal.history import deeds_with
from models.journal.project import current
from models.schema.catalogue import Catalogue
from models.schema.records import TABLES, record_type

#: Where a thing is and whose it is: what the run says of it now stands, whatever the record said before.
_STATED = ("location", "custodian", "department", "status")
#: Identities that hold only within another field: two makers may give one serial number, two systems one unit ID.
_WITHIN = {"serial": "manufacturer", "unit_id": "system"}
#: What the program keeps of printed labels: it does not make a record one that was changed.
LABEL_KEYS = frozenset(("label_printed", "label_printed_by", "label_printer", "label_prints", "label_checked"))
_RUN = "tag_run"
_MOST = 5000
#: So many of the assets that share a code are looked at.
_AT_ONCE = 20


class State(StrEnum):
    """What became of a thing."""

    NEW = "new"
    """A record was made."""
    UPDATED = "updated"
    """A record that was there got the codes that it lacked."""
    KNOWN = "known"
    """The record was there with all of it; nothing was written."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A live asset that has a code. `values` are those that matter to the run, as canonical text."""

    row: str
    kind: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing of the run. `action` wrote it, empty where nothing was written; `codes` are canonical, by field."""

    row: str
    state: State
    codes: Mapping[str, str]
    model: str
    when: dt.datetime
    action: str = ""


@dataclass(slots=True)
class Thing:
    """A thing whose codes are being scanned. `holder` is the record that has one of them already."""

    codes: dict[str, str] = field(default_factory=dict)
    holder: Holder | None = None

    def has(self, key: str) -> bool:
        """Whether that code is known, by a scan or by the record."""
        return key in self.codes or (self.holder is not None and key in self.holder.values)

    def known(self) -> dict[str, str]:
        """The values that are known of it: those of the record, and the codes."""
        return {**(self.holder.values if self.holder is not None else {}), **self.codes}

    def lacking(self, wants: Iterable[str]) -> list[str]:
        """The codes that are still to be scanned."""
        return [key for key in wants if not self.has(key)]


class Register:
    """What a run asks of the records: who has a code, and what to write for a thing."""

    def __init__(self, catalogue: Catalogue, word: str, keys: Iterable[str]) -> None:
        """`keys` are the fields that the run scans or lets stick."""
        self._rows = TABLES["asset"].sql
        self._kind = record_type(word)
        self._fields = catalogue.table_keys("asset")
        always = ("tag", "serial", "model", "manufacturer", "system")
        self._keys = [key for key in dict.fromkeys((*always, *keys)) if key in self._rows.c]

    def holders(self, connection: Connection, key: str, value: str, beside: Mapping[str, str]) -> list[Holder]:
        """The live assets that have this code.

        `beside` are the values that the thing will have: a serial number of another maker, a unit ID of another
        system, is another thing's.
        """
        known = self._fields[key]
        bound = int(value) if known.kind.whole else value
        same = or_(*(self._rows.c[each] == bound for each in (key, known.more) if each))
        found = select(self._rows.c.id).where(self._rows.c.deleted.is_(None), same).limit(_AT_ONCE)
        ids = connection.execute(found).scalars().all()
        if not ids:
            return []
        rows = current(connection, "asset", ids, ["kind", *self._keys])
        made = [Holder(row, values["kind"], values) for row, (_, values) in rows.items()]
        within = _WITHIN.get(key, "")
        wanted = beside.get(within)
        return [each for each in made if not wanted or each.values.get(within, wanted) == wanted]

    def is_ours(self, holder: Holder) -> bool:
        """Whether the record is of the run's kind."""
        return self._kind.asset_kind in (None, holder.kind)

    def edit(self, thing: Thing, sticky: Mapping[str, str]) -> Edit:
        """What is to be written for a thing: a new record, or what the one that is there lacks."""
        holder = thing.holder
        if holder is None:
            kind = {"kind": self._kind.word} if self._kind.asset_kind else {}
            return Edit("asset", new_id(), {**kind, **sticky, **thing.codes}, new=True)
        told = {key: value for key, value in sticky.items() if key in _STATED or key not in holder.values}
        own = {each.key for each in record_type(holder.kind).fields}
        return Edit("asset", holder.row, {key: value for key, value in {**told, **thing.codes}.items() if key in own})

    def checked(self, connection: Connection, thing: Thing, sticky: Mapping[str, str], edit: Edit) -> Iterator[Edit]:
        """The edit, if the records are still as they were when the codes were scanned.

        Another window or process may have written since. Raises UsageError("tagrun.overtaken").
        """
        expected = {thing.holder.row} if thing.holder else set()
        for key, value in thing.codes.items():
            if self._fields[key].identity:
                there = {each.row for each in self.holders(connection, key, value, {**sticky, **thing.codes})}
                if not there <= expected:
                    raise UsageError("tagrun.overtaken", value)
        yield edit


def label_of(connection: Connection, table: str, row: str) -> str:
    """What a record is called, by its naming field; an asset without a tag by its serial number or name.

    One look-up by id: the names of all records take too long between two scans.
    """
    rows = TABLES[table].sql
    if not row:
        return ""
    naming = [rows.c[TABLES[table].naming], *((rows.c.serial, rows.c.name) if table == "asset" else ())]
    found = connection.execute(select(*naming).where(rows.c.id == row, rows.c.deleted.is_(None))).one_or_none()
    return next((str(each) for each in found or () if each), "")


def run_details(run: str, state: State) -> dict[str, object]:
    """What the journal keeps with each deed of a run, so that the run is found again."""
    return {_RUN: run, "state": state.value}


def lines_of(connection: Connection, run: str, keys: Sequence[str]) -> list[Line]:
    """What the journal has of a run and nobody took back, in the order in which it was written."""
    made = []
    for deed in reversed(deeds_with(connection, _RUN, run, _MOST)):
        if deed.undoes is not None or deed.undone_by is not None:
            continue
        sql = "SELECT e.row FROM entry e JOIN action a ON a.nr = e.action WHERE a.id = ?"
        rows = connection.exec_driver_sql(sql, (deed.action,)).scalars().all()
        for row, (_, values) in current(connection, "asset", rows, [*keys, "model"]).items():
            codes = {key: values[key] for key in keys if key in values}
            model = label_of(connection, "model", values.get("model", ""))
            made.append(Line(row, State(str(deed.details["state"])), codes, model, deed.when, deed.action))
    return made
