"""The history of a record, as sentences, latest first."""

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget
from sqlalchemy import Connection

from desktop.desk import Desk
from desktop.jobs import Task
from desktop.phrases.history import summary, when_and_whence
from desktop.theme import STEP
from desktop.widgets import clear, label, row, stack
from models.journal.history import history
from models.schema.records import RECORDS

_SHOWN = 100


class HistoryTab(QScrollArea):
    """Asks for the history of one record and tells it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asked = ("", "")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("History")
        inside = QWidget()
        inside.setObjectName("scrolled")
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(4 * STEP, 3 * STEP, 4 * STEP, 3 * STEP)
        self._list.setSpacing(3 * STEP)
        self.setWidget(inside)

    def show_record(self, word: str, row_id: str) -> None:
        """Tell the history of that record."""
        self._asked = (word, row_id)
        desk, table = self._desk, RECORDS[word].table
        fields = desk.catalogue.table_keys(table)

        def work(connection: Connection, _task: Task) -> list[tuple[str, str, str]]:
            labels = desk.labels.reading(connection)
            year = dt.datetime.now().astimezone().year
            return [
                (event.author, summary(event, fields, labels.shown), when_and_whence(event, year))
                for event in history(connection, table, row_id)
            ]

        def done(events: list[tuple[str, str, str]]) -> None:
            if self._asked == (word, row_id):
                self._tell(events)

        desk.read(work, done, owner=self)

    def sentences(self) -> list[str]:
        """What is told, for those who read it aloud or test it."""
        texts = []
        for at in range(self._list.count()):
            item = self._list.itemAt(at)
            widget = item.widget() if item is not None else None
            if widget is not None:
                texts.append(widget.accessibleName())
        return [text for text in texts if text]

    def _tell(self, events: list[tuple[str, str, str]]) -> None:
        clear(self._list)
        for author, said, when in events[:_SHOWN]:
            who = label(author, "heading")
            what = label(said, wrap=True)
            whence = label(when, "muted", wrap=True)
            one = QWidget()
            one.setLayout(stack(row(who, None), what, whence, gap=0))
            one.setAccessibleName(f"{author} {said}, {when}")
            self._list.addWidget(one)
        if len(events) > _SHOWN:
            self._list.addWidget(label(f"{len(events) - _SHOWN:,} earlier changes are not shown.", "muted"))
        if not events:
            self._list.addWidget(label("Nothing has happened to it yet.", "muted"))
        self._list.addStretch(1)
        self.verticalScrollBar().setValue(0)
        self.setAlignment(Qt.AlignmentFlag.AlignTop)
