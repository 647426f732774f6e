"""Long work on the whole database, watched to its end: the check, and a restore."""

from pathlib import Path
from typing import Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QListWidget, QProgressBar, QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.jobs import Job
from desktop.phrases import say, stage
from desktop.phrases.upkeep import finding, looked_at, restored, verdict
from desktop.theme import STEP
from desktop.widgets import button, label, row
from models.fields.problem import KnownError
from models.progress import Cancelled
from models.services.check import NAMED, Report, check
from models.store.backup import Restored, restore


class WorkDialog(QDialog):
    """Shows where a piece of work is, lets it be cancelled, and then says what came of it."""

    def __init__(self, desk: Desk, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._job: Job | None = None
        self.setWindowTitle(title)
        self.setMinimumWidth(480)
        self._title = label(title, "title", wrap=True)
        self._words = label("Starting", wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Progress")
        self._bar.setRange(0, 0)
        self._list = QListWidget()
        self._list.setAccessibleName("What was found")
        self._list.setWordWrap(True)
        self._list.hide()
        self._copy = button("Copy the list", self._copy_list, drawing="copy")
        self._copy.hide()
        self._close = button("Cancel", self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(3 * STEP)
        for part in (self._title, self._words, self._bar):
            layout.addWidget(part)
        layout.addWidget(self._list, 1)
        layout.addLayout(row(self._copy, None, self._close))

    @property
    def text(self) -> str:
        """What is said, for those who look."""
        return f"{self._title.text()}. {self._words.text()}"

    @property
    def found(self) -> list[str]:
        """The lines of the list."""
        return [self._list.item(at).text() for at in range(self._list.count())]

    def reject(self) -> None:
        """Close; what is under way is cancelled first and leaves all as it was."""
        if self._job is not None:
            self._close.setEnabled(False)
            self._words.setText("Stopping …")
            self._job.cancel()
            return
        super().reject()

    def watch(self, job: Job) -> None:
        """Show the progress of that work."""
        self._job = job
        job.progressed.connect(self._tell)
        job.ended.connect(self._ended)

    def say(self, title: str, words: str, lines: list[str] | None = None) -> None:
        """Say what came of it."""
        self._title.setText(title)
        self._words.setText(words)
        self._bar.hide()
        self._close.setText("Close")
        self._close.setEnabled(True)
        self._close.setFocus()
        if lines:
            self._list.addItems(lines)
            self._list.show()
            self._copy.show()
            self.resize(max(self.width(), 680), 480)

    def fail(self, error: BaseException) -> None:
        """Say why nothing came of it."""
        if isinstance(error, Cancelled):
            super().reject()
        elif isinstance(error, KnownError):
            self.say("That did not work", say(error.problem))
        else:
            super().reject()
            self._desk.fail(error)

    def _tell(self) -> None:
        if self._job is not None and not self._job.task.cancelled:
            task = self._job.task
            counted = f", {task.done:,} of {task.total:,}" if task.total else ""
            self._words.setText(f"{stage(task.stage)}{counted}")
            self._bar.setRange(0, task.total)
            self._bar.setValue(task.done)

    def _ended(self) -> None:
        self._job = None

    def _copy_list(self) -> None:
        QGuiApplication.clipboard().setText("\n".join([self.text, *self.found]))


class CheckDialog(WorkDialog):
    """Proves that the records are whole: file, journal, references, search, identities."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "Checking the database", parent)
        self.setWindowTitle("Check the database")
        database = desk.database
        self.watch(desk.jobs.read(lambda task: check(database, task), self._done, owner=self, failed=self.fail))

    def _done(self, report: Report) -> None:
        lines = [finding(each) for each in report.findings]
        beyond = report.counts.total() - len(lines)
        if beyond:
            lines.append(f"And {beyond:,} more. The first {NAMED} of each sort are listed.")
        self.say(verdict(report), looked_at(report), lines)


class RestoreDialog(WorkDialog):
    """Puts a backup in the place of the records, after keeping a copy of them."""

    def __init__(self, desk: Desk, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(desk, f"Restoring {path.name}", parent)
        self.setWindowTitle("Restore a backup")
        self._path = path
        home = desk.database.home

        def work(task: Any) -> Restored:
            return restore(home, path, task)

        # After what is being written, and before whatever is written next.
        self.watch(desk.jobs.write(self.windowTitle(), work, self._done, owner=self, failed=self.fail))

    def _done(self, done: Restored) -> None:
        self._desk.database.forget_catalogue()
        self._desk.look_again()
        self.say("Restored", restored(self._path, done.kept))
