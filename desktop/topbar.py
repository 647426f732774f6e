"""The bar on top: the search and scan box with its mode, the deeds that people do most, and the menu."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QMenu

from desktop.phrases.modes import HINTS, TITLES
from desktop.searchbox import SearchBox
from desktop.theme import STEP
from desktop.widgets import button, row
from models.scanning.modes import Mode


class TopBar(QFrame):
    """`asked` names the command that a button stands for."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("topbar")
        self.search = SearchBox()
        self._mode = button("", drawing="scan")
        self._mode.setToolTip("What a scan does (Ctrl+Shift+M for the next)")
        self._menu = button("", drawing="more")
        self._menu.setAccessibleName("Menu")
        self._menu.setToolTip("Menu (F10)")
        self._deeds = {
            "file.import": button("Import…", lambda: self.asked.emit("file.import")),
            "record.labels": button("Labels…", lambda: self.asked.emit("record.labels")),
            "record.new": button("New", lambda: self.asked.emit("record.new"), role="primary"),
        }
        layout = row(self.search, self._mode, *self._deeds.values(), self._menu, gap=3)
        layout.insertStretch(2, 1)
        layout.setStretch(0, 100)
        layout.setContentsMargins(4 * STEP, 2 * STEP, 4 * STEP, 2 * STEP)
        self.setLayout(layout)
        self.show_mode(Mode.SHOW)

    def show_mode(self, mode: Mode) -> None:
        """Say what a scan does now."""
        self._mode.setText(f"Scan: {TITLES[mode]} ▾")
        self._mode.setAccessibleName(f"Scan mode: {TITLES[mode]}")
        self.search.setPlaceholderText(HINTS[mode])

    def offer(self, may: Callable[[str], bool]) -> None:
        """Show the buttons of the commands that may be done."""
        for command, each in self._deeds.items():
            each.setVisible(may(command))

    def set_modes(self, menu: QMenu) -> None:
        """Hang the menu of the modes on its button."""
        self._mode.setMenu(menu)

    def show_menu(self) -> None:
        """Open the menu, as F10 does."""
        self._menu.showMenu()

    def set_menu(self, menu: QMenu) -> None:
        """Hang the menu made from the commands on its button."""
        self._menu.setMenu(menu)
