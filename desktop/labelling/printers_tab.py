"""The label printers of this machine: set up, asked for their status, adjusted, and tried with a page of rulers."""

from PySide6.QtWidgets import QDialog

from desktop.desk import Desk
from desktop.dialogs.ask import confirm
from desktop.labelling.adjust_dialog import AdjustDialog
from desktop.labelling.printer_dialog import PrinterDialog
from desktop.labelling.shelf import Item
from desktop.labelling.tab import Tab
from desktop.phrases import why
from desktop.phrases.labelling import LANGUAGES, nudged, printer_line, reached, status_told
from desktop.widgets import button, label, row, stack
from models.fields.problem import KnownError
from models.printers.asking import ask_printer
from models.printers.printer import LabelPrinter, Language, forget_printer, keep_printer, printers


class PrintersTab(Tab):
    """Lists the printers that were set up here."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            "Label printers",
            "No label printer yet",
            "Add a Zebra, a Brother QL or any printer of this computer. Labels also go to a PDF without one.",
            button("Add a printer…", self.add, drawing="add"),
        )
        self.name = label("", "title", wrap=True)
        self.facts = label("", "muted", wrap=True)
        self.answer = label("", wrap=True)
        self.moved = label("", "muted", wrap=True)
        self.ask_status = button("Ask for its status", self._ask)
        self.edit_it = button("Edit…", self.edit, drawing="edit")
        self.remove_it = button("Remove", self.remove, drawing="delete")
        self.adjust_it = button("Adjust and test page…", self.adjust)
        self.side.addLayout(
            stack(
                self.name,
                self.facts,
                row(self.edit_it, self.remove_it, None),
                label("Status", "heading"),
                self.answer,
                row(self.ask_status, None),
                label("Where it prints", "heading"),
                self.moved,
                row(self.adjust_it, None),
                None,
            )
        )
        self.shelf.opened.connect(self.edit)
        self.refresh()

    @property
    def printer(self) -> LabelPrinter | None:
        """The printer that is chosen."""
        return next((each for each in printers(self.desk.settings) if each.name == self.shelf.key), None)

    def refresh(self) -> None:
        """List the printers as they are now."""
        self.show_items(self._items())

    def settle(self) -> None:
        """Show the chosen one."""
        printer = self.printer
        if printer is None:
            return
        self.name.setText(printer.name)
        parts = [LANGUAGES[printer.language], printer.model, reached(printer), f"{printer.dpi} dots per inch"]
        if printer.darkness is not None:
            parts.append(f"darkness {printer.darkness} of 30")
        if printer.speed is not None:
            parts.append(f"{printer.speed} inches a second")
        self.facts.setText(", ".join(filter(None, parts)))
        self.moved.setText(nudged(printer.nudge))
        askable = printer.language is Language.ZPL and not printer.address.startswith("raw:")
        self.ask_status.setVisible(askable)
        self.answer.setText(
            "Not asked yet." if askable else "Only Zebra and compatible printers in the network tell how they are."
        )

    def add(self) -> None:
        """Set up another printer."""
        dialog = PrinterDialog(self.desk, None, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._keep(dialog.printer())

    def edit(self) -> None:
        """Change the chosen one."""
        printer = self.printer
        if printer is None:
            return
        dialog = PrinterDialog(self.desk, printer, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._keep(dialog.printer(), printer.name)

    def remove(self) -> None:
        """Forget the chosen one; what waits for it in the queue stays there."""
        printer = self.printer
        if printer is not None and confirm(
            self, "Remove", f"Remove the printer {printer.name}?", "Remove", "What waits for it stays in the queue."
        ):
            forget_printer(self.desk.settings, printer.name)
            self.refresh()

    def adjust(self) -> None:
        """Say how far off the chosen one prints, and print a page of rulers."""
        printer = self.printer
        if printer is None:
            return
        dialog = AdjustDialog(self.desk, printer, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._keep(dialog.printer(), printer.name)

    def _keep(self, printer: LabelPrinter, formerly: str = "") -> None:
        keep_printer(self.desk.settings, printer, formerly)
        self.show_items(self._items(), printer.name)

    def _items(self) -> list[Item]:
        return [Item(each.name, each.name, printer_line(each)) for each in printers(self.desk.settings)]

    def _ask(self) -> None:
        """Ask the chosen one how it is."""
        printer = self.printer
        if printer is None:
            return
        self.answer.setText(f"Asking {printer.name} …")
        self.ask_status.setEnabled(False)
        job = self.desk.jobs.read(
            lambda _task: tell_status(printer),
            lambda told: self._answered(printer, told),
            owner=self,
            failed=lambda error: self._failed(printer, error),
        )
        job.ended.connect(lambda: self.ask_status.setEnabled(True))

    def _answered(self, printer: LabelPrinter, told: str) -> None:
        if self.printer == printer:
            self.answer.setText(told)

    def _failed(self, printer: LabelPrinter, error: BaseException) -> None:
        if isinstance(error, KnownError):
            self._answered(printer, why(error))
        else:
            self.desk.fail(error)


def tell_status(printer: LabelPrinter) -> str:
    """What a printer says of itself, in words. Waits for it. Raises KnownError."""
    return status_told(*ask_printer(printer), printer.name)
