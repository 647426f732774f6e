"""Where the window stood, how large it was, and how wide its record panel: kept from one start to the next."""

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QMainWindow, QSplitter, QWidget

from desktop.memory import Memory

SIZE = (1280, 800)
PANEL = 348
"""The width of the record panel when nobody has set it."""
_LEAST = 300


def side_by_side(page: QWidget, panel: QWidget) -> QSplitter:
    """The page with the record panel on its right: the page grows with the window, neither can be pushed away."""
    made = QSplitter(Qt.Orientation.Horizontal)
    made.addWidget(page)
    made.addWidget(panel)
    made.setStretchFactor(0, 1)
    made.setCollapsible(0, False)
    made.setChildrenCollapsible(False)
    made.setHandleWidth(1)
    panel.setMinimumWidth(_LEAST)
    return made


def recall(window: QMainWindow, split: QSplitter, memory: Memory) -> None:
    """Put the window where it was; `split` has the record panel as its second part."""
    window.resize(*SIZE)
    kept = memory.get("window")
    if isinstance(kept, str):
        window.restoreGeometry(QByteArray.fromBase64(kept.encode("ascii")))
    wide = memory.get("panel") or PANEL
    split.setSizes([max(400, window.width() - wide), wide])


def keep(window: QMainWindow, split: QSplitter, panel: QWidget, memory: Memory) -> None:
    """Remember where it stands; a panel that is closed has no width to keep."""
    geometry = window.saveGeometry().toBase64().data()
    memory.put("window", bytes(geometry).decode("ascii"))
    memory.put("panel", split.sizes()[1] if panel.isVisible() else None)
    memory.save()
