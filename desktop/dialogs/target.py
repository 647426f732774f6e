"""Asking for the person or the place that things go to, by any part of its name."""

from dataclasses import replace

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.forms.reference import ReferenceEditor
from desktop.phrases import say
from desktop.theme import STEP
from desktop.widgets import button, frame, label, row, stack
from models.schema.records import TABLES

_FIELDS = {"person": "custodian", "location": "location"}
"""The field of an asset that refers to each."""
_WIDE = 440


class TargetDialog(QDialog):
    """Asks for one record of a table; `row` is its id once it is accepted."""

    def __init__(
        self, desk: Desk, table: str, title: str, yes: str, parent: QWidget | None = None, *, optional: bool = False
    ) -> None:
        """`yes` is the word on the button that does it; `optional`: nothing may be named, and `row` is empty then."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(_WIDE)
        self.row = ""
        kind = TABLES[table]
        field = desk.catalogue.field("hardware", _FIELDS[table])
        self._editor = ReferenceEditor(replace(field, label=kind.label, required=not optional), desk)
        self._editor.line.setPlaceholderText(
            "Type a part of the name, or leave it empty" if optional else "Type a part of the name"
        )
        words = label(kind.label)
        words.setBuddy(self._editor)
        self._note = label("", "problem", wrap=True)
        self._yes = button(yes, self._take, role="primary")
        self._yes.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(stack(words, self._editor, self._note, gap=2, margin=4))
        layout.addWidget(frame("foot", row(None, button("Cancel", self.reject), self._yes, gap=2, margin=3)))
        layout.setSpacing(STEP)
        self._editor.changed.connect(lambda: self._note.setText(""))
        self._editor.setFocus()

    @property
    def editor(self) -> ReferenceEditor:
        """Where the name is typed."""
        return self._editor

    def _take(self) -> None:
        row = self._editor.check()
        problem = self._editor.problem
        if problem is not None:
            self._note.setText(say(problem))
            self._editor.setFocus()
            return
        self.row = row or ""
        self.accept()
