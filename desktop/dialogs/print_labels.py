"""Labels for some records: stock, design, printer, where on the sheet to begin; then the queue, or a PDF."""

import dataclasses
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox, QWidget
from sqlalchemy import Connection

from desktop.designer import open_designer
from desktop.desk import Desk
from desktop.dialogs.print_frame import PrintFrame
from desktop.jobs import Job, Task
from desktop.labelling.stock_dialog import StockDialog
from desktop.phrases import count, say
from desktop.phrases.labelling import unsuitable
from desktop.printing.painting import QtPainting
from desktop.printing.pdf import write_pdf
from models.fields.problem import KnownError
from models.labels.designs import Design
from models.labels.job import label_pages
from models.labels.layout import DPI, NO_NUDGE, Refused, Sheets
from models.labels.own import all_designs, all_stocks, keep_stock, kept_designs
from models.labels.stocks import Stock
from models.printers.pieces import Printed, dots_of
from models.printers.queue import Added
from models.printers.request import LabelFor, PrintRequest
from models.printers.stamps import stamp_labels
from models.progress import Cancelled

T = TypeVar("T")
_NAMED = ("tag", "name", "alias", "serial")
"""What a record that gets no label is called by, best first."""


class _Known(NamedTuple):
    """The stocks, the designs as they print, and the designs as they were made."""

    stocks: Sequence[Stock]
    designs: Sequence[Design]
    kept: Sequence[Design]


