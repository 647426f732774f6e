"""Ending the connection to the shared database: what becomes of the records here."""

from pathlib import Path

from PySide6.QtWidgets import QDialog, QRadioButton, QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.dialogs.ask import confirm
from desktop.phrases import count, say
from desktop.widgets import button, frame, label, row, stack
from models.fields.problem import KnownError
from models.sync.address import kept_address
from models.sync.joining import leave
from models.sync.state import sync_state


class LeaveDialog(QDialog):
    """Keep the copy as this computer's own records, or remove it; a removed one is kept as a backup."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Disconnect")
        self.setMinimumWidth(520)
        self._desk = desk
        with desk.database.reading() as connection:
            address, state = kept_address(connection), sync_state(connection)
        self._unsent = state.unsent if state is not None else 0
        self.keep = QRadioButton("Keep the records on this computer, as its own")
        self.remove = QRadioButton("Remove them from this computer (a backup is kept)")
        self.keep.setChecked(True)
        self._problem = label("", "problem", wrap=True)
        self._problem.hide()
        self._go = button("Disconnect", self.go, role="primary")
        self._go.setDefault(True)
        self.text = f"{count(self._unsent, 'change')} not sent yet." if self._unsent else ""
        words = [label(address.url, "muted", wrap=True)] if address is not None else []
        if self.text:
            words.append(label(self.text, "warning", wrap=True))
        choice = QWidget()
        inside = stack(self.keep, self.remove, gap=1)
        inside.setContentsMargins(0, 0, 0, 0)
        choice.setLayout(inside)
        body = stack(
            label("Disconnect from the shared database", "title", wrap=True),
            *words,
            choice,
            self._problem,
            gap=3,
            margin=4,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(body)
        layout.addStretch(1)
        layout.addWidget(frame("foot", row(None, button("Cancel", self.reject), self._go, margin=3)))

    def go(self) -> None:
        """Do it; a copy with unsent changes is removed only after one more question."""
        remove = self.remove.isChecked()
        if remove and self._unsent and not self._agreed():
            return
        database = self._desk.database
        self._go.setEnabled(False)
        self._desk.jobs.write(
            "Disconnect",
            lambda task: leave(database, remove_copy=remove, anyway=remove, progress=task),
            self._left,
            owner=self,
            failed=self._fail,
        )

    def _agreed(self) -> bool:
        number = count(self._unsent, "change was", "changes were")
        return confirm(
            self,
            "Disconnect",
            f"{number} never sent to the shared database. Remove the records all the same?",
            "Remove",
            "The backup has them; nobody else will see them.",
        )

    def _left(self, kept: Path | None) -> None:
        self.accept()
        self._desk.look_again()
        self._desk.said.emit(f"Disconnected. The records are kept as {kept}." if kept else "Disconnected.")

    def _fail(self, error: BaseException) -> None:
        self._go.setEnabled(True)
        if isinstance(error, KnownError):
            self._problem.setText(say(error.problem))
            self._problem.show()
        else:
            self.reject()
            self._desk.fail(error)
