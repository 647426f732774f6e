"""Done: what was written, the way back, and what comes next."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from desktop.desk import Desk
from desktop.importing.queue import Entry
from desktop.importing.run import ImportRun
from desktop.importing.steps import StepPage
from desktop.importing.taking_back import Taken, take_back
from desktop.pages.places import place_of
from desktop.phrases import count
from desktop.phrases.importing import written
from desktop.phrases.undoing import kept_told
from desktop.widgets import button, clear, label, row, stack
from models.exchange.plan import State
from models.schema.records import RECORDS

_LINES = 6


class DonePage(StepPage):
    """What an import came to. `show_asked` carries the kind of record to show, `next_asked` the `Entry` to go on with.

    `refused_asked`: the refused rows are to be saved.
    """

    show_asked = Signal(str)
    next_asked = Signal(object)
    refused_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._action = ""
        self._word = ""
        self._title = label("", "title", wrap=True)
        self._words = label("", wrap=True)
        self._after = label("", "muted", wrap=True)
        self.show_records = button("Show the records", lambda: self.show_asked.emit(self._word), role="primary")
        self.take_back = button("Undo", self._undo, drawing="undo")
        self.keep = button("Save refused rows…", self.refused_asked.emit)
        self._next = QVBoxLayout()
        deeds = row(self.show_records, self.take_back, self.keep, None, gap=2)
        inside = stack(self._title, self._words, self._after, deeds, self._next, gap=3)
        self.setLayout(row(None, stack(None, inside, None, None), None, margin=6))
        self._title.setMinimumWidth(520)

    def show_run(self, run: ImportRun) -> None:
        """Show what was written."""
        plan, changes = run.plan, run.written
        if plan is None or changes is None:
            return
        self._action = changes.action
        self._word = plan.kind if place_of(plan.kind) is not None else plan.usual_kind or ""
        self._title.setText(f"Imported {count(plan.to_write, 'row')} from {plan.path.name}")
        self._words.setText(written(plan))
        self._after.setText("Undo takes all of it back, now or later. Imports… in the menu lists every import.")
        self.show_records.setText(f"Show {RECORDS[plan.kind].plural.lower()}")
        self.show_records.setVisible(bool(self._word))
        self.take_back.setEnabled(True)
        self.keep.setVisible(plan.count(State.REFUSED) > 0)

    def offer_next(self, others: list[Entry]) -> None:
        """Offer to go on with other tables of the file."""
        clear(self._next)
        if others:
            self._next.addWidget(label("The file has more tables:", "heading"))
        for entry in others:
            made = button(f"Import {entry.name} next", partial(self.next_asked.emit, entry))
            self._next.addLayout(row(made, None))

    def enter(self) -> None:
        """The keyboard goes to the records."""
        self.show_records.setFocus()

    @property
    def text(self) -> str:
        """What is said, for those who look."""
        return f"{self._title.text()}. {self._words.text()} {self._after.text()}"

    def _undo(self) -> None:
        self.take_back.setEnabled(False)

        def done(taken: Taken) -> None:
            self._title.setText("The import was undone")
            told = kept_told(taken.report.kept) or "All is as it was before."
            self._after.setText("\n".join([told, *taken.lines[:_LINES]]))

        take_back(self._desk, self, self._action, "Undo", done)
