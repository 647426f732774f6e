"""Which printer: the label printers that were set up, then the printers of this computer."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog

from desktop.desk import Desk
from desktop.labelling.printer_dialog import PrinterDialog
from desktop.phrases.labelling import printer_line
from desktop.printing.printer import printer_names
from models.labels.layout import DPI
from models.printers.printer import LabelPrinter, Language, keep_printer, printers

_MEMORY = "labels.printer"


class PrinterChoice(QComboBox):
    """`changed` when another printer is chosen. What was used last is remembered for each stock."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._system: Sequence[str] = ()
        self._wanted = str(desk.memory.get(_MEMORY) or "")
        self._shown: LabelPrinter | None = None
        self._offer()
        self._shown = self.printer
        self.currentIndexChanged.connect(self._turn)
        desk.jobs.read(lambda _task: printer_names(), self._know_system, owner=self)

    @property
    def printer(self) -> LabelPrinter | None:
        """The printer that is chosen; None while there is none."""
        found = self.currentData()
        return found if isinstance(found, LabelPrinter) else None

    @property
    def is_set_up(self) -> bool:
        """Whether the chosen printer was set up in Muster, and is not just one of this computer's."""
        return self.printer in printers(self._desk.settings)

    def recall(self, stock: str) -> None:
        """Choose the printer that this stock was printed on last; nothing is sent."""
        kept = self._desk.memory.get(f"{_MEMORY}.{stock}")
        if isinstance(kept, str):
            self._wanted = kept
            self._choose()
            self._shown = self.printer

    def keep(self, stock: str) -> None:
        """Remember the printer for the next time, and for this stock."""
        if self.printer is not None:
            self._desk.memory.put(_MEMORY, self.printer.name)
            self._desk.memory.put(f"{_MEMORY}.{stock}", self.printer.name)

    def add(self) -> None:
        """Set up another printer, and choose it."""
        dialog = PrinterDialog(self._desk, None, self.window())
        if dialog.exec() == QDialog.DialogCode.Accepted:
            keep_printer(self._desk.settings, dialog.printer())
            self._wanted = dialog.printer().name
            self._offer()
            self._tell()

    def _know_system(self, names: Sequence[str]) -> None:
        """The printers of this computer are known: asking for them may have taken a while."""
        self._system = names
        self._offer()
        self._tell()

    def _offer(self) -> None:
        """List the printers and choose the wanted one, or the first."""
        own = printers(self._desk.settings)
        names = {each.name.casefold() for each in own}
        system = [
            LabelPrinter(each, Language.SYSTEM, each, DPI) for each in self._system if each.casefold() not in names
        ]
        with QSignalBlocker(self):
            self.clear()
            for each in (*own, *system):
                self.addItem(each.name, each)
                self.setItemData(self.count() - 1, printer_line(each), Qt.ItemDataRole.ToolTipRole)
            if not self.count():
                self.addItem("No printer yet", None)
        self._choose()

    def _choose(self) -> None:
        with QSignalBlocker(self):
            self.setCurrentIndex(max(0, self.findText(self._wanted)))

    def _turn(self) -> None:
        if self.printer is not None:
            self._wanted = self.printer.name
        self._tell()

    def _tell(self) -> None:
        if self.printer != self._shown:
            self._shown = self.printer
            self.changed.emit()
