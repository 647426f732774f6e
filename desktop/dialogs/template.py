"""Which template to write: a sheet for people to fill in."""

from PySide6.QtWidgets import QComboBox, QDialog, QRadioButton, QVBoxLayout, QWidget

from desktop.grid.table import RecordsTable
from desktop.widgets import button, frame, label, row, stack
from models.schema.records import OWN_KINDS, RECORDS, RecordType

_KINDS = tuple(kind for word, kind in RECORDS.items() if word not in OWN_KINDS)


class TemplateDialog(QDialog):
    """Asks for the kind of record, and which columns the sheet has."""

    def __init__(self, table: RecordsTable | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Template to fill in")
        self.setMinimumWidth(460)
        self._table = table
        self._kind = QComboBox()
        self._kind.setAccessibleName("Kind of record")
        self._kind.addItems([kind.plural for kind in _KINDS])
        if table is not None and table.kind in _KINDS:
            self._kind.setCurrentIndex(_KINDS.index(table.kind))
        self._every = QRadioButton("All columns that can be filled in")
        self._shown = QRadioButton("The columns that the table shows")
        self._every.setChecked(True)
        go = button("Save as…", self.accept, role="primary")
        go.setDefault(True)
        columns = QWidget()
        inside = stack(self._every, self._shown, gap=1)
        inside.setContentsMargins(0, 0, 0, 0)
        columns.setLayout(inside)
        body = stack(
            label("A sheet for people to fill in", "title"),
            row(label("Of"), self._kind, None),
            columns,
            label(
                "Headings have notes, and cells offer words to choose from. Filled in, the sheet is imported as it is.",
                "muted",
                wrap=True,
            ),
            gap=3,
            margin=4,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(body)
        layout.addStretch(1)
        layout.addWidget(frame("foot", row(None, button("Cancel", self.reject), go, margin=3)))
        self._kind.currentIndexChanged.connect(self._settle)
        self._settle()

    @property
    def kind(self) -> RecordType:
        """The kind of record."""
        return _KINDS[self._kind.currentIndex()]

    @property
    def columns(self) -> tuple[str, ...]:
        """The keys of the columns; none for all."""
        if self._table is None or not self._shown.isEnabled() or not self._shown.isChecked():
            return ()
        return tuple(field.key for field in self._table.model.columns if not field.kept)

    def _settle(self) -> None:
        """Another kind than the table's has no shown columns."""
        self._shown.setEnabled(self._table is not None and self._table.kind == self.kind)
        if not self._shown.isEnabled():
            self._every.setChecked(True)
