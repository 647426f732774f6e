"""What is being printed and what waits: how far each job is, why it waits, and what a person must say of it."""

import time
from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressBar, QWidget
from sqlalchemy import Connection

from desktop.desk import Desk
from desktop.grid.pills import Pill
from desktop.jobs import Task
from desktop.labelling.shelf import Item
from desktop.labelling.tab import Tab
from desktop.phrases import say
from desktop.phrases.labelled import moment
from desktop.phrases.labelling import STATES, due, job_line, progress, question
from desktop.soon import Soon
from desktop.theme import STEP
from desktop.widgets import button, frame, label, row, stack
from models.printers.request import JobState, QueuedJob

_OPEN = (JobState.WAITING, JobState.PRINTING, JobState.HELD)
_PAUSE = 150
"""Milliseconds after a change of the queue before it is asked anew: a fast printer changes it many times a second."""
_CLOCK = 1000
"""Milliseconds between two looks at the clock, while something waits for it."""


class QueueTab(Tab):
    """Lists the jobs, those that need somebody first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            "Print queue",
            "Nothing is being printed",
            "Choose the things that get a label, and press Ctrl+P. What waits for a printer is shown here.",
        )
        self._jobs: Sequence[QueuedJob] = ()
        self._asked = -1
        self.title, self.pill = label("", "title", wrap=True), Pill(desk.look)
        self.facts = label("", "muted", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Labels that came out")
        self.done = label("")
        self.why, self.when = label("", wrap=True), label("", "muted", wrap=True)
        self.question = label("", wrap=True)
        self.came_out = button("It came out", lambda: self._settle(came_out=True))
        self.print_again = button("Print it again", lambda: self._settle(came_out=False))
        self.retry = button("Try again now", self._retry, drawing="refresh")
        self.cancel = button("Cancel", self._cancel, drawing="close")
        self._asking = QWidget()
        self._clock = QTimer(self)
        self._clock.setInterval(_CLOCK)
        self._assemble_side()
        self._clock.timeout.connect(self._tell_due)
        self._soon = Soon(_PAUSE, self._hear, self)
        desk.printing.changed.connect(self._soon.ask)

    @property
    def job(self) -> QueuedJob | None:
        """The job that is chosen."""
        return next((job for job in self._jobs if str(job.id) == self.shelf.key), None)

    def refresh(self) -> None:
        """Ask anew for the jobs."""
        self.desk.printing.jobs(self._show, owner=self)

    def settle(self) -> None:
        """Show the chosen one."""
        job = self.job
        if job is None:
            return
        word, tone = STATES[job.state]
        self.title.setText(job.title)
        self.pill.show_word(word, tone)
        self.facts.setText(f"On {job.printer}, asked for by {job.author}, {moment(job.made)}.")
        self.bar.setRange(0, max(1, job.labels))
        self.bar.setValue(job.printed)
        self.done.setText(f"{progress(job)} came out.")
        held, is_open = job.state is JobState.HELD, job.state in _OPEN
        self.why.setText(say(job.problem) if job.problem is not None and is_open else "")
        self.why.setVisible(bool(self.why.text()))
        self._asking.setVisible(held)
        if held and job.id != self._asked:
            self._asked = job.id
            self.question.setText(question(job, []))
            self._name_unsure(job)
        self.retry.setVisible(job.state is JobState.WAITING)
        self.cancel.setVisible(is_open)
        self._tell_due()

    def _assemble_side(self) -> None:
        head = row(self.title, gap=2)
        head.setStretch(0, 1)
        self.side.addLayout(head)
        self.side.addLayout(row(self.pill, None))
        self.side.addWidget(self.facts)
        self.side.addSpacing(2 * STEP)
        for part in (self.done, self.bar, self.why, self.when):
            self.side.addWidget(part)
        inside = frame("notice", stack(self.question, row(self.came_out, self.print_again, None), gap=2, margin=3))
        self._asking.setLayout(stack(inside))
        self.side.addWidget(self._asking)
        self.side.addLayout(row(self.retry, self.cancel, None))
        self.side.addStretch(1)

    def _name_unsure(self, job: QueuedJob) -> None:
        """Ask what the labels are called that may or may not have come out."""
        desk = self.desk

        def work(connection: Connection, _task: Task) -> list[str]:
            labels = desk.labels.reading(connection)
            return [labels.label(each.table, each.row) for each in desk.printing.queue.unsure(job.id) if each.row]

        def done(names: list[str]) -> None:
            if self._asked == job.id:
                self.question.setText(question(job, names))

        desk.read(work, done, owner=self)

    def _show(self, jobs: Sequence[QueuedJob]) -> None:
        order = {state: at for at, state in enumerate((JobState.HELD, JobState.PRINTING, JobState.WAITING))}
        self._asked = -1
        self._jobs = sorted(jobs, key=lambda job: (order.get(job.state, len(order)), -job.id))
        self.show_items([Item(str(job.id), job.title, job_line(job), STATES[job.state]) for job in self._jobs])

    def _tell_due(self) -> None:
        job = self.job
        waits = job is not None and job.state is JobState.WAITING and job.attempts > 0
        self.when.setVisible(waits)
        if job is not None and waits:
            self.when.setText(f"Tried again {due(job.due, time.time())}.")
        if waits != self._clock.isActive():
            self._clock.start() if waits else self._clock.stop()

    def _hear(self) -> None:
        if self.isVisible():
            self.refresh()

    def _retry(self) -> None:
        if (job := self.job) is not None:
            self.desk.printing.retry(job.id)

    def _cancel(self) -> None:
        if (job := self.job) is not None:
            self.desk.printing.cancel(job.id)

    def _settle(self, *, came_out: bool) -> None:
        if (job := self.job) is not None:
            self.desk.printing.settle(job.id, came_out)
