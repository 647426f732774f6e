"""What stands around the pages: the file and the trail of steps above, where things stand and the ways on below."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from desktop.importing.parts import Trail, where
from desktop.importing.queue import FileQueue
from desktop.importing.run import ImportRun
from desktop.importing.steps import Step, open_steps, undecided
from desktop.phrases import count
from desktop.phrases.importing import about
from desktop.widgets import button, label, row, stack
from models.exchange.plan import Plan, State


class Head(QFrame):
    """The name of the file, where its table is, the trail of steps. `asked` carries the step to go to."""

    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("pagehead")
        self.title = label("", "title")
        self.about = label("", "muted", wrap=True)
        self.trail = Trail()
        self.to_sheet = button("Sheet and range", partial(self.asked.emit, Step.SHEET))
        self.to_mapping = button("Mapping", partial(self.asked.emit, Step.MAPPING))
        self.to_names = button("References", partial(self.asked.emit, Step.NAMES))
        words = stack(self.title, self.about, self.trail, gap=1)
        layout = row(words, self.to_sheet, self.to_mapping, self.to_names, gap=2, margin=4)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.trail.chosen.connect(self.asked)

    def show_queue(self, queue: FileQueue) -> None:
        """Show which file is at hand, and of how many."""
        name = queue.now.name if queue.now is not None else ""
        self.title.setText(" · ".join(filter(None, (f"Import {name}", queue.place))))

    def begin(self, step: Step) -> None:
        """Work is under way of which there is nothing to see yet."""
        self.trail.show_steps(step, frozenset())
        for part in (self.to_sheet, self.to_mapping, self.to_names):
            part.hide()

    def show_run(self, run: ImportRun, step: Step) -> None:
        """Show where the run stands."""
        plan, opened = run.plan, open_steps(run)
        self.trail.show_steps(step, opened)
        self.about.setText(about(plan) if plan is not None else "")
        for part in (self.to_sheet, self.to_mapping):
            part.setVisible(step is Step.PLAN)
        self.to_names.setVisible(step is Step.PLAN and Step.NAMES in opened)
        if plan is not None:
            mapped = sum(bool(key) for key in plan.mapping.values())
            self.to_mapping.setText(f"Mapping: {mapped} of {count(len(plan.headings), 'column')}")
            number = undecided(plan)
            self.to_names.setText(f"References: {f'{number:,} to decide' if number else f'{len(plan.unknown):,} new'}")


class Foot(QFrame):
    """Where things stand, and the ways on: undo, refused rows, cancel, back, next."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("foot")
        self.words = label("", "muted", wrap=True)
        self.undo = button("Undo", drawing="undo")
        self.keep = button("Save refused rows…")
        self.skip = button("Skip this file")
        self.cancel = button("Cancel")
        self.back = button("&Back")
        self.next = button("&Next", role="primary")
        layout = row(self.words, self.undo, self.keep, self.skip, self.cancel, self.back, self.next, gap=2, margin=3)
        layout.setStretch(0, 1)
        self.setLayout(layout)

    def begin(self) -> None:
        """Work is under way of which there is nothing to see yet."""
        for part in (self.keep, self.undo, self.skip):
            part.hide()
        for part in (self.next, self.back):
            part.setEnabled(False)

    def show_run(self, run: ImportRun, step: Step, queue: FileQueue) -> None:
        """Show what can be done where the run stands."""
        plan, done = run.plan, run.written is not None
        self.undo.setVisible(bool(run.undoes) and not done)
        self.undo.setToolTip(f"Ctrl+Z takes back {run.undoes}")
        self.keep.setVisible(step is Step.PLAN and plan is not None and plan.count(State.REFUSED) > 0)
        self.skip.setVisible(queue.next is not None and not done)
        self.cancel.setText("Close" if done else "Cancel")
        self.cancel.setVisible(not done or queue.next is not None)
        self.back.setVisible(not done)
        self.back.setEnabled(any(each < step for each in open_steps(run)))
        self._name_next(run, step, queue)
        self.tell(run, step)

    def tell(self, run: ImportRun, step: Step, *, writing: bool = False) -> None:
        """Say where the work is, or how things stand."""
        job, plan = run.job, run.plan
        if job is not None:
            self.words.setText("Writing. Cancel leaves nothing half done." if writing else f"{where(job)} …")
            if step is Step.PLAN:
                self.next.setEnabled(False)
        elif run.written is not None:
            self.words.setText("")
        else:
            self.words.setText(_standing(plan) if plan is not None else "Nothing is written yet.")

    def _name_next(self, run: ImportRun, step: Step, queue: FileQueue) -> None:
        plan, following = run.plan, queue.next
        if step is Step.PLAN and plan is not None:
            text = f"Import {count(plan.to_write, 'row')}" if plan.to_write else "Nothing to import"
            on = plan.to_write > 0 and run.job is None
        elif step is Step.DONE:
            text, on = f"&Next: {following.name}" if following is not None else "Close", True
        else:
            text, on = "&Next", any(each > step for each in open_steps(run))
        self.next.setText(text)
        self.next.setEnabled(on)


def _standing(plan: Plan) -> str:
    """How things stand before anything is written."""
    same = plan.count(State.SAME)
    told = ["Nothing is written yet."]
    if same:
        told.append(f"{count(same, 'row')} {'is' if same == 1 else 'are'} the same.")
    if number := undecided(plan):
        told.append(f"{count(number, 'name')} to decide.")
    return " ".join(told)
