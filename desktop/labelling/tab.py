"""What the tabs of the page share: a list at the left, what is chosen of it at the right, an empty state."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.labelling.shelf import Item, Shelf
from desktop.theme import STEP
from desktop.widgets import frame, label, row, stack

_SIDE, _ADVICE = 400, 480


class Tab(QWidget):
    """`shelf` lists the things. A tab fills in `side` and tells it what to show in `settle`.

    `writes` is the table that the things are kept in, where they are records.
    """

    writes = ""

    def __init__(self, desk: Desk, name: str, nothing: str, advice: str, *deeds: QPushButton) -> None:
        super().__init__()
        self.desk = desk
        self.shelf = Shelf(desk.look, name)
        self.side = QVBoxLayout()
        self.side.setSpacing(2 * STEP)
        self.side.setContentsMargins(4 * STEP, 4 * STEP, 4 * STEP, 4 * STEP)
        self._nothing, self._advice = label(nothing, "title"), label(advice, "muted", wrap=True)
        self._pages = QStackedWidget()
        self._first = deeds[0] if deeds else None
        self._makers = deeds
        self._deeds = row(*deeds, None, gap=2)
        self._assemble()
        self.shelf.chosen.connect(self.settle)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to list."""
        return self._pages.currentIndex() == 1

    @property
    def may(self) -> bool:
        """Whether the person's role may make and change the things."""
        return not self.writes or self.desk.may(self.writes)

    def refresh(self) -> None:
        """Ask anew for what there is to list."""

    def settle(self) -> None:
        """Show at the right what is chosen."""

    def show_items(self, items: Sequence[Item], key: str = "") -> None:
        """List these, or say what to do where there are none."""
        for deed in self._makers:
            deed.setVisible(self.may)
        self._pages.setCurrentIndex(0 if items else 1)
        self.shelf.show_items(items, key)

    def enter(self) -> bool:
        """Put the keyboard into the list, or where it can be filled. False where there is neither."""
        if not self.empty:
            self.shelf.setFocus()
        elif self._first is not None:
            self._first.setFocus()
        return not self.empty or self._first is not None

    def _assemble(self) -> None:
        side = frame("panel", self.side)
        side.setFixedWidth(_SIDE)
        both = QWidget()
        inside = row(gap=0)
        inside.addWidget(self.shelf, 1)
        inside.addWidget(side)
        both.setLayout(inside)
        self._advice.setFixedWidth(_ADVICE)
        self._advice.setMinimumHeight(self._advice.heightForWidth(_ADVICE))
        self._advice.setAlignment(Qt.AlignmentFlag.AlignCenter)
        nothing = QWidget()
        centred = stack(None, gap=3)
        for part in (self._nothing, self._advice):
            centred.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        centred.addStretch(2)
        nothing.setLayout(centred)
        self._pages.addWidget(both)
        self._pages.addWidget(nothing)
        layout = stack(gap=0)
        if self._deeds.count() > 1:
            self._deeds.setContentsMargins(4 * STEP, 2 * STEP, 4 * STEP, 2 * STEP)
            layout.addWidget(frame("pagehead", self._deeds))
        layout.addWidget(self._pages, 1)
        self.setLayout(layout)
