"""Print and verify: labels are scanned back, each answered with a word, a colour and a sound."""

import datetime as dt
from array import array
from collections import deque

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QStackedWidget, QWidget
from sqlalchemy import Connection

from desktop.desk import Desk
from desktop.jobs import Task
from desktop.lineedit import LineEdit
from desktop.phrases import count
from desktop.scanning.banner import AnswerBanner
from desktop.scanning.sounds import play
from desktop.tagging.check_lists import CheckedList, LeftList
from desktop.widgets import button, label, row, stack
from models.journal.entry import Changes
from models.journal.undo import undo
from models.journal.writer import Journal
from models.scanning.answer import Answer
from models.scanning.check_list import Checkable, canonical, chosen_to_check, stamp_check, to_check
from models.scanning.checking import Checked, CheckSession
from models.scanning.reading import read_scan
from models.scanning.rules import scan_rules
from models.scanning.scan import Command, Scan

_PAUSE = 300
"""Milliseconds after a change elsewhere before the lists are read anew: a print job stamps many."""
_TABLES = ("asset", "location", "person")
_FIELDS = frozenset(("label_printed", "label_checked", "deleted", "tag", "code", "serial"))


class CheckLabelsView(QWidget):
    """Checks the labels that were printed, or those of chosen records (`numbers` of a table)."""

    def __init__(
        self, desk: Desk, table: str = "", numbers: "array[int] | None" = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._table, self._numbers = table, numbers
        self._session = CheckSession(())
        self._waiting: deque[str] = deque()
        self._busy = False
        self._shown = False
        self._stamped: list[tuple[str, str]] = []
        self._stamping: set[str] = set()
        self._own: set[str] = set()
        self.scan = LineEdit()
        self.device = QCheckBox("Then scan the device's own barcode, too")
        self.banner = AnswerBanner(desk.look)
        self.left = LeftList(desk.look)
        self.checked = CheckedList(desk.look)
        self._left_head = label("", "heading")
        self._checked_head = label("", "heading")
        self.take_back = button("Undo the last check", self._ask_undo, drawing="undo")
        self._pages = QStackedWidget()
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_PAUSE)
        self._assemble()
        self._again.timeout.connect(self.reload)
        self.scan.returnPressed.connect(self._typed)
        self.device.toggled.connect(self._pair)
        desk.changed.connect(self._hear)
        desk.scans.claim(self, self.take_scan)

    @property
    def session(self) -> CheckSession:
        """What is checked and what is left."""
        return self._session

    @property
    def settled(self) -> bool:
        """Whether the lists were read and every scan was answered."""
        return self._shown and not self._busy and not self._waiting

    def enter(self) -> None:
        """Put the keyboard where a code is typed."""
        self.scan.setFocus()

    def take_scan(self, raw: str) -> None:
        """Take what a scanner sent. Scans are answered one after the other, in their order."""
        self._waiting.append(raw)
        self._go_on()

    def reload(self) -> None:
        """Read what is to be checked anew; what was swapped and what is half scanned stays."""
        table, numbers, desk = self._table, self._numbers, self._desk
        midnight = dt.datetime.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)

        def read(connection: Connection, _task: Task) -> list[Checkable]:
            if numbers is not None:
                return chosen_to_check(connection, table, numbers)
            return to_check(connection, canonical(midnight))

        if self._busy:
            self._again.start()
            return
        self._busy = True
        desk.read(read, self._renew, owner=self, failed=self._failed)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        """Catch up when the view comes up."""
        super().showEvent(event)
        self.reload()

    # Inside

    def _assemble(self) -> None:
        words = label("Scan or type a label")
        words.setBuddy(self.scan)
        self.scan.setAccessibleName("Scan or type a label")
        self.scan.setPlaceholderText("Scan a label")
        self.scan.setFont(self._desk.look.mono)
        self.scan.setMaximumWidth(320)
        self.banner.rest("Scan the label on each device. What is right is ticked off.")
        lists = QWidget()
        lists.setLayout(
            row(stack(self._left_head, self.left, gap=1), stack(self._checked_head, self.checked, gap=1), gap=4)
        )
        self._none = label(
            "No printed label waits to be checked. Print labels first, or choose rows in a table and take "
            "“Check the chosen labels” from the menu.",
            "muted",
            wrap=True,
        )
        empty = QWidget()
        empty.setLayout(stack(self._none, None))
        self._pages.addWidget(empty)
        self._pages.addWidget(lists)
        top = row(words, self.scan, self.device, None, self.take_back, gap=3)
        whole = stack(top, self.banner, gap=3, margin=4)
        whole.addWidget(self._pages, 1)
        self.setLayout(whole)
        self._tell()

    def _typed(self) -> None:
        text = self.scan.text().strip()
        self.scan.clear()
        if text:
            self.take_scan(text)

    def _pair(self, on: bool) -> None:
        self._session.with_device = on
        self.enter()

    def _go_on(self) -> None:
        """Answer the next scan. One at a time: readers would overtake each other."""
        if self._busy or not self._waiting:
            return
        scan = read_scan(self._waiting.popleft(), scan_rules(self._desk.settings))
        if scan.command is Command.UNDO:
            self._undo()
        elif scan.command is Command.END:
            self.banner.rest(self.summary)
        elif scan.text:
            self._answer(scan)
        self._go_on()

    def _answer(self, scan: Scan) -> None:
        session, catalogue = self._session, self._desk.catalogue

        def take(connection: Connection, _task: Task) -> Checked:
            return session.take(connection, catalogue, scan)

        self._busy = True
        self._desk.read(take, self._told, owner=self, failed=self._failed)

    def _told(self, told: Checked) -> None:
        self._busy = False
        self._say(told.answer)
        record = told.record
        if record is not None:
            self.left.take_away(record)
            self.checked.put(record)
            self._stamp(record)
        for each in self._session.swapped():
            self.left.remark(self._session, each)
        self._tell()
        self._go_on()

    def _stamp(self, record: Checkable) -> None:
        moment, stamped = dt.datetime.now(dt.UTC), self._stamped

        def work(journal: Journal, _task: Task) -> Changes:
            changes = stamp_check(journal, record, moment)
            stamped.append((record.row, changes.action))
            return changes

        def done(changes: Changes) -> None:
            self._stamping.discard(record.row)
            self._own.add(changes.action)

        def failed(error: BaseException) -> None:
            self._stamping.discard(record.row)
            self._session.unmark(record.row)
            self._show_lists()
            self._desk.fail(error)

        self._stamping.add(record.row)
        self._desk.write(f"Check the label {record.code}", work, done, owner=self, failed=failed, quiet=True)

    def _ask_undo(self) -> None:
        self._undo()
        self.enter()

    def _undo(self) -> None:
        """Take back the last check that was made here, once it is written."""
        stamped = self._stamped
        taken: list[str] = []

        def work(journal: Journal, _task: Task) -> Changes:
            if not stamped:
                return Changes()
            checked, action = stamped.pop()
            taken.append(checked)
            return undo(journal, action).changes

        def done(changes: Changes) -> None:
            self._own.add(changes.action)
            self._busy = False
            self._say(self._session.unmark(taken[0]) if taken else self._session.nothing_to_undo())
            self._show_lists()
            self._go_on()

        self._busy = True
        self._desk.write("Undo the last check", work, done, owner=self, failed=self._failed, quiet=True)

    def _failed(self, error: BaseException) -> None:
        self._busy = False
        self._desk.fail(error)
        self._go_on()

    def _renew(self, records: list[Checkable]) -> None:
        self._busy, self._shown = False, True
        self._session.renew(records, self._stamping)
        self._show_lists()
        self._go_on()

    def _show_lists(self) -> None:
        self.left.show_session(self._session)
        self.checked.show_records(self._session.checked)
        self._tell()

    def _say(self, answer: Answer) -> None:
        self.banner.show_answer(answer)
        play(answer.outcome, self._desk.settings)

    @property
    def summary(self) -> str:
        """What the check came to so far."""
        left = len(self._session.left)
        done = count(len(self._session.checked), "label") + " checked"
        return f"{done}, {left:,} left." if left else f"{done}. None is left."

    def _tell(self) -> None:
        left, checked = len(self._session.left), len(self._session.checked)
        self._left_head.setText(f"Left ({left:,})")
        self._checked_head.setText(f"Checked ({checked:,})")
        self._pages.setCurrentIndex(1 if left or checked else 0)
        self.take_back.setEnabled(bool(checked))

    def _hear(self, changes: Changes) -> None:
        """Something else changed labels: read anew once it is quiet."""
        if changes.action and changes.action in self._own:
            return
        fields = frozenset().union(*changes.fields.values()) if changes.fields else _FIELDS
        if self.isVisible() and any(map(changes.touches, _TABLES)) and (changes.new or not fields.isdisjoint(_FIELDS)):
            self._again.start()
