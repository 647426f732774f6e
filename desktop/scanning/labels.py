"""The mode that prints: the label of each scanned record goes to one printer's queue, on one roll, in one design."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget
from sqlalchemy import Connection

from desktop.desk import Desk
from desktop.jobs import Task
from desktop.phrases import say
from models.scanning.named import Named

if TYPE_CHECKING:
    from models.printers.queue import Added
    from models.printers.request import PrintRequest

_KEPT = "scanned.print"
_PARTS = 3


class ScanLabels(QObject):
    """`changed` when another printer, roll or design is chosen."""

    changed = Signal()

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window

    @property
    def kept(self) -> tuple[str, str, str] | None:
        """The names of the printer, the stock and the design; None before they were chosen."""
        found = self._desk.memory.get(_KEPT)
        if isinstance(found, list) and len(found) == _PARTS and all(isinstance(each, str) for each in found):
            return found[0], found[1], found[2]
        return None

    @property
    def words(self) -> str:
        """On what labels are printed: "Zebra 2 · 2 × 1 in roll"."""
        return " · ".join(self.kept[:2]) if self.kept else ""

    def choose(self) -> bool:
        """Ask on what labels are printed. False: the person goes back."""
        from desktop.dialogs.scan_print import PrintedOn, ScanPrintDialog

        dialog = ScanPrintDialog(self._desk, PrintedOn(*self.kept) if self.kept else None, self._window)
        if dialog.exec() != QDialog.DialogCode.Accepted or dialog.chosen is None:
            return False
        self._desk.memory.put(_KEPT, list(dialog.chosen))
        self.changed.emit()
        return True

    def print(self, one: Named) -> None:
        """Print the label of a record. It counts as a reprint where one was printed before."""
        if self.kept is None and not self.choose():
            self._desk.said.emit(f"No printer is chosen. The label of {one.label} is not printed.")
            return
        if self.kept is None:
            return
        printer, stock, design = self.kept
        desk = self._desk

        def prepared(connection: Connection, _task: Task) -> "PrintRequest":
            from desktop.labelling.records import label_records
            from models.labels.own import all_stocks, design_for
            from models.labels.stocks import find_stock
            from models.printers.request import PrintRequest

            records, word = label_records(connection, desk, one.word, [one.nr])
            found = design_for(connection, find_stock(stock, all_stocks(connection)), design, word)
            return PrintRequest(stock, found, tuple(records))

        def ask(request: "PrintRequest") -> None:
            desk.printing.ask(printer, request, lambda added: self._tell(one, added), owner=self)

        desk.read(prepared, ask, owner=self)

    def _tell(self, one: Named, added: "Added") -> None:
        for refused in added.refused:
            self._desk.said.emit(f"{one.label}: {say(refused.problem)}")
