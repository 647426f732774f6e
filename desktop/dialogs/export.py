"""What to export: rows and columns of a table, or everything; and the exports that are saved under names."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from desktop.grid.table import RecordsTable
from desktop.phrases import count, within
from desktop.theme import STEP
from desktop.widgets import button, frame, label, row, rule, stack
from models.exchange.writing.books import ALL
from models.exchange.writing.saved import SavedExport
from models.schema.records import RECORDS

FORMATS = {
    ".xlsx": "Excel workbook (.xlsx)",
    ".csv": "Comma separated text (.csv)",
    ".tsv": "Tab separated text (.tsv)",
}
"""The kinds of file by their endings."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person wants to export.

    `record` is a kind's word or "all", `numbers` are the rows of a table (None: all that `query` finds), `columns` keys
    of fields (none: all with a value), `ending` that of the file, `name` the one to save it under, if any.
    """

    record: str
    query: str
    columns: tuple[str, ...]
    numbers: Sequence[int] | None
    ending: str
    name: str = ""

    def saved(self, file: str) -> SavedExport:
        """It as a saved export to that file."""
        return SavedExport(self.name, self.record, self.query, self.columns, file)


class ExportDialog(QDialog):
    """Asks which rows, which columns and which kind of file; or which saved export to make again."""

    def __init__(
        self,
        table: RecordsTable | None,
        saved: Sequence[SavedExport] = (),
        parent: QWidget | None = None,
        *,
        keeps: bool = True,
    ) -> None:
        """`keeps`: whether the person may save the export under a name."""
        super().__init__(parent)
        self.setWindowTitle("Export")
        self.setMinimumWidth(460)
        self._table = table
        self._saved = tuple(saved)
        self.chosen_export: SavedExport | None = None
        """The saved export that is to be made again, if one was chosen."""
        chosen = len(table.chosen()) if table else 0
        found = table.found if table else 0
        self._found = QRadioButton(f"All {count(found, 'row')} that the table shows")
        self._chosen = QRadioButton(f"The {count(chosen, 'chosen row')}")
        self._all = QRadioButton("Everything, a sheet for each kind")
        self._shown = QRadioButton("The columns that the table shows")
        self._every = QRadioButton("All columns that have a value")
        self._format = QComboBox()
        self._format.addItems(list(FORMATS.values()))
        self._format.setAccessibleName("Kind of file")
        self._save = QCheckBox("Save this export as")
        self._name = QLineEdit()
        self._name.setPlaceholderText("A name, to make it again")
        self._name.setAccessibleName("Name of the saved export")
        self._go = button("Export…", self.accept, role="primary")
        self._go.setDefault(True)
        self._save.setVisible(keeps)
        self._name.setVisible(keeps)
        self._set_up(chosen)
        self._assemble()
        for choice in (self._found, self._chosen, self._all):
            choice.toggled.connect(self._settle)
        self._save.toggled.connect(self._settle)
        self._name.textChanged.connect(self._settle)
        self._settle()

    def asked(self) -> Asked:
        """What the person wants."""
        ending = list(FORMATS)[self._format.currentIndex()]
        name = self._name.text().strip() if self._save.isEnabled() and self._save.isChecked() else ""
        table = self._table
        if table is None or self._all.isChecked():
            return Asked(ALL, "", (), None, ending, name)
        numbers = table.chosen().numbers if self._chosen.isChecked() else table.model.ids[:]
        columns = () if self._every.isChecked() else tuple(field.key for field in table.model.columns)
        return Asked(table.word, table.query, columns, numbers, ending, name)

    def _set_up(self, chosen: int) -> None:
        there = self._table is not None
        self._found.setVisible(there)
        self._chosen.setVisible(chosen > 1)
        (self._all if not there else self._chosen if chosen > 1 else self._found).setChecked(True)
        self._shown.setChecked(True)

    def _assemble(self) -> None:
        rows, self._columns = QWidget(), QWidget()
        for box, choices in (
            (rows, (self._found, self._chosen, self._all)),
            (self._columns, (self._shown, self._every)),
        ):
            inside = stack(*choices, gap=1)
            inside.setContentsMargins(0, 0, 0, 0)
            box.setLayout(inside)
        self._columns.setVisible(self._table is not None)
        what = within(self._table.kind.plural) if self._table else "the register"
        body = stack(
            label(f"Export {what}", "title"),
            rows,
            self._columns,
            row(label("File"), self._format, None),
            row(self._save, self._name),
            label("Importing the file again says that all is the same.", "muted"),
            gap=3,
            margin=4,
        )
        if self._saved:
            body.addWidget(rule())
            body.addLayout(self._again())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(body)
        layout.addStretch(1)
        layout.addWidget(frame("foot", row(None, button("Cancel", self.reject), self._go, margin=3)))

    def _again(self) -> QVBoxLayout:
        """The saved exports, to make one again."""
        known = QComboBox()
        known.setAccessibleName("Saved exports")
        known.setMinimumWidth(30 * STEP)
        for each in self._saved:
            known.addItem(f"{each.name} ({_kind_name(each.record)})")
            known.setItemData(known.count() - 1, each.file, 3)  # Qt's ToolTipRole

        def make_again() -> None:
            self.chosen_export = self._saved[known.currentIndex()]
            self.accept()

        return stack(label("Saved exports", "heading"), row(known, button("Export again", make_again), None))

    def _settle(self) -> None:
        """Offer what goes together: everything is a workbook, and chosen rows are no export to be made again."""
        everything = self._all.isChecked()
        self._columns.setEnabled(not everything)
        self._format.setEnabled(not everything)
        if everything:
            self._format.setCurrentIndex(0)
        self._save.setEnabled(not self._chosen.isChecked())
        saving = self._save.isEnabled() and self._save.isChecked()
        self._name.setEnabled(saving)
        self._go.setEnabled(not saving or bool(self._name.text().strip()))


def _kind_name(word: str) -> str:
    """What people call what is exported."""
    return "everything" if word == ALL else within(RECORDS[word].plural) if word in RECORDS else word
