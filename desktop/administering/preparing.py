"""The page about a database that is not prepared yet: what the login lacks, or what the city is called."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from desktop.phrases.hub import commands_for, missing_lines
from desktop.widgets import button, label, row, stack
from models.sync.hub.rights import Missing


class PreparePage(QWidget):
    """`changed` when it may be complete, or no longer."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._missing: tuple[Missing, ...] = ()
        self.city = QLineEdit()
        self.city.setPlaceholderText("Springfield")
        self.city.setAccessibleName("Name")
        named = label("&Name that people read")
        named.setBuddy(self.city)
        self._named = named
        self._what = label(
            "Muster makes its schemas, tables and functions, and three roles that own and use them. "
            "Nothing else on the server is changed.",
            wrap=True,
        )
        self._lacks = label("", "problem", wrap=True)
        self._help = label("Whoever administers the server gives what is missing with these commands:", wrap=True)
        self.commands = QPlainTextEdit()
        self.commands.setReadOnly(True)
        self.commands.setTabChangesFocus(True)
        self.commands.setAccessibleName("Commands for the administrator of the server")
        self._copy = button("Copy the commands", self._copy_commands, drawing="copy")
        self.setLayout(
            stack(
                self._what,
                row(named, self.city),
                self._lacks,
                self._help,
                self.commands,
                row(self._copy, None),
                None,
                gap=3,
            )
        )
        self.city.textChanged.connect(lambda _text: self.changed.emit())

    @property
    def complete(self) -> bool:
        """Whether the database can be prepared."""
        return not self._missing and bool(self.city.text().strip())

    def show_missing(self, missing: Sequence[Missing]) -> None:
        """Say what the login lacks; nothing where it lacks nothing."""
        self._missing = tuple(missing)
        commands = commands_for(self._missing)
        self._lacks.setText("\n".join(missing_lines(self._missing)))
        self.commands.setPlainText("\n".join(commands))
        for part in (self._what, self._named, self.city):
            part.setVisible(not missing)
        self._lacks.setVisible(bool(missing))
        for widget in (self._help, self.commands, self._copy):
            widget.setVisible(bool(commands))
        self.changed.emit()

    def _copy_commands(self) -> None:
        QGuiApplication.clipboard().setText(self.commands.toPlainText())
