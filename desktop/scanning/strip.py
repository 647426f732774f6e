"""The strip under the top bar while a scan does more than show: what it does, to whom, and what became of the last."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from desktop.phrases import count
from desktop.phrases.modes import CHOOSE, mode_words, rest_words
from desktop.scanning.banner import AnswerBanner
from desktop.scanning.modes import ScanModes
from desktop.theme import STEP, Look
from desktop.widgets import button, label, row, stack
from models.scanning.modes import Mode, Taken

_WORDS = 260
_HEIGHT = 13 * STEP
"""Of the answer, so that what is below does not jump when one comes."""


class ModeStrip(QFrame):
    """`asked` names a command that one of its buttons stands for."""

    asked = Signal(str)

    def __init__(self, modes: ScanModes, look: Look) -> None:
        super().__init__()
        self.setObjectName("modestrip")
        self.setAccessibleName("Scan mode")
        self._modes = modes
        self._printer = ""
        self._title = label("", "title", wrap=True)
        self._waiting = label("", "muted", wrap=True)
        self._words = stack(self._title, self._waiting, gap=0)
        self.banner = AnswerBanner(look, small=True)
        self._target = button("", lambda: self.asked.emit("scan.target"))
        self._list = button("Scanned list…", lambda: self.asked.emit("scan.scanned"))
        self._leave = button("Leave", lambda: self.asked.emit("scan.show"))
        self._leave.setToolTip("Go back to showing what is scanned (Esc)")
        self._title.setFixedWidth(_WORDS)
        self.banner.setMinimumHeight(_HEIGHT)
        layout = row(self._words, self.banner, self._target, self._list, self._leave, gap=3)
        layout.setStretch(1, 1)
        layout.setContentsMargins(4 * STEP, 2 * STEP, 4 * STEP, 2 * STEP)
        self.setLayout(layout)
        modes.stood.connect(self._settle)
        modes.answered.connect(self._tell)
        self._settle()

    @property
    def words(self) -> str:
        """The mode and its target, as they are written."""
        return self._title.text()

    def _settle(self) -> None:
        modes = self._modes
        words = mode_words(modes.mode, modes.target)
        if words != self._title.text():
            self._title.setText(words)
            self.banner.rest(rest_words(modes.mode, modes.target))
        self._settle_note()
        self._target.setVisible(modes.mode in CHOOSE)
        self._target.setText(CHOOSE.get(modes.mode, "Choose…"))
        self._list.setVisible(modes.mode is Mode.LIST)
        self.setVisible(modes.acting)

    def show_printer(self, words: str) -> None:
        """On what labels are printed."""
        self._printer = words
        self._settle_note()

    def _settle_note(self) -> None:
        modes = self._modes
        note = self._printer if modes.mode is Mode.PRINT else ""
        if modes.waiting:
            note = f"{count(modes.waiting, 'thing')} waiting"
        self._waiting.setText(note)
        self._waiting.setVisible(bool(note))

    def _tell(self, taken: Taken) -> None:
        self.banner.show_answer(taken.answer)
