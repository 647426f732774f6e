"""The editor of an asset's tag: refuses what is void, warns of what is mistyped or was used, offers the next one."""

from sqlalchemy import Connection

from desktop.desk import Desk
from desktop.forms.editors import LineEditor
from desktop.jobs import Task
from desktop.widgets import button, restyle
from models.fields.field import Field
from models.fields.problem import Problem, Severity
from models.rules.tag_book import as_given
from models.services.tags import tag_problem


class TagEditor(LineEditor):
    """A tag in one line."""

    def __init__(self, field: Field, desk: Desk) -> None:
        super().__init__(as_given(field, desk.tags.judge), True, desk)
        self._desk = desk
        self._answer: tuple[str, Problem | None] = ("", None)
        self._kept = ""
        self._next = ""
        self._offer = button("", self._take_next, role="link")
        self._offer.setAccessibleName("Use the next tag")
        self._offer.hide()
        self._layout.addWidget(self._offer)
        self.line.editingFinished.connect(self._ask)

    def show_value(self, canonical: str | None, shown: str) -> None:
        """Show a value as it is kept, without `changed`."""
        self._kept = shown
        super().show_value(canonical, shown)

    def check(self) -> str | None:
        """The canonical form of what stands there; None with `problem` set when it cannot be taken."""
        made = super().check()
        asked, told = self._answer
        if made is not None and told is not None and asked == self.text() and told not in self.warnings:
            self.warnings = [*self.warnings, told]
            restyle(self.line, "state", "warn")
        return made

    def offer(self, tag: str) -> None:
        """Offer the next tag of the scheme under the line; an empty text offers none."""
        self._next = tag
        self._offer.setText(f"Next tag: {tag}" if tag else "")
        self._offer.setAccessibleName(f"Use the next tag, {tag}")
        self._offer.setToolTip("The next number of the scheme. It is given once the record is added.")
        self._offer.setVisible(self.roomy and bool(tag))

    def _take_next(self) -> None:
        self.put(self._next)
        self._typed()
        self.done.emit()
        self.line.setFocus()

    def _ask(self) -> None:
        """Whether the tag was on a record that is gone: only the database knows."""
        text = self.text()
        if text in ("", self._kept, self._answer[0]) or self.problem is not None:
            return

        def ask(connection: Connection, _task: Task) -> Problem | None:
            return tag_problem(connection, text)

        def done(told: Problem | None) -> None:
            self._answer = text, told if told and told.severity is Severity.WARNING else None
            if self._answer[1] is not None and self.text() == text:
                self._typed()

        self._desk.read(ask, done, owner=self)
