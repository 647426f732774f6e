"""On what the labels of scanned records are printed: printer, roll, design. Chosen once and kept."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtWidgets import QComboBox, QDialog, QGridLayout, QVBoxLayout, QWidget
from sqlalchemy import Connection

from desktop.desk import Desk
from desktop.dialogs.label_choices import StockBox
from desktop.dialogs.printer_choice import PrinterChoice
from desktop.jobs import Task
from desktop.theme import STEP
from desktop.widgets import button, frame, label, row, stack
from models.labels.designs import Design, designs_for
from models.labels.own import all_designs, all_stocks
from models.labels.stocks import Stock

_WIDE = 460


class PrintedOn(NamedTuple):
    """Names of a printer (or its address, for one of the system's), a stock and a design."""

    printer: str
    stock: str
    design: str


class ScanPrintDialog(QDialog):
    """`chosen` is there once it is accepted."""

    def __init__(self, desk: Desk, kept: PrintedOn | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Labels of what is scanned")
        self.setMinimumWidth(_WIDE)
        self._kept = kept or PrintedOn("", str(desk.memory.get("labels.stock") or ""), "")
        self._designs: Sequence[Design] = ()
        self.printer, self.stock, self.design = PrinterChoice(desk), StockBox(), QComboBox()
        self._note = label("A scan prints one label at a time, so only rolls are offered.", "muted", wrap=True)
        self._note.setMinimumWidth(_WIDE - 8 * STEP)
        self._take = button("Print on it", self.accept, role="primary")
        self._take.setDefault(True)
        form = QGridLayout()
        form.setVerticalSpacing(2 * STEP)
        form.setHorizontalSpacing(3 * STEP)
        form.setColumnStretch(1, 1)
        fields: tuple[tuple[str, QWidget], ...] = (
            ("&Printer", self.printer),
            ("&Labels", self.stock),
            ("&Design", self.design),
        )
        for at, (name, field) in enumerate(fields):
            words = label(name)
            words.setBuddy(field)
            field.setAccessibleName(name.replace("&", ""))
            form.addWidget(words, at, 0)
            form.addWidget(field, at, 1)
        form.addWidget(button("New printer…", self.printer.add, role="link"), 0, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(STEP)
        layout.addLayout(stack(form, self._note, gap=3, margin=4))
        layout.addWidget(frame("foot", row(None, button("Cancel", self.reject), self._take, gap=2, margin=3)))
        self.stock.currentIndexChanged.connect(self._offer)
        self.design.currentIndexChanged.connect(self._settle)
        self.printer.changed.connect(self._settle)
        self._settle()

        def known(connection: Connection, _task: Task) -> tuple[Sequence[Stock], Sequence[Design]]:
            return all_stocks(connection), all_designs(connection)

        desk.read(known, lambda found: self._show(*found), owner=self)

    @property
    def chosen(self) -> PrintedOn | None:
        """What is chosen; None while something is missing."""
        printer, stock, design = self.printer.printer, self.stock.stock, self.design.currentData()
        if printer is None or stock is None or not isinstance(design, Design):
            return None
        return PrintedOn(printer.name if self.printer.is_set_up else printer.address, stock.name, design.name)

    def accept(self) -> None:
        """Take it, and remember the printer for other labels, too."""
        if (chosen := self.chosen) is not None:
            self.printer.keep(chosen.stock)
            super().accept()

    def _show(self, stocks: Sequence[Stock], designs: Sequence[Design]) -> None:
        self._designs = designs
        self.stock.show_stocks([stock for stock in stocks if stock.roll], self._kept.stock)
        self._offer()

    def _offer(self) -> None:
        stock = self.stock.stock
        self.design.clear()
        for each in designs_for(stock, self._designs, "") if stock is not None else ():
            self.design.addItem(each.name, each)
        self.design.setCurrentIndex(max(0, self.design.findText(self._kept.design)))
        self._settle()

    def _settle(self) -> None:
        self._take.setEnabled(self.chosen is not None)
