"""Where a scan goes: to the page or dialog that waits for one, else to the scan box."""

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

SCANS_FOR_PARENT = "scans_for_parent"
"""The property of a window that lies beside its parent and reads codes for it: the camera's picture."""


class ScanRouter(QObject):
    """`unclaimed` carries a scan that nobody waited for: the window gives it to its scan box.

    `refused` carries the dialog that is open, waits for an answer and takes no scans, and the scan. `changed`: other
    settings hold for the scanner.
    """

    unclaimed = Signal(str)
    refused = Signal(object, str)
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.paused = False
        self._claims: list[tuple[QWidget, Callable[[str], None], Callable[[], bool]]] = []

    def claim(self, owner: QWidget, take: Callable[[str], None], when: Callable[[], bool] = lambda: True) -> None:
        """Give scans to `take` while `owner` is on the screen in the active window and `when` holds.

        The latest claim comes first.
        """
        self.release(owner)
        self._claims.append((owner, take, when))

    def release(self, owner: QWidget) -> None:
        """Claim no more."""
        self._claims = [each for each in self._claims if shiboken6.isValid(each[0]) and each[0] is not owner]

    def pause(self, *, on: bool) -> None:
        """Let keys be keys, as while the scanner is learnt; or listen to the scanner again."""
        self.paused = on
        self.changed.emit()

    def deliver(self, raw: str) -> None:
        """Hand on what a scanner sent, without the scanner's own prefix and suffix."""
        for owner, take, when in reversed(self._claims):
            if shiboken6.isValid(owner) and owner.isVisible() and _is_active(owner.window()) and when():
                take(raw)
                return
        dialog = QApplication.activeModalWidget()
        if dialog is not None:
            self.refused.emit(dialog, raw)
        else:
            self.unclaimed.emit(raw)


def _is_active(window: QWidget) -> bool:
    active = QApplication.activeWindow()
    helped = active is not None and bool(active.property(SCANS_FOR_PARENT)) and active.parentWidget() is window
    return window.isActiveWindow() or helped
