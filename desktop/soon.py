"""Looking again soon, and once, however often it is asked for meanwhile."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot


class Soon(QTimer):
    """Calls `look` so many milliseconds after the first `ask`. Asking again meanwhile does not put it off."""

    def __init__(self, pause: int, look: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self.setSingleShot(True)
        self.setInterval(pause)
        self.timeout.connect(look)

    @Slot()
    def ask(self) -> None:
        """It is to look, unless it will anyway."""
        if not self.isActive():
            self.start()
