"""What a person may say about an import: the sheet and its range; which field each column means."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QGridLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.desk import Desk
from desktop.theme import STEP
from desktop.widgets import label, row
from models.exchange.fields import key_sets, sheet_fields
from models.exchange.look import Columns
from models.exchange.options import ImportOptions
from models.exchange.sheet import open_source
from models.progress import Progress
from models.schema.records import RECORDS

_GUESS = "As Muster finds it"
_SAMPLES = 3
_MOST_ROWS = 1_048_576


def sheet_names(path: Path, progress: Progress) -> list[str]:
    """The names of the sheets of a file that may hold a table. Raises InputError."""
    with open_source(path, progress) as source:
        return [sheet.name for sheet in source.sheets if sheet.kind == "worksheet"]


class SheetDialog(QDialog):
    """Asks which sheet holds the table, and where on it."""

    def __init__(self, sheets: Sequence[str], options: ImportOptions, header: int | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Sheet and range")
        self.setMinimumWidth(400)
        self._options = options
        self._sheet = QComboBox()
        self._sheet.addItems(list(sheets))
        self._sheet.setCurrentIndex(max(0, self._sheet.findText(options.sheet or "")))
        self._area = QLineEdit(options.area or "")
        self._area.setPlaceholderText("Whole sheet, or a range like A5:H90")
        self._header = QLineEdit("" if options.header is None else str(options.header))
        self._header.setValidator(QIntValidator(0, _MOST_ROWS, self))
        self._header.setPlaceholderText(_GUESS if header is None else f"{_GUESS}: row {header}")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText("Use this sheet")
        form = QFormLayout(self)
        form.addRow("&Sheet", self._sheet)
        form.addRow("&Range", self._area)
        form.addRow("&Headings in row", self._header)
        form.addRow("", label("0: the table has no headings.", "muted"))
        form.addRow(buttons)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)

    def options(self) -> ImportOptions:
        """What was said. The mapping belongs to the sheet, so another sheet is mapped anew."""
        header = self._header.text().strip()
        return ImportOptions(
            kind=self._options.kind,
            sheet=self._sheet.currentText() or None,
            area=self._area.text().strip() or None,
            header=int(header) if header else None,
        )


class MappingDialog(QDialog):
    """Asks what the rows are, which field each column means, and by what rows are known again."""

    def __init__(self, desk: Desk, columns: Columns, options: ImportOptions, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Mapping")
        self.resize(760, 600)
        self._desk = desk
        self._columns = columns
        self._options = options
        self._fields: dict[str, QComboBox] = {}
        self._kind = QComboBox()
        for word in RECORDS:
            self._kind.addItem(RECORDS[word].plural, word)
        self._kind.setCurrentIndex(self._kind.findData(columns.kind))
        self._match = QComboBox()
        self._count = label("", "muted")
        self._rows = QWidget()
        self._rows.setObjectName("scrolled")
        self._assemble()
        self._fill(columns.mapping)

    def options(self) -> ImportOptions:
        """What was said."""
        return ImportOptions(
            kind=str(self._kind.currentData()),
            sheet=self._columns.sheet,
            area=self._options.area,
            header=self._options.header,
            mapping={heading: str(box.currentData() or "") for heading, box in self._fields.items()},
            match=self._match.currentData() or None,
        )

    def choose(self, heading: str, key: str) -> None:
        """Let a column mean that field; empty leaves it out."""
        box = self._fields[heading]
        box.setCurrentIndex(box.findData(key))

    def _assemble(self) -> None:
        scroll = QScrollArea()
        scroll.setWidget(self._rows)
        scroll.setWidgetResizable(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText("Use this mapping")
        kind, match = label("The rows are"), label("A row is known again by")
        kind.setBuddy(self._kind)
        match.setBuddy(self._match)
        self._kind.setAccessibleName("The rows are")
        self._match.setAccessibleName("A row is known again by")
        layout = QVBoxLayout(self)
        layout.setSpacing(3 * STEP)
        layout.addLayout(row(kind, self._kind, match, self._match, None, self._count, gap=2))
        layout.addWidget(scroll, 1)
        layout.addWidget(buttons)
        self._grid = QGridLayout(self._rows)
        self._grid.setHorizontalSpacing(4 * STEP)
        self._grid.setVerticalSpacing(STEP)
        self._grid.setColumnStretch(1, 1)
        for at, head in enumerate(("Column", "Its first cells", "Means")):
            self._grid.addWidget(label(head, "heading"), 0, at)
        for at, (heading, letter) in enumerate(self._columns.headings.items(), start=1):
            cells = [cell for cell in self._columns.samples.get(heading, []) if cell][:_SAMPLES]
            box = QComboBox()
            box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            box.setMinimumWidth(240)
            name = label(f"{heading}  ({letter})" if heading else letter, wrap=True)
            name.setBuddy(box)
            box.setAccessibleName(f"Column {letter}, {heading}, means")
            self._grid.addWidget(name, at, 0)
            self._grid.addWidget(label(" · ".join(cells), "muted", wrap=True), at, 1)
            self._grid.addWidget(box, at, 2)
            self._fields[heading] = box
            box.currentIndexChanged.connect(self._settle)
        self._grid.setRowStretch(len(self._fields) + 1, 1)
        self._kind.currentIndexChanged.connect(lambda _at: self._fill({}))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)

    def _fill(self, mapping: Mapping[str, str | None]) -> None:
        """Offer the fields of the kind; a mapping of another kind is guessed anew."""
        from models.exchange.headings import map_headings

        word, catalogue = str(self._kind.currentData()), self._desk.catalogue
        fields = list(sheet_fields(catalogue, word).values())
        known = mapping or map_headings(catalogue, word, list(self._columns.headings))
        for heading, box in self._fields.items():
            box.blockSignals(True)
            box.clear()
            box.addItem("Leave out", "")
            box.addItem("Id in Muster", "id")
            for field in fields:
                box.addItem(field.label, field.key)
            box.setCurrentIndex(max(0, box.findData(known.get(heading) or "")))
            box.blockSignals(False)
        self._match.clear()
        self._match.addItem(_GUESS, "")
        labels = {field.key: field.label for field in fields}
        for key in key_sets(word):
            self._match.addItem(" and ".join(labels.get(part, part) for part in key), "+".join(key))
        if self._options.match:
            self._match.setCurrentIndex(max(0, self._match.findData(self._options.match)))
        self._settle()

    def _settle(self) -> None:
        mapped = sum(bool(box.currentData()) for box in self._fields.values())
        self._count.setText(f"{mapped} of {len(self._fields)} columns")
