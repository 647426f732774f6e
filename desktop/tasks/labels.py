"""Labels: printing those of the chosen records, and the ways to the queue and the printers.

What prints is loaded when something is printed or waits, not when the window starts.
"""

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog
from sqlalchemy import Connection

from desktop.desk import Desk
from desktop.forms.loaded import has_labels
from desktop.jobs import Task
from desktop.soon import Soon
from desktop.window import MainWindow

if TYPE_CHECKING:
    from models.printers.request import LabelFor, QueuedJob

PLACE = "printing"
"""The name of the page of labels in the navigation."""
_PAUSE = 250
"""Milliseconds after a change of the queue before it is asked anew."""


class LabelTasks(QObject):
    """Each public method is one command."""

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        # While labels are printed much happens in a second: the line at the foot need not tell each of them.
        self._soon = Soon(_PAUSE, self._look, self)
        desk.printing.changed.connect(self._soon.ask)
        desk.printing.looked_for.connect(self.queue)
        window.status.queue_asked.connect(self.queue)
        window.ready.connect(self._soon.ask)

    def labels(self) -> None:
        """Print labels of the chosen things, places or people, or of the one that is shown."""
        table, record = self._window.table, self._window.panel.record
        if table is not None and has_labels(table.word) and len(table.chosen()):
            word, numbers = table.word, table.chosen().numbers
        elif record is not None and self._window.panel.isVisible() and has_labels(record.word):
            word, numbers = record.word, array("q", [record.nr])
        else:
            self._window.toast.say("Choose first what gets a label: things, places or people.")
            return
        desk = self._desk

        def work(connection: Connection, _task: Task) -> "tuple[list[LabelFor], str]":
            from desktop.labelling.records import label_records

            return label_records(connection, desk, word, numbers)

        desk.read(work, lambda found: self.print_records(*found), owner=self)

    def print_records(self, records: "Sequence[LabelFor]", word: str = "") -> None:
        """Ask how to print the labels of these records, which are of one kind where `word` says so."""
        from desktop.dialogs.print_labels import PrintLabelsDialog

        dialog = PrintLabelsDialog(self._desk, records, word, self._window)
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        if dialog.queued:
            self._window.toast.say(dialog.outcome, "Queue", self.queue)
        else:
            self._window.toast.say(dialog.outcome)

    def queue(self) -> None:
        """Show what is being printed and what waits."""
        self._show("Queue")

    def printers(self) -> None:
        """Show the label printers."""
        self._show("Printers")

    def stocks(self) -> None:
        """Show the stocks of labels."""
        self._show("Stocks")

    def designs(self) -> None:
        """Show the label designs."""
        self._show("Designs")

    def _show(self, tab: str) -> None:
        self._window.show_place(PLACE)
        from desktop.labelling.page import LabelsPage

        page = self._window.own_page(PLACE)
        if self._window.place == PLACE and isinstance(page, LabelsPage):
            page.show_tab(tab)

    def _look(self) -> None:
        self._desk.printing.jobs(self._tell, owner=self)

    def _tell(self, jobs: "Sequence[QueuedJob]") -> None:
        from desktop.phrases.labelling import waiting, waiting_why

        self._window.status.show_queue(waiting(jobs), waiting_why(jobs))
