"""Scan to act: each scan does what the mode of the scan box says, to the person or place that sticks."""

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from models.fields.kinds import Moment
from models.fields.problem import Problem, Severity, UsageError
from models.journal.entry import Changes
from models.journal.undo import undo
from models.journal.writer import Journal
from models.scanning.answer import Answer, Outcome
from models.scanning.listed import Listed, ScannedList
from models.scanning.modes import Mode, Taken, Target, mode_after
from models.scanning.named import Named, named
from models.scanning.scan import Command, Scan
from models.scanning.told import told_of
from models.schema.records import record_type
from models.services.custody import Custody, Fate, issue_assets, move_assets, return_assets

#: What carries a label. Where one of these has the code, a line or a model with the same one is not meant.
_LABELLED = frozenset(("asset", "location", "person"))
_TOLD = 5
#: Of a long code (a QR code holds 4,296 characters) so much is told.
_SHOWN = 80
_MOST_WAITING = 500


def _now() -> dt.datetime:
    return dt.datetime.now(tz=dt.UTC)


@dataclass(slots=True)
class _Done:
    """What the undo card takes back: actions of the journal on these rows, or an entry of the list; or a print."""

    name: str
    rows: frozenset[str] = frozenset()
    actions: tuple[str, ...] = ()
    listed: str = ""


