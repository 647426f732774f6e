"""Told when Muster itself is at fault: what is safe, what to do, and the report to copy. No stack trace in sight."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop.crash import diagnostics
from desktop.theme import STEP
from desktop.widgets import button, label, row


class CrashDialog(QDialog):
    """Says that something went wrong; the person may go on."""

    def __init__(self, error: BaseException, report: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Something went wrong")
        self.setMinimumWidth(460)
        self._text = diagnostics(error)
        where = (
            f"A report was written to {report}." if report is not None else "The report could not be written to disk."
        )
        place = label(where, "muted", wrap=True)
        place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        go_on = button("Go on", self.accept, role="primary")
        go_on.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setSpacing(3 * STEP)
        layout.addWidget(label("Muster made a mistake", "title"))
        layout.addWidget(
            label(
                "What was saved is safe; what was being done just now was not done. "
                "You can go on working. Please send the report to whoever looks after Muster.",
                wrap=True,
            )
        )
        layout.addWidget(place)
        layout.addLayout(row(button("Copy diagnostics", self._copy, drawing="copy"), None, go_on))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text)
