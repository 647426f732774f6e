"""Mending many cells at once: those with one problem, or those like the cell that was just typed anew."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.lineedit import LineEdit
from desktop.phrases import count
from desktop.theme import STEP
from desktop.widgets import button, label, row
from models.exchange.options import ImportOptions
from models.exchange.problem_groups import ProblemGroup


def with_cells(options: ImportOptions, heading: str, numbers: Sequence[int], text: str) -> ImportOptions:
    """The options with that text in the cells of a column, in the rows with these numbers."""
    cells = {**options.cells.get(heading, {}), **dict.fromkeys(numbers, text)}
    return replace(options, cells={**options.cells, heading: cells})


class AllBar(QWidget):
    """Puts one text into all cells with the problem that is shown. `typed` carries the `ProblemGroup` and the text."""

    typed = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self._group: ProblemGroup | None = None
        self._words = label("")
        self.line = LineEdit()
        self.line.setPlaceholderText("Leave empty for an empty cell")
        self.line.setMinimumWidth(240)
        self.go = button("", self._go)
        layout = row(self._words, self.line, self.go, None, gap=2)
        layout.setContentsMargins(4 * STEP, 0, 4 * STEP, 0)
        self.setLayout(layout)
        self.line.returnPressed.connect(self._go)
        self.hide()

    def offer(self, group: ProblemGroup | None) -> None:
        """Offer it for the cells of a group; None for none."""
        if group is None or self._group is None or group.key != self._group.key:
            self.line.clear()
        self._group = group
        self.setVisible(group is not None)
        if group is not None:
            cells = count(len(group.rows), "cell")
            which = f"all {cells}" if len(group.rows) > 1 else "the cell"
            self._words.setText(f"Put into {which} of “{group.heading}”:")
            self.line.setAccessibleName(self._words.text())
            self.go.setText(f"Change {cells}")

    def _go(self) -> None:
        if self._group is not None:
            self.typed.emit(self._group, self.line.text())


class OthersBar(QWidget):
    """After an edit: the same for the others. `wanted` carries the heading, the rows' numbers and the text."""

    wanted = Signal(str, object, str)

    def __init__(self) -> None:
        super().__init__()
        self._words = label("", wrap=True)
        self.alike = button("")
        self.every = button("")
        self._close = button("No", self.close_bar)
        layout = row(self._words, self.alike, self.every, self._close, gap=2)
        layout.setStretch(0, 1)
        layout.setContentsMargins(4 * STEP, 0, 4 * STEP, 2 * STEP)
        self.setLayout(layout)
        self.hide()

    def offer(self, heading: str, value: str, text: str, alike: Sequence[int], every: Sequence[int]) -> None:
        """Offer `text` for other cells of a column: those with the same value, and all with the same problem."""
        self.close_bar()
        if not every:
            return
        self._words.setText(
            f"Also put “{text}” into others of “{heading}”?" if text else f"Also empty others of “{heading}”?"
        )
        more = len(every) > len(alike)
        self.alike.setText(f"{len(alike):,} more with “{_short(value)}”" if value else f"{len(alike):,} more empty")
        self.every.setText(
            f"All {len(every):,} more with this problem" if len(every) > 1 else "1 more with this problem"
        )
        for made, numbers, there in ((self.alike, alike, bool(alike)), (self.every, every, more)):
            made.setVisible(there)
            made.clicked.connect(partial(self._want, heading, list(numbers), text))
        self.show()

    def close_bar(self) -> None:
        """Offer nothing any more."""
        if not self.isHidden():
            self.alike.clicked.disconnect()
            self.every.clicked.disconnect()
            self.hide()

    def _want(self, heading: str, numbers: list[int], text: str) -> None:
        self.close_bar()
        self.wanted.emit(heading, numbers, text)


def _short(text: str) -> str:
    return text if len(text) <= 24 else text[:22] + "…"
