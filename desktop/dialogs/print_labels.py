"""Labels for some records: stock, design, where on the sheet to begin; then a PDF or a printer."""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPlainTextEdit,
    QProgressBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.dialogs.label_choices import LabelChoices
from desktop.jobs import Job, Jobs, Task
from desktop.memory import Memory
from desktop.phrases import count, say, stage
from desktop.printing.pdf import write_pdf
from desktop.printing.preview import LabelPreview, SheetPreview
from desktop.printing.printer import dots_for, print_sheets, set_up
from desktop.widgets import button, label
from models.fields.problem import KnownError
from models.labels.job import label_pages
from models.labels.layout import Refused, Sheets
from models.progress import Cancelled

T = TypeVar("T")
_NAMED = ("tag", "name", "alias", "serial")
"""What a record that gets no label is called by, best first."""


class PrintLabelsDialog(QDialog):
    """Shows the sheets as they will be printed. After `exec` gave Accepted, `outcome` says what was done.

    `records` map the keys of fields to the texts that people read (`Design.keys` tells which are used). `memory`
    keeps the stock, the design of each stock, and the first free label on the sheet that was used last.
    """

    def __init__(
        self, records: Sequence[Mapping[str, str]], jobs: Jobs, memory: Memory, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.outcome = ""
        self._records = records
        self._jobs = jobs
        self._memory = memory
        self._sheets: Sheets | None = None
        self._job: Job | None = None
        self._making = False
        self._make_widgets()
        self._assemble()
        self._connect()
        self._compose()

    def _make_widgets(self) -> None:
        self.setWindowTitle("Print labels")
        self.choices = LabelChoices(self._memory)
        self.stock, self.design = self.choices.stock, self.choices.design
        self.start, self.copies, self.about = self.choices.start, self.choices.copies, self.choices.about
        self.enlarged = LabelPreview()
        self.summary = label("", "heading", wrap=True)
        self.refused = QPlainTextEdit()
        self.refused.setAccessibleName("Records that get no label")
        self.refused.setReadOnly(True)
        self.refused.setTabChangesFocus(True)
        self.refused.setMinimumHeight(72)
        self.sheet = SheetPreview()
        self.back, self.forward = QToolButton(), QToolButton()
        for turn, arrow, name in (
            (self.back, Qt.ArrowType.LeftArrow, "Previous sheet"),
            (self.forward, Qt.ArrowType.RightArrow, "Next sheet"),
        ):
            turn.setArrowType(arrow)
            turn.setAutoRaise(True)
            turn.setAccessibleName(name)
            turn.setToolTip(name)
        self.page = QLabel()
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("Progress")
        self.doing = label("", "muted")
        self.save, self.print, self.cancel = button("Save as &PDF…"), button("P&rint…"), button("Cancel")
        self.print.setDefault(True)
        self.print.setMinimumWidth(96)  # its face is bolder than Qt reckons with

    def _assemble(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self.choices)
        left.addWidget(self.enlarged, 3)
        left.addWidget(self.summary)
        left.addWidget(self.refused, 2)
        left.addStretch()
        turning = QHBoxLayout()
        turning.addStretch()
        for widget in (self.back, self.page, self.forward):
            turning.addWidget(widget)
        turning.addStretch()
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addWidget(self.sheet, 1)
        right.addLayout(turning)
        middle = QHBoxLayout()
        middle.setSpacing(20)
        middle.addLayout(left, 2)
        middle.addLayout(right, 3)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.doing)
        foot.addWidget(self.progress, 1)
        foot.addStretch()
        for deed in (self.cancel, self.save, self.print):
            foot.addWidget(deed)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 16)
        whole.setSpacing(16)
        whole.addLayout(middle, 1)
        whole.addLayout(foot)
        for hidden in (self.refused, self.progress, self.doing):
            hidden.hide()
        self.resize(900, 660)

    def _connect(self) -> None:
        self.choices.composed.connect(self._compose)
        self.choices.placed.connect(self._place)
        self.sheet.start_chosen.connect(self.start.setValue)
        self.sheet.page_turned.connect(self._show_page)
        self.back.clicked.connect(lambda: self.sheet.turn_to(self.sheet.page - 1))
        self.forward.clicked.connect(lambda: self.sheet.turn_to(self.sheet.page + 1))
        self.save.clicked.connect(self.save_pdf)
        self.print.clicked.connect(self.print_out)
        self.cancel.clicked.connect(self.reject)

    # -- what it gives

    def _compose(self) -> None:
        """Lay all labels out anew, off the window's thread."""
        stock, design, records = self.stock.currentData(), self.design.currentData(), self._records
        self._sheets = None
        self._enable()
        self._start(lambda task: label_pages(records, stock, design, progress=task), self._composed)

    def _composed(self, sheets: Sheets) -> None:
        self._sheets = sheets
        self.refused.setPlainText("\n\n".join(map(self._why_refused, sheets.refused)))
        self.refused.setVisible(bool(sheets.refused))
        self._place()

    def _why_refused(self, refused: Refused) -> str:
        record = self._records[refused.index]
        name = next((record[key] for key in _NAMED if record.get(key)), f"Row {refused.index + 1}")
        return f"{name}: {say(refused.problem)}"

    def _place(self) -> None:
        """Put the labels on sheets as the choices stand now."""
        if self._sheets is None:
            return
        self._sheets = dataclasses.replace(self._sheets, start=self.start.value(), copies=self.copies.value())
        self.sheet.show_sheets(self._sheets)
        self.enlarged.show_sheets(self._sheets)
        told = f"{count(self._sheets.count, 'label')} on {count(self._sheets.page_count, 'sheet')}."
        if self._sheets.refused:
            told += f" {count(len(self._sheets.refused), 'record gets', 'records get')} none:"
        self.summary.setText(told)
        self._show_page()
        self._enable()

    def _show_page(self) -> None:
        self.page.setText(f"Sheet {self.sheet.page + 1:,} of {self.sheet.page_count:,}")
        self.back.setEnabled(self.sheet.page > 0)
        self.forward.setEnabled(self.sheet.page + 1 < self.sheet.page_count)

    # -- what is done

    def save_pdf(self) -> None:
        """Ask for a file and write the sheets to it."""
        if self._sheets is None:
            return
        folder = self._memory.get("labels.folder") or QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.DocumentsLocation
        )
        name, _ = QFileDialog.getSaveFileName(
            self, "Save labels as PDF", str(Path(str(folder)) / "labels.pdf"), "PDF (*.pdf)"
        )
        if not name:
            return
        path = Path(name) if Path(name).suffix else Path(name).with_suffix(".pdf")
        self._memory.put("labels.folder", str(path.parent))
        sheets = self._sheets
        self._make(lambda task: write_pdf(path, sheets, task), f"{count(sheets.count, 'label')} saved as {path.name}.")

    def print_out(self) -> None:
        """Ask for a printer and print the sheets."""
        sheets = self._sheets
        if sheets is None:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        set_up(printer, sheets.stock)
        if not self.ask_printer(printer):
            return
        records, design = self._records, self.design.currentData()

        def work(task: Task) -> None:
            fitting = sheets
            if dots_for(printer) != sheets.dpi:
                fitting = label_pages(
                    records,
                    sheets.stock.name,
                    design,
                    sheets.start,
                    sheets.copies,
                    dpi=dots_for(printer),
                    progress=task,
                )
                if len(fitting.refused) > len(sheets.refused):
                    raise KnownError("label.too-coarse-printer", printer.printerName(), count=str(len(fitting.refused)))
            print_sheets(printer, fitting, task)

        self._make(work, f"{count(sheets.count, 'label')} sent to {printer.printerName() or 'the printer'}.")

    def ask_printer(self, printer: QPrinter) -> bool:
        """Let the person choose in the system's own dialog."""
        dialog = QPrintDialog(printer, self)
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange, on=False)
        return dialog.exec() == QDialog.DialogCode.Accepted

    def _make(self, work: Callable[[Task], None], outcome: str) -> None:
        self._making = True
        self._start(work, lambda _: self._made(outcome))

    def _made(self, outcome: str) -> None:
        """Keep for the next time where the sheet now has its first free label."""
        if self._sheets is not None:
            self.choices.keep(self._sheets)
        self.outcome = outcome
        self.accept()

    # -- work off the window's thread

    def _start(self, work: Callable[[Task], T], done: Callable[[T], None]) -> None:
        if self._job is not None:
            self._job.cancel()
        job = self._job = self._jobs.read(work, done, owner=self, failed=self._failed)
        job.progressed.connect(lambda: self._show_progress(job))
        job.ended.connect(lambda: self._ended(job))
        self._enable()

    def _show_progress(self, job: Job) -> None:
        if job is not self._job:
            return
        task = job.task
        self.progress.setRange(0, task.total)
        self.progress.setValue(task.done)
        self.doing.setText(stage(task.stage))
        self.progress.show()
        self.doing.show()

    def _ended(self, job: Job) -> None:
        if job is not self._job:
            return
        self._job = None
        self._making = False
        self.progress.hide()
        self.doing.hide()
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
        self.print.setEnabled(ready)

    def reject(self) -> None:
        """One step back: stop what is being made, or else leave."""
        if self._job is not None:
            self._job.cancel()
            if self._making:
                return
            self._job = None
        super().reject()
