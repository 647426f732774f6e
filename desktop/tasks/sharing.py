"""The shared database: how the sync stands at the foot of the window, and syncing now."""

import time

from PySide6.QtCore import QObject

from desktop.commands import Command
from desktop.desk import Desk
from desktop.sharing.standing import Sync
from desktop.window import MainWindow


class SharingTasks(QObject):
    """Each public method is one command."""

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        desk.sharing.stood.connect(self._tell)
        desk.sharing.copied.connect(self._leave_record)
        window.status.sync_asked.connect(self.sync)

    def commands(self) -> list[Command]:
        """The commands, in the order of the menu."""
        return [Command("file.sync", "Sync now", self.sync, "F9", "refresh", lambda: self._desk.sharing.connected)]

    def sync(self) -> None:
        """Send and fetch now, and say what came of it; ask for the password where that is what is wrong."""
        sharing = self._desk.sharing
        if sharing.standing.sync is Sync.SIGN_ON:
            from desktop.sharing.sign_on import SignOnDialog

            SignOnDialog(self._desk, sharing.standing.trouble, self._window).exec()
        else:
            sharing.sync_now()

    def _leave_record(self) -> None:
        """The record that was shown may have another number by now."""
        panel = self._window.panel
        if panel.record is not None and not panel.form.dirty:
            panel.show_record(panel.record.word, -1)

    def _tell(self) -> None:
        standing, now = self._desk.sharing.standing, time.time()
        if standing.sync is Sync.ALONE:
            self._window.status.show_sync("", "")
            return
        # The words are loaded where there is something to say, not when the window starts.
        from desktop.phrases.standing import details, line

        self._window.status.show_sync(line(standing, now), details(standing, now))
