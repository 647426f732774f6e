"""Filter chips over the table. Each chip is a piece of the query language; together they are the query."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QHBoxLayout, QLineEdit, QWidget

from desktop.phrases.filters import COMPARISONS, chip_words
from desktop.widgets import button, clear, label, row
from models.fields.field import Field
from models.query.parse import quote


def term(key: str, comparison: str, value: str) -> str:
    """A piece of the query language: field, comparison (see `COMPARISONS`), value."""
    return COMPARISONS[comparison].format(key=key, value=quote(value) if value else "")


class FilterBar(QWidget):
    """The chips. `changed` is sent when one is added or taken away."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._terms: list[str] = []
        self._fields: Sequence[Field] = ()
        self._row: QHBoxLayout = row(None, gap=2)
        self.setLayout(self._row)
        self._draw()

    @property
    def terms(self) -> list[str]:
        """The pieces of the query."""
        return list(self._terms)

    def offer(self, fields: Sequence[Field]) -> None:
        """Offer these fields to filter by."""
        self._fields = fields
        self._draw()

    def show_terms(self, terms: Sequence[str]) -> None:
        """Show these chips, without `changed`."""
        self._terms = list(terms)
        self._draw()

    def add(self, piece: str) -> None:
        """Add a chip."""
        if piece not in self._terms:
            self._terms.append(piece)
            self._draw()
            self.changed.emit()

    def _remove(self, piece: str) -> None:
        self._terms.remove(piece)
        self._draw()
        self.changed.emit()

    def _draw(self) -> None:
        clear(self._row)
        labels = {field.key: field.label for field in self._fields}
        for piece in self._terms:
            words = chip_words(piece, labels)
            chip = button(f"{words}  ×", partial(self._remove, piece), role="chip")
            chip.setAccessibleName(f"Take away the filter {words}")
            chip.setToolTip(f"Take away the filter {piece}")
            self._row.addWidget(chip)
        self._row.addWidget(button("+ Filter", self._ask, role="addchip"))
        self._row.addStretch(1)

    def _ask(self) -> None:
        dialog = FilterDialog(self._fields, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.add(dialog.term())


class FilterDialog(QDialog):
    """Asks for a field, a comparison and a value."""

    def __init__(self, fields: Sequence[Field], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Add a filter")
        self._field = QComboBox()
        for field in fields:
            self._field.addItem(field.label, field.key)
        self._comparison = QComboBox()
        self._comparison.addItems(list(COMPARISONS))
        self._value = QLineEdit()
        self._value.setPlaceholderText("Value")
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, Qt.Orientation.Horizontal
        )
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setText("Add filter")

        form = QFormLayout(self)
        form.addRow("&Field", self._field)
        form.addRow("&Is", self._comparison)
        form.addRow("&Value", self._value)
        form.addRow(label("Dates as 2026-11-22. Any part of a word will do.", "muted"))
        form.addRow(self._buttons)

        self._comparison.currentTextChanged.connect(self._settle)
        self._value.textChanged.connect(self._settle)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._settle()

    def term(self) -> str:
        """The piece of the query that was asked for."""
        return term(self._field.currentData(), self._comparison.currentText(), self._value.text().strip())

    def _settle(self) -> None:
        needs = "{value}" in COMPARISONS[self._comparison.currentText()]
        self._value.setEnabled(needs)
        ready = bool(self._value.text().strip()) or not needs
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(ready)
