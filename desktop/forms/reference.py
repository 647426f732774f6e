"""The editor of a reference: people type part of a name and choose from what is found, or create what is not there."""

from PySide6.QtCore import QStringListModel, Qt, QTimer
from PySide6.QtWidgets import QCompleter
from sqlalchemy import Connection

from desktop.desk import Desk
from desktop.forms.editors import Editor
from desktop.forms.references import CREATED, Offer, offer
from desktop.jobs import Job, Task
from desktop.lineedit import LineEdit
from desktop.widgets import button, restyle
from models.fields.field import Field
from models.fields.kinds import Ref
from models.fields.problem import Problem
from models.journal.entry import Changes
from models.journal.writer import Journal
from models.query.names import plain
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
        self._answer: tuple[str, Offer] = ("", Offer([], []))
        self._job: Job | None = None
        self._names = QStringListModel(self)
        # Not the line's own completer: that would write each line of the list that is passed over into the field.
        self.completer = QCompleter(self._names, self)
        self.completer.setWidget(self.line)
        self.completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.completer.activated.connect(self._choose)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._ask)
        self._create = button("", self.add_new, role="link")
        self._create.setAccessibleName(f"Create it, {field.label}")
        self._create.hide()
        self._layout.addWidget(self._create)
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
            self._known[plain(shown)] = canonical
        super().show_value(canonical, shown)

    def fill(self, text: str) -> None:
        """Put a name there as if it were typed, and ask at once what it means."""
        super().fill(text)
        self._ask()

    def check(self) -> str | None:
        """The canonical form of what stands there; None with `problem` set when it cannot be taken."""
        text = self.text()
        made = self._known.get(plain(text)) if text else None
        self.problem = None
        if text and made is None:
            self.problem = self._unknown(text)
        elif not text and self.field.required:
            self.problem = Problem("field.required", field=self.field.key)
        self.warnings = []
        looking = self.problem is not None and self.problem.code == "reference.looking"
        restyle(self.line, "state", "bad" if self.problem and not looking else "")
        self._create.setText(self.offered)
        self._create.setAccessibleName(f"{self.offered}, {self.field.label}")
        self._create.setVisible(self.roomy and bool(self.offered))
        return made

    @property
    def offered(self) -> str:
        """The words that offer to create what is not there, or nothing."""
        unknown = self.problem is not None and self.problem.code.startswith("reference.unknown")
        return f"Create “{self.text()}”" if unknown and self._creates else ""

    @property
    def _creates(self) -> bool:
        """Whether one that is not there may be made here."""
        return self._table in CREATED and self._desk.may(self._table)

    def lock(self, *, locked: bool) -> None:
        """Only show the value."""
        self.line.setReadOnly(locked)

    def add_new(self) -> None:
        """Make a record of the name that stands there, as a deed of its own, and refer to it."""
        from models.services.registry import Written, create_record  # (not needed to start)

        text, settings, word = self.text(), self._desk.settings, TABLES[self._table].word
        texts = {TABLES[self._table].naming: text}
        if self._table == "model" and (maker := self.beside().get("manufacturer")):
            texts["manufacturer"] = maker
        written: list[Written] = []

        def work(journal: Journal, _task: Task) -> Changes:
            written.append(create_record(journal, word, texts, settings))
            return written[0].changes

        def done(changes: Changes) -> None:
            self._known[plain(text)] = written[0].row
            self._desk.said.emit(f"{changes.title}.")
            if self.text() == text:
                self._typed()
                self.done.emit()

        label = TABLES[self._table].label.lower()
        self._desk.write(f"Add {label} {text}", work, done, owner=self)

    def _unknown(self, text: str) -> Problem:
        kind = TABLES[self._table].label.lower()
        asked, found = self._answer
        if asked != text:
            # While the answer is on the way the text is neither right nor wrong; it cannot be kept yet.
            code = "reference.looking"
        elif found.meant:
            code = "reference.several"
        elif self._creates:
            code = "reference.unknown-near" if found.near else "reference.unknown-new"
        else:
            code = "reference.unknown"
        return Problem(code, text, self.field.key, details={"kind": kind, "near": found.near})

    def _edit(self) -> None:
        self._timer.start()
        self._typed()

    def _leave(self) -> None:
        if self._timer.isActive():
            self._timer.stop()
            self._ask()
        self.done.emit()

    def _choose(self, name: str) -> None:
        asked, _ = self._answer
        if name == f"Create “{asked}”" and name not in self._known:
            self.put(asked)
            self.add_new()
            return
        self.put(name)
        self._typed()
        self.done.emit()

    def _ask(self) -> None:
        text, desk, table = self.text(), self._desk, self._table
        if not text:
            return
        if self._job is not None:
            self._job.cancel()

        def work(connection: Connection, _task: Task) -> Offer:
            return offer(connection, desk, table, text)

        self._job = desk.read(work, lambda found: self._offer(text, found), owner=self, failed=lambda _error: None)

    def _offer(self, text: str, found: Offer) -> None:
        self._job = None
        self._known.update((plain(name), row) for row, name in found.records)
        if len(found.meant) == 1:
            self._known[plain(text)] = found.meant[0]
        elif found.meant:
            self._known.pop(plain(text), None)
        if text != self.text():
            return
        self._answer = text, found
        self._typed()
        self._names.setStringList([name for row, name in found.records] + ([self.offered] if self.offered else []))
        if self.line.hasFocus() and self._names.rowCount() and self.problem is not None:
            self.completer.complete()
        elif (popup := self.completer.popup()) is not None:
            popup.hide()
