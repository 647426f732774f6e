"""The page “Review”: what waits for somebody's decision, and what was decided."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QTabBar, QWidget
from sqlalchemy import Connection

from desktop.desk import Desk
from desktop.jobs import Task
from desktop.labelling.shelf import Shelf
from desktop.pages.own import OwnPage
from desktop.phrases import count
from desktop.reviewing.merging import Merging
from desktop.reviewing.opened import MOST, Listed, Opened, list_matters, open_matter, same_words
from desktop.reviewing.view import MatterView
from desktop.soon import Soon
from desktop.theme import STEP
from desktop.widgets import frame, label, row, stack
from models.journal.entry import Changes
from models.journal.writer import Journal
from models.services.settling import Way, settle

_WAITING, _SETTLED = range(2)
_LIST_WIDTH = 340
_PAUSE = 150
"""Milliseconds after a change before the list is asked anew: sync may bring many at once."""
_EMPTY = {
    _WAITING: (
        "Nothing waits for review",
        "Two people changed the same thing? Two records are one thing? You will decide it here.",
    ),
    _SETTLED: (
        "Nothing was settled yet",
        "What you and others decide is kept here: what it was, who decided, and when.",
    ),
}


class ReviewPage(OwnPage):
    """A list at the left, the chosen matter at the right."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._wanted = ""
        self.list = Shelf(desk.look, "What waits for review")
        self.view = MatterView(desk)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName("Review")
        self.tabs.addTab("Waiting")
        self.tabs.addTab("Settled")
        self._count = label("", "muted")
        self._nothing, self._advice = label("", "title"), label("", "muted", wrap=True)
        self._stack = QStackedWidget()
        self._merging = Merging(desk, self)
        self._soon = Soon(_PAUSE, self.refresh, self)
        self._stale = True
        self._assemble()
        self.tabs.currentChanged.connect(lambda _at: self.refresh())
        self.list.chosen.connect(self._open)
        self.list.opened.connect(self.view.enter)
        self.view.settled.connect(self._settle)
        self.view.opened.connect(self.opened)
        desk.changed.connect(self._hear)
        desk.role_changed.connect(self._soon.ask)

    @property
    def empty(self) -> str:
        """What is said where nothing is listed; nothing where something is."""
        return self._nothing.text() if self._stack.currentIndex() else ""

    def wake(self) -> None:
        """The page is shown."""
        if self._stale:
            self.refresh()

    def enter(self) -> None:
        """Put the keyboard into the list."""
        (self.tabs if self.empty else self.list).setFocus()

    def show_matter(self, matter: str) -> None:
        """Show that matter, which waits."""
        self._wanted = matter
        self.tabs.setCurrentIndex(_WAITING)
        self.refresh()

    def refresh(self) -> None:
        """Ask anew for what is listed."""
        self._stale = False
        desk, tab = self.desk, self.tabs.currentIndex()

        def done(listed: Listed) -> None:
            if tab == self.tabs.currentIndex():
                self._show(listed)

        desk.read(lambda connection, _task: list_matters(connection, desk, settled=tab == _SETTLED), done, owner=self)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Esc goes back from the matter to the list."""
        if event.key() == Qt.Key.Key_Escape and self._inside_view():
            self.list.setFocus()
            return
        super().keyPressEvent(event)

    def _assemble(self) -> None:
        head = stack(row(label("Review", "title"), self._count, None, gap=2), self.tabs, gap=1)
        head.setContentsMargins(4 * STEP, 3 * STEP, 4 * STEP, 0)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self.list)
        split.addWidget(self.view)
        split.setStretchFactor(1, 1)
        split.setSizes([_LIST_WIDTH, 2 * _LIST_WIDTH])
        self.list.setMinimumWidth(_LIST_WIDTH // 2)
        self._advice.setMaximumWidth(_LIST_WIDTH + 100)
        for each in (self._nothing, self._advice):
            each.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        nothing = QWidget()
        nothing.setLayout(stack(None, row(None, self._nothing, None), row(None, self._advice, None), None, None, gap=2))
        self._stack.addWidget(split)
        self._stack.addWidget(nothing)
        whole = stack(frame("pagehead", head), gap=0)
        whole.addWidget(self._stack, 1)
        self.setLayout(whole)

    def _show(self, listed: Listed) -> None:
        tab = self.tabs.currentIndex()
        self._nothing.setText(_EMPTY[tab][0])
        self._advice.setText(_EMPTY[tab][1])
        self._stack.setCurrentIndex(0 if listed.items else 1)
        words = count(listed.number, "matter") if listed.number else ""
        self._count.setText(f"{words}, the first {MOST:,} are shown" if listed.number > MOST else words)
        wanted, self._wanted = self._wanted, ""
        self.list.show_items(listed.items, wanted)

    def _open(self) -> None:
        matter, desk = self.list.key, self.desk
        if not matter:
            self.view.show_matter(None)
            return

        def done(found: Opened | None) -> None:
            # What was typed meanwhile stays, unless the matter itself has changed.
            if matter == self.list.key and not same_words(found, self.view.shown):
                if self._inside_view():
                    self.list.setFocus()
                self.view.show_matter(found)

        def work(connection: Connection, _task: Task) -> Opened | None:
            return open_matter(connection, desk, matter)

        desk.read(work, done, owner=self)

    def _inside_view(self) -> bool:
        """Whether the keyboard is in the matter."""
        inside = self.focusWidget()
        return inside is not None and self.view.isAncestorOf(inside)

    def _settle(self, word: str, value: str | None) -> None:
        found = self.view.shown
        if found is None:
            return
        way, matter = Way(word), found.matter
        if way is Way.MERGED:
            self._merging.ask(matter.table, matter.target, matter.second)
            return

        def work(journal: Journal, _task: Task) -> Changes:
            return settle(journal, matter.id, way, value)

        self.desk.write(f"Review {found.title}", work, owner=self, failed=self._failed)

    def _failed(self, error: BaseException) -> None:
        self.desk.fail(error)
        self._soon.ask()

    def _hear(self, changes: Changes) -> None:
        if not self.isVisible():
            self._stale = True
        elif changes.rows:
            self._soon.ask()
