"""One file on its way in: what was said of it, the plan that follows, and the way back from each thing said."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.desk import Desk
from desktop.jobs import Job, Task
from models.exchange.apply import apply_plan
from models.exchange.look import Columns, look_at
from models.exchange.options import ImportOptions
from models.exchange.plan import Plan
from models.exchange.planner import make_plan
from models.exchange.problem_groups import ProblemGroup, group_problems
from models.fields.kinds import Ref
from models.fields.problem import KnownError, Problem
from models.journal.entry import Changes
from models.progress import Cancelled

Names = Mapping[str, str]
"""Id of a record -> what people call it."""


@dataclass(frozen=True)
class Outcome:
    """What planning came to: a plan, or the problem that stops it and, where they can be read, the columns."""

    plan: Plan | None
    names: Names
    groups: tuple[ProblemGroup, ...] = ()
    problem: Problem | None = None
    columns: Columns | None = None


class ImportRun(QObject):
    """`outcome` is what the last planning came to, None before the first. Each `change` plans anew in the background.

    `planned` is sent when a new outcome is there, `moved` when work begins, gets on or ends (`job` tells where it
    is), `stopped` when it was cancelled, `broke` carries an error that is our own fault.
    """

    planned = Signal()
    moved = Signal()
    stopped = Signal()
    broke = Signal(object)

    def __init__(self, desk: Desk, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.path = path
        self.options = ImportOptions()
        self.outcome: Outcome | None = None
        self.job: Job | None = None
        self.written: Changes | None = None
        self._history: list[tuple[ImportOptions, str]] = []
        self._edition = 0

    @property
    def plan(self) -> Plan | None:
        """The last plan; None where the file or what was said of it allows none."""
        return self.outcome.plan if self.outcome is not None else None

    @property
    def problem(self) -> Problem | None:
        """Why there is no plan."""
        return self.outcome.problem if self.outcome is not None else None

    @property
    def undoes(self) -> str:
        """The words of what `undo` would take back; empty for nothing."""
        return self._history[-1][1] if self._history else ""

    def change(self, options: ImportOptions, words: str) -> None:
        """Something else is said now. `words` tell what, for the way back."""
        if options != self.options:
            self._history.append((self.options, words))
            self.options = options
            self.make_plan()

    def undo(self) -> None:
        """Take back what was said last."""
        if self._history:
            self.options, _ = self._history.pop()
            self.make_plan()

    def make_plan(self) -> None:
        """Plan anew with what is said now; a planning under way is dropped."""
        self.drop()
        desk, path, options, edition = self._desk, self.path, self.options, self._edition
        job = desk.jobs.read(
            lambda task: _outcome(desk, path, options, task),
            lambda outcome: self._take(edition, outcome),
            owner=self,
            failed=lambda error: self._fail(edition, error),
        )
        self._start(job)

    def write(self, done: Callable[[Changes], object]) -> None:
        """Carry the plan out. `done` is called once it is written; nothing half done is ever left."""
        plan, edition = self.plan, self._edition
        if plan is None or self.job is not None:
            return

        def written(changes: Changes) -> None:
            self.written = changes
            done(changes)

        job = self._desk.write(
            f"Import {plan.path.name}",
            lambda journal, task: apply_plan(journal, plan, task),
            written,
            owner=self,
            failed=lambda error: self._fail_to_write(edition, error),
        )
        self._start(job)

    def drop(self) -> None:
        """Cancel what is under way and forget it; its reply is not heard any more."""
        self._edition += 1
        job, self.job = self.job, None
        if job is not None:
            job.progressed.disconnect(self.moved)
            job.cancel()

    def cancel(self) -> None:
        """Ask what is under way to stop."""
        if self.job is not None:
            self.job.cancel()
            self.moved.emit()

    def _start(self, job: Job) -> None:
        self.job = job
        job.progressed.connect(self.moved)
        job.ended.connect(lambda: self._ended(job))
        self.moved.emit()

    def _ended(self, job: Job) -> None:
        if self.job is job:
            self.job = None

    def _take(self, edition: int, outcome: Outcome) -> None:
        if edition == self._edition:
            self.outcome = outcome
            self.planned.emit()

    def _fail(self, edition: int, error: BaseException) -> None:
        if edition != self._edition:
            return  # of a planning that was dropped for a later one
        if isinstance(error, Cancelled):
            self.stopped.emit()
        elif isinstance(error, KnownError):
            self.outcome = Outcome(None, {}, problem=error.problem)
            self.planned.emit()
        else:
            self.broke.emit(error)

    def _fail_to_write(self, edition: int, error: BaseException) -> None:
        """Nothing was written; the plan stays, unless others wrote since it was made."""
        if edition != self._edition or not isinstance(error, KnownError):
            self._fail(edition, error)
            return
        self._desk.tell(error.problem)
        if error.problem.code == "plan.stale":
            self.make_plan()
        else:
            self.stopped.emit()


def _outcome(desk: Desk, path: Path, options: ImportOptions, task: Task) -> Outcome:
    """The plan with the names of what it refers to, or why there is none. For a reader's thread."""
    try:
        plan = make_plan(desk.database, path, options, desk.settings, task)
    except KnownError as error:
        return Outcome(None, {}, problem=error.problem, columns=_columns(desk, path, options, task))
    return Outcome(plan, _names(desk, plan), group_problems(plan))


def _columns(desk: Desk, path: Path, options: ImportOptions, task: Task) -> Columns | None:
    """The columns of a table whose meaning is open; None where there is no table."""
    try:
        return look_at(desk.database, path, options, task)
    except KnownError:
        return None


def _names(desk: Desk, plan: Plan) -> Names:
    """What to call the records that the plan's rows refer to, there already or to be made."""
    names = {made.row: made.name for made in plan.made}
    with desk.database.reading() as connection:
        labels = desk.labels.reading(connection)
        for column in plan.columns:
            if isinstance(column.field.kind, Ref):
                befores = (old.get(column.field.key) for old in plan.before.values())
                wanted = {value for value in (*column.values, *befores) if value is not None and value not in names}
                labels.prepare([column.field], [{column.field.key: value} for value in wanted])
                names.update({value: labels.label(column.field.kind.table, value) for value in wanted})
    return names
