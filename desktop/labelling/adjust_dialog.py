"""Adjusting a printer: how far off it prints, made good, and a page of rulers to read that on."""

import dataclasses
from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget
from sqlalchemy import Connection

from desktop.desk import Desk
from desktop.dialogs.label_choices import StockBox
from desktop.jobs import Task
from desktop.labelling.nudging import NudgeEditor
from desktop.phrases import why
from desktop.printing.painting import QtPainting
from desktop.widgets import button, label, row, stack
from models.fields.problem import KnownError
from models.labels.own import all_stocks
from models.labels.stocks import Stock
from models.printers.printer import LabelPrinter, Language
from models.printers.rulers import print_rulers


class AdjustDialog(QDialog):
    """Says how far off a printer prints. `printer` is it with what is set here."""

    def __init__(self, desk: Desk, printer: LabelPrinter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Adjust {printer.name}")
        self.setMinimumWidth(520)
        self._desk = desk
        self._printer = printer
        self.editor = NudgeEditor(desk.look, printer.nudge)
        self.stock = StockBox()
        self.stock.setAccessibleName("Labels in the printer")
        self.test = button("Print test page", self._print)
        self.told = label("", wrap=True)
        self._assemble()
        self.stock.setEnabled(False)
        self.test.setEnabled(False)
        self._ask_stocks()

    def printer(self) -> LabelPrinter:
        """The printer, adjusted."""
        return dataclasses.replace(self._printer, nudge=self.editor.nudge())

    def _assemble(self) -> None:
        words = label(
            "Print the test page with what is set here. Read on its rulers how far it is off, and move it back by it.",
            "muted",
            wrap=True,
        )
        named = label("Labels in the printer")
        named.setBuddy(self.stock)
        choosing = row(named, self.stock, self.test, gap=2)
        choosing.setStretch(1, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.setLayout(stack(words, choosing, self.told, self.editor, None, buttons, gap=3, margin=4))
        self.told.hide()

    def _ask_stocks(self) -> None:
        """Offer the stocks that can be in this printer."""
        language = self._printer.language

        def suits(stock: Stock) -> bool:
            match language:
                case Language.SYSTEM:
                    return True
                case Language.BROTHER:
                    return bool(stock.media)
                case Language.ZPL:
                    return stock.roll and not stock.media

        def work(connection: Connection, _task: Task) -> Sequence[Stock]:
            return list(filter(suits, all_stocks(connection)))

        self._desk.read(work, self._offer, owner=self)

    def _offer(self, stocks: Sequence[Stock]) -> None:
        self.stock.show_stocks(stocks, str(self._desk.memory.get("labels.stock") or ""))
        for part in (self.stock, self.test):
            part.setEnabled(bool(stocks))

    def _print(self) -> None:
        """Print rulers with what is set here."""
        stock, printer = self.stock.stock, self.printer()
        if stock is None:
            return
        self._tell(f"Printing on {printer.name} …")
        self.test.setEnabled(False)
        job = self._desk.jobs.read(
            lambda _task: print_rulers(printer, stock, QtPainting()),
            lambda _none: self._tell(f"The test page was sent to {printer.name}."),
            owner=self,
            failed=self._failed,
        )
        job.ended.connect(lambda: self.test.setEnabled(True))

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, KnownError):
            raise error
        self._tell(why(error))

    def _tell(self, sentence: str) -> None:
        self.told.setText(sentence)
        self.told.show()