class ScanSession:
    """Takes scans one after another, and remembers the mode, the target and what was done.

    For one thread at a time: it writes through `journal`, under its author's name, and returns when that is done.
    """

    def __init__(
        self,
        journal: Journal,
        mode: Mode = Mode.SHOW,
        scanned: ScannedList | None = None,
        clock: Callable[[], dt.datetime] = _now,
        modes: Collection[Mode] = tuple(Mode),
    ) -> None:
        """`scanned` is the list that the mode LIST adds to; `clock` tells when a thing is seen; `modes` can be had."""
        self.journal = journal
        self._mode = mode
        self._modes = frozenset(modes)
        self._scanned = scanned if scanned is not None else ScannedList()
        self._clock = clock
        self._target: Target | None = None
        self._waiting: dict[str, str] = {}
        self._done: list[_Done] = []

    @property
    def waiting(self) -> list[str]:
        """What the things are called that wait for a target."""
        return list(self._waiting.values())

    def take(self, scan: Scan) -> Taken:
        """Do what the scan says. Raises DatabaseError."""
        if scan.command is not None:
            return self._command(scan, scan.command)
        with self.journal.database.reading() as connection:
            found = named(connection, self.journal.database.catalogue(), scan)
        found = [each for each in found if _table(each) in _LABELLED] or found
        if not found:
            return self._told(Outcome.UNKNOWN, "custody.unknown", scan.text)
        if len(found) > 1:
            labels = ", ".join(each.label for each in found[:_TOLD])
            details = {"count": str(len(found)), "records": labels}
            return self._told(Outcome.WRONG, "custody.several", scan.text, details, records=tuple(found))
        return self.take_record(found[0], scan.text)

    def take_record(self, one: Named, text: str = "") -> Taken:
        """Do with a record what a scan of its code does, after it was chosen among several. Raises DatabaseError."""
        table, mode = _table(one), self._mode
        text, name = text or one.label, {"name": one.label, "kind": record_type(one.word).label.lower()}
        if mode is Mode.SHOW:
            return self._told(Outcome.OK, "custody.shown", text, name, records=(one,))
        if mode is Mode.LIST:
            return self._list(one, text, name)
        if mode is Mode.PRINT and table in _LABELLED:
            self._done.append(_Done(one.label))
            return self._told(Outcome.OK, "custody.to-print", text, name, records=(one,))
        if mode.target and table == mode.target:
            with self.journal.database.reading() as connection:
                target = Target.of(connection, table, one.row)
            return self.aim(target)
        if mode is Mode.PRINT or table != "asset":
            return self._told(Outcome.WRONG, f"custody.not-for-{mode.value}", text, name, records=(one,))
        if mode.needs_target and self._target is None:
            return self._wait(one, text, name)
        return self._act(mode, [one.row], self._target, text, records=(one,))

    def switch(self, mode: Mode) -> Taken:
        """Change the mode; the target and what waits for one are forgotten."""
        self._mode, self._target = mode, None
        self._waiting.clear()
        return self._told(Outcome.STICKS, f"custody.mode-{mode.value}", "")

    def aim(self, target: Target) -> Taken:
        """Take a person or place for the target, and act on what waited for one. Raises DatabaseError."""
        self._target = target
        waiting = list(self._waiting)
        self._waiting.clear()
        if waiting:
            return self._act(self._mode, waiting, target, target.name)
        details = {"name": target.name}
        return self._told(Outcome.STICKS, f"custody.target-{self._mode.value}", target.name, details)

    def anyway(self, refused: Taken) -> Taken:
        """Issue what was refused since it is marked lost or stolen, to whom it was meant for. Raises DatabaseError."""
        target = refused.target
        if target is None or not refused.missing:
            return self._told(Outcome.WRONG, "custody.nothing-refused", "")
        return self._act(Mode.ISSUE, refused.missing, target, target.name, anyway=True)

    def undo(self, text: str = "") -> Taken:
        """Take back what the last scan did that is not taken back yet. Raises DatabaseError."""
        if self._waiting:
            _, name = self._waiting.popitem()
            return self._told(Outcome.UNDONE, "custody.not-waiting", text, {"name": name})
        while self._done:
            taken = self._take_back(self._done.pop(), text)
            if taken is not None:
                return taken
        return self._told(Outcome.WRONG, "custody.nothing-to-undo", text)

    # Inside

    def _command(self, scan: Scan, command: Command) -> Taken:
        if command is Command.UNDO:
            return self.undo(scan.text)
        mode = mode_after(self._mode, command)
        if mode is None:
            return self._told(Outcome.WRONG, "custody.of-a-run", scan.text)
        if mode not in self._modes:
            return self._told(Outcome.WRONG, "custody.not-here", scan.text)
        return self.switch(mode)

    def _wait(self, one: Named, text: str, name: dict[str, str]) -> Taken:
        if one.row in self._waiting:
            return self._told(Outcome.KNOWN, f"custody.waits-{self._mode.value}", text, name, records=(one,))
        if len(self._waiting) >= _MOST_WAITING:
            return self._told(Outcome.WRONG, "custody.too-many-wait", text, {"count": str(_MOST_WAITING)})
        self._waiting[one.row] = one.label
        return self._told(Outcome.STICKS, f"custody.waits-{self._mode.value}", text, name, records=(one,))

    def _list(self, one: Named, text: str, name: dict[str, str]) -> Taken:
        at = Moment().from_cell(self._clock(), []) or ""
        if not self._scanned.add(Listed(one.word, one.row, at)):
            known = one.row in {each.row for each in self._scanned.rows()}
            code, outcome = ("listed-already", Outcome.KNOWN) if known else ("list-full", Outcome.WRONG)
            return self._told(outcome, f"custody.{code}", text, name, records=(one,))
        self._done.append(_Done(one.label, listed=one.row))
        counted = {**name, "count": str(len(self._scanned))}
        return self._told(Outcome.OK, "custody.listed", text, counted, records=(one,))

    def _act(
        self,
        mode: Mode,
        rows: Sequence[str],
        target: Target | None,
        text: str,
        *,
        anyway: bool = False,
        records: tuple[Named, ...] = (),
    ) -> Taken:
        try:
            custody = self._write(mode, rows, target.row if target else "", anyway=anyway)
        except UsageError as error:
            if error.problem.code != "record.none" or target is None:
                raise
            self._target = None
            return self._told(Outcome.WRONG, "custody.target-gone", text, {"name": target.name}, records=records)
        self._remember(custody)
        outcome, told, notes = told_of(mode, custody)
        missing = tuple(act.row for act in custody.acts if any(note.code == "custody.missing" for note in act.notes))
        return self._told(
            outcome, told.code, text, dict(told.details), records=records, notes=notes, missing=missing,
            changes=custody.changes,
        )  # fmt: skip

    def _write(self, mode: Mode, rows: Sequence[str], target: str, *, anyway: bool) -> Custody:
        seen = self._clock()
        if mode is Mode.ISSUE:
            return issue_assets(self.journal, rows, target, anyway=anyway, seen=seen)
        if mode is Mode.MOVE:
            return move_assets(self.journal, rows, target, seen=seen)
        return return_assets(self.journal, rows, target or None, seen=seen)

    def _remember(self, custody: Custody) -> None:
        """Keep what the undo card takes back. That a thing was seen again goes with the deed on it, if there is one."""
        changes = custody.changes
        if not changes.action:
            return
        rows = frozenset(act.row for act in custody.acts if act.fate is not Fate.REFUSED)
        if custody.of(Fate.DONE):
            self._done.append(_Done(changes.title, rows, (changes.action,)))
            return
        for done in reversed(self._done):
            if done.rows & rows:
                done.actions = (*done.actions, changes.action)
                return

    def _take_back(self, done: _Done, text: str) -> Taken | None:
        """Take one thing back; None where somebody has done so already."""
        if done.listed:
            if not self._scanned.remove([done.listed]):
                return None
            return self._told(Outcome.UNDONE, "custody.unlisted", text, {"name": done.name})
        if not done.actions:
            return self._told(Outcome.WRONG, "custody.printed", text, {"name": done.name})
        kept, changes = 0, Changes()
        for action in reversed(done.actions):
            try:
                report = undo(self.journal, action)
            except UsageError:  # undone already, or no more there
                continue
            kept += len(report.kept)
            changes = report.changes
        if not changes.action and not kept:
            return None
        details = {"title": done.name, "count": str(kept)}
        notes = (Problem("custody.undo-kept", severity=Severity.WARNING, details=details),) if kept else ()
        return self._told(Outcome.UNDONE, "custody.undone", text, details, notes=notes, changes=changes)

    def _told(
        self,
        outcome: Outcome,
        code: str,
        text: str,
        details: dict[str, str] | None = None,
        *,
        records: tuple[Named, ...] = (),
        notes: tuple[Problem, ...] = (),
        missing: tuple[str, ...] = (),
        changes: Changes | None = None,
    ) -> Taken:
        shown = text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
        answer = Answer(outcome, code, shown, details or {})
        return Taken(
            answer, self._mode, self._target, len(self._waiting), records, notes, missing, changes or Changes()
        )


def _table(one: Named) -> str:
    return record_type(one.word).table
