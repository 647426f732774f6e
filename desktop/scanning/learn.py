"""Learn my scanner: a barcode on the screen is scanned three times, and the settings are proposed in words."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.phrases import say
from desktop.scanning.symbol import ScreenSymbol
from desktop.scanning.well import KeyWell
from desktop.theme import STEP
from desktop.widgets import button, clear, frame, label, row, stack
from models.fields.problem import Problem, Severity
from models.scanning.learning import EXPECTED, TRIALS, Learnt, Stroke, hear, learn
from models.scanning.scanner import Scanner


class LearnDialog(QDialog):
    """`scanner` is what was learnt, when it was accepted."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Learn my scanner")
        self.setMinimumWidth(600)
        self.resize(640, 560)
        self._desk = desk
        self._trials: list[list[Stroke]] = []
        self._learnt: Learnt | None = None
        self._well = KeyWell()
        self._well.setAccessibleName("Scan here")
        self._told = QVBoxLayout()
        self._told.setSpacing(STEP)
        self._keep = button("Use these settings", self.accept, role="primary")
        self._again = button("Begin again", self.begin)
        self._assemble()
        self._well.heard.connect(self.take)
        desk.scans.pause(on=True)
        self.finished.connect(lambda _result: desk.scans.pause(on=False))
        self.begin()

    @property
    def scanner(self) -> Scanner | None:
        """What is proposed; None while it is not known."""
        return self._learnt.scanner if self._learnt is not None else None

    def begin(self) -> None:
        """Forget what was scanned."""
        self._trials.clear()
        self._learnt = None
        self._show([])
        self._well.setFocus()

    def take(self, strokes: list[Stroke]) -> None:
        """One scan is over."""
        if hear(strokes) is None:
            self._show([Problem("learn.other-code")])
            return
        if len(self._trials) == TRIALS:
            self._trials.clear()
        self._trials.append(strokes)
        self._learnt = learn(self._trials) if len(self._trials) == TRIALS else None
        self._show(list(self._learnt.findings) if self._learnt is not None else [])

    def _assemble(self) -> None:
        symbol = row(None, ScreenSymbol(EXPECTED), None)
        words = label(
            "Scan this barcode three times. If your scanner does not read screens, scan a printed label with the text "
            "under the bars.",
            wrap=True,
        )
        code = label(EXPECTED)
        code.setFont(self._desk.look.mono)
        code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inside = stack(words, symbol, code, self._well, self._told, None, gap=3, margin=4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(inside, 1)
        layout.addWidget(frame("foot", row(self._again, None, button("Cancel", self.reject), self._keep, margin=3)))

    def _show(self, findings: list[Problem]) -> None:
        done = len(self._trials)
        left = TRIALS - done
        self._well.setText(
            f"{'●' * done}{'○' * left}  "
            + (f"Scan it {left} more {'time' if left == 1 else 'times'}." if left else "Done.")
        )
        clear(self._told)
        for each in findings:
            bad = each.severity is Severity.ERROR
            self._told.addWidget(label(f"{'■' if bad else '✓'} {say(each)}", "problem" if bad else "", wrap=True))
        self._keep.setEnabled(self._learnt is not None and self._learnt.sound)
        self._again.setEnabled(done > 0)
