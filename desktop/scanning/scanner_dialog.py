"""The settings of the scanner: on or off, what it types around a code, how fast it is; and a place to try it."""

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.desk import Desk
from desktop.phrases import why
from desktop.scanning.banner import AnswerBanner
from desktop.scanning.sounds import play
from desktop.spinbox import SpinBox
from desktop.widgets import button, frame, label, row, stack
from models.fields.problem import UsageError
from models.scanning.answer import Answer, Outcome
from models.scanning.reading import read_scan
from models.scanning.rules import scan_rules
from models.scanning.scanner import (
    FASTEST,
    SHORTEST_CODES,
    SLOWEST,
    End,
    Scanner,
    check_scanner,
    keep_scanner,
    scanner_of,
    shown,
    unshown,
)
from models.settings import Settings

_ENDS = {
    End.ANY: "Enter, Tab or EOT",
    End.ENTER: "Enter",
    End.TAB: "Tab",
    End.EOT: "EOT (0x04)",
    End.PAUSE: "Nothing: a pause ends it",
}


class ScannerDialog(QDialog):
    """Changes take effect with Save. Scans that are made meanwhile are told, by the settings as they were."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Scanner")
        self.setMinimumWidth(680)
        self._desk = desk
        self._on = QCheckBox("A scanner types into Muster like a keyboard")
        self._sounds = QCheckBox("Answer each scan with a sound")
        self._prefix, self._suffix = QLineEdit(), QLineEdit()
        self._end = QComboBox()
        for end, words in _ENDS.items():
            self._end.addItem(words, end.value)
        self._gap, self._least = SpinBox(), SpinBox()
        self._gap.setRange(FASTEST, SLOWEST)
        self._gap.setSuffix(" ms")
        self._least.setRange(1, SHORTEST_CODES)
        self._note = label("", "problem", wrap=True)
        self._banner = AnswerBanner(desk.look, small=True)
        self._banner.rest("Scan anything to try it.")
        self._assemble()
        self._offer(scanner_of(desk.settings))
        self._sounds.setChecked(desk.settings.sounds == "yes")
        self._on.toggled.connect(lambda _on: self._settle())
        self._prefix.textChanged.connect(lambda _text: self._settle())
        desk.scans.claim(self, self._try)

    @property
    def scanner(self) -> Scanner:
        """The scanner as it stands in the form."""
        return Scanner(
            self._on.isChecked(),
            unshown(self._prefix.text()),
            unshown(self._suffix.text()),
            End(self._end.currentData()),
            self._gap.value(),
            self._least.value(),
        )

    def accept(self) -> None:
        """Keep the settings."""
        try:
            check_scanner(self.scanner)
        except UsageError as error:
            self._note.setText(why(error))
            return
        keep_scanner(self._desk.settings, self.scanner)
        self._desk.settings[Settings.sounds.key] = "yes" if self._sounds.isChecked() else "no"
        self._desk.scans.changed.emit()
        super().accept()

    def learn(self) -> None:
        """Learn the settings from the scanner itself."""
        from desktop.scanning.learn import LearnDialog

        dialog = LearnDialog(self._desk, self)
        if dialog.exec() == QDialog.DialogCode.Accepted and dialog.scanner is not None:
            self._offer(dialog.scanner)

    def rules(self) -> None:
        """Show the rules for what vendors put before a number."""
        from desktop.scanning.rules_dialog import RulesDialog

        RulesDialog(self._desk, self).exec()

    def _assemble(self) -> None:
        form = QFormLayout()
        for words, editor, more in (
            (
                "Before a code it types",
                self._prefix,
                "Nothing, as a rule. With a prefix, such as <STX>, no speed counts.",
            ),
            ("After a code it types", self._suffix, "It is left out. Enter and Tab belong to the next line."),
            ("Then it presses", self._end, ""),
            ("Longest pause within a code", self._gap, "Faster keys were scanned, slower ones were typed."),
            ("Shortest code", self._least, "What is shorter was typed, however fast."),
        ):
            editor.setAccessibleName(words)
            editor.setAccessibleDescription(more)
            name = label(words)
            name.setBuddy(editor)
            form.addRow(name, editor)
            if more:
                form.addRow("", label(more, "muted", wrap=True))
        learn, rules = button("Learn my scanner…", self.learn), button("Rules for codes…", self.rules)
        inside = stack(
            self._on, form, self._sounds, row(learn, rules, None), self._banner, self._note, None, gap=3, margin=4
        )
        save = button("Save", self.accept, role="primary")
        save.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(inside, 1)
        layout.addWidget(frame("foot", row(None, button("Cancel", self.reject), save, margin=3)))

    def _offer(self, scanner: Scanner) -> None:
        self._on.setChecked(scanner.on)
        self._prefix.setText(shown(scanner.prefix))
        self._suffix.setText(shown(scanner.suffix))
        self._end.setCurrentIndex(self._end.findData(scanner.end.value))
        self._gap.setValue(scanner.gap)
        self._least.setValue(scanner.least)
        self._settle()

    def _settle(self) -> None:
        on = self._on.isChecked()
        for editor in (self._prefix, self._suffix, self._end, self._gap):
            editor.setEnabled(on)
        self._least.setEnabled(on and not self._prefix.text())

    def _try(self, raw: str) -> None:
        scan = read_scan(raw, scan_rules(self._desk.settings))
        details = {"symbology": scan.symbology or "no word of its sort"}
        self._banner.show_answer(Answer(Outcome.OK, "scanner.tried", scan.text[:80], details))
        play(Outcome.OK, self._desk.settings)
