"""One label printer: its name, its language, how it is reached, and what is set on it."""

import dataclasses

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.desk import Desk
from desktop.phrases import why
from desktop.phrases.labelling import LANGUAGES
from desktop.printing.brother import brother_models
from desktop.printing.printer import printer_names
from desktop.spinbox import SpinBox
from desktop.theme import STEP
from desktop.widgets import label
from models.fields.problem import UsageError
from models.printers.address import check_printer
from models.printers.printer import LabelPrinter, Language, printers

NETWORK, SPOOLER = "tcp", "raw"
_WAYS = {NETWORK: "Over the network", SPOOLER: "Through a printer of this computer, as it is"}
_DOTS = (203, 300, 600)
_KEEP = "As set on the printer"


class PrinterDialog(QDialog):
    """Sets up a printer or changes one. `printer` is it as it stands in the dialog."""

    def __init__(self, desk: Desk, printer: LabelPrinter | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Printer" if printer else "Add a printer")
        self.setMinimumWidth(500)
        self._before = printer or LabelPrinter("", Language.ZPL)
        self._taken = {each.name.casefold() for each in printers(desk.settings)} - {self._before.name.casefold()}
        self.name = QLineEdit(self._before.name)
        self.name.setPlaceholderText("Zebra in the radio shop")
        self.language, self.way = QComboBox(), QComboBox()
        for language, words in LANGUAGES.items():
            self.language.addItem(words, language)
        for way, words in _WAYS.items():
            self.way.addItem(words, way)
        self.host = QLineEdit()
        self.host.setPlaceholderText("10.1.20.31 or 10.1.20.31:9100")
        self.queue = QComboBox()
        self.queue.setEditable(True)
        self.model = QComboBox()
        self.model.setEditable(True)
        self.model.setPlaceholderText("QL-820NWB")
        self.dpi = QComboBox()
        for dots in _DOTS:
            self.dpi.addItem(f"{dots}", dots)
        self.darkness, self.speed = SpinBox(), SpinBox()
        self.darkness.setRange(-1, 30)
        self.speed.setRange(1, 14)
        self.speed.setSuffix(" inches a second")
        for each in (self.darkness, self.speed):
            each.setSpecialValueText(_KEEP)
        self.answers = QCheckBox("It says its status when asked")
        self.note = label("", "problem", wrap=True)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        self._form = QFormLayout()
        self._assemble()
        self._fill(self._before)
        self._connect()
        self._settle()
        desk.jobs.read(lambda _task: (printer_names(), brother_models()), lambda found: self._offer(*found), owner=self)

    def printer(self) -> LabelPrinter:
        """The printer as it stands here."""
        language = self._language()
        zpl, brother = language is Language.ZPL, language is Language.BROTHER
        return dataclasses.replace(
            self._before,
            name=self.name.text().strip(),
            language=language,
            address=self._address(),
            dpi=self.dpi.currentData(),
            darkness=self.darkness.value() if zpl and self.darkness.value() >= 0 else None,
            speed=self.speed.value() if zpl and self.speed.value() > self.speed.minimum() else None,
            model=self.model.currentText().strip() if brother else "",
            answers=self.answers.isChecked(),
        )

    def problem(self) -> str:
        """What is missing or wrong, in a sentence; empty when it can be kept."""
        name = self.name.text().strip()
        if not name:
            return "Give the printer a name that people here know it by."
        if name.casefold() in self._taken:
            return f"There is another printer called “{name}” here."
        if self._language() is not Language.SYSTEM:
            network = self.way.currentData() == NETWORK
            if network and not self.host.text().strip():
                return "Type its address in the network, like 10.1.20.31."
            if not network and not self.queue.currentText().strip():
                return "Choose the printer of this computer that it is."
        try:
            check_printer(self.printer())
        except UsageError as error:
            return why(error)
        return ""

    def accept(self) -> None:
        """Keep it, if it can be kept."""
        if problem := self.problem():
            self.note.setText(problem)
            self.note.show()
            return
        super().accept()

    # Inside

    def _assemble(self) -> None:
        form = self._form
        form.setVerticalSpacing(2 * STEP)
        form.setHorizontalSpacing(3 * STEP)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        fields: tuple[tuple[str, QWidget], ...] = (
            ("&Name", self.name),
            ("&Kind of printer", self.language),
            ("&Model", self.model),
            ("&Reached", self.way),
            ("&Address", self.host),
            ("&Printer of this computer", self.queue),
            ("&Dots per inch", self.dpi),
            ("Dar&kness", self.darkness),
            ("&Speed", self.speed),
        )
        for words, field in fields:
            named = QLabel(words)
            named.setBuddy(field)
            field.setAccessibleName(words.replace("&", ""))
            form.addRow(named, field)
        form.addRow("", self.answers)
        self.answers.setToolTip("Then a label counts as printed only when the printer says that it has taken it.")
        self.note.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4 * STEP, 4 * STEP, 4 * STEP, 4 * STEP)
        layout.setSpacing(3 * STEP)
        layout.addLayout(form)
        layout.addWidget(self.note)
        layout.addStretch(1)
        layout.addWidget(self._buttons)

    def _fill(self, printer: LabelPrinter) -> None:
        address = printer.address
        self.language.setCurrentIndex(self.language.findData(printer.language))
        spooled = address.startswith("raw:")
        self.way.setCurrentIndex(self.way.findData(SPOOLER if spooled else NETWORK))
        if address.startswith("tcp://"):
            self.host.setText(address.removeprefix("tcp://").removesuffix(":9100"))
        else:
            self.queue.setEditText(address.removeprefix("raw:"))
        if self.dpi.findData(printer.dpi) < 0:
            self.dpi.addItem(f"{printer.dpi}", printer.dpi)
        self.dpi.setCurrentIndex(self.dpi.findData(printer.dpi))
        self.darkness.setValue(-1 if printer.darkness is None else printer.darkness)
        self.speed.setValue(self.speed.minimum() if printer.speed is None else printer.speed)
        if printer.model:
            self.model.setCurrentText(printer.model)
        self.answers.setChecked(printer.answers)

    def _connect(self) -> None:
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self.language.currentIndexChanged.connect(self._change_language)
        self.way.currentIndexChanged.connect(self._settle)
        for line in (self.name, self.host):
            line.textChanged.connect(self._unsay)

    def _change_language(self) -> None:
        """A Brother QL has 300 dots per inch; most others 203."""
        language = self._language()
        self.dpi.setCurrentIndex(self.dpi.findData(203 if language is Language.ZPL else 300))
        self._settle()

    def _language(self) -> Language:
        """The language that is chosen: Qt keeps it as a plain word."""
        return Language(self.language.currentData())

    def _settle(self) -> None:
        """Show what the language and the way need."""
        language = self._language()
        system, network = language is Language.SYSTEM, self.way.currentData() == NETWORK
        for field, needed in (
            (self.model, language is Language.BROTHER),
            (self.way, not system),
            (self.host, not system and network),
            (self.queue, system or not network),
            (self.darkness, language is Language.ZPL),
            (self.speed, language is Language.ZPL),
            (self.answers, not system and network),
        ):
            self._form.setRowVisible(field, needed)
        self._unsay()

    def _unsay(self) -> None:
        self.note.setText("")
        self.note.hide()

    def _offer(self, names: list[str], models: list[str]) -> None:
        """The printers of this computer and the models of Brother's; what was typed meanwhile stays."""
        for box, known in ((self.queue, names), (self.model, models)):
            typed = box.currentText()
            box.clear()
            box.addItems(known)
            box.setEditText(typed)
        self.queue.setPlaceholderText("The default printer" if names else "This computer has none")

    def _address(self) -> str:
        queue = self.queue.currentText().strip()
        if self._language() is Language.SYSTEM:
            return queue
        if self.way.currentData() == SPOOLER:
            return f"raw:{queue}"
        host = self.host.text().strip().removeprefix("tcp://")
        return f"tcp://{host}"