class PrintLabelsDialog(PrintFrame):
    """Shows the sheets as they will be printed. After `exec` gave Accepted, `outcome` says what was done.

    `records` are printed in their order; `word` is their kind where all are of one. Stock, design, printer and the
    first free label on the sheet that was used last are remembered. `queued` tells that the queue has the labels.
    """

    def __init__(self, desk: Desk, records: Sequence[LabelFor], word: str = "", parent: QWidget | None = None) -> None:
        super().__init__(desk, word, parent)
        self.outcome = ""
        self.queued = False
        self._desk = desk
        self._records = records
        self._known = _Known((), (), ())
        self._sheets: Sheets | None = None
        self._job: Job | None = None
        self._making = False
        self._connect()
        self._enable()
        self._ask_known()

    def _connect(self) -> None:
        self.choices.composed.connect(self._compose)
        self.choices.placed.connect(self._place)
        self.choices.design_asked.connect(self._edit_design)
        self.choices.stock_asked.connect(self._new_stock)
        self.sheet.start_chosen.connect(self.start.setValue)
        self.sheet.page_turned.connect(lambda _page: self.show_page(self._sheets))
        self.back.clicked.connect(lambda: self.sheet.turn_to(self.sheet.page - 1))
        self.forward.clicked.connect(lambda: self.sheet.turn_to(self.sheet.page + 1))
        self.save.clicked.connect(self.save_pdf)
        self.print.clicked.connect(self.print_out)
        self.cancel.clicked.connect(self.reject)

    # -- what it gives

    def _ask_known(self, stock: str = "", design: str = "") -> None:
        """Ask for the stocks and designs, own ones included, and choose those of these names."""

        def work(connection: Connection, _task: Task) -> _Known:
            return _Known(all_stocks(connection), all_designs(connection), kept_designs(connection))

        def done(found: _Known) -> None:
            self._known = found
            self.choices.show_known(found.stocks, found.designs, stock, design)

        self._desk.read(work, done, owner=self)

    def _compose(self) -> None:
        """Lay all labels out anew, off the window's thread, on the dots of the printer."""
        stock, design = self.stock.stock, self.choices.chosen_design
        self._sheets = None
        if self._job is not None:
            self._job.cancel()
        self._enable()
        if stock is None:
            return
        if design is None:
            self.advise(f"No design fits {stock.name}. Make one with Edit design, or choose other labels.")
            return
        printer, symbology = self.printer.printer, self.choices.symbol.currentData()
        records = [each.texts for each in self._records]

        def work(task: Task) -> Sheets:
            dpi = dots_of(printer, QtPainting()) if printer is not None else DPI
            nudge = printer.nudge if printer is not None else NO_NUDGE
            return label_pages(records, stock, design, symbology=symbology, dpi=dpi, nudge=nudge, progress=task)

        self._start(work, self._composed)

    def _composed(self, sheets: Sheets) -> None:
        self._sheets = sheets
        self.refused.setPlainText("\n\n".join(map(self._why_refused, sheets.refused)))
        self.refused.setVisible(bool(sheets.refused))
        self._place()

    def _why_refused(self, refused: Refused) -> str:
        record = self._records[refused.index].texts
        name = next((record[key] for key in _NAMED if record.get(key)), f"Row {refused.index + 1}")
        return f"{name}: {say(refused.problem)}"

    def _place(self) -> None:
        """Put the labels on sheets as the choices stand now."""
        if self._sheets is None:
            return
        self._sheets = dataclasses.replace(self._sheets, start=self.start.value(), copies=self.copies.value())
        self.sheet.show_sheets(self._sheets)
        self.enlarged.show_sheets(self._sheets)
        roll = self._sheets.stock.roll
        sheets = "" if roll else f" on {count(self._sheets.page_count, 'sheet')}"
        told = f"{count(self._sheets.count, 'label')}{sheets}."
        self.enlarged.setVisible(not roll)
        if self._sheets.refused:
            told += f" {count(len(self._sheets.refused), 'record gets', 'records get')} none:"
        self.summary.setText(told)
        self.show_page(self._sheets)
        self.advise(unsuitable(self.printer.printer, self._sheets.stock))
        self._enable()

    # -- what is done

    def save_pdf(self) -> None:
        """Ask for a file and write the sheets to it."""
        if self._sheets is None:
            return
        folder = self._desk.memory.get("labels.folder") or QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.DocumentsLocation
        )
        name, _ = QFileDialog.getSaveFileName(
            self, "Save labels as PDF", str(Path(str(folder)) / "labels.pdf"), "PDF (*.pdf)"
        )
        if not name:
            return
        path = Path(name) if Path(name).suffix else Path(name).with_suffix(".pdf")
        self._desk.memory.put("labels.folder", str(path.parent))
        # What a printer puts elsewhere is its own; a file is as it is drawn.
        sheets = dataclasses.replace(self._sheets, nudge=NO_NUDGE)
        self._making = True
        outcome = f"{count(sheets.count, 'label')} saved as {path.name}."

        def done(_written: None) -> None:
            self._stamp(path.name)
            self._made(outcome)

        self._start(lambda task: write_pdf(path, sheets, task), done)

    def _stamp(self, file: str) -> None:
        """Remember at the records that their labels are in that file."""
        copies = self.copies.value()
        labels = [Printed(each.table, each.row, copies) for each in self._fitting() if each.row]
        if labels:
            self._desk.write(
                f"Print labels to {file}",
                lambda journal, _task: stamp_labels(journal, labels, file),
                owner=self._desk,
                quiet=True,
            )

    def _fitting(self) -> list[LabelFor]:
        """The records that get a label."""
        gone = {refused.index for refused in self._sheets.refused} if self._sheets is not None else set()
        return [each for at, each in enumerate(self._records) if at not in gone]

    def print_out(self) -> None:
        """Give the labels to the queue of the printer."""
        sheets, printer, design = self._sheets, self.printer.printer, self.choices.chosen_design
        if sheets is None or printer is None or design is None or unsuitable(printer, sheets.stock):
            return
        request = PrintRequest(
            sheets.stock.name,
            design,
            tuple(self._fitting()),
            sheets.copies,
            sheets.start,
            self.choices.symbol.currentData(),
        )
        self._making = True
        self._enable()

        def done(added: Added) -> None:
            self.queued = added.job is not None
            self._made(f"{count(added.labels, 'label is', 'labels are')} being printed on {printer.name}.")

        # The printers of this computer go by their queues, those that were set up by their names.
        name = printer.name if self.printer.is_set_up else printer.address
        self._desk.printing.ask(name, request, done, owner=self, failed=self._not_queued)

    def _not_queued(self, error: BaseException) -> None:
        self._making = False
        self._enable()
        self._failed(error)

    # -- stocks and designs made on the way

    def _edit_design(self) -> None:
        """Open the designer with the design, and come back with what was saved there."""
        stock, design = self.stock.stock, self.choices.chosen_design
        if stock is None:
            return
        kept = {each.name: each for each in self._known.kept}
        design = (
            kept[design.name]
            if design is not None
            else Design("New design", "", min(stock.width, 100), min(stock.height, 100), ())
        )
        open_designer(self._desk, design, stock, self, lambda kept: self._ask_known(design=kept.name))

    def _new_stock(self) -> None:
        """Measure a stock, and choose it."""
        dialog = StockDialog(self._desk.look, None, {stock.name for stock in self._known.stocks}, self)
        if dialog.exec() == QDialog.DialogCode.Accepted and dialog.stock is not None:
            stock = dialog.stock
            self._desk.write(
                f"Save {stock.name}",
                lambda journal, _task: keep_stock(journal, stock),
                lambda _changes: self._ask_known(stock.name),
                owner=self,
                quiet=True,
            )

    def _made(self, outcome: str) -> None:
        """Keep for the next time where the sheet now has its first free label."""
        if self._sheets is not None:
            self.choices.keep(self._sheets)
        self.outcome = outcome
        self.accept()

    # -- work off the window's thread

    def _start(self, work: Callable[[Task], T], done: Callable[[T], None]) -> None:
        if self._job is not None:
            self._job.cancel()  # its reply is dropped
        job = self._job = self._desk.jobs.read(work, done, owner=self, failed=self._failed)
        job.progressed.connect(lambda: self._show_progress(job))
        job.ended.connect(lambda: self._ended(job))
        self._enable()

    def _show_progress(self, job: Job) -> None:
        if job is self._job:
            self.show_task(job.task)

    def _ended(self, job: Job) -> None:
        if job is not self._job:
            return
        self._job = None
        self._making = False
        self.show_task(None)
        self._enable()

    def _failed(self, error: BaseException) -> None:
        """Say what went wrong; what was chosen stays. Our own faults go the way of all crashes."""
        if isinstance(error, Cancelled):
            return
        if not isinstance(error, KnownError):
            raise error
        QMessageBox.warning(self, self.windowTitle(), say(error.problem))

    def _enable(self) -> None:
        """What can be done now: nothing new while labels are being printed, nothing to print without labels."""
        for widget in (self.choices, self.sheet):
            widget.setEnabled(not self._making)
        ready = not self._making and self._sheets is not None and self._sheets.count > 0
        self.save.setEnabled(ready)
        self.print.setEnabled(
            ready and self._sheets is not None and not unsuitable(self.printer.printer, self._sheets.stock)
        )

    def reject(self) -> None:
        """One step back: stop what is being made, or else leave."""
        if self._job is not None:
            self._job.cancel()
        if self._making:
            return
        self._job = None
        super().reject()
