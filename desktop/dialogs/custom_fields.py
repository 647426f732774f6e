"""Custom fields: typed fields that people add to a kind of record, or to one category of it."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QVBoxLayout, QWidget
from sqlalchemy import Connection

from desktop.deeds import add_record, change_each
from desktop.desk import Desk
from desktop.dialogs.ask import confirm
from desktop.forms.record_form import RecordForm
from desktop.grid.model import Shown, fetch
from desktop.jobs import Task
from desktop.theme import STEP
from desktop.widgets import button, frame, label, row, stack
from models.fields.kinds import Choice
from models.journal.entry import Changes
from models.query.window import find_ids
from models.schema.records import RECORDS
from models.services.bulk import delete_records
from models.services.custom import key_for

_WORD = "custom_field"
_KINDS = Choice({word: kind.plural for word, kind in RECORDS.items() if word != _WORD})
_KEYS = ("label", "record", "value_type", "options", "category", "required", "headings", "hint", "position")


class CustomFieldsDialog(QDialog):
    """The list of custom fields at the left, the form of one at the right."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Custom fields")
        self.resize(820, 560)
        self._desk = desk
        self._fields: list[Shown] = []
        self._current: Shown | None = None
        self._list = QListWidget()
        self._list.setAccessibleName("Custom fields")
        self._none = label("There are none yet. Fill in the form to add the first.", "muted", wrap=True)
        self._form = RecordForm(desk)
        self._note = label("", "problem", wrap=True)
        self._delete = button("Delete", self._remove, drawing="delete")
        self._save = button("Add field", self.save, role="primary")
        catalogue = desk.catalogue
        fields = [catalogue.field(_WORD, key) for key in _KEYS]
        # The record holds the kind's word; people choose it by its name.
        self._form.build([replace(field, kind=_KINDS) if field.key == "record" else field for field in fields])
        self._assemble()
        desk.changed.connect(self._hear)
        self._list.currentRowChanged.connect(self._choose)
        self._form.changed.connect(self._typed)
        self.begin()
        self._ask()

    @property
    def form(self) -> RecordForm:
        """The form of the field that is shown."""
        return self._form

    @property
    def names(self) -> list[str]:
        """The labels of the custom fields."""
        return [field.texts.get("label", "") for field in self._fields]

    def begin(self) -> None:
        """Start a new field."""
        self._current = None
        self._list.clearSelection()
        self._form.show_values({}, {})
        self._form.offer(
            {"record": "asset", "value_type": "text"}, {"record": _KINDS.format("asset"), "value_type": "Text"}
        )
        self._settle()

    def save(self) -> None:
        """Keep the field that is shown."""
        if self._form.bad():
            self._form.point_out()
            return
        patch = self._form.patch()
        wrong = self._wrong(patch)
        self._note.setText(wrong)
        if wrong or not patch:
            return
        current = self._current
        if current is None:
            name = patch.get("label") or ""
            made = {**patch, "key": key_for(name, {field.values.get("key") or "" for field in self._fields})}
            title = f"Add the field {name}"
            self._desk.write(title, lambda journal, task: add_record(journal, task, _WORD, made, title), owner=self)
            self.begin()
        else:
            title = f"Change the field {current.texts.get('label', '')}"
            patches = {current.id: patch}
            self._desk.write(title, lambda journal, task: change_each(journal, task, _WORD, patches, title), owner=self)

    def _assemble(self) -> None:
        left = QWidget()
        left.setFixedWidth(260)
        left.setLayout(stack(self._none, self._list, button("New field", self.begin, drawing="add"), gap=2, margin=3))
        words = label(
            "A field appears in the table, the form, search, import, export and labels of its kind.", "muted", wrap=True
        )
        words.setContentsMargins(4 * STEP, 3 * STEP, 4 * STEP, 0)
        right = stack(
            words, self._form, frame("foot", row(self._note, None, self._delete, self._save, margin=3)), gap=0
        )
        right.setStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        inside = row(left, gap=0)
        inside.addLayout(right, 1)
        layout.addLayout(inside)

    def _ask(self) -> None:
        desk = self._desk

        def work(connection: Connection, _task: Task) -> list[Shown]:
            numbers = find_ids(connection, desk.catalogue, _WORD, "", ("label", False))
            found = fetch(connection, desk, _WORD, numbers, desk.catalogue.fields(_WORD))
            return [field for field in found if field is not None]

        desk.read(work, self._show, owner=self)

    def _show(self, fields: list[Shown]) -> None:
        self._fields = fields
        self._none.setVisible(not fields)
        self._list.blockSignals(True)
        self._list.clear()
        for field in fields:
            kind = _KINDS.format(field.values.get("record") or "")
            item = QListWidgetItem(f"{field.texts.get('label', '')}\n{kind} · {field.texts.get('value_type', '')}")
            item.setData(Qt.ItemDataRole.UserRole, field.id)
            self._list.addItem(item)
        at = next((at for at, field in enumerate(fields) if self._current and field.id == self._current.id), -1)
        self._list.setCurrentRow(at)
        self._list.blockSignals(False)
        self._choose(at)

    def _choose(self, at: int) -> None:
        if 0 <= at < len(self._fields):
            self._current = self._fields[at]
            texts = self._current.texts | {"record": _KINDS.format(self._current.values.get("record") or "")}
            self._form.show_values(self._current.values, texts)
        elif self._current is not None:
            self.begin()
        self._settle()

    def _wrong(self, patch: Mapping[str, str | None]) -> str:
        now = {**(self._current.values if self._current else {}), **patch}
        if now.get("value_type") == "choice" and not (now.get("options") or "").strip():
            return "Choices: write at least one, each on a line of its own."
        changed = "value_type" in patch or "record" in patch
        if self._current is not None and changed:
            return "Type and kind of record stay as they are once a field is there. Make another field instead."
        return ""

    def _remove(self) -> None:
        current = self._current
        if current is None:
            return
        name = current.texts.get("label", "")
        if confirm(
            self,
            "Delete",
            f"Delete the field {name}?",
            "Delete the field",
            "Its values are kept, and come back if you undo it.",
        ):
            title = f"Delete the field {name}"
            self._desk.write(
                title,
                lambda journal, task: delete_records(journal, _WORD, [current.nr], title, task).changes,
                owner=self,
            )

    def _typed(self) -> None:
        """Only a field of type Choice has choices."""
        self._note.setText("")
        self._form.leave_out("options", out=self._form.editor("value_type").check() != "choice")

    def _hear(self, changes: Changes) -> None:
        if changes.touches(_WORD):
            self._ask()

    def _settle(self) -> None:
        self._form.leave_out("options", out=self._form.editor("value_type").check() != "choice")
        self._delete.setVisible(self._current is not None)
        self._save.setText("Save" if self._current is not None else "Add field")
