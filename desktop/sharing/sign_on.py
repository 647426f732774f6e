"""Asking for the password of the shared database anew: it was changed, or this system keeps none."""

from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.phrases import say
from desktop.widgets import label, row
from models.fields.problem import Problem
from models.sync.address import kept_address
from models.sync.passwords import keep_password


class SignOnDialog(QDialog):
    """Takes a password; the sync uses it at once."""

    def __init__(self, desk: Desk, trouble: Problem | None, parent: QWidget | None = None) -> None:
        """`trouble`: why it is asked for."""
        super().__init__(parent)
        self.setWindowTitle("Sign on")
        self.setMinimumWidth(440)
        self._desk = desk
        with desk.database.reading() as connection:
            self._address = kept_address(connection)
        where = f"{self._address.login} at {self._address.host}" if self._address is not None else ""
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.keep = QCheckBox("Keep the password in this system's keyring")
        self.keep.setChecked(True)
        words = label(f"&Password of {where}")
        words.setBuddy(self.password)
        self.password.setAccessibleName(f"Password of {where}")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._go = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._go.setText("Sign on")
        self._go.setEnabled(False)
        layout = QVBoxLayout(self)
        layout.addWidget(label("Sign on to the shared database", "title"))
        if trouble is not None:
            layout.addWidget(label(say(trouble), "muted", wrap=True))
        layout.addLayout(row(words, self.password))
        layout.addWidget(self.keep)
        layout.addWidget(buttons)
        self.password.textChanged.connect(lambda text: self._go.setEnabled(bool(text)))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)

    def accept(self) -> None:
        """Sign on with it, and keep it where that is wanted and can be."""
        desk, address, password = self._desk, self._address, self.password.text()
        desk.sharing.sign_on(password)
        if self.keep.isChecked() and address is not None:
            desk.jobs.read(lambda _task: keep_password(address, password), lambda _kept: None, owner=desk)
        super().accept()
