"""Adding a thing whose code nothing has: which kind it is, and whether the code is its tag or its serial number."""

from PySide6.QtWidgets import QButtonGroup, QComboBox, QDialog, QRadioButton, QVBoxLayout, QWidget

from desktop.theme import Look
from desktop.widgets import button, frame, label, row, stack
from models.schema.records import ASSET_KINDS, RECORDS


class AddScannedDialog(QDialog):
    """Asks what was scanned; the form of the new record comes after it."""

    def __init__(self, look: Look, code: str, serial: str, word: str, parent: QWidget | None = None) -> None:
        """`serial` is the serial number in the code where it begins as makers write them; `word` the likeliest kind."""
        super().__init__(parent)
        self.setWindowTitle("Add what was scanned")
        self._code, self._in_code = code, serial or code
        shown = label(code, wrap=True)
        shown.setFont(look.mono)
        self._kind = QComboBox()
        for each in ASSET_KINDS:
            self._kind.addItem(RECORDS[each].label, each)
        self._kind.setCurrentIndex(max(0, self._kind.findData(word)))
        self._kind.setAccessibleName("Kind")
        kind = label("It is a")
        kind.setBuddy(self._kind)
        self._tag = QRadioButton("Asset tag")
        self._serial = QRadioButton(f"Serial number {serial}".strip())
        self._fields = QButtonGroup(self)
        for choice in (self._tag, self._serial):
            self._fields.addButton(choice)
        (self._serial if serial else self._tag).setChecked(True)
        go = button("Go on", self.accept, role="primary")
        go.setDefault(True)
        words = row(kind, self._kind, None, gap=2)
        fields = row(label("The code is its"), self._tag, self._serial, None, gap=3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(stack(shown, words, fields, gap=3, margin=4))
        layout.addWidget(frame("foot", row(None, button("Cancel", self.reject), go, gap=2, margin=3)))
        self._kind.setFocus()

    @property
    def word(self) -> str:
        """The kind of record."""
        return str(self._kind.currentData())

    @property
    def field(self) -> str:
        """The key of the field that has the code."""
        return "serial" if self._serial.isChecked() else "tag"

    @property
    def value(self) -> str:
        """What the field gets."""
        return self._in_code if self._serial.isChecked() else self._code
