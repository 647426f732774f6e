"""The page “Tagging”: things are tagged by scans alone, and their labels are scanned back."""

from array import array

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar

from desktop.desk import Desk
from desktop.pages.own import OwnPage
from desktop.tagging.check_view import CheckLabelsView
from desktop.tagging.run_view import TagRunView
from desktop.theme import STEP
from desktop.widgets import button, frame, label, row, stack

_RUN, _CHECK = range(2)


class TaggingPage(OwnPage):
    """Two tabs: the tag run, and the check of labels. `door` is a way out of a run: its word, the kind, the numbers."""

    door = Signal(str, str, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.run = TagRunView(desk)
        self.check = CheckLabelsView(desk)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName("Tagging")
        self.tabs.addTab("Tag run")
        self.tabs.addTab("Check labels")
        self._views = QStackedWidget()
        self._views.addWidget(self.run)
        self._views.addWidget(self.check)
        head = stack(
            row(
                label("Tagging", "title"),
                None,
                button("Command cards…", lambda: self.asked.emit("tagging.cards")),
                gap=2,
            ),
            self.tabs,
            gap=1,
        )
        head.setContentsMargins(4 * STEP, 3 * STEP, 4 * STEP, 0)
        whole = stack(frame("pagehead", head), gap=0)
        whole.addWidget(self._views, 1)
        self.setLayout(whole)
        self.tabs.currentChanged.connect(self._turn)
        self.run.opened.connect(self.opened)
        self.run.door.connect(self._leave)

    def wake(self) -> None:
        """The page is shown."""
        self.run.wake()
        self.enter()

    def enter(self) -> None:
        """Put the keyboard into the scan line of the tab."""
        if self._views.currentIndex() == _RUN:
            self.run.enter()
        else:
            self.check.enter()

    def show_run(self) -> None:
        """Show the tag run."""
        self.tabs.setCurrentIndex(_RUN)
        self.enter()

    def show_check(self) -> None:
        """Show the check of all labels that wait for it."""
        self.tabs.setCurrentIndex(_CHECK)
        self.enter()

    def check_these(self, numbers: "array[int]") -> None:
        """Check the labels of these assets, and no others."""
        old, self.check = self.check, CheckLabelsView(self.desk, "asset", numbers)
        self._views.insertWidget(_CHECK, self.check)
        self._views.removeWidget(old)
        old.deleteLater()
        self.show_check()

    def _turn(self, tab: int) -> None:
        self._views.setCurrentIndex(tab)
        self.enter()

    def _leave(self, door: str, word: str, numbers: "array[int]") -> None:
        if door == "check":
            self.check_these(numbers)
        else:
            self.door.emit(door, word, numbers)
