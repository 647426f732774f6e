"""The import wizard: File › Sheet › Mapping › References › Plan › Done.

It opens on the plan when nothing is open, else on the first step that needs the person. Nothing is written before
Import is pressed.
"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from desktop.desk import Desk
from desktop.dialogs.ask import confirm
from desktop.drop import FileDrop
from desktop.importing.asking import save_refused
from desktop.importing.clipboard import forget_copied
from desktop.importing.columns import columns_of
from desktop.importing.frame import Foot, Head
from desktop.importing.pages import Pages
from desktop.importing.parts import Notice
from desktop.importing.queue import Entry, Fate, FileQueue
from desktop.importing.run import ImportRun
from desktop.importing.steps import Step, open_steps, wanted_step
from desktop.phrases import say
from desktop.phrases.importing import other_tables, written
from desktop.widgets import stack
from models.exchange.files.folder import expand
from models.exchange.options import ImportOptions
from models.journal.entry import Changes

_SIZE = (1020, 700)


class ImportWizard(QDialog):
    """Leads files through their import, one after the other. `wanted` is the kind of record to show afterwards.

    `run` is the file at hand and what is said of it, `step` the page that is shown.
    """

    def __init__(self, desk: Desk, paths: Sequence[Path], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._visited: list[Step] = []
        self._writing = False
        self._others: list[Entry] = []
        self.wanted = ""
        self.step = Step.FILE
        self.run = ImportRun(desk, paths[0], self)
        self.queue = FileQueue()
        self._over = False
        self._heard = ""
        self.resize(*_SIZE)
        self.head, self.notice, self.foot = Head(), Notice(), Foot()
        self.pages = Pages(desk, self.queue)
        self._assemble()
        self._work()
        self._add(paths)

    @property
    def busy(self) -> bool:
        """Whether the file is being read or written."""
        return self.run.job is not None

    # From step to step

    def begin(self, entry: Entry) -> None:
        """Take a file in hand: plan it, and show the first step that needs the person."""
        self.run.drop()
        self.run.deleteLater()
        self.queue.take(entry)
        run = self.run = ImportRun(self._desk, entry.path, self)
        run.options = entry.options
        self.pages.fresh()
        self._visited, self._writing = [], False
        self.setWindowTitle(f"Import {entry.name}")
        self.head.show_queue(self.queue)
        run.planned.connect(self._planned)
        run.moved.connect(self._tell)
        run.stopped.connect(self._stopped)
        run.broke.connect(self._broke)
        self._work()
        run.make_plan()

    def go(self, step: Step) -> None:
        """Show a step that can be gone to."""
        self._heard = ""
        if step is not self.step or not self._visited:
            self._visited.append(step)
        self._show(step)

    def go_back(self) -> None:
        """Show the step before this one."""
        before = [step for step in open_steps(self.run) if step < self.step]
        if before:
            self._visited = [step for step in self._visited if step < self.step]
            self.go(max(before))

    def go_on(self) -> None:
        """Show the next step; from the plan: import; from the end: the next file, or close."""
        if not self.foot.next.isEnabled():
            return
        if self.step is Step.PLAN:
            self._import()
        elif self.step is Step.DONE:
            self._next_file()
        else:
            self.go(min(step for step in open_steps(self.run) if step > self.step))

    def undo(self) -> None:
        """Take back what was said last."""
        if self.foot.undo.isVisible():
            self.run.undo()

    def reject(self) -> None:
        """Close; what is being written is stopped first and leaves nothing behind."""
        if self._writing:
            self.run.cancel()
            return
        if self._may_leave():
            self._close()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Esc goes one step back the way that was come, and closes from the first."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif len(self._visited) > 1 and self._visited[-2] in open_steps(self.run) and not self._writing:
            self._visited.pop()
            self._show(self._visited[-1])
        else:
            self.reject()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 (Qt's name)
        """The cross on the window closes it as Cancel does."""
        event.ignore()
        self.reject()

    # Inside

    def _assemble(self) -> None:
        layout = stack(self.head, self.notice, self.pages, self.foot, gap=0)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self.finished.connect(self._end)
        self._desk.said.connect(self._hear)
        drop = FileDrop(self)
        drop.dropped.connect(self._add)
        self.head.asked.connect(self.go)
        self.pages.working.stopped.connect(self._stop)
        self.pages.said.connect(self._change)
        self.pages.files.added.connect(self._add)
        self.pages.files.taken.connect(self._turn_to)
        self.pages.finish.show_asked.connect(self._show_records)
        self.pages.finish.next_asked.connect(self._begin_other)
        self.pages.finish.refused_asked.connect(self._save_refused)
        for made, call in (
            (self.foot.undo, self.undo), (self.foot.keep, self._save_refused), (self.foot.cancel, self.reject),
            (self.foot.back, self.go_back), (self.foot.skip, self._next_file), (self.foot.next, self.go_on),
        ):  # fmt: skip
            made.clicked.connect(lambda _on, call=call: call())
        QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self, self.undo)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.go_on)

    def _hear(self, sentence: str) -> None:
        """What is said to the person meanwhile: the window's own place for it is behind this one."""
        self._heard = sentence
        if self.run.outcome is not None and not self._writing:
            self._settle()

    def _change(self, options: ImportOptions, words: str) -> None:
        self._heard = ""
        self.run.change(options, words)

    def _planned(self) -> None:
        """A plan is there, or why there is none."""
        self._writing = False
        if not self._visited or self.step not in open_steps(self.run):
            self.go(wanted_step(self.run))
        else:
            self._show(self.step, enter=False)

    def _show(self, step: Step, *, enter: bool = True) -> None:
        """Show a step as the run stands now."""
        self.step = step
        page = self.pages.page(step)
        page.show_run(self.run)
        self.pages.setCurrentWidget(page)
        self._settle()
        if enter:
            page.enter()

    def _settle(self) -> None:
        """What is around the page says where things stand."""
        problem = self.run.problem
        self.notice.say(say(problem) if problem is not None and self.run.written is None else self._heard)
        self.head.show_run(self.run, self.step)
        self.foot.show_run(self.run, self.step, self.queue)

    def _work(self) -> None:
        """Work is under way of which there is nothing to see yet."""
        self.pages.work()
        self.notice.say("")
        self.head.begin(self.step)
        self.foot.begin()

    def _tell(self) -> None:
        """Say where the work is."""
        if self.run.job is not None:
            self.pages.working.show_job(self.run.job)
        self.foot.tell(self.run, self.step, writing=self._writing)

    def _stop(self) -> None:
        self.run.cancel()

    def _stopped(self) -> None:
        """What was under way is stopped: without a plan there is nothing to look at."""
        writing, self._writing = self._writing, False
        if self.run.outcome is None:
            self._close()
            return
        self._show(self.step)
        self.foot.words.setText("Stopped. Nothing was written." if writing else "Stopped.")

    def _broke(self, error: BaseException) -> None:
        self._close()
        self._desk.fail(error)

    def _close(self) -> None:
        self.run.drop()
        super().reject()

    def _import(self) -> None:
        self._writing = True
        self._work()
        self.run.write(self._written)

    def _written(self, _changes: Changes) -> None:
        plan, said = self.run.plan, self.run.options
        self._writing = False
        if plan is None:
            return
        self.queue.end(Fate.DONE, written(plan))
        if said.sheet is None and said.area is None:
            self._others = [Entry(plan.path, name, options) for name, options in other_tables(plan)]
        self.pages.finish.offer_next(self._others)
        self.go(Step.DONE)

    def _begin_other(self, entry: Entry) -> None:
        self._others = [each for each in self._others if each is not entry]
        self.queue.put_next(entry)
        self.begin(entry)

    def _may_leave(self) -> bool:
        """Whether the file at hand may be left: nothing was decided or typed, or the person can do without."""
        if not self.run.undoes or self.run.written is not None:
            return True
        lost = "What you decided and typed here is lost. Nothing was written."
        return confirm(self, "Leave the import", "Leave this import?", "Leave", lost)

    def _turn_to(self, entry: Entry) -> None:
        if self._may_leave():
            self.begin(entry)

    def _next_file(self) -> None:
        following, problem = self.queue.next, self.run.problem
        if not self._may_leave():
            return
        if self.run.written is None:
            self.queue.end(Fate.SKIPPED, say(problem) if problem is not None else "")
        if following is None:
            self.accept()
        else:
            self.begin(following)

    def _end(self) -> None:
        self._over = True
        forget_copied(self._desk.database.home)

    def _show_records(self, word: str) -> None:
        self.wanted = word
        self.accept()

    def _add(self, paths: Sequence[Path]) -> None:
        """Put files into the list, and those of folders, which may take a while to look through."""
        found = list(map(Path, paths))
        if any(path.is_dir() for path in found):
            self._desk.jobs.read(lambda _task: expand(found), self._take, owner=self)
        else:
            self._take(found)

    def _take(self, paths: Sequence[Path]) -> None:
        """Files for the list are there; the first is taken in hand where none is, or none that can be read."""
        made = self.queue.add(paths)
        if self._over:
            return
        if not self.queue.entries:
            self._desk.said.emit("There are no spreadsheets in that folder.")
            self._close()
            return
        self.pages.files.show_queue()
        self.head.show_queue(self.queue)
        if self.queue.now is None and self.run.written is None and made:
            self.begin(made[0])
        if self.run.outcome is None or self._writing:
            return
        if made and self.step is Step.FILE and not columns_of(self.run):
            self._next_file()
        else:
            self._settle()

    def _save_refused(self) -> None:
        """Ask where to, and write the refused rows with what to mend."""
        if self.run.plan is not None:
            save_refused(self._desk, self, self.run.plan, self.foot.words.setText)
