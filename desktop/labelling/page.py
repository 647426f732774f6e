"""The page of the navigation about labels: the queue, the printers, the stocks and the designs, each a tab."""

from PySide6.QtWidgets import QStackedWidget, QTabBar

from desktop.desk import Desk
from desktop.labelling.designs_tab import DesignsTab
from desktop.labelling.printers_tab import PrintersTab
from desktop.labelling.queue_tab import QueueTab
from desktop.labelling.stocks_tab import StocksTab
from desktop.labelling.tab import Tab
from desktop.pages.own import OwnPage
from desktop.theme import STEP
from desktop.widgets import frame, label, row, stack

TABS = ("Queue", "Printers", "Stocks", "Designs")
"""The titles of the tabs, in their order."""


class LabelsPage(OwnPage):
    """Its tabs are asked anew each time that they are shown."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setAccessibleName("Labels")
        self.queue, self.printers = QueueTab(desk), PrintersTab(desk)
        self.stocks, self.designs = StocksTab(desk), DesignsTab(desk)
        self._bar = QTabBar()
        self._stack = QStackedWidget()
        self._assemble()
        self._bar.currentChanged.connect(self._turn)

    @property
    def tab(self) -> Tab:
        """The tab that is shown."""
        return self._tabs()[self._bar.currentIndex()]

    def show_tab(self, title: str) -> None:
        """Show the tab of that title."""
        self._bar.setCurrentIndex(TABS.index(title))
        self.enter()

    def wake(self) -> None:
        """Ask anew for what the tab shows."""
        self.tab.refresh()

    def enter(self) -> None:
        """Put the keyboard into the tab."""
        if not self.tab.enter():
            self._bar.setFocus()

    def _tabs(self) -> tuple[Tab, ...]:
        return (self.queue, self.printers, self.stocks, self.designs)

    def _assemble(self) -> None:
        self._bar.setDrawBase(False)
        self._bar.setExpanding(False)
        self._bar.setUsesScrollButtons(False)
        self._bar.setAccessibleName("Parts of the page")
        for title, tab in zip(TABS, self._tabs(), strict=True):
            self._bar.addTab(title)
            self._stack.addWidget(tab)
        head = row(label("Labels", "title"), self._bar, None, gap=4)
        head.setContentsMargins(4 * STEP, 3 * STEP, 4 * STEP, 2 * STEP)
        top = frame("pagehead", head)
        inside = stack(top, self._stack, gap=0)
        inside.setStretch(1, 1)
        self.setLayout(inside)

    def _turn(self, at: int) -> None:
        self._stack.setCurrentIndex(at)
        self.tab.refresh()
