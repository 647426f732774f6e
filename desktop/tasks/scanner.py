"""The scanner's settings, the rules for codes, and scanning with the camera."""

from PySide6.QtCore import QObject

from desktop.commands import Command
from desktop.desk import Desk
from desktop.window import MainWindow
from models.fields.problem import Problem


class ScannerTasks(QObject):
    """Each method is one command."""

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window

    def commands(self) -> list[Command]:
        """What can be done, for the menus."""
        return [
            Command("scan.settings", "Scanner…", self.scanner, "", "settings"),
            Command("scan.rules", "Rules for codes…", self.rules),
            Command("scan.camera", "Scan with the camera…", self.camera),
        ]

    def scanner(self) -> None:
        """Set the scanner."""
        from desktop.scanning.scanner_dialog import ScannerDialog

        ScannerDialog(self._desk, self._window).exec()

    def rules(self) -> None:
        """Set the rules for what vendors put before a number."""
        from desktop.scanning.rules_dialog import RulesDialog

        RulesDialog(self._desk, self._window).exec()

    def camera(self) -> None:
        """Show the camera's picture beside the window."""
        from desktop.scanning.camera import CameraDialog, available

        if not available():
            self._desk.tell(Problem("camera.not-installed"))
            return
        dialog = CameraDialog(self._desk, self._window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.show()
        dialog.start()
