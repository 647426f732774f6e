"""The next tag of the scheme, offered to a new record and given when it is added."""

from PySide6.QtCore import QObject
from sqlalchemy import Connection

from desktop.desk import Desk
from desktop.forms.record_form import RecordForm
from desktop.forms.tag_editor import TagEditor
from desktop.jobs import Task
from models.services.tags import peek_tag


class TagOffer(QObject):
    """Asks which tag comes next for what the form says, and offers it at the form's tag."""

    def __init__(self, desk: Desk, word: str, form: RecordForm) -> None:
        super().__init__(form)
        self._desk = desk
        self._word = word
        self._form = form
        self._asked: str | None = None
        self._tag = ""
        self.department: str | None = None
        """The department (its id) for which the tag is offered."""
        keys = {field.key for field in form.fields}
        editor = form.editor("tag") if "tag" in keys else None
        self._editor = editor if isinstance(editor, TagEditor) else None
        self._has_department = "department" in keys
        if self._editor is not None:
            form.changed.connect(self._look)
            self._look()

    @property
    def taken(self) -> bool:
        """Whether the tag in the form is the one that is offered."""
        return bool(self._tag) and self._form.text("tag").strip().casefold() == self._tag.casefold()

    def _look(self) -> None:
        department = (self._form.editor("department").check() or "") if self._has_department else ""
        if department == self._asked:
            return
        self._asked = department
        word = self._word

        def ask(connection: Connection, _task: Task) -> str:
            return peek_tag(connection, word, department or None) or ""

        self._desk.read(ask, lambda tag: self._show(tag, department), owner=self)

    def _show(self, tag: str, department: str) -> None:
        if department == self._asked and self._editor is not None and not self.taken:
            self._tag, self.department = tag, department or None
            self._editor.offer(tag)
