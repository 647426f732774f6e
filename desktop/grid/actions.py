"""What can be done to the rows of a table: copy, paste, edit, fill down, bulk edit, delete, choose columns."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QDialog, QMenu, QWidget

from desktop.deeds import change_each, paste_cells
from desktop.desk import Desk
from desktop.dialogs.ask import LineDialog, confirm
from desktop.grid.cell_editor import CellEditor
from desktop.grid.clipboard import copy_rows, from_tsv
from desktop.grid.model import Shown
from desktop.grid.paste import PastePlan, plan_paste
from desktop.grid.table import RecordsTable
from desktop.jobs import Task
from desktop.phrases import count, told
from models.fields.field import Field
from models.fields.problem import Problem
from models.journal.entry import Changes
from models.journal.writer import Journal
from models.services.bulk import Deleted, delete_records, set_many

_LISTED = 8
#: What is offered of the context menu to those whose role does not change the records.
_READING = frozenset(("record.open", "edit.copy", "edit.copy-cell", "file.export"))


class TableActions(QObject):
    """The deeds of one table. Each is a short conversation and then one write through the desk."""

    def __init__(self, desk: Desk, table: RecordsTable, actions: Callable[[str], QAction]) -> None:
        """`actions` gives the QAction of a command, for the context menu."""
        super().__init__(table)
        self._desk = desk
        self._table = table
        self._actions = actions
        self.cells = CellEditor(desk, table.view, table.model, self._keep)
        table.edit_asked.connect(self._edit)
        table.menu_asked.connect(self._menu)

    # Clipboard

    def copy(self) -> None:
        """Copy the chosen rows as TSV, as many as there are."""
        chosen, desk, word = self._table.chosen(), self._desk, self._table.word
        fields = list(self._table.model.columns)
        if not len(chosen):
            return

        def done(text: str) -> None:
            QGuiApplication.clipboard().setText(text)
            desk.said.emit(f"Copied {count(len(chosen), 'row')}.")

        desk.read(
            lambda connection, task: copy_rows(connection, task, desk, word, chosen.numbers, fields), done, owner=self
        )

    def copy_cell(self) -> None:
        """Copy what stands in the cell that the person is on."""
        index = self._table.view.currentIndex()
        if index.isValid():
            QGuiApplication.clipboard().setText(self._table.model.text(index.row(), index.column()))
            self._desk.said.emit("Copied the cell.")

    def paste(self) -> None:
        """Paste cells from the clipboard, from the cell that the person is on."""
        cells = from_tsv(QGuiApplication.clipboard().text())
        index = self._table.view.currentIndex()
        model, desk, word = self._table.model, self._desk, self._table.word
        if not cells:
            desk.said.emit("There is nothing to paste. Copy cells in a spreadsheet first.")
            return
        row, column = (index.row(), index.column()) if index.isValid() else (0, 0)
        numbers = model.ids[row : row + len(cells)]
        columns = [field for field in model.columns[column:] if not field.kept and field.key != "kind"]
        desk.read(
            lambda connection, task: plan_paste(connection, task, desk, word, numbers, columns, cells),
            self._confirm_paste,
            owner=self,
        )

    # Values

    def edit_cell(self) -> None:
        """Edit the cell that the person is on."""
        index = self._table.view.currentIndex()
        if index.isValid():
            self._edit(index.row(), index.column())

    def fill_down(self) -> None:
        """Give all chosen rows the value that the first one has in the current column."""
        index = self._table.view.currentIndex()
        chosen = self._table.chosen()
        if not index.isValid() or len(chosen) < 2:
            self._desk.said.emit("Choose the row with the value and the rows below it first.")
            return
        field = self._table.model.columns[index.column()]
        first = self._table.model.row(self._table.model.place(chosen.numbers[0]))
        if first is None or field.kept or field.key == "kind":
            return
        if field.identity:
            self._desk.said.emit(f"{field.label} names one thing only. It cannot be filled down.")
            return
        word, value, rest = self._table.word, first.values.get(field.key), chosen.numbers[1:]
        title = f"Fill {field.label} down over {count(len(rest), 'row')}"
        self._write(title, lambda journal, task: set_many(journal, word, rest, {field.key: value}, title, task))

    def bulk_edit(self) -> None:
        """Ask what to set on all chosen rows, and set it."""
        from desktop.dialogs.bulk_edit import BulkEditDialog

        chosen, word = self._table.chosen(), self._table.word
        if not len(chosen):
            self._desk.said.emit("Choose some rows first.")
            return
        dialog = BulkEditDialog(self._desk, word, chosen.numbers, self._editable(), self._window())
        if dialog.exec() == QDialog.DialogCode.Accepted:
            patch, title = dialog.patch(), dialog.title()
            self._write(title, lambda journal, task: set_many(journal, word, chosen.numbers, patch, title, task))

    def delete(self) -> None:
        """Delete the chosen rows; the toast offers to undo it."""
        chosen, word, kind = self._table.chosen(), self._table.word, self._table.kind
        if not len(chosen):
            return
        noun = count(len(chosen), kind.label.lower(), kind.plural.lower())
        if len(chosen) > 1 and not confirm(
            self._window(), "Delete", f"Delete {noun}?", f"Delete {noun}", "You can undo it, also later."
        ):
            return
        title = f"Delete {noun}"
        deleted: list[Deleted] = []

        def work(journal: Journal, task: Task) -> Changes:
            deleted.append(delete_records(journal, word, chosen.numbers, title, task))
            return deleted[0].changes

        self._desk.write(title, work, lambda _changes: self._tell_kept(deleted[0]), owner=self)

    def _tell_kept(self, deleted: Deleted) -> None:
        """Say what stays, and why: other records refer to it."""
        if deleted.kept:
            kind, number = self._table.kind, len(deleted.kept)
            noun = count(number, kind.label.lower(), kind.plural.lower())
            stays = "stays" if number == 1 else "stay"
            self._desk.said.emit(f"{noun} {stays}, since other records refer to {'it' if number == 1 else 'them'}.")

    # Views

    def choose_columns(self) -> None:
        """Ask which columns to show."""
        from desktop.grid.columns import ColumnDialog

        table = self._table
        dialog = ColumnDialog(table.fields, table.model.columns, self._window())
        if dialog.exec() == QDialog.DialogCode.Accepted:
            table.show_columns(dialog.columns())

    def save_view(self) -> None:
        """Ask for a name and keep the view under it."""
        dialog = LineDialog("Save this view", "Name of the view", "Save", self._window())
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._table.save_view(dialog.text)
            self._desk.said.emit(f"Saved the view “{dialog.text}”.")

    # Inside

    def _edit(self, row: int, column: int) -> None:
        if self._desk.may(self._table.kind.table):
            self.cells.begin(row, column)
        else:
            self._desk.refuse()

    def _editable(self) -> list[Field]:
        return [field for field in self._table.fields if not field.kept and field.key != "kind"]

    def _window(self) -> QWidget:
        return self._table.window()

    def _write(self, title: str, work: Callable[..., Changes]) -> None:
        self._desk.write(title, work, owner=self)

    def _keep(self, row: int, shown: Shown, field: Field, canonical: str | None, text: str) -> None:
        name = shown.texts.get(self._table.kind.naming) or self._table.kind.label.lower()
        title = f"Change {field.label} of {name}"
        word, patches = self._table.word, {shown.id: {field.key: canonical}}
        self._table.model.amend(row, field.key, canonical, text)
        self._write(title, lambda journal, task: change_each(journal, task, word, patches, title))

    def _confirm_paste(self, plan: PastePlan) -> None:
        plural = self._table.kind.plural.lower()
        if not plan.cells:
            problem = plan.problems[0] if plan.problems else None
            self._desk.said.emit(
                f"Nothing was pasted. {told(problem[2], problem[1])}"
                if problem
                else "The cells hold these values already."
            )
            return
        if plan.problems or plan.added or plan.cells > 1:
            text = f"Paste {count(plan.cells, 'value')} into {count(len(plan.patches), 'row')}?"
            if plan.added:
                text += f" {count(len(plan.added), 'row')} below the last one will be added as new {plural}."
            if not confirm(self._window(), "Paste", text, "Paste", _listed(plan.problems)):
                return
        word, title = self._table.word, f"Paste {count(plan.cells, 'value')} into {plural}"
        self._write(title, lambda journal, task: paste_cells(journal, task, word, plan.patches, plan.added, title))

    def _menu(self, at: QPoint) -> None:
        menu = QMenu(self._table)
        custody = ("record.issue", "record.return", "record.move", "") if self._table.kind.table == "asset" else ()
        may = self._desk.may(self._table.kind.table)
        for name in (
            "record.open", "record.edit-cell", "record.fill-down", "record.bulk-edit", "", *custody,
            "edit.copy", "edit.copy-cell", "edit.paste", "", "record.labels", "file.export", "",
            "record.merge", "record.delete",
        ):  # fmt: skip
            if not name:
                menu.addSeparator()
            elif may or name in _READING:
                menu.addAction(self._actions(name))
        menu.exec(at)
        menu.deleteLater()


def _listed(problems: Sequence[tuple[int, str, Problem]]) -> str:
    """The first problems, one a line, and how many more there are."""
    lines = [f"Row {row}: {told(problem, name)}" for row, name, problem in problems[:_LISTED]]
    if len(problems) > _LISTED:
        lines.append(f"And {len(problems) - _LISTED:,} more.")
    return "These cells are left out:\n" + "\n".join(lines) if lines else ""
