"""Asking for a custom field for a column that no field of ours is."""

from collections.abc import Collection

from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QPlainTextEdit, QWidget

from desktop.widgets import label
from models.exchange.options import NewField
from models.exchange.plan import SheetColumn
from models.schema.choices import CUSTOM_TYPE
from models.services.custom import key_for

_TALL = 120


class NewFieldDialog(QDialog):
    """Asks for the label, the type and, of choices, the words."""

    def __init__(self, column: SheetColumn, taken: Collection[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("New field")
        self.setMinimumWidth(400)
        self._taken = taken
        self.label = QLineEdit(column.heading)
        self.type = QComboBox()
        for word in CUSTOM_TYPE.options:
            self.type.addItem(CUSTOM_TYPE.format(word), word)
        self.type.setCurrentIndex(max(0, self.type.findData(column.new_type)))
        self.choices = QPlainTextEdit("\n".join(column.choices))
        self.choices.setFixedHeight(_TALL)
        self.choices.setPlaceholderText("One choice a line")
        self._note = label("", "problem", wrap=True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._ok.setText("Add the field")
        form = QFormLayout(self)
        form.addRow("&Label", self.label)
        form.addRow("&Type", self.type)
        form.addRow("&Choices", self.choices)
        form.addRow(self._note)
        form.addRow(buttons)
        self._form = form
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.label.textChanged.connect(self._settle)
        self.choices.textChanged.connect(self._settle)
        self.type.currentIndexChanged.connect(self._settle)
        self._settle()

    def field(self) -> NewField:
        """The field that is asked for."""
        text, word = " ".join(self.label.text().split()), str(self.type.currentData())
        return NewField(key_for(text, self._taken), text, word, self._words() if word == "choice" else ())

    def _words(self) -> tuple[str, ...]:
        lines = map(str.strip, self.choices.toPlainText().splitlines())
        return tuple(dict.fromkeys(filter(None, lines)))

    def _settle(self) -> None:
        choice = self.type.currentData() == "choice"
        self._form.setRowVisible(self.choices, choice)
        lacks = "Give it a label." if not self.label.text().strip() else ""
        if choice and not self._words():
            lacks = lacks or "Give it its choices, one a line."
        self._note.setText(lacks)
        self._ok.setEnabled(not lacks)
