"""The status line: what is saved, what is under way, and what Ctrl+Z would take back. In words."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QProgressBar

from desktop.jobs import Job
from desktop.phrases import stage
from desktop.theme import STEP
from desktop.widgets import button, label, row

_WIDTH = 160


class StatusLine(QFrame):
    """At the foot of the window. Its signals say that the person presses what it offers or tells."""

    undo_asked = Signal()
    queue_asked = Signal()
    sync_asked = Signal()
    review_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("status")
        self._jobs: list[Job] = []
        self._saved = label("All saved")
        self._bar = QProgressBar()
        self._bar.setFixedWidth(_WIDTH)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Progress")
        self._count = label("", "muted")
        self._cancel = button("Cancel", self._stop, role="link")
        self._queue = button("", self.queue_asked.emit, role="link", drawing="label")
        self._queue.setAccessibleName("Print queue")
        self._queue.hide()
        self._sync = button("", self.sync_asked.emit, role="link", drawing="refresh")
        self._sync.setAccessibleName("Shared database")
        self._sync.hide()
        self._review = button("", self.review_asked.emit, role="link", drawing="review")
        self._review.hide()
        self._author = label("", "muted")
        self._undo = button("", self.undo_asked.emit, role="link")
        self._key = label("Ctrl+Z", "key")
        self._key.setFixedHeight(4 * STEP)
        layout = row(
            self._saved,
            self._bar,
            self._count,
            self._cancel,
            self._queue,
            self._sync,
            self._review,
            None,
            self._author,
            self._undo,
            self._key,
            gap=2,
        )
        layout.setContentsMargins(3 * STEP, 0, 4 * STEP, 0)
        self.setLayout(layout)
        self.setFixedHeight(7 * STEP)
        self._settle()
        self.show_undo("")

    def show_author(self, name: str) -> None:
        """Whose name changes are remembered under."""
        self._author.setText(name)

    def show_undo(self, title: str) -> None:
        """What Ctrl+Z would take back; empty for nothing."""
        words = f"Undo: {title}"
        self._undo.setText(self._undo.fontMetrics().elidedText(words, Qt.TextElideMode.ElideMiddle, 420))
        self._undo.setToolTip(words)
        self._undo.setVisible(bool(title))
        self._key.setVisible(bool(title))

    def show_queue(self, words: str, why: str) -> None:
        """What waits to be printed, and why; empty for nothing."""
        self._queue.setText(words)
        self._queue.setToolTip(why)
        self._queue.setAccessibleDescription(why)
        self._queue.setVisible(bool(words))

    def show_sync(self, words: str, details: str) -> None:
        """How the sync with the shared database stands; empty where there is none."""
        self._sync.setText(words)
        self._sync.setToolTip(details)
        self._sync.setAccessibleName(f"Shared database: {words}")
        self._sync.setAccessibleDescription(details)
        self._sync.setVisible(bool(words))

    def show_review(self, number: int) -> None:
        """How much waits for somebody's decision."""
        self._review.setText(f"{number:,} to review" if number else "")
        self._review.setAccessibleName(f"Review, {number:,}")
        self._review.setVisible(number > 0)

    def begin(self, job: Job) -> None:
        """Show a piece of writing work until it ends."""
        self._jobs.append(job)
        job.progressed.connect(self._settle)
        self._settle()

    def end(self, job: Job) -> None:
        """It has ended."""
        if job in self._jobs:
            self._jobs.remove(job)
        self._settle()

    def words(self) -> str:
        """What it says, for tests and screen readers."""
        return " ".join(
            part.text()
            for part in (self._saved, self._count, self._queue, self._sync, self._review, self._undo)
            if part.text()
        )

    def _settle(self) -> None:
        job = self._jobs[0] if self._jobs else None
        for part in (self._bar, self._count, self._cancel):
            part.setVisible(job is not None)
        if job is None:
            self._saved.setText("All saved")
            self._count.setText("")
            return
        task = job.task
        self._saved.setText("Stopping…" if task.cancelled else job.title)
        self._bar.setRange(0, task.total)
        self._bar.setValue(task.done)
        counted = f"{task.done:,} of {task.total:,}" if task.total else f"{task.done:,}" if task.done else ""
        self._count.setText(" ".join(filter(None, (stage(task.stage) if task.stage else "Waiting", counted))))

    def _stop(self) -> None:
        if self._jobs:
            self._jobs[0].cancel()
            self._settle()
