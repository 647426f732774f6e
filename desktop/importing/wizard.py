"""The import wizard: File › Sheet › Mapping › References › Plan › Done.

It opens on the plan when nothing is open, else on the first step that needs the person. Nothing is written before
Import is pressed.
"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QStackedWidget, QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.dialogs.ask import confirm
from desktop.drop import FileDrop
from desktop.importing.asking import choose_target
from desktop.importing.clipboard import forget_copied
from desktop.importing.done_page import DonePage
from desktop.importing.file_page import FilePage
from desktop.importing.mapping_page import MappingPage, columns_of
from desktop.importing.names_page import NamesPage
from desktop.importing.parts import Notice, Trail, WorkingPage, where
from desktop.importing.plan_page import PlanPage
from desktop.importing.queue import Entry, Fate, FileQueue
from desktop.importing.run import ImportRun
from desktop.importing.sheet_page import SheetPage
from desktop.importing.steps import Step, StepPage, first_open, step_of, undecided
from desktop.phrases import count, say
from desktop.phrases.importing import about, other_tables, written
from desktop.widgets import button, frame, label, row, stack
from models.exchange.errors import write_errors
from models.exchange.folder import expand
from models.exchange.options import ImportOptions
from models.exchange.plan import Plan, State
from models.fields.problem import Problem
from models.journal.entry import Changes

_SIZE = (1020, 700)
_NOTHING = Problem("file.missing")


class ImportWizard(QDialog):
    """Leads files through their import, one after the other. `wanted` is the kind of record to show afterwards."""

    def __init__(self, desk: Desk, paths: Sequence[Path], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.queue = FileQueue()
        self.queue.add(paths)
        self.wanted = ""
        self.step = Step.FILE
        self._visited: list[Step] = []
        self._writing = False
        self._others: list[Entry] = []
        self.run: ImportRun = ImportRun(desk, paths[0], self)
        self.resize(*_SIZE)

        self._title = label("", "title")
        self._about = label("", "muted", wrap=True)
        self.trail = Trail()
        self.to_sheet = button("Sheet and range", lambda: self.go(Step.SHEET))
        self.to_mapping = button("Mapping", lambda: self.go(Step.MAPPING))
        self.to_names = button("References", lambda: self.go(Step.NAMES))
        self.notice = Notice()
        self._stack = QStackedWidget()
        self._working = WorkingPage()
        self.files = FilePage(desk, self.queue)
        self.finish = DonePage(desk, self.queue)
        self.pages: dict[Step, StepPage] = {Step.FILE: self.files, Step.DONE: self.finish}
        self._foot = label("", "muted", wrap=True)
        self.undo = button("Undo", self._undo, drawing="undo")
        self.keep = button("Save refused rows…", self._save_refused)
        self.cancel = button("Cancel", self.reject)
        self.back = button("&Back", self.go_back)
        self.next = button("&Next", self.go_on, role="primary")

        self._assemble()
        entry = self.queue.next
        if entry is not None:
            self.begin(entry)

    # What it stands at, for those who look

    @property
    def plan(self) -> Plan | None:
        """The plan of the file at hand."""
        return self.run.plan

    @property
    def busy(self) -> bool:
        """Whether the file is being read or written."""
        return self.run.job is not None

    @property
    def sheet(self) -> SheetPage:
        """The page of the sheet."""
        page = self.pages[Step.SHEET]
        assert isinstance(page, SheetPage)  # noqa: S101 (for the type checker)
        return page

    @property
    def mapping(self) -> MappingPage:
        """The page of the mapping."""
        page = self.pages[Step.MAPPING]
        assert isinstance(page, MappingPage)  # noqa: S101 (for the type checker)
        return page

    @property
    def names(self) -> NamesPage:
        """The page of the references."""
        page = self.pages[Step.NAMES]
        assert isinstance(page, NamesPage)  # noqa: S101 (for the type checker)
        return page

    @property
    def rows(self) -> PlanPage:
        """The page of the plan."""
        page = self.pages[Step.PLAN]
        assert isinstance(page, PlanPage)  # noqa: S101 (for the type checker)
        return page

    # From step to step

    def begin(self, entry: Entry) -> None:
        """Take a file in hand: plan it, and show the first step that needs the person."""
        self.run.drop()
        self.run.deleteLater()
        self.queue.take(entry)
        run = self.run = ImportRun(self._desk, entry.path, self)
        run.options = entry.options
        self._fresh_pages()
        self._visited, self._writing = [], False
        self.setWindowTitle(f"Import {entry.name}")
        self._title.setText(" · ".join(filter(None, (f"Import {entry.name}", self.queue.place))))
        self._about.setText("")
        run.planned.connect(self._planned)
        run.moved.connect(self._tell)
        run.stopped.connect(self._stopped)
        run.broke.connect(self._broke)
        self._work()
        run.make_plan()

    def go(self, step: Step) -> None:
        """Show a step that can be gone to."""
        if step is not self.step or not self._visited:
            self._visited.append(step)
        self._show(step)

    def go_back(self) -> None:
        """Show the step before this one."""
        before = [step for step in self.open_steps() if step < self.step]
        if before:
            self._visited = [step for step in self._visited if step < self.step]
            self._show(max(before))

    def go_on(self) -> None:
        """Show the next step; from the plan: import; from the end: the next file, or close."""
        if not self.next.isEnabled():
            return
        if self.step is Step.PLAN:
            self._import()
        elif self.step is Step.DONE or (self.step is Step.FILE and not self._has_columns()):
            self._next_file()
        else:
            after = [step for step in self.open_steps() if step > self.step]
            self.go(min(after))

    def open_steps(self) -> frozenset[Step]:
        """The steps that can be gone to now."""
        if self.run.written is not None:
            return frozenset({Step.DONE})
        outcome, plan = self.run.outcome, self.run.plan
        found = {Step.FILE}
        if outcome is None:
            return frozenset(found)
        if plan is not None or step_of(outcome.problem or _NOTHING) is not Step.FILE or outcome.columns is not None:
            found.add(Step.SHEET)
        if self._has_columns():
            found.add(Step.MAPPING)
        if plan is not None:
            found |= {Step.PLAN, *([Step.NAMES] if plan.unknown else [])}
        return frozenset(found)

    def reject(self) -> None:
        """Close; what is being written is stopped first and leaves nothing behind."""
        if self._writing:
            self.run.cancel()
            return
        lost = bool(self.run.undoes) and self.run.written is None
        if lost and not confirm(
            self, "Leave the import", "Leave this import?", "Leave",
            "What you decided and typed here is lost. Nothing was written.",
        ):  # fmt: skip
            return
        self.run.drop()
        forget_copied(self._desk.database.home)
        super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Esc goes one step back the way that was come, and closes from the first."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif len(self._visited) > 1 and self.run.written is None and not self._writing:
            self._visited.pop()
            self._show(self._visited[-1])
        else:
            self.reject()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 (Qt's name)
        """The cross on the window closes it as Cancel does."""
        event.ignore()
        self.reject()

    def save_refused(self, path: Path) -> None:
        """Write the refused rows to a file, each with the sentences about it."""
        plan = self.plan
        if plan is not None:
            self._desk.jobs.work(
                f"Save refused rows to {path.name}",
                lambda task: write_errors(plan, path, say, task),
                lambda number: self._foot.setText(f"Saved {count(number, 'refused row')} to {path.name}."),
                owner=self,
            )

    # Inside

    def _assemble(self) -> None:
        words = stack(self._title, self._about, self.trail, gap=1)
        head = row(words, self.to_sheet, self.to_mapping, self.to_names, gap=2, margin=4)
        head.setStretch(0, 1)
        for page in (self._working, self.files, self.finish):
            self._stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(frame("pagehead", head))
        layout.addWidget(self.notice)
        layout.addWidget(self._stack, 1)
        foot = row(self._foot, self.undo, self.keep, self.cancel, self.back, self.next, gap=2, margin=3)
        foot.setStretch(0, 1)
        layout.addWidget(frame("foot", foot))
        drop = FileDrop(self)
        drop.dropped.connect(self._add)
        self.trail.chosen.connect(self.go)
        self._working.stopped.connect(self._stop)
        self.files.added.connect(self._add)
        self.files.taken.connect(self.begin)
        self.finish.show_asked.connect(self._show_records)
        self.finish.next_asked.connect(self._begin_other)
        self.finish.refused_asked.connect(self._save_refused)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self, self._undo)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.go_on)

    def _fresh_pages(self) -> None:
        """Pages that know nothing of the file before."""
        made: dict[Step, StepPage] = {
            Step.SHEET: SheetPage(self._desk), Step.MAPPING: MappingPage(self._desk),
            Step.NAMES: NamesPage(self._desk), Step.PLAN: PlanPage(self._desk),
        }  # fmt: skip
        for step, page in made.items():
            old = self.pages.get(step)
            if old is not None:
                self._stack.removeWidget(old)
                old.deleteLater()
            self.pages[step] = page
            self._stack.addWidget(page)
            page.said.connect(self._change)

    def _change(self, options: ImportOptions, words: str) -> None:
        self.run.change(options, words)

    def _undo(self) -> None:
        if self.undo.isVisible():
            self.run.undo()

    def _planned(self) -> None:
        """A plan is there, or why there is none."""
        self._writing = False
        outcome, first = self.run.outcome, not self._visited
        if outcome is None:
            return
        if outcome.problem is not None:
            wanted = step_of(outcome.problem)
        else:
            wanted = first_open(outcome.plan) if outcome.plan is not None else Step.FILE
        if wanted not in self.open_steps():
            wanted = Step.FILE
        if first or self.step not in self.open_steps():
            self.go(wanted)
        else:
            self._show(self.step, enter=False)

    def _show(self, step: Step, *, enter: bool = True) -> None:
        """Show a step as the run stands now."""
        self.step = step
        page = self.pages[step]
        page.show_run(self.run)
        self._stack.setCurrentWidget(page)
        self._settle()
        if enter:
            page.enter()

    def _settle(self) -> None:
        """What is around the page says where things stand."""
        plan, step, done = self.plan, self.step, self.run.written is not None
        problem = self.run.problem
        self.trail.show_steps(step, self.open_steps())
        self.notice.say(say(problem) if problem is not None and not done else "")
        self._about.setText(about(plan) if plan is not None else "")
        opened = self.open_steps()
        self.to_sheet.setVisible(step is Step.PLAN)
        self.to_mapping.setVisible(step is Step.PLAN)
        self.to_names.setVisible(step is Step.PLAN and Step.NAMES in opened)
        if plan is not None:
            mapped = sum(bool(key) for key in plan.mapping.values())
            self.to_mapping.setText(f"Mapping: {mapped} of {count(len(plan.headings), 'column')}")
            open_names = undecided(plan)
            told = f"{open_names:,} to decide" if open_names else f"{len(plan.unknown):,} new"
            self.to_names.setText(f"References: {told}")
        self.undo.setVisible(bool(self.run.undoes) and not done)
        self.undo.setToolTip(f"Ctrl+Z takes back {self.run.undoes}")
        self.keep.setVisible(step is Step.PLAN and plan is not None and plan.count(State.REFUSED) > 0)
        self.cancel.setText("Close" if done else "Cancel")
        self.cancel.setVisible(not done or self.queue.next is not None)
        self.back.setVisible(not done)
        self.back.setEnabled(any(each < step for each in opened))
        self._name_next(plan, opened)
        self._tell()

    def _name_next(self, plan: Plan | None, opened: frozenset[Step]) -> None:
        step, following = self.step, self.queue.next
        if step is Step.PLAN and plan is not None:
            self.next.setText(f"Import {count(plan.to_write, 'row')}" if plan.to_write else "Nothing to import")
            self.next.setEnabled(plan.to_write > 0 and not self.busy)
        elif step is Step.DONE:
            self.next.setText(f"&Next: {following.name}" if following is not None else "Close")
            self.next.setEnabled(True)
        elif step is Step.FILE and not self._has_columns():
            self.next.setText(f"&Skip to {following.name}" if following is not None else "&Next")
            self.next.setEnabled(following is not None)
        else:
            self.next.setText("&Next")
            self.next.setEnabled(any(each > step for each in opened))

    def _has_columns(self) -> bool:
        return bool(columns_of(self.run))

    def _work(self) -> None:
        """Work is under way of which there is nothing to see yet."""
        self._stack.setCurrentWidget(self._working)
        self._working.begin()
        self.notice.say("")
        self.trail.show_steps(self.step, frozenset())
        for part in (self.keep, self.undo, self.to_sheet, self.to_mapping, self.to_names):
            part.hide()
        for part in (self.next, self.back):
            part.setEnabled(False)

    def _tell(self) -> None:
        """Say at the foot where the work is, or how things stand."""
        job, plan = self.run.job, self.plan
        if job is not None:
            self._working.show_job(job)
            self._foot.setText("Writing. Cancel leaves nothing half done." if self._writing else f"{where(job)} …")
            if self.step is Step.PLAN:
                self.next.setEnabled(False)
        elif self.run.written is not None:
            self._foot.setText("")
        else:
            self._foot.setText(_standing(plan) if plan is not None else "Nothing is written yet.")

    def _stop(self) -> None:
        """The person wants no more of what is under way."""
        self.run.cancel()

    def _stopped(self) -> None:
        """What was under way is stopped: without a plan there is nothing to look at."""
        writing, self._writing = self._writing, False
        if self.run.outcome is None:
            self.run.drop()
            forget_copied(self._desk.database.home)
            super().reject()
            return
        self._show(self.step)
        self._foot.setText("Stopped. Nothing was written." if writing else "Stopped.")

    def _broke(self, error: BaseException) -> None:
        self.run.drop()
        super().reject()
        self._desk.fail(error)

    def _import(self) -> None:
        self._writing = True
        self._work()
        self.run.write(self._written)

    def _written(self, _changes: Changes) -> None:
        plan = self.plan
        self._writing = False
        if plan is None:
            return
        self.queue.end(Fate.DONE, written(plan))
        entry_options = self.run.options
        if entry_options.sheet is None and entry_options.area is None:
            self._others = [Entry(plan.path, name, options) for name, options in other_tables(plan)]
        self.finish.offer_next(self._others)
        self.go(Step.DONE)

    def _begin_other(self, entry: Entry) -> None:
        self._others = [each for each in self._others if each is not entry]
        self.queue.put_next(entry)
        self.begin(entry)

    def _next_file(self) -> None:
        following = self.queue.next
        if self.run.written is None:
            self.queue.end(Fate.SKIPPED, say(self.run.problem) if self.run.problem is not None else "")
        if following is None:
            self.accept()
        else:
            self.begin(following)

    def _show_records(self, word: str) -> None:
        self.wanted = word
        self.accept()

    def accept(self) -> None:
        """Close at the end."""
        forget_copied(self._desk.database.home)
        super().accept()

    def _add(self, paths: Sequence[Path]) -> None:
        """Put files into the list; the first is taken in hand where the one at hand cannot be read."""
        made = self.queue.add(expand(map(Path, paths)))
        self.files.show_queue()
        place = self.queue.place
        name = self.queue.now.name if self.queue.now is not None else ""
        self._title.setText(" · ".join(filter(None, (f"Import {name}", place))))
        if made and self.run.outcome is not None and not self._has_columns() and self.step is Step.FILE:
            self._next_file()
        elif self.run.outcome is not None and not self._writing:
            self._settle()

    def _save_refused(self) -> None:
        """Ask where to, and write the refused rows with what to mend."""
        path = choose_target(self, self.run.path)
        if path is not None:
            self.save_refused(path)


def _standing(plan: Plan) -> str:
    """How things stand before anything is written."""
    same = plan.count(State.SAME)
    told = ["Nothing is written yet."]
    if same:
        told.append(f"{count(same, 'row')} {'is' if same == 1 else 'are'} the same.")
    if number := undecided(plan):
        told.append(f"{count(number, 'name')} to decide.")
    return " ".join(told)
