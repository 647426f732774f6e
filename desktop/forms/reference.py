"""The editor of a reference: people type part of a name and choose from what is found."""

from PySide6.QtCore import QStringListModel, Qt, QTimer
from PySide6.QtWidgets import QCompleter
from sqlalchemy import Connection

from desktop.desk import Desk
from desktop.forms.editors import Editor
from desktop.forms.references import suggestions
from desktop.jobs import Job, Task
from desktop.lineedit import LineEdit
from desktop.widgets import restyle
from models.fields.field import Field
from models.fields.kinds import Ref
from models.fields.problem import Problem
from models.schema.records import TABLES

_PAUSE = 120
"""Milliseconds without a key before it is asked what the text may mean."""


class ReferenceEditor(Editor):
    """Holds the id of a record and shows its label."""

    def __init__(self, field: Field, desk: Desk) -> None:
        self.line = LineEdit()
        super().__init__(field, self.line)
        assert isinstance(field.kind, Ref)  # noqa: S101 (for the type checker)
        self._table = field.kind.table
        self._desk = desk
        self._known: dict[str, str] = {}
        self._asked = ""
        self._job: Job | None = None
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.activated.connect(self._choose)
        self.line.setCompleter(completer)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._ask)
        self.line.textEdited.connect(self._edit)
        self.line.editingFinished.connect(self._leave)

    def text(self) -> str:
        """What stands there."""
        return self.line.text().strip()

    def put(self, text: str) -> None:
        """Show that text."""
        self.line.setText(text)
        self.line.setCursorPosition(0)

    def show_value(self, canonical: str | None, shown: str) -> None:
        """Show a value as it is kept, without `changed`."""
        if canonical is not None:
            self._known[shown.casefold()] = canonical
        super().show_value(canonical, shown)

    def check(self) -> str | None:
        """The canonical form of what stands there; None with `problem` set when it cannot be taken."""
        text = self.text()
        made = self._known.get(text.casefold()) if text else None
        self.problem = None
        if text and made is None:
            # While the answer is on the way the text is neither right nor wrong; it cannot be kept yet.
            kind = TABLES[self._table].label.lower()
            code = "reference.unknown" if self._asked == text else "reference.looking"
            self.problem = Problem(code, text, self.field.key, details={"kind": kind})
        elif not text and self.field.required:
            self.problem = Problem("field.required", field=self.field.key)
        self.warnings = []
        looking = self.problem is not None and self.problem.code == "reference.looking"
        restyle(self.line, "state", "bad" if self.problem and not looking else "")
        return made

    def _edit(self) -> None:
        self._timer.start()
        self._typed()

    def _leave(self) -> None:
        if self._timer.isActive():
            self._timer.stop()
            self._ask()
        self.done.emit()

    def _choose(self, name: str) -> None:
        self.put(name)
        self._typed()
        self.done.emit()

    def _ask(self) -> None:
        text, desk, table = self.text(), self._desk, self._table
        if not text:
            return
        if self._job is not None:
            self._job.cancel()

        def work(connection: Connection, _task: Task) -> list[tuple[str, str]]:
            return suggestions(connection, desk, table, text)

        self._job = desk.read(work, lambda found: self._offer(text, found), owner=self, failed=lambda _error: None)

    def _offer(self, text: str, found: list[tuple[str, str]]) -> None:
        self._job = None
        self._known.update((name.casefold(), row) for row, name in found)
        self._names.setStringList([name for row, name in found])
        if text != self.text():
            return
        self._asked = text
        self._typed()
        if self.line.hasFocus() and found and found[0][1] != text:
            self.line.completer().complete()
