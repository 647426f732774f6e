"""The rules for what vendors put before a number: switched on and off, changed and added; and a place to try a code."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy import Connection

from desktop.desk import Desk
from desktop.jobs import Task
from desktop.phrases import why
from desktop.spinbox import SpinBox
from desktop.widgets import button, frame, label, row, stack
from models.fields.problem import UsageError
from models.scanning.named import Named, named
from models.scanning.reading import read_scan
from models.scanning.rules import (
    LONGEST,
    Letters,
    Means,
    ScanRule,
    ScanRules,
    keep_scan_rules,
    scan_rules,
    shipped_rules,
)
from models.scanning.scan import Scan
from models.schema.records import RECORDS

_MEANS = {
    Means.SERIAL: "a serial number",
    Means.PART: "a part or model number",
    Means.OTHER: "any identity",
    Means.NOTHING: "nothing to look up",
}
_LETTERS = {
    Letters.DIGITS: "digits",
    Letters.HEX: "hex digits, as in a MAC address",
    Letters.PLAIN: "letters and digits",
    Letters.CODE: "letters, digits and - . / + _ #",
    Letters.ANY: "anything",
}


class RulesDialog(QDialog):
    """Nothing is kept before Save."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Rules for codes")
        self.resize(860, 620)
        self._desk = desk
        self._rules = list(scan_rules(desk.settings).rules)
        self._shipped = {rule.name: rule for rule in shipped_rules().rules}
        self._list = QListWidget()
        self._list.setAccessibleName("Rules")
        self._list.setObjectName("roomy")
        self._name, self._prefix, self._about = QLineEdit(), QLineEdit(), QLineEdit()
        self._means, self._letters = _combo(_MEANS), _combo(_LETTERS)
        self._least, self._most, self._last = _number(1), _number(1), _number(0)
        self._last.setSpecialValueText("all of them")
        self._company = QLineEdit(scan_rules(desk.settings).company_prefix)
        self._code = QLineEdit()
        self._read = label("", "muted", wrap=True)
        self._note = label("", "problem", wrap=True)
        self._remove = button("Remove", self.remove, drawing="delete")
        self._filling = False
        self._assemble()
        self._connect()
        self._fill()
        self._list.setCurrentRow(0)
        desk.scans.claim(self, self.try_code)

    @property
    def rules(self) -> ScanRules:
        """The rules as they stand."""
        return replace(shipped_rules(), rules=tuple(self._rules), company_prefix=self._company.text().strip())

    def add(self) -> None:
        """Begin a rule of one's own."""
        names = {rule.name for rule in self._rules}
        name = next(f"Rule {at}" for at in range(1, len(names) + 2) if f"Rule {at}" not in names)
        self._rules.append(ScanRule(name, "X", Means.SERIAL, 4, 20))
        self._fill()
        self._list.setCurrentRow(len(self._rules) - 1)
        self._name.setFocus()
        self._name.selectAll()

    def remove(self) -> None:
        """Remove a rule of one's own; a shipped one is put back to what it was."""
        at = self._list.currentRow()
        shipped = self._shipped.get(self._rules[at].name)
        if shipped is None:
            del self._rules[at]
        else:
            self._rules[at] = shipped
        self._fill()
        self._list.setCurrentRow(min(at, len(self._rules) - 1))

    def try_code(self, raw: str) -> None:
        """Tell how a code is read by the rules as they stand, and what it names."""
        if self._code.text() != raw:
            self._code.setText(raw)
        scan = read_scan(raw, self.rules)
        if not scan.text:
            self._read.setText("")
            return
        desk = self._desk

        def work(connection: Connection, _task: Task) -> list[Named]:
            return named(connection, desk.catalogue, scan)

        def done(found: list[Named]) -> None:
            if self._code.text() == raw:
                self._read.setText(told(scan, found))

        desk.read(work, done, owner=self)

    def accept(self) -> None:
        """Keep the rules."""
        try:
            keep_scan_rules(self._desk.settings, self.rules)
        except UsageError as error:
            self._note.setText(why(error))
            return
        super().accept()

    def _assemble(self) -> None:
        form = QFormLayout()
        for words, editor in (
            ("Name", self._name),
            ("The code begins with", self._prefix),
            ("Then follow at least", self._least),
            ("and at most", self._most),
            ("characters that are", self._letters),
            ("What counts is the last", self._last),
            ("It is", self._means),
            ("Where it is met", self._about),
        ):
            _add(form, words, editor)
        self._prefix.setFont(self._desk.look.mono)
        self._code.setFont(self._desk.look.mono)
        self._code.setPlaceholderText("Scan or type a code")
        company = QFormLayout()
        _add(company, "Our GS1 company prefix", self._company)
        _add(company, "Try a code", self._code)
        left = QWidget()
        left.setFixedWidth(260)
        left.setLayout(stack(self._list, button("New rule", self.add, drawing="add"), gap=2, margin=3))
        about = label(
            "Makers put letters before a number. What is left without them is looked up, after the code as it is.",
            "muted",
            wrap=True,
        )
        right = stack(about, form, row(None, self._remove), None, company, self._read, gap=3, margin=4)
        inside = row(left, gap=0)
        inside.addLayout(right, 1)
        save = button("Save", self.accept, role="primary")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(inside, 1)
        layout.addWidget(frame("foot", row(self._note, None, button("Cancel", self.reject), save, margin=3)))

    def _connect(self) -> None:
        self._list.currentRowChanged.connect(self._show)
        self._list.itemChanged.connect(self._tick)
        for line in (self._name, self._prefix, self._about):
            line.textEdited.connect(lambda _text: self._take())
        for combo in (self._means, self._letters):
            combo.activated.connect(lambda _at: self._take())
        for number in (self._least, self._most, self._last):
            number.valueChanged.connect(lambda _value: self._take())
        self._code.textEdited.connect(self.try_code)
        self._company.textEdited.connect(lambda _text: self.try_code(self._code.text()))

    def _fill(self) -> None:
        self._filling = True
        self._list.clear()
        for rule in self._rules:
            item = QListWidgetItem(rule.name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if rule.on else Qt.CheckState.Unchecked)
            item.setToolTip(rule.about)
            self._list.addItem(item)
        self._filling = False

    def _show(self, at: int) -> None:
        if not 0 <= at < len(self._rules):
            return
        rule = self._rules[at]
        shipped = rule.name in self._shipped
        self._filling = True
        self._name.setText(rule.name)
        self._name.setReadOnly(shipped)
        self._prefix.setText(rule.prefix)
        self._about.setText(rule.about)
        self._about.setCursorPosition(0)
        self._means.setCurrentIndex(self._means.findData(rule.means.value))
        self._letters.setCurrentIndex(self._letters.findData(rule.letters.value))
        for number, value in ((self._least, rule.least), (self._most, rule.most), (self._last, rule.last)):
            number.setValue(value)
        self._filling = False
        self._remove.setText("Put back" if shipped else "Remove")
        self._remove.setEnabled(not shipped or rule != self._shipped[rule.name])

    def _take(self) -> None:
        """What stands in the form becomes the rule."""
        at = self._list.currentRow()
        if self._filling or not 0 <= at < len(self._rules):
            return
        self._rules[at] = ScanRule(
            self._name.text(),
            self._prefix.text(),
            Means(self._means.currentData()),
            self._least.value(),
            self._most.value(),
            Letters(self._letters.currentData()),
            self._last.value(),
            self._rules[at].on,
            self._about.text(),
        )
        self._note.setText("")
        self._filling = True
        self._list.item(at).setText(self._name.text())
        self._filling = False
        self._remove.setEnabled(True)
        self.try_code(self._code.text())

    def _tick(self, item: QListWidgetItem) -> None:
        at = self._list.row(item)
        if not self._filling:
            self._rules[at] = replace(self._rules[at], on=item.checkState() == Qt.CheckState.Checked)
            self._show(self._list.currentRow())
            self.try_code(self._code.text())


def told(scan: Scan, found: list[Named]) -> str:
    """How a code is read and what it names, in lines."""
    lines = [f"Read as {scan.symbology}." if scan.symbology else ""]
    if scan.command is not None:
        lines.append(f"The command {scan.command.value}.")
    lines += [f"({element.ai}) {element.title}: {element.value}" for element in scan.elements]
    if len(scan.readings) > 1:
        lines.append(f"Also looked up as {', '.join(scan.readings[1:])}.")
    lines += [f"{RECORDS[each.word].label} {each.label} has {each.reading}." for each in found]
    if not found and scan.command is None:
        lines.append("No record has this code.")
    return "\n".join(filter(None, lines))


def _combo(options: dict[Means, str] | dict[Letters, str]) -> QComboBox:
    made = QComboBox()
    for value, words in options.items():
        made.addItem(words, value.value)
    return made


def _number(least: int) -> SpinBox:
    made = SpinBox()
    made.setRange(least, LONGEST)
    return made


def _add(form: QFormLayout, words: str, editor: QWidget) -> None:
    editor.setAccessibleName(words)
    name = label(words)
    name.setMinimumWidth(160)
    name.setBuddy(editor)
    form.addRow(name, editor)
