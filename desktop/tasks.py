"""The commands of the main window, and what each does."""

from array import array
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QMenu
from sqlalchemy import Connection

from desktop.commands import GROUPS, Command
from desktop.deeds import add_record
from desktop.desk import Desk
from desktop.forms.panel import Loaded
from desktop.grid.actions import TableActions
from desktop.grid.model import fetch
from desktop.jobs import Task
from desktop.pages.home import DEMO_ASSETS
from desktop.pages.places import PLACES
from desktop.phrases import count
from desktop.window import MainWindow
from models.journal.entry import Changes
from models.journal.history import last_undoable
from models.journal.undo import UndoReport, redo, undo
from models.journal.writer import Journal
from models.schema.records import RECORDS
from models.services.bulk import Deleted, delete_records


class Tasks(QObject):
    """What people can do in the window. Each method is one command."""

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        window.commands.add(self._commands())
        window.set_menu(self._menu())
        window.dropped.connect(lambda path: self.import_file(Path(path)))
        desk.deed.connect(self._offer_undo)
        desk.changed.connect(lambda _changes: self.look_back())
        self.look_back()

    def _commands(self) -> list[Command]:
        window, here = self._window, self._here
        chosen, shown = self._any_chosen, self._shown
        go = [
            Command(
                f"go.{place.name}",
                place.title,
                partial(window.show_place, place.name),
                f"Alt+{at}",
                place.icon,
            )
            for at, place in enumerate(PLACES, start=1)
        ]
        return [
            Command("file.import", "Import a spreadsheet…", self.import_file, "Ctrl+I", "import"),
            Command("file.export", "Export the table…", self.export, "Ctrl+E", "export", self._table_there),
            Command("file.demo", "Try a demo city", self.demo, "", "city", lambda: window.home.empty),
            Command(
                "file.remove-demo", "Remove the demo city", self.remove_demo, "", "delete", lambda: window.home.demo
            ),
            Command("file.settings", "Settings…", self.settings, "Ctrl+,", "settings"),
            Command("file.quit", "Quit", window.close, "Ctrl+Q"),
            Command("edit.undo", "Undo", self.undo, "Ctrl+Z", "undo"),
            Command("edit.redo", "Redo", self.redo, "Ctrl+Shift+Z"),
            Command("edit.copy", "Copy rows", lambda: here().copy(), "Ctrl+C", "copy", chosen),
            Command("edit.copy-cell", "Copy cell", lambda: here().copy_cell(), "Ctrl+Shift+C", "", chosen),
            Command("edit.paste", "Paste cells", lambda: here().paste(), "Ctrl+V", "paste", self._table_there),
            Command("edit.select-all", "Choose all rows", self.select_all, "Ctrl+A", "", self._table_there),
            Command("record.new", "New record…", self.new_record, "Ctrl+N", "add"),
            Command("record.open", "Open the record", self.open_record, "Ctrl+Return", "panel", chosen),
            Command("record.save", "Save the record", window.panel.save, "Ctrl+S", "check", shown),
            Command("record.edit-cell", "Edit the cell", lambda: here().edit_cell(), "", "edit", chosen),
            Command("record.fill-down", "Fill down", lambda: here().fill_down(), "Ctrl+D", "down", chosen),
            Command("record.bulk-edit", "Edit the chosen rows…", lambda: here().bulk_edit(), "Ctrl+B", "edit", chosen),
            Command("record.labels", "Print labels…", self.labels, "Ctrl+P", "label", self._assets_there),
            Command("record.delete", "Delete the chosen rows", lambda: here().delete(), "Del", "delete", chosen),
            Command("record.delete-shown", "Delete the shown record", self.delete_shown, "", "delete", shown),
            Command("record.fields", "Custom fields…", self.custom_fields, "", "field"),
            Command("view.search", "Search everything", window.ask_search, "Ctrl+K", "search"),
            Command("view.filter", "Filter the table", self.filter, "Ctrl+F", "filter", self._table_there),
            Command("view.columns", "Columns…", lambda: here().choose_columns(), "", "columns", self._table_there),
            Command("view.save", "Save this view…", lambda: here().save_view(), "", "view", self._table_there),
            Command("view.panel", "Record panel", window.toggle_panel, "F4", "panel"),
            Command("view.next-pane", "Next pane", window.next_pane, "F6"),
            Command("view.last-pane", "Previous pane", lambda: window.next_pane(-1), "Shift+F6"),
            Command("view.refresh", "Refresh", self.refresh, "F5", "refresh"),
            Command("view.palette", "Commands…", self.palette, "Ctrl+Shift+P", "keyboard"),
            Command("view.menu", "Menu", window.show_menu, "F10"),
            *go,
            Command("help.shortcuts", "Shortcuts", self.shortcuts, "F1", "keyboard"),
            Command("help.about", "About Muster", self.about, "", "info"),
        ]

    # What is there

    def _here(self) -> TableActions:
        actions = self._window.actions_here
        assert actions is not None  # noqa: S101 (for the type checker)
        return actions

    def _table_there(self) -> bool:
        return self._window.table is not None

    def _any_chosen(self) -> bool:
        table = self._window.table
        return table is not None and (table.current() >= 0 or table.chosen_count() > 0)

    def _shown(self) -> bool:
        return self._window.panel.isVisible() and self._window.panel.record is not None

    def _assets_there(self) -> bool:
        table = self._window.table
        if table is not None:
            return table.kind.table == "asset"
        record = self._window.panel.record
        return self._shown() and record is not None and RECORDS[record.word].table == "asset"

    # Undo

    def undo(self) -> None:
        """Take back the last deed."""
        self._take_back(undo, "Undo")

    def redo(self) -> None:
        """Take back the last undo."""
        self._take_back(redo, "Redo")

    def look_back(self) -> None:
        """Ask what Ctrl+Z would take back, for the status line."""
        self._desk.read(
            lambda connection, _task: last_undoable(connection),
            lambda deed: self._window.status.show_undo(deed.title if deed else ""),
            owner=self,
        )
        self._window.status.show_author(self._desk.settings.author)

    def _take_back(self, deed: Callable[..., UndoReport], word: str) -> None:
        reports: list[UndoReport] = []

        def work(journal: Journal, task: object) -> Changes:
            reports.append(deed(journal, progress=task))
            return reports[0].changes

        self._desk.write(word, work, lambda _changes: self._tell_undone(reports[0], word), owner=self, quiet=True)

    def _tell_undone(self, report: UndoReport, word: str) -> None:
        said = {"Undo": f"Undone: {report.title}.", "Redo": f"Done again: {report.title}."}.get(
            word, "Removed the demo city."
        )
        if report.kept:
            left = count(len(report.kept), "value")
            said += f" {left} changed since {'was' if len(report.kept) == 1 else 'were'} left as they are."
        if word != "Redo":
            self._window.toast.say(said, "Redo", self.redo)
        else:
            self._window.toast.say(said, "Undo", self.undo)

    def _offer_undo(self, changes: Changes) -> None:
        gone = any("deleted" in keys for keys in changes.fields.values())
        if changes.count > 1 or gone:
            self._window.toast.say(f"{changes.title}.", "Undo", self.undo)

    # Records

    def new_record(self) -> None:
        """Ask for a new record of the kind that is shown."""
        from desktop.dialogs.new_record import NewRecordDialog

        table = self._window.table
        word = table.word if table is not None else "hardware"
        dialog = NewRecordDialog(self._desk, word, self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            values, label = dialog.values(), RECORDS[word].label.lower()
            name = values.get(RECORDS[word].naming) or ""
            title = f"Add {label} {name}".strip()
            self._desk.write(
                title,
                lambda journal, task: add_record(journal, task, word, values, title),
                lambda _changes: self._window.toast.say(f"{title}.", "Undo", self.undo),
                owner=self,
            )

    def open_record(self) -> None:
        """Show the record of the current row over the whole page."""
        table = self._window.table
        if table is not None and table.current() >= 0:
            self._window.open_full(table.word, table.current())

    def delete_shown(self) -> None:
        """Delete the record in the panel."""
        record = self._window.panel.record
        if record is None:
            return
        title = f"Delete {record.name}"
        deleted: list[Deleted] = []

        def work(journal: Journal, task: Task) -> Changes:
            deleted.append(delete_records(journal, record.word, [record.nr], title, task))
            return deleted[0].changes

        self._desk.write(
            title,
            work,
            lambda _changes: self._close_shown(record, deleted[0]),
            owner=self,
        )

    def _close_shown(self, record: Loaded, deleted: Deleted) -> None:
        number = deleted.kept.get(record.id, 0)
        if number:
            noun = count(number, "record")
            self._window.toast.say(f"{record.name} stays, since {noun} {'refers' if number == 1 else 'refer'} to it.")
        elif (shown := self._window.panel.record) is not None and shown.id == record.id:
            self._window.panel.show_record(shown.word, -1)

    def custom_fields(self) -> None:
        """Make and change custom fields."""
        from desktop.dialogs.custom_fields import CustomFieldsDialog

        CustomFieldsDialog(self._desk, self._window).exec()

    def select_all(self) -> None:
        """Choose all rows that the query finds."""
        table = self._window.table
        if table is not None:
            table.view.selectAll()

    def filter(self) -> None:
        """Put the keyboard into the filter box of the table."""
        table = self._window.table
        if table is not None:
            table.focus_filter()

    def refresh(self) -> None:
        """Ask the database anew."""
        table = self._window.table
        if table is not None:
            table.model.refresh()
        else:
            self._window.home.refresh()

    # Files

    def import_file(self, path: Path | None = None) -> None:
        """Import a spreadsheet: ask for the file, show the plan, write."""
        from desktop.dialogs.import_file import ask_import

        table = self._window.table
        ask_import(self._desk, self._window, path, table.word if table is not None else None)

    def export(self) -> None:
        """Export what the table shows."""
        from desktop.dialogs.export import ask_export

        table = self._window.table
        if table is not None:
            ask_export(self._desk, self._window, table)

    def labels(self) -> None:
        """Print labels of the chosen assets, or of the one shown."""
        table, record = self._window.table, self._window.panel.record
        if table is not None and len(table.chosen()):
            word, numbers = table.word, table.chosen().numbers
        elif record is not None:
            word, numbers = record.word, array("q", [record.nr])
        else:
            return
        desk, fields = self._desk, self._desk.catalogue.fields(word)

        def texts(connection: Connection, _task: Task) -> list[dict[str, str]]:
            return [row.texts for row in fetch(connection, desk, word, numbers, fields) if row is not None]

        desk.read(texts, self._print, owner=self)

    def _print(self, records: list[dict[str, str]]) -> None:
        from desktop.dialogs.print_labels import PrintLabelsDialog

        dialog = PrintLabelsDialog(records, self._desk.jobs, self._desk.memory, self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted and dialog.outcome:
            self._window.toast.say(dialog.outcome)

    def demo(self) -> None:
        """Fill the empty home with a demo city."""
        from models.services.demo import fill_demo  # (not needed to start)

        self._desk.write(
            "Make the demo city",
            lambda journal, task: fill_demo(journal, assets=DEMO_ASSETS, progress=task),
            owner=self,
        )

    def remove_demo(self) -> None:
        """Take the demo city out again; what people made stays, and what it refers to."""
        from models.services.demo import remove_demo  # (not needed to start)

        self._take_back(remove_demo, "Remove")

    # Dialogs

    def settings(self) -> None:
        """Show the settings."""
        from desktop.dialogs.settings import SettingsDialog

        if SettingsDialog(self._desk, self._window).exec() == QDialog.DialogCode.Accepted:
            self._desk.look_again()

    def shortcuts(self) -> None:
        """Show all shortcuts."""
        from desktop.dialogs.shortcuts import ShortcutsDialog

        ShortcutsDialog(self._window.commands, self._window).exec()

    def about(self) -> None:
        """Say what this program is."""
        from desktop.dialogs.about import AboutDialog

        AboutDialog(self._desk, self._window).exec()

    def palette(self) -> None:
        """Find a command by its words and run it."""
        from desktop.dialogs.palette import CommandPalette

        dialog = CommandPalette(self._window.commands, self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._window.commands.run(dialog.chosen)

    def _menu(self) -> QMenu:
        menu = QMenu(self._window)
        commands = self._window.commands
        for group, name in GROUPS.items():
            part = menu.addMenu(name)
            for command in commands.all():
                if command.group == group and command.id != "view.menu":
                    part.addAction(commands.action(command.id))
        menu.aboutToShow.connect(commands.refresh)
        menu.aboutToHide.connect(commands.wake)
        return menu
