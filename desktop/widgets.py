"""Small makers of widgets, so that labels, buttons and rows look alike everywhere."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.icons import icon
from desktop.theme import STEP

_Box = TypeVar("_Box", QHBoxLayout, QVBoxLayout)


def label(text: str, role: str = "", *, wrap: bool = False) -> QLabel:
    """A label of plain text, in a role of the stylesheet: title, heading, figure, muted, problem, warning, key."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)  # names out of a spreadsheet are not markup
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    return made


def button(text: str, call: Callable[[], object] | None = None, *, role: str = "", drawing: str = "") -> QPushButton:
    """A button. `role`: primary, link, chip, addchip, nav, tile."""
    made = QPushButton(text)
    made.setAutoDefault(False)
    if role:
        made.setProperty("role", role)
    if drawing:
        made.setIcon(icon(drawing))
        made.setIconSize(QSize(16, 16))
    if call is not None:
        made.clicked.connect(lambda _on: call())
    return made


def row(*parts: QWidget | QLayout | None, gap: int = 2, margin: int = 0) -> QHBoxLayout:
    """Parts side by side; None is the stretch. `gap` and `margin` count in steps."""
    return _fill(QHBoxLayout(), parts, gap, margin)


def stack(*parts: QWidget | QLayout | None, gap: int = 2, margin: int = 0) -> QVBoxLayout:
    """Parts one under the other; None is the stretch."""
    return _fill(QVBoxLayout(), parts, gap, margin)


def frame(name: str, layout: QLayout) -> QFrame:
    """A frame that the stylesheet knows by its name: card, panel, pagehead, topbar, status, foot."""
    made = QFrame()
    made.setObjectName(name)
    made.setLayout(layout)
    return made


def rule() -> QFrame:
    """A thin line across."""
    made = QFrame()
    made.setObjectName("rule")
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return made


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and be rid of it."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)


def restyle(widget: QWidget, name: str, value: str) -> None:
    """Set a property that the stylesheet looks at, and have it look again."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def _fill(box: _Box, parts: tuple[QWidget | QLayout | None, ...], gap: int, margin: int) -> _Box:
    box.setSpacing(gap * STEP)
    box.setContentsMargins(margin * STEP, margin * STEP, margin * STEP, margin * STEP)
    for part in parts:
        if part is None:
            box.addStretch(1)
        elif isinstance(part, QWidget):
            box.addWidget(part)
        else:
            box.addLayout(part)
    return box
