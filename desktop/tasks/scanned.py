"""What is done with the scanned list: each deed takes its rows and goes the way of the same deed on a table."""

from array import array
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from sqlalchemy import Connection

from desktop.desk import Desk
from desktop.jobs import Task
from desktop.phrases import count
from desktop.scanning.list_rows import ListRow
from desktop.tasks.custody import CustodyTasks
from desktop.tasks.exports import ExportTasks
from desktop.tasks.labels import LabelTasks
from desktop.window import MainWindow
from models.scanning.modes import Mode
from models.schema.records import RECORDS

if TYPE_CHECKING:
    from models.printers.request import LabelFor


class ScannedTasks(QObject):
    """`show` opens the list; the other public methods are its deeds."""

    def __init__(
        self, desk: Desk, window: MainWindow, custody: CustodyTasks, labels: LabelTasks, exports: ExportTasks
    ) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._custody = custody
        self._labels = labels
        self._exports = exports

    def show(self) -> None:
        """Open the list, or bring it forward."""
        from desktop.dialogs.scanned_list import ScannedListDialog

        dialog = self._window.findChild(ScannedListDialog)
        if dialog is None:
            dialog = ScannedListDialog(self._desk, self._window.modes, self._window)
            dialog.asked.connect(self._do)
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    def _do(self, deed: str, rows: Sequence[ListRow]) -> None:
        if deed == "labels":
            self.print_labels(rows)
        elif deed == "show":
            self.show_in_table(rows)
        elif deed == "export":
            self.export(rows)
        else:
            self.hand_over(Mode(deed), rows)

    def hand_over(self, mode: Mode, rows: Sequence[ListRow]) -> None:
        """Issue, take back or move all assets among the rows, as one deed. A return may go without a place."""
        ids = [each.listed.row for each in rows if each.table == "asset"]
        if not ids:
            self._desk.said.emit("No assets are among these. Scan hardware, mobile devices or radios.")
            return
        noun, verb = count(len(ids), "asset"), mode.value.title()
        target = self._custody.ask(mode.target, f"{verb} {noun}", verb, optional=not mode.needs_target)
        if target is not None:
            self._custody.do(mode, lambda _connection: ids, target)

    def print_labels(self, rows: Sequence[ListRow]) -> None:
        """Print the labels of the rows, in their order."""
        from desktop.forms.loaded import has_labels
        from desktop.labelling.records import label_records

        wanted = [each for each in rows if has_labels(each.listed.word)]
        if not wanted:
            self._desk.said.emit("Nothing among these carries a label.")
            return
        desk = self._desk
        words = {each.listed.word for each in wanted}

        def work(connection: Connection, _task: Task) -> "list[LabelFor]":
            found: dict[str, LabelFor] = {}
            for word in words:
                numbers = [each.nr for each in wanted if each.listed.word == word]
                found |= {record.row: record for record in label_records(connection, desk, word, numbers)[0]}
            return [found[each.listed.row] for each in wanted if each.listed.row in found]

        word = next(iter(words)) if len(words) == 1 else ""
        desk.read(work, lambda records: self._labels.print_records(records, word), owner=self)

    def show_in_table(self, rows: Sequence[ListRow]) -> None:
        """Choose the rows in the table of their kind; of several kinds, those of which there are most."""
        kinds = Counter(each.listed.word for each in rows)
        if not kinds:
            return
        word, number = kinds.most_common(1)[0]
        numbers = array("q", (each.nr for each in rows if each.listed.word == word))
        table = self._window.show_kind(word)
        table.model.found.connect(lambda: table.view.choose(numbers), Qt.ConnectionType.SingleShotConnection)
        self._window.activateWindow()
        table.view.setFocus()
        kind = RECORDS[word]
        told = f"{count(number, kind.label.lower(), kind.plural.lower())} of the list are chosen."
        left = len(rows) - number
        self._window.toast.say(f"{told} {count(left, 'record')} of other kinds are not here." if left else told)

    def export(self, rows: Sequence[ListRow]) -> None:
        """Export the rows: assets of all kinds together, else those of the kind of which there are most."""
        tables = Counter(each.table for each in rows)
        if not tables:
            return
        table = tables.most_common(1)[0][0]
        wanted = [each for each in rows if each.table == table]
        words = {each.listed.word for each in wanted}
        self._exports.export_rows(words.pop() if len(words) == 1 else table, [each.nr for each in wanted])
