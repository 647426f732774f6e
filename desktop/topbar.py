"""The bar on top: the search and scan box, the deeds that people do most, and the menu."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QMenu

from desktop.searchbox import SearchBox
from desktop.theme import STEP
from desktop.widgets import button, row


class TopBar(QFrame):
    """`asked` names the command that a button stands for."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("topbar")
        self.search = SearchBox()
        self._menu = button("", drawing="more")
        self._menu.setAccessibleName("Menu")
        self._menu.setToolTip("Menu (F10)")
        layout = row(
            self.search,
            button("Import…", lambda: self.asked.emit("file.import")),
            button("Labels…", lambda: self.asked.emit("record.labels")),
            button("New", lambda: self.asked.emit("record.new"), role="primary"),
            self._menu,
            gap=3,
        )
        layout.insertStretch(1, 1)
        layout.setStretch(0, 100)
        layout.setContentsMargins(4 * STEP, 2 * STEP, 4 * STEP, 2 * STEP)
        self.setLayout(layout)

    def show_menu(self) -> None:
        """Open the menu, as F10 does."""
        self._menu.showMenu()

    def set_menu(self, menu: QMenu) -> None:
        """Hang the menu made from the commands on its button."""
        self._menu.setMenu(menu)
