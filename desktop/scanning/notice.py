"""The answer to a scan over whatever is on the screen, for a few seconds."""

import shiboken6
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from desktop.scanning.banner import AnswerBanner
from desktop.scanning.sounds import play
from desktop.theme import STEP, Look
from models.scanning.answer import Answer, Outcome
from models.settings import Settings

_SHOWN = 4000
"""Milliseconds that it stays."""
_MOST = 520


class ScanNotice(AnswerBanner):
    """Lies over the foot of a window."""

    def __init__(self, look: Look, over: QWidget) -> None:
        super().__init__(look, over, small=True)
        self._over = over
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SHOWN)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(self, answer: Answer) -> None:
        """Show an answer for some seconds."""
        over = self._over
        self.show_answer(answer)
        width = min(_MOST, over.width() - 4 * STEP)
        height = max(self.sizeHint().height(), self.heightForWidth(width))
        self.setGeometry((over.width() - width) // 2, over.height() - height - 2 * STEP, width, height)
        self.show()
        self.raise_()
        self._timer.start()


class Notices:
    """One notice in each window that needed one."""

    def __init__(self, look: Look, settings: Settings) -> None:
        self._look = look
        self._settings = settings
        self._made: list[ScanNotice] = []

    def dialog_open(self, dialog: QWidget, raw: str) -> None:
        """Say that this dialog takes no scans."""
        self.say(dialog, Answer(Outcome.REFUSED, "scan.dialog-open", raw[:40], {}))

    def say(self, over: QWidget, answer: Answer) -> None:
        """Say an answer over a window."""
        self._made = [each for each in self._made if shiboken6.isValid(each)]
        notice = next((each for each in self._made if each.parentWidget() is over), None)
        if notice is None:
            notice = ScanNotice(self._look, over)
            self._made.append(notice)
        notice.say(answer)
        play(answer.outcome, self._settings)
