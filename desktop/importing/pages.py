"""The pages of the wizard, one for each step, and the one of work under way."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from desktop.desk import Desk
from desktop.importing.done_page import DonePage
from desktop.importing.file_page import FilePage
from desktop.importing.mapping_page import MappingPage
from desktop.importing.names_page import NamesPage
from desktop.importing.parts import WorkingPage
from desktop.importing.plan_page import PlanPage
from desktop.importing.queue import FileQueue
from desktop.importing.sheet_page import SheetPage
from desktop.importing.steps import Step, StepPage


class Pages(QStackedWidget):
    """`said` carries what a page says: changed options and the words by which that can be undone."""

    said = Signal(object, str)

    def __init__(self, desk: Desk, queue: FileQueue) -> None:
        super().__init__()
        self._desk = desk
        self.working = WorkingPage()
        self.files = FilePage(desk, queue)
        self.finish = DonePage(desk)
        for page in (self.working, self.files, self.finish):
            self.addWidget(page)
        self._make()

    def page(self, step: Step) -> StepPage:
        """The page of a step."""
        return self._pages[step]

    def fresh(self) -> None:
        """Make the pages of a file anew, so that they know nothing of the one before."""
        for page in self._of_file():
            self.removeWidget(page)
            page.deleteLater()
        self._make()

    def work(self) -> None:
        """Show that work is under way."""
        self.setCurrentWidget(self.working)
        self.working.begin()

    def _make(self) -> None:
        desk = self._desk
        self.sheet, self.mapping = SheetPage(desk), MappingPage(desk)
        self.names, self.rows = NamesPage(desk), PlanPage(desk)
        self._pages: dict[Step, StepPage] = {
            Step.FILE: self.files, Step.SHEET: self.sheet, Step.MAPPING: self.mapping, Step.NAMES: self.names,
            Step.PLAN: self.rows, Step.DONE: self.finish,
        }  # fmt: skip
        for page in self._of_file():
            self.addWidget(page)
            page.said.connect(self.said)

    def _of_file(self) -> tuple[StepPage, ...]:
        return self.sheet, self.mapping, self.names, self.rows
