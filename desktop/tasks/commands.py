"""The list of all commands of the main window, and the menu that is made of it."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QMenu

from desktop.commands import GROUPS, Command
from desktop.desk import Desk
from desktop.grid.actions import TableActions
from desktop.pages.places import LABELLED, PLACES
from desktop.tasks.custody import CustodyTasks
from desktop.tasks.exports import ExportTasks
from desktop.tasks.files import FileTasks
from desktop.tasks.joining import JoiningTasks
from desktop.tasks.labels import LabelTasks
from desktop.tasks.records import RecordTasks
from desktop.tasks.reviewing import ReviewTasks
from desktop.tasks.scanned import ScannedTasks
from desktop.tasks.scanner import ScannerTasks
from desktop.tasks.scanning import ScanTasks
from desktop.tasks.sharing import SharingTasks
from desktop.tasks.tagging import TaggingTasks
from desktop.tasks.tags import TagTasks
from desktop.tasks.undoing import Undoing
from desktop.window import MainWindow
from models.schema.records import RECORDS


def _digit(at: int) -> str:
    """The shortcut of the place at that number; there are ten digits, 0 the last."""
    return f"Alt+{at % 10}" if at <= 10 else ""


class Tasks(QObject):
    """Gives the window its commands, each with what it does and when it can be done."""

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self.undoing = Undoing(desk, window)
        self.records = RecordTasks(desk, window, self.undoing)
        self.files = FileTasks(desk, window, self.undoing)
        self.exports = ExportTasks(desk, window)
        self.labels = LabelTasks(desk, window)
        self.custody = CustodyTasks(desk, window, self.undoing)
        self.tags = TagTasks(desk, window)
        self.scanned = ScannedTasks(desk, window, self.custody, self.labels, self.exports)
        self.scanning = ScanTasks(desk, window, self.records, self.custody, self.scanned)
        self.tagging = TaggingTasks(desk, window, self.labels, self.exports)
        window.commands.add([*self._file(), *self._edit(), *self._record(), *self._view(), *self._help()])
        self.scanner = ScannerTasks(desk, window)
        self.joining = JoiningTasks(desk, window)
        self.sharing = SharingTasks(desk, window)
        self.reviewing = ReviewTasks(desk, window)
        made = (
            self.joining, self.sharing, self.custody, self.scanning, self.tagging, self.tags, self.scanner,
            self.reviewing,
        )  # fmt: skip
        window.commands.add([command for tasks in made for command in tasks.commands()])
        for words, name in (("Issue…", "issue"), ("Return", "return"), ("Move…", "move")):
            window.panel.add_action(words, f"record.{name}", assets=True)
        window.panel.add_action("Print label", "record.labels", labelled=True, more=True)
        window.panel.add_action("Delete", "record.delete-shown", more=True)
        window.top.set_menu(self._menu())
        window.top.set_modes(self.scanning.menu())
        window.commands.refused.connect(desk.refuse)
        window.settled.connect(self._offer)
        desk.role_changed.connect(self._offer)
        window.dropped.connect(self._take_files)
        self._offer()

    # The commands, group by group in the order of the menus

    def _file(self) -> list[Command]:
        files, home, may = self.files, self._window.home, self._desk.may
        return [
            Command("file.import", "Import spreadsheets…", files.import_files, "Ctrl+I", "import", may=may),
            Command("file.import-folder", "Import a folder…", files.import_folder, may=may),
            Command(
                "file.import-clipboard",
                "Import from the clipboard",
                files.import_clipboard,
                "Ctrl+Shift+V",
                "paste",
                may=may,
            ),
            Command("file.imports", "Imports…", files.imports, "", "history"),
            Command("file.export", "Export…", self.exports.export, "Ctrl+E", "export"),
            Command("file.template", "Template to fill in…", self.exports.template),
            Command("file.back-up", "Back up…", files.back_up, "", "backup"),
            Command("file.restore", "Restore a backup…", files.restore),
            Command("file.check", "Check the database", files.check, "", "check"),
            Command("file.demo", "Try a demo city", files.demo, "", "city", lambda: home.empty, self._alone),
            Command(
                "file.remove-demo", "Remove the demo city", files.remove_demo, "", "delete", lambda: home.demo, may
            ),
            Command("file.settings", "Settings…", self._settings, "Ctrl+,", "settings"),
            Command("file.quit", "Quit", self._window.close, "Ctrl+Q"),
        ]

    def _edit(self) -> list[Command]:
        here, chosen, there, may = self._here, self._any_chosen, self._table_there, self._desk.may
        return [
            Command("edit.undo", "Undo", self.undoing.undo, "Ctrl+Z", "undo", may=may),
            Command("edit.redo", "Redo", self.undoing.redo, "Ctrl+Shift+Z", may=may),
            Command("edit.copy", "Copy rows", lambda: here().copy(), "Ctrl+C", "copy", chosen),
            Command("edit.copy-cell", "Copy cell", lambda: here().copy_cell(), "Ctrl+Shift+C", "", chosen),
            Command("edit.paste", "Paste cells", self._paste, "Ctrl+V", "paste", may=self._may_here),
            Command("edit.select-all", "Choose all rows", self._select_all, "Ctrl+A", "", there),
        ]

    def _record(self) -> list[Command]:
        records, here, chosen, shown = self.records, self._here, self._any_chosen, self._shown
        may, may_shown = self._may_here, self._may_shown
        return [
            Command("record.new", "New record…", records.new, "Ctrl+N", "add", may=self._may_add),
            Command("record.open", "Open the record", records.open, "Ctrl+Return", "panel", chosen),
            Command("record.save", "Save the record", self._window.panel.save, "Ctrl+S", "check", shown, may_shown),
            Command("record.edit-cell", "Edit the cell", lambda: here().edit_cell(), "", "edit", chosen, may),
            Command("record.fill-down", "Fill down", lambda: here().fill_down(), "Ctrl+D", "down", chosen, may),
            Command(
                "record.bulk-edit", "Edit the chosen rows…", lambda: here().bulk_edit(), "Ctrl+B", "edit", chosen, may
            ),
            Command("record.labels", "Print labels…", self.labels.labels, "Ctrl+P", "label", may=self._may_label),
            Command("record.delete", "Delete the chosen rows", lambda: here().delete(), "Del", "delete", chosen, may),
            Command(
                "record.delete-shown", "Delete the shown record", records.delete_shown, "", "delete", shown, may_shown
            ),
            Command(
                "record.fields",
                "Custom fields…",
                records.custom_fields,
                "",
                "field",
                may=lambda: self._desk.may("custom_field"),
            ),
        ]

    def _view(self) -> list[Command]:
        window, here, there = self._window, self._here, self._table_there
        return [
            Command("view.search", "Search everything", window.ask_search, "Ctrl+K", "search"),
            Command("view.filter", "Filter the table", self._filter, "Ctrl+F", "filter", there),
            Command("view.columns", "Columns…", lambda: here().choose_columns(), "", "columns", there),
            Command("view.save", "Save this view…", lambda: here().save_view(), "", "view", there),
            Command("view.panel", "Record panel", window.toggle_panel, "F4", "panel"),
            Command("view.next-pane", "Next pane", window.next_pane, "F6"),
            Command("view.last-pane", "Previous pane", lambda: window.next_pane(-1), "Shift+F6"),
            Command("view.refresh", "Refresh", self._refresh, "F5", "refresh"),
            Command("view.palette", "Commands…", self._palette, "Ctrl+Shift+P", "keyboard"),
            Command("view.menu", "Menu", window.top.show_menu, "F10"),
            *(
                Command(
                    f"go.{each.name}",
                    each.title,
                    partial(window.show_place, each.name),
                    _digit(at),
                    each.icon,
                    may=partial(self._desk.may, *each.writes) if each.writes else None,
                )
                for at, each in enumerate(PLACES, start=1)
            ),
            Command("go.queue", "Print queue", self.labels.queue, "", "label", may=self._may_label),
            Command("go.printers", "Label printers…", self.labels.printers, "", "label", may=self._may_label),
            Command("go.stocks", "Label stocks", self.labels.stocks, may=self._may_label),
            Command("go.designs", "Label designs", self.labels.designs, may=self._may_label),
        ]

    def _help(self) -> list[Command]:
        return [
            Command("help.shortcuts", "Shortcuts", self._shortcuts, "F1", "keyboard"),
            Command("help.about", "About Muster", self._about, "", "info"),
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

    # What the person's role may do

    def _may_here(self) -> bool:
        """To the rows that are shown; where no table is, to any."""
        table = self._window.table
        return self._desk.may(*(() if table is None else (table.kind.table,)))

    def _may_add(self) -> bool:
        return self._desk.may(RECORDS[self.records.word].table)

    def _may_shown(self) -> bool:
        record = self._window.panel.record
        return record is None or self._desk.may(RECORDS[record.word].table)

    def _may_label(self) -> bool:
        return self._desk.may(*LABELLED)

    def _alone(self) -> bool:
        """Nobody makes up a city in the one that all share."""
        return self._desk.role is None

    def _paste(self) -> None:
        """Where a table is, the cells go into it; elsewhere they are a spreadsheet to import."""
        if self._table_there():
            self._here().paste()
        else:
            self.files.import_clipboard()

    def _select_all(self) -> None:
        table = self._window.table
        if table is not None:
            table.view.selectAll()

    def _filter(self) -> None:
        table = self._window.table
        if table is not None:
            table.focus_filter()

    def _refresh(self) -> None:
        table = self._window.table
        if table is not None:
            table.model.refresh()
        else:
            self._window.home.refresh()

    def _take_files(self, paths: Sequence[str]) -> None:
        if self._desk.may():
            self.files.import_files([Path(path) for path in paths])
        else:
            self._desk.refuse()

    def _settings(self) -> None:
        from desktop.dialogs.settings import SettingsDialog

        if SettingsDialog(self._desk, self._window).exec() == QDialog.DialogCode.Accepted:
            self._desk.look_again()

    def _shortcuts(self) -> None:
        from desktop.dialogs.shortcuts import ShortcutsDialog

        ShortcutsDialog(self._window.commands, self._window).exec()

    def _about(self) -> None:
        from desktop.dialogs.about import AboutDialog

        AboutDialog(self._desk, self._window).exec()

    def _palette(self) -> None:
        from desktop.dialogs.palette import CommandPalette

        dialog = CommandPalette(self._window.commands, self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._window.commands.run(dialog.chosen)

    def _menu(self) -> QMenu:
        menu = QMenu(self._window)
        commands = self._window.commands
        parts: dict[str, QMenu] = {}
        for group, name in GROUPS.items():
            parts[group] = menu.addMenu(name)
            for command in commands.all():
                if command.group == group and command.id != "view.menu":
                    parts[group].addAction(commands.action(command.id))

        def refresh() -> None:
            commands.refresh()
            for group, part in parts.items():
                part.menuAction().setVisible(
                    any(commands.may(each.id) for each in commands.all() if each.group == group)
                )

        menu.aboutToShow.connect(refresh)
        menu.aboutToHide.connect(commands.wake)
        return menu

    def _offer(self) -> None:
        """The window offers what the role may do, now and after it has changed."""
        window = self._window
        window.top.offer(window.commands.may)
        window.home.offer(lambda name: window.commands.may(name) and (name != "file.connect" or self._alone()))
        window.navigation.offer(lambda name: window.commands.may(f"go.{name}"))
        if window.place != "search" and not window.commands.may(f"go.{window.place}"):
            window.show_place("home")
