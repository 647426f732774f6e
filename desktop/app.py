"""The one place where the window is wired together."""

import gc
import os
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QMessageBox

from desktop.crash import CrashHook
from desktop.desk import Desk
from desktop.instance import SingleInstance
from desktop.jobs import Jobs
from desktop.memory import Memory
from desktop.phrases import why
from desktop.scanning.notice import Notices
from desktop.scanning.wedge import Wedge
from desktop.tasks.commands import Tasks
from desktop.theme import RESOURCES, Look
from desktop.window import MainWindow
from models.fields.problem import DatabaseError
from models.scanning.named import named
from models.scanning.scan import Scan
from models.scanning.scanner import Scanner, scanner_of
from models.settings import Settings
from models.store.database import Database
from models.store.home import Home

CANNOT_OPEN = 4
"""Exit status when the database cannot be opened, as on the command line."""
_WATCH = 2000
"""Milliseconds between two looks for what another process wrote (the command line, a scheduled import)."""


class Application:
    """Everything that one window over one home needs, made in the right order and closed in the reverse."""

    def __init__(self, app: QApplication, home: Home, database: Database) -> None:
        self.settings = Settings(home.settings)
        self.look = Look(app, self.settings.theme)
        self.jobs = Jobs()
        self.memory = Memory(home.path / "window.json")
        self.database = database
        self.desk = Desk(database, self.settings, self.jobs, self.look, self.memory)
        self.window = MainWindow(self.desk)
        self.tasks = Tasks(self.desk, self.window)
        self.wedge = Wedge(app, scanner_of(self.settings), self.desk)
        self.notices = Notices(self.look, self.settings)
        self._listen()
        self.crash = CrashHook(home.logs, self._show_crash)
        self.jobs.told.connect(self.desk.tell)
        self.jobs.broke.connect(self.crash.report)
        self._version = database.data_version()
        self._watch = QTimer(self.desk)
        self._watch.setInterval(_WATCH)
        self._watch.timeout.connect(self._look_for_others)
        self._watch.start()
        self.desk.changed.connect(lambda _changes: self._know_version())
        # The queue's own tables are written at each label; that is no reason to look at all records again.
        self.desk.printing.changed.connect(self._know_version)
        self.window.ready.connect(self.desk.printing.resume)
        self.window.ready.connect(self.desk.sharing.look)

    def close(self) -> None:
        """End the work that is under way and close the database."""
        self._watch.stop()
        self.wedge.close()
        self.memory.save()
        self.desk.sharing.close()
        self.desk.printing.close()
        self.jobs.close()
        self.database.close()

    def _listen(self) -> None:
        """From the scanner to who waits for a scan."""
        scans = self.desk.scans
        self.wedge.scanned.connect(scans.deliver)
        scans.unclaimed.connect(self.window.take_scan)
        scans.refused.connect(self.notices.dialog_open)
        scans.changed.connect(self._follow_scanner)

    def _follow_scanner(self) -> None:
        paused = self.desk.scans.paused
        self.wedge.use(Scanner(on=False) if paused else scanner_of(self.settings))

    def _show_crash(self, error: BaseException, report: Path | None) -> None:
        from desktop.dialogs.crash import CrashDialog

        CrashDialog(error, report, self.window).exec()

    def _look_for_others(self) -> None:
        """Another process wrote: every view looks again."""
        version = self.database.data_version()
        if version != self._version:
            self._version = version
            if not self.jobs.writing:
                self.desk.look_again()

    def _know_version(self) -> None:
        self._version = self.database.data_version()


def run(home_path: Path | None = None) -> int:
    """Open the window over a home and run until it is closed. Gives the exit status."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Muster")
    app.setDesktopFileName("muster")
    app.setWindowIcon(QIcon(str(RESOURCES / "muster.svg")))
    home = Home(home_path) if home_path is not None else Home.default()
    try:
        home.make()
        instance = SingleInstance(home.path)
        if not instance.claim():
            return 0
        database = Database.open(home)
    except DatabaseError as error:
        Look(app)
        _refuse(why(error))
        return CANNOT_OPEN
    application = Application(app, home, database)
    application.crash.install()
    window = application.window
    instance.summoned.connect(lambda: _bring_forward(window))
    if os.environ.get("MUSTER_SMOKE") == "1":
        window.ready.connect(lambda: QTimer.singleShot(0, app.quit))
    window.ready.connect(_settle_memory)
    window.ready.connect(lambda: _forget_copied(home))
    window.ready.connect(lambda: _expect_scans(application.desk))
    window.show()
    status = app.exec()
    application.close()
    instance.release()
    return status


def _settle_memory() -> None:
    """What was loaded to start stays to the end: the collector, off since the start, need not look at it again."""
    gc.freeze()
    gc.enable()


def _forget_copied(home: Home) -> None:
    """What was copied to be imported is gone, also where the program came to a sudden end."""
    from desktop.importing.clipboard import forget_copied

    forget_copied(home)


def _expect_scans(desk: Desk) -> None:
    """The first scan is answered as fast as later ones: what it asks is made while nobody waits for it."""
    scan = Scan("", "", readings=("scan",))
    desk.read(lambda connection, _task: named(connection, desk.catalogue, scan), lambda _found: None, owner=desk)


def _bring_forward(window: MainWindow) -> None:
    if window.isMinimized():
        window.showNormal()
    window.show()
    window.raise_()
    window.activateWindow()


def _refuse(sentence: str) -> None:
    """Say why there is no window; in a smoke test nobody is there to press the button."""
    if sys.stderr is not None:
        sys.stderr.write(sentence + "\n")
    if os.environ.get("MUSTER_SMOKE") == "1":
        return
    box = QMessageBox()
    box.setWindowTitle("Muster")
    box.setText("Muster cannot open its records")
    box.setInformativeText(sentence)
    box.exec()
