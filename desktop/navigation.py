"""The navigation at the left, with how many records each place has."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QPushButton

from desktop.icons import icon
from desktop.pages.places import PLACES, Place
from desktop.theme import STEP
from desktop.widgets import button, label, row, rule, stack

_WIDTH = 184


class Navigation(QFrame):
    """`chosen` carries the name of a place. Up and Down move between places."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("nav")
        self.setFixedWidth(_WIDTH)
        self.setAccessibleName("Navigation")
        self._buttons: dict[str, QPushButton] = {}
        self._counts: dict[str, QLabel] = {}
        self._group = QButtonGroup(self)
        brand = label("Muster")
        brand.setObjectName("brand")
        layout = stack(brand, gap=0)
        for place in PLACES:
            if place.after_gap:
                layout.addSpacing(2 * STEP)
                layout.addWidget(rule())
                layout.addSpacing(2 * STEP)
            layout.addLayout(row(self._button(place), gap=0))
        layout.addStretch(1)
        layout.setContentsMargins(2 * STEP, 0, 2 * STEP, 2 * STEP)
        self.setLayout(layout)

    def show_place(self, name: str) -> None:
        """Mark that place as the one that is shown; an unknown name marks none."""
        if name in self._buttons:
            self._buttons[name].setChecked(True)
        elif (checked := self._group.checkedButton()) is not None:
            self._group.setExclusive(False)
            checked.setChecked(False)
            self._group.setExclusive(True)

    def offer(self, may: Callable[[str], bool]) -> None:
        """Show the places, by their names, that are of use to this person."""
        for name, each in self._buttons.items():
            each.setVisible(may(name))

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many records there are, by the word of their kind."""
        for place in PLACES:
            if place.words:
                self.show_count(place, counts.get(place.words[0], 0))

    def show_count(self, place: Place, number: int) -> None:
        """Show a number beside a place."""
        self._counts[place.name].setText(f"{number:,}" if number else "")
        self._buttons[place.name].setAccessibleName(f"{place.title}, {number:,}")

    def focus(self) -> None:
        """Put the keyboard into it."""
        checked = self._group.checkedButton() or next(iter(self._buttons.values()))
        checked.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """The keys that mean something here."""
        names = [name for name, each in self._buttons.items() if each.isVisibleTo(self)]
        at = next((at for at, name in enumerate(names) if self._buttons[name].hasFocus()), -1)
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if at >= 0 and step and 0 <= at + step < len(names):
            self._buttons[names[at + step]].setFocus()
            self._buttons[names[at + step]].click()
            return
        super().keyPressEvent(event)

    def _button(self, place: Place) -> QPushButton:
        made = button(place.title, lambda: self.chosen.emit(place.name), role="nav")
        made.setIcon(icon(place.icon))
        made.setIconSize(QSize(18, 18))
        made.setCheckable(True)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.setMinimumHeight(8 * STEP)
        count = label("", "muted")
        inside = QHBoxLayout(made)
        inside.setContentsMargins(0, 0, 2 * STEP, 0)
        inside.addStretch(1)
        inside.addWidget(count)
        self._buttons[place.name] = made
        self._counts[place.name] = count
        self._group.addButton(made)
        return made
