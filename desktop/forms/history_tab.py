"""The history of a record, as sentences, latest first."""

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget
from sqlalchemy import Connection

from desktop.desk import Desk
from desktop.jobs import Task
from desktop.phrases import count
from desktop.phrases.history import remark, summary, when_and_whence, who
from desktop.sharing.standing import Sync
from desktop.theme import STEP
from desktop.widgets import button, clear, label, row, stack
from models.fields.problem import KnownError
from models.journal.history import Deed, Event, deeds_of
from models.journal.merged import whole_history
from models.journal.undo import refusal
from models.schema.records import RECORDS

_SHOWN = 100
_NOT_REACHED = "The shared database cannot be reached now. This is what this computer knows."


class _Told(NamedTuple):
    """One change as it is told: who, what, when and where, and what the shared database said to it.

    `deed` is the one that it was part of, where this person may take that back.
    """

    who: str
    said: str
    when: str
    remark: str
    deed: Deed | None


class HistoryTab(QScrollArea):
    """Asks for the history of one record and tells it. `undo_asked` carries the deed that is to be taken back."""

    undo_asked = Signal(object)

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
        """Tell the history of that record: what this home knows, and then what the shared database remembers."""
        self._asked = (word, row_id)
        self._show(lambda connection, table: whole_history(connection, table, row_id), "")
        if self._desk.sharing.standing.sync is Sync.WELL:
            self._fetch(word, row_id)

    def _show(self, find: Callable[[Connection, str], Sequence[Event]], note: str) -> None:
        """Tell the events that are found, on a reader's thread, unless another record is shown by then."""
        asked, desk = self._asked, self._desk
        table = RECORDS[asked[0]].table
        fields = desk.catalogue.table_keys(table)
        role, may = desk.role, desk.may(table)

        def work(connection: Connection, _task: Task) -> list[_Told]:
            labels = desk.labels.reading(connection)
            year = dt.datetime.now().astimezone().year
            events = find(connection, table)
            deeds = deeds_of(connection, {event.action for event in events[:_SHOWN]}) if may else {}
            return [
                _Told(
                    who(event.author, event.login),
                    summary(event, fields, labels.shown),
                    when_and_whence(event, year),
                    remark(event, fields),
                    deed if deed is not None and event.refused is None and refusal(deed, role) is None else None,
                )
                for event in events
                for deed in (deeds.get(event.action),)
            ]

        def done(events: list[_Told]) -> None:
            if self._asked == asked:
                self._tell(events, note)

        desk.read(work, done, owner=self)

    def _fetch(self, word: str, row_id: str) -> None:
        """What happened before this home was connected, and who sent it, only the shared database knows."""
        from models.sync.past import fetch_history, with_fetched  # (not needed to start)

        def done(fetched: list[Event]) -> None:
            if self._asked == (word, row_id):
                self._show(lambda connection, table: with_fetched(connection, fetched, table, row_id), "")

        def failed(_error: KnownError) -> None:
            if self._asked == (word, row_id):
                self._show(lambda connection, table: whole_history(connection, table, row_id), _NOT_REACHED)

        table, database = RECORDS[word].table, self._desk.database
        self._desk.sharing.ask(lambda hub: fetch_history(hub, database, table, row_id), done, failed, owner=self)

    def sentences(self) -> list[str]:
        """What is told, for those who read it aloud or test it."""
        texts = []
        for at in range(self._list.count()):
            item = self._list.itemAt(at)
            widget = item.widget() if item is not None else None
            if widget is not None:
                texts.append(widget.accessibleName())
        return [text for text in texts if text]

    def _tell(self, events: list[_Told], note: str) -> None:
        clear(self._list)
        if note:
            self._list.addWidget(label(note, "muted", wrap=True))
        for event in events[:_SHOWN]:
            parts = [label(event.said, wrap=True), label(event.when, "muted", wrap=True)]
            if event.remark:
                parts.append(label(event.remark, "warning", wrap=True))
            one = QWidget()
            one.setLayout(stack(row(label(event.who, "heading"), None, *self._ways(event)), *parts, gap=0))
            one.setAccessibleName(". ".join(filter(None, (f"{event.who} {event.said}, {event.when}", event.remark))))
            self._list.addWidget(one)
        if len(events) > _SHOWN:
            self._list.addWidget(label(f"{len(events) - _SHOWN:,} earlier changes are not shown.", "muted"))
        if not events:
            self._list.addWidget(label("Nothing has happened to it yet.", "muted"))
        self._list.addStretch(1)
        self.verticalScrollBar().setValue(0)
        self.setAlignment(Qt.AlignmentFlag.AlignTop)

    def _ways(self, event: _Told) -> list[QWidget]:
        """What can be done about a change: take back the deed that it was part of."""
        if event.deed is None:
            return []
        made = button("Take back", partial(self.undo_asked.emit, event.deed), role="link")
        title = event.deed.title
        made.setToolTip(f"{title}: {count(event.deed.count, 'change')}")
        made.setAccessibleName(f"Take back: {title}")
        return [made]
