"""Several records have the code that was scanned: one of them is chosen, and nothing is done before."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QVBoxLayout, QWidget
from sqlalchemy import Connection

from desktop.desk import Desk
from desktop.jobs import Task
from desktop.pages.search import Hit, hits_of
from desktop.theme import STEP
from desktop.widgets import button, frame, label, row, stack
from models.scanning.named import Named
from models.schema.records import RECORDS

_SIZE = (520, 320)


class ChooseScannedDialog(QDialog):
    """`chosen` carries the record (`Named`). It does not hold up the window: a further scan closes it."""

    chosen = Signal(object)

    def __init__(self, desk: Desk, sentence: str, records: Sequence[Named], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Which one?")
        self.resize(*_SIZE)
        self._records = list(records)
        self._list = QListWidget()
        self._list.setObjectName("roomy")
        self._list.setWordWrap(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setAccessibleName("Records with this code")
        for each in self._records:
            self._list.addItem(QListWidgetItem(f"{each.label}\n{RECORDS[each.word].label}"))
        self._list.setCurrentRow(0)
        self._list.itemActivated.connect(lambda _item: self._take())
        take = button("Take this one", self._take, role="primary")
        take.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(STEP)
        layout.addLayout(stack(label(sentence, wrap=True), self._list, gap=3, margin=4), 1)
        layout.addWidget(frame("foot", row(None, button("Cancel", self.reject), take, gap=2, margin=3)))
        self._list.setFocus()

        def found(connection: Connection, _task: Task) -> list[Hit]:
            return [hit for each in self._records for hit in hits_of(connection, desk, each.word, [each.nr])]

        desk.read(found, self._tell, owner=self)

    def _tell(self, hits: Sequence[Hit]) -> None:
        """What tells them apart: model, serial number, place."""
        details = {(hit.word, hit.nr): " · ".join(filter(None, (hit.detail, hit.status))) for hit in hits}
        for at, each in enumerate(self._records):
            kind, more = RECORDS[each.word].label, details.get((each.word, each.nr), "")
            self._list.item(at).setText(f"{each.label}\n{' · '.join(filter(None, (kind, more)))}")

    def _take(self) -> None:
        at = self._list.currentRow()
        self.accept()
        if at >= 0:
            self.chosen.emit(self._records[at])
