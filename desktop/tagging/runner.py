"""A tag run beside the window: scans wait in a row, each is taken on the writer's thread and answered in its turn."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from desktop.desk import Desk
from desktop.jobs import Task
from desktop.tagging.wants import Wants
from models.fields.problem import KnownError
from models.journal.entry import Changes
from models.journal.writer import Journal
from models.scanning.answer import Answer, Outcome, answer
from models.scanning.reading import read_scan
from models.scanning.rules import scan_rules
from models.scanning.run import TagRun
from models.scanning.standing import Standing, Summary
from models.scanning.sticking import Sticker


@dataclass(frozen=True, slots=True)
class Told:
    """What a scan led to: where the run stands after it, and its answer where it was a scan that did it."""

    standing: Standing
    summary: Summary
    answer: Answer | None = None


class TagRunner(QObject):
    """`told` carries a `Told` for each scan and change, in their order; `refused` why the run could not begin."""

    told = Signal(object)
    refused = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._run: TagRun | None = None  # made and used by the writer's thread alone
        self._begun = False
        self._last: Told | None = None
        self.own: set[str] = set()
        """The actions that it wrote."""
        self.run = ""
        """The id of the run that goes on; empty before the first scan."""

    @property
    def begun(self) -> bool:
        """Whether a run goes on."""
        return self._begun

    def expect(self, word: str) -> None:
        """The first scan is answered as fast as later ones: what it asks is made while nobody waits for it."""
        sticker = Sticker(self._desk.catalogue, word, self._desk.settings)
        self._desk.read(
            lambda connection, _task: sticker.by_itself(connection, ("scan",)), lambda _found: None, owner=self
        )

    def begin(self, word: str, wants: Wants, sticky: Mapping[str, str], run: str = "") -> None:
        """Begin a run, or go on with the one of that id."""
        self._begun = True

        def work(journal: Journal, _task: Task) -> Changes:
            self._run = None
            self._run = TagRun(
                journal, self._desk.settings, word, sticky, wants.codes, give_tags=wants.give_tags, run=run
            )
            return Changes()

        def failed(error: BaseException) -> None:
            self._begun = False
            if isinstance(error, KnownError):
                self.refused.emit(error)
            else:
                self._desk.fail(error)

        self._do("Begin a tag run", work, failed)

    def take(self, raw: str) -> None:
        """Take a scan, after those before it."""
        found: list[Answer] = []

        def work(_journal: Journal, _task: Task) -> Changes:
            if self._run is None:  # it could not begin, which was told
                return Changes()
            found.append(self._run.take(read_scan(raw, scan_rules(self._desk.settings))))
            return self._run.changes

        def failed(error: BaseException) -> None:
            if isinstance(error, KnownError):
                problem = error.problem
                self._tell(answer(Outcome.WRONG, problem.code, problem.value, **problem.details))
            else:
                self._desk.fail(error)

        self._do("Tag a thing", work, failed, lambda: found[0] if found else None)

    def stick(self, sticky: Mapping[str, str]) -> None:
        """Let these values stick from now on."""
        self._do("Change what sticks", lambda _journal, _task: self._change(lambda run: run.stick(sticky)), self._fail)

    def look_again(self) -> None:
        """Records were changed elsewhere: what the run wrote may have been taken back."""
        self._do("Look at the tag run", lambda _journal, _task: self._change(TagRun.look_again), self._fail)

    def end(self) -> None:
        """The run is over; the next scan begins another one."""
        self._begun = False
        self.run = ""

    def _change(self, change: Callable[[TagRun], None]) -> Changes:
        if self._run is not None:
            change(self._run)
        return Changes()

    def _do(
        self,
        title: str,
        work: Callable[[Journal, Task], Changes],
        failed: Callable[[BaseException], None],
        found: Callable[[], Answer | None] = lambda: None,
    ) -> None:
        told: list[Told] = []

        def run(journal: Journal, task: Task) -> Changes:
            changes = work(journal, task)
            if self._run is not None:
                # What is shown is of this scan, whatever the next one has done by then.
                told.append(Told(self._run.standing, self._run.summary, found()))
            return changes

        def done(changes: Changes) -> None:
            if changes.action:
                self.own.add(changes.action)
            if told and self._run is not None:
                self.run = self._run.run if self._begun else ""
                self._last = told[0]
                self.told.emit(told[0])

        self._desk.write(title, run, done, owner=self, failed=failed, quiet=True)

    def _tell(self, found: Answer) -> None:
        if self._last is not None:
            self.told.emit(replace(self._last, answer=found))

    def _fail(self, error: BaseException) -> None:
        if isinstance(error, KnownError):
            self.refused.emit(error)
        else:
            self._desk.fail(error)
