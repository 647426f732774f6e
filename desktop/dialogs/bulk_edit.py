"""Editing many records at once: a tick per field, "(varies)", what will happen in words; to clear is not to skip."""

from array import array
from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy import Connection

from desktop.desk import Desk
from desktop.forms.editors import Editor, LineEditor, make_editor
from desktop.forms.reference import ReferenceEditor
from desktop.jobs import Task
from desktop.phrases import count, say
from desktop.theme import STEP
from desktop.widgets import label, row
from models.fields.field import Field
from models.query.window import page
from models.schema.records import RECORDS

VARIES = "(varies)"
_AT_ONCE = 2000

Common = Mapping[str, tuple[str | None, str] | None]
"""Field key -> the value that all have (canonical and shown), or None where it varies."""


def common_values(
    connection: Connection, task: Task, desk: Desk, word: str, numbers: "array[int]", fields: Sequence[Field]
) -> Common:
    """What the records have in common. For a reader's thread; stops looking once everything varies."""
    seen: dict[str, set[str | None]] = {field.key: set() for field in fields}
    for start in range(0, len(numbers), _AT_ONCE):
        task.at("read", start, len(numbers))
        open_keys = [key for key, values in seen.items() if len(values) < 2]
        if not open_keys:
            break
        for record in page(connection, desk.catalogue, word, numbers[start : start + _AT_ONCE], open_keys):
            for key in open_keys:
                seen[key].add(record.values.get(key))
    labels = desk.labels.reading(connection)
    made: dict[str, tuple[str | None, str] | None] = {}
    for field in fields:
        values = seen[field.key]
        if len(values) == 1:
            value = next(iter(values))
            made[field.key] = (value, labels.shown(field, value) if value is not None else "")
        else:
            made[field.key] = None
    return made


class BulkEditDialog(QDialog):
    """Asks which fields to set on the chosen records, and to what."""

    def __init__(self, desk: Desk, word: str, numbers: "array[int]", fields: Sequence[Field], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._word = word
        self._number = len(numbers)
        self._noun = count(len(numbers), RECORDS[word].label.lower(), RECORDS[word].plural.lower())
        self._ticks: dict[str, QCheckBox] = {}
        self._editors: dict[str, Editor] = {}
        self._preview = label("", wrap=True)
        self._find = QLineEdit()
        self._rows: list[tuple[str, QCheckBox, Editor]] = []
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._ok = self._buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._assemble(fields)
        self._settle()
        desk.read(
            lambda connection, task: common_values(connection, task, desk, word, numbers, fields),
            self._show,
            owner=self,
        )

    def patch(self) -> dict[str, str | None]:
        """The ticked fields and their values; None clears."""
        return {key: self._editors[key].check() for key, tick in self._ticks.items() if tick.isChecked()}

    def title(self) -> str:
        """The deed in words."""
        ticked = [editor.field.label for key, editor in self._editors.items() if self._ticks[key].isChecked()]
        return f"Change {ticked[0] if len(ticked) == 1 else f'{len(ticked)} fields'} of {self._noun}"

    def tick(self, key: str, on: bool = True) -> None:
        """Tick a field."""
        self._ticks[key].setChecked(on)

    def editor(self, key: str) -> Editor:
        """The editor of a field."""
        return self._editors[key]

    @property
    def preview(self) -> str:
        """What will happen, in words."""
        return self._preview.text()

    def _assemble(self, fields: Sequence[Field]) -> None:
        self.setWindowTitle(f"Edit {self._noun}")
        self.resize(560, 640)
        self._find.setPlaceholderText("Find a field")
        self._find.setAccessibleName("Find a field")
        self._find.setClearButtonEnabled(True)
        grid = QGridLayout()
        grid.setVerticalSpacing(STEP)
        grid.setHorizontalSpacing(3 * STEP)
        grid.setColumnStretch(1, 1)
        for at, field in enumerate(fields):
            tick = QCheckBox(field.label)
            editor = make_editor(self._desk, field)
            grid.addWidget(tick, at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(editor, at, 1)
            self._ticks[field.key], self._editors[field.key] = tick, editor
            self._rows.append((field.label.casefold(), tick, editor))
            editor.changed.connect(lambda key=field.key: self._typed(key))
            tick.toggled.connect(self._settle)
        inside = QWidget()
        inside.setObjectName("scrolled")
        inside.setLayout(grid)
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        layout = QVBoxLayout(self)
        layout.setSpacing(3 * STEP)
        layout.addWidget(
            label(
                "Ticked fields are set on all of them. Ticked and left empty, a field is cleared.", "muted", wrap=True
            )
        )
        layout.addLayout(row(self._find, None))
        layout.addWidget(scroll, 1)
        layout.addWidget(self._preview)
        layout.addWidget(self._buttons)
        self._find.textChanged.connect(self._narrow)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)

    def _show(self, common: Common) -> None:
        for key, found in common.items():
            editor = self._editors[key]
            if self._ticks[key].isChecked():
                continue
            if found is not None:
                editor.show_value(*found)
            elif isinstance(editor, (LineEditor, ReferenceEditor)):
                editor.line.setPlaceholderText(VARIES)
            else:
                editor.setToolTip(VARIES)
                self._ticks[key].setText(f"{editor.field.label} {VARIES}")

    def _typed(self, key: str) -> None:
        if not self._ticks[key].isChecked():
            self._ticks[key].setChecked(True)
        else:
            self._settle()

    def _narrow(self, text: str) -> None:
        for name, tick, editor in self._rows:
            shown = text.casefold() in name or tick.isChecked()
            tick.setVisible(shown)
            editor.setVisible(shown)

    def _settle(self) -> None:
        said, wrong = [], []
        for key, tick in self._ticks.items():
            if tick.isChecked():
                editor = self._editors[key]
                value = editor.check()
                name = editor.field.label
                if editor.problem is not None:
                    wrong.append(f"{name}: {say(editor.problem)}")
                elif value is None:
                    said.append(f"{name} is cleared")
                else:
                    said.append(f"{name} becomes {editor.text()}")
        words = "; ".join(said)
        self._preview.setText(
            " ".join(wrong) if wrong else f"On {self._noun}: {words}." if said else "Nothing is ticked yet."
        )
        self._preview.setProperty("role", "problem" if wrong else "")
        self._preview.style().polish(self._preview)
        self._ok.setText(f"Change {self._noun}")
        self._ok.setEnabled(bool(said) and not wrong)
