"""Exporting what a table shows, or its chosen rows, to a spreadsheet."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QRadioButton, QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.grid.table import RecordsTable
from desktop.jobs import Task
from desktop.phrases import count
from desktop.theme import STEP
from desktop.widgets import label
from models.exchange.export import Exported, export_records

_FORMATS = "Excel workbook (*.xlsx);;CSV, comma separated (*.csv);;TSV, tab separated (*.tsv)"
_ENDINGS = (".xlsx", ".csv", ".tsv")


class ExportDialog(QDialog):
    """Asks which rows and which columns."""

    def __init__(self, table: RecordsTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export")
        self.setMinimumWidth(400)
        chosen, kind = len(table.chosen()), table.kind
        self._found = QRadioButton(f"All {count(table.found, 'row')} that the table shows")
        self._chosen = QRadioButton(f"The {count(chosen, 'chosen row')}")
        self._shown = QRadioButton("The columns that the table shows")
        self._every = QRadioButton("All columns that have a value")
        rows, columns = QWidget(), QWidget()
        for box, first, second in ((rows, self._found, self._chosen), (columns, self._shown, self._every)):
            inside = QVBoxLayout(box)
            inside.setContentsMargins(0, 0, 0, 0)
            inside.addWidget(first)
            inside.addWidget(second)
        self._found.setChecked(chosen < 2)
        self._chosen.setChecked(chosen > 1)
        self._chosen.setVisible(chosen > 1)
        self._shown.setChecked(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Save).setText("Save as…")
        layout = QVBoxLayout(self)
        layout.setSpacing(3 * STEP)
        layout.addWidget(label(f"Export {kind.plural.lower()}", "title"))
        layout.addWidget(rows)
        layout.addWidget(columns)
        layout.addWidget(label("Importing the file again says that all is the same.", "muted"))
        layout.addWidget(buttons)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)

    @property
    def chosen_only(self) -> bool:
        """Only the chosen rows are wanted."""
        return self._chosen.isChecked()

    @property
    def every_column(self) -> bool:
        """All columns with a value are wanted, not only the shown ones."""
        return self._every.isChecked()


def ask_export(desk: Desk, parent: QWidget, table: RecordsTable) -> None:
    """Ask what to export and where to, and write it off the window's thread."""
    dialog = ExportDialog(table, parent)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return
    folder = Path(str(desk.memory.get("folder") or Path.home()))
    name, picked = QFileDialog.getSaveFileName(parent, "Export", str(folder / f"{table.kind.plural}.xlsx"), _FORMATS)
    if not name:
        return
    path = Path(name)
    if path.suffix.lower() not in _ENDINGS:
        path = path.with_name(path.name + next((end for end in _ENDINGS if f"*{end}" in picked), ".xlsx"))
    desk.memory.put("folder", str(path.parent))
    export(desk, table, path, chosen_only=dialog.chosen_only, every_column=dialog.every_column)


def export(desk: Desk, table: RecordsTable, path: Path, *, chosen_only: bool, every_column: bool) -> None:
    """Write the rows of the table to a file, in its order."""
    numbers = table.chosen().numbers if chosen_only else table.model.ids[:]
    columns = [] if every_column else [field.key for field in table.model.columns]
    word, database, settings = table.word, desk.database, desk.settings

    def work(task: Task) -> Exported:
        return export_records(database, word, path, settings, columns=columns, numbers=numbers, progress=task)

    def done(exported: Exported) -> None:
        desk.offer.emit(
            f"Exported {count(exported.rows, 'row')} to {path.name}.",
            "Open",
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))),
        )

    desk.jobs.work(f"Export to {path.name}", work, done, owner=table)
