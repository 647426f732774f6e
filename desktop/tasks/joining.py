"""Connecting to the shared database, and leaving it."""

from PySide6.QtCore import QObject

from desktop.commands import Command
from desktop.desk import Desk
from desktop.window import MainWindow
from models.store.local import HUB, local


class JoiningTasks(QObject):
    """Each method is one command."""

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window

    def commands(self) -> list[Command]:
        """Connect, disconnect, administer."""
        return [
            Command("file.connect", "Connect to the shared database…", self.connect_home, "", "system", self._apart),
            Command("file.disconnect", "Disconnect…", self.disconnect_home, "", "", lambda: not self._apart()),
            Command("file.administer", "Administer the shared database…", self.administer),
        ]

    def connect_home(self) -> None:
        """Ask for the address, show the plan, connect."""
        from desktop.joining.dialog import ConnectDialog

        if self._window.panel.leave():
            self._at_home()
            with self._desk.sharing.paused():
                ConnectDialog(self._desk, self._window).exec()

    def disconnect_home(self) -> None:
        """Ask what becomes of the records here, and end the connection."""
        from desktop.joining.leaving import LeaveDialog

        if self._window.panel.leave():
            self._at_home()
            with self._desk.sharing.paused():
                LeaveDialog(self._desk, self._window).exec()

    def administer(self) -> None:
        """Prepare or upgrade the shared database, give and take access."""
        from desktop.administering.dialog import AdministerDialog

        AdministerDialog(self._desk, self._window).exec()

    def _at_home(self) -> None:
        """The rows on the screen may be others under the same numbers."""
        self._window.show_place("home")
        self._window.panel.show_record("asset", -1)

    def _apart(self) -> bool:
        with self._desk.database.reading() as connection:
            return not local(connection, HUB)
