"""Which columns a table shows, in which order and how wide: remembered for each kind of record."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.memory import Memory
from desktop.widgets import button, label, row
from models.fields.field import Field

#: The order that suits the work with a kind best, until the person chooses; other kinds show their `shown` fields.
_FIRST = {
    "hardware": ("tag", "hostname", "model", "serial", "custodian", "location", "status", "department"),
    "mobile": ("tag", "phone", "imei", "model", "serial", "custodian", "department", "status"),
    "radio": ("tag", "unit_id", "alias", "model", "serial", "custodian", "location", "status"),
}
_WIDE, _MIDDLE, _NARROW = 176, 128, 96
_MOST_OVER = 0.12


def default_width(field: Field) -> int:
    """A width that suits the field's kind, in pixels."""
    if field.kind.right or field.kind.name in ("day", "yesno"):
        return _NARROW
    return _WIDE if field.kind.name in ("text", "longtext", "model", "location", "person", "email") else _MIDDLE


def squeeze(widths: dict[str, int], least: Mapping[str, int], soft: Sequence[str], room: int) -> None:
    """Take a little from soft columns, none below its least width, where all columns then fit without scrolling."""
    over = sum(widths.values()) - room
    spare = {key: max(0, widths[key] - least[key]) for key in soft}
    total = sum(spare.values())
    if 0 < over <= min(room * _MOST_OVER, total):
        for key, each in spare.items():
            widths[key] -= -(-each * over // total)


class ColumnMemory:
    """The remembered columns of one kind of record."""

    def __init__(self, memory: Memory, word: str) -> None:
        self._memory = memory
        self._word = word

    def columns(self, fields: Sequence[Field]) -> list[Field]:
        """The fields to show, in their order; those that are `shown` until the person chooses."""
        known = {field.key: field for field in fields}
        chosen = self._memory.get(f"columns.{self._word}")
        picked = [known[key] for key in chosen if key in known] if isinstance(chosen, list) else []
        if picked:
            return picked
        best = [known[key] for key in _FIRST.get(self._word, ()) if key in known]
        return best or [field for field in fields if field.shown] or list(fields[:6])

    def keep(self, columns: Sequence[Field]) -> None:
        """Remember these columns."""
        self._memory.put(f"columns.{self._word}", [field.key for field in columns])

    def width(self, field: Field) -> int | None:
        """The width of a column in pixels; None until the person has set it."""
        return dict(self._memory.get(f"widths.{self._word}", {})).get(field.key)

    def keep_width(self, field: Field, width: int) -> None:
        """Remember the width of a column."""
        widths = dict(self._memory.get(f"widths.{self._word}", {}))
        widths[field.key] = width
        self._memory.put(f"widths.{self._word}", widths)


class ColumnDialog(QDialog):
    """Chooses columns and their order: a tick shows one, dragging or the two buttons move it."""

    def __init__(self, fields: Sequence[Field], columns: Sequence[Field], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Columns")
        self.resize(400, 560)
        self._fields = {field.key: field for field in fields}
        self._search = QLineEdit()
        self._search.setPlaceholderText("Find a column")
        self._search.setAccessibleName("Find a column")
        self._search.setClearButtonEnabled(True)
        self._list = QListWidget()
        self._list.setAccessibleName("Columns, ticked ones are shown")
        self._list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        shown = {field.key for field in columns}
        for field in [*columns, *(each for each in fields if each.key not in shown)]:
            item = QListWidgetItem(field.label)
            item.setData(Qt.ItemDataRole.UserRole, field.key)
            item.setCheckState(Qt.CheckState.Checked if field.key in shown else Qt.CheckState.Unchecked)
            self._list.addItem(item)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setText("Show these")

        layout = QVBoxLayout(self)
        layout.addWidget(
            label("Tick what the table shows. The first ticked column stays when you scroll.", "muted", wrap=True)
        )
        layout.addWidget(self._search)
        layout.addWidget(self._list)
        layout.addLayout(
            row(
                button("Move up", lambda: self._move(-1), drawing="up"),
                button("Move down", lambda: self._move(1), drawing="down"),
                None,
            )
        )
        layout.addWidget(self._buttons)

        self._search.textChanged.connect(self._narrow)
        self._list.itemChanged.connect(self._settle)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)

    def columns(self) -> list[Field]:
        """The ticked fields in their order."""
        items = [self._list.item(at) for at in range(self._list.count())]
        ticked = [item for item in items if item.checkState() == Qt.CheckState.Checked]
        return [self._fields[item.data(Qt.ItemDataRole.UserRole)] for item in ticked]

    def _move(self, way: int) -> None:
        at = self._list.currentRow()
        if at >= 0 and 0 <= at + way < self._list.count():
            item = self._list.takeItem(at)
            self._list.insertItem(at + way, item)
            self._list.setCurrentRow(at + way)

    def _narrow(self, text: str) -> None:
        for at in range(self._list.count()):
            item = self._list.item(at)
            item.setHidden(text.casefold() not in item.text().casefold())

    def _settle(self) -> None:
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(bool(self.columns()))
