"""Making, opening and deleting one record; custom fields."""

from collections.abc import Mapping

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog

from desktop.deeds import add_record, add_with_next_tag
from desktop.desk import Desk
from desktop.forms.loaded import Loaded
from desktop.jobs import Task
from desktop.phrases import count
from desktop.tasks.undoing import Undoing
from desktop.window import MainWindow
from models.journal.entry import Changes
from models.journal.writer import Journal
from models.schema.records import RECORDS
from models.services.bulk import Deleted, delete_records

#: Kinds whose new records mean more than their values: the command that asks for one.
_ASKED_OTHERWISE = {"tag_block": "record.new-roll", "void_tag": "record.void-tag"}


class RecordTasks(QObject):
    """Each method is one command."""

    def __init__(self, desk: Desk, window: MainWindow, undoing: Undoing) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._undoing = undoing

    @property
    def word(self) -> str:
        """The kind of a new record: what is shown, or hardware."""
        table = self._window.table
        return table.word if table is not None else "hardware"

    def new(self) -> None:
        """Ask for a new record of the kind that is shown."""
        word = self.word
        if word in _ASKED_OTHERWISE:
            self._window.commands.run(_ASKED_OTHERWISE[word])
        else:
            self.add(word, {})

    def add(self, word: str, known: Mapping[str, str]) -> None:
        """Ask for a new record of a kind, of which some canonical values are known."""
        from desktop.dialogs.new_record import NewRecordDialog

        dialog = NewRecordDialog(self._desk, word, self._window)
        dialog.form.offer(known, known)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            values, label = dialog.values(), RECORDS[word].label.lower()
            name = dialog.form.text(RECORDS[word].naming)
            title = f"Add {label} {name}".strip()
            offer = dialog.next_tag
            department = offer.department if offer else None

            def work(journal: Journal, task: Task) -> Changes:
                if offer is None:
                    return add_record(journal, task, word, values, title)
                return add_with_next_tag(journal, task, word, values, department, title)

            def done(changes: Changes) -> None:
                self._window.toast.say(f"{changes.title}.", "Undo", self._undoing.undo)

            self._desk.write(title, work, done, owner=self)

    def open(self) -> None:
        """Show the record of the current row over the whole page."""
        table = self._window.table
        if table is not None and table.current() >= 0:
            self._window.open_full(table.word, table.current())

    def delete_shown(self) -> None:
        """Delete the record in the panel."""
        record = self._window.panel.record
        if record is None:
            return
        title = f"Delete {record.name or RECORDS[record.word].label.lower()}"
        deleted: list[Deleted] = []

        def work(journal: Journal, task: Task) -> Changes:
            deleted.append(delete_records(journal, record.word, [record.nr], title, task))
            return deleted[0].changes

        self._desk.write(title, work, lambda _changes: self._close_shown(record, deleted[0]), owner=self)

    def custom_fields(self) -> None:
        """Make and change custom fields."""
        from desktop.dialogs.custom_fields import CustomFieldsDialog

        CustomFieldsDialog(self._desk, self._window).exec()

    def _close_shown(self, record: Loaded, deleted: Deleted) -> None:
        number = deleted.kept.get(record.id, 0)
        if number:
            noun = count(number, "record")
            self._window.toast.say(f"{record.name} stays, since {noun} {'refers' if number == 1 else 'refer'} to it.")
        elif (shown := self._window.panel.record) is not None and shown.id == record.id:
            self._window.panel.show_record(shown.word, -1)
