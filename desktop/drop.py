"""Files let fall on the window."""

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget


class FileDrop(QObject):
    """`dropped` carries the path of a file of this machine that was let fall on the widget."""

    dropped = Signal(str)

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        over.setAcceptDrops(True)
        over.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Take files, and leave all else alone."""
        if isinstance(event, QDragEnterEvent):
            if event.mimeData().hasUrls() and event.mimeData().urls()[0].isLocalFile():
                event.acceptProposedAction()
                return True
        elif isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop and event.mimeData().hasUrls():
            event.acceptProposedAction()
            self.dropped.emit(event.mimeData().urls()[0].toLocalFile())
            return True
        return super().eventFilter(watched, event)
