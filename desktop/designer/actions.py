"""What can be done to a design, as data: tool bar, menus and shortcuts are made of the same list."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from desktop.designer.canvas import Canvas
from desktop.designer.session import DesignSession
from desktop.icons import icon
from models.labels.arranging import Side, align, distribute, reorder, same_size
from models.labels.boxes import Box
from models.labels.designs import Design
from models.labels.editing import (
    Drawing,
    add,
    choose,
    duplicate,
    remove,
)
from models.labels.elements import new_frame, new_rule, new_symbol, new_text


@dataclass(frozen=True)
class Deed:
    """One thing that can be done. `least`: how many boxes must be chosen. `everywhere`: also while one types."""

    name: str
    title: str
    call: Callable[[], object]
    shortcut: str = ""
    icon: str = ""
    least: int = 0
    everywhere: bool = False
    also: str = ""
    """Another shortcut for it, as other programs and keyboards have it."""
    brief: str = ""
    """What stands on a button, where the title is too long for it."""


class DesignActions(QObject):
    """The QAction of each deed, by its name. `ADDING`, `CHANGING` and `ARRANGING` are their orders in menus.

    `picture_asked`: a picture is to be chosen first.
    """

    ADDING = ("text", "symbol", "picture", "rule", "frame")
    CHANGING = ("duplicate", "delete", "all", "", "forward", "back")
    ARRANGING = (
        "left", "centre", "right", "", "top", "middle", "bottom", "", "across", "down", "", "width", "height",
    )  # fmt: skip

    picture_asked = Signal()

    def __init__(self, session: DesignSession, canvas: Canvas, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._canvas = canvas
        self._deeds = {deed.name: deed for deed in (*self._own(), *self._adding(), *self._changing(), *_sides(self))}
        self._actions = {name: self._action(deed, window) for name, deed in self._deeds.items()}
        session.changed.connect(self._settle)
        self._settle()

    def __getitem__(self, name: str) -> QAction:
        """The action of that name."""
        return self._actions[name]

    def fill(self, menu: QMenu, names: tuple[str, ...]) -> QMenu:
        """Put actions into a menu; an empty name is a line between them."""
        for name in names:
            if name:
                menu.addAction(self._actions[name])
            else:
                menu.addSeparator()
        return menu

    def change(self, deed: Callable[[Drawing], Drawing], words: str) -> None:
        """Do something to what is chosen."""
        self._session.do(deed(self._session.shown), words)

    def add(self, make: Callable[[Design], Box], words: str) -> None:
        """Put a new box on the label, and the keyboard where it can be moved."""
        self._session.do(add(self._session.shown, [make(self._session.shown.design)]), words)
        self._canvas.setFocus()

    def _own(self) -> tuple[Deed, ...]:
        session, canvas = self._session, self._canvas
        return (
            Deed("undo", "Undo", session.undo, "Ctrl+Z", "undo", everywhere=True),
            Deed("redo", "Redo", session.redo, "Ctrl+Shift+Z", "redo", everywhere=True, also="Ctrl+Y"),
            Deed("larger", "Zoom in", partial(canvas.zoom_by, 1), "Ctrl++", "zoomin", everywhere=True, also="Ctrl+="),
            Deed("smaller", "Zoom out", partial(canvas.zoom_by, -1), "Ctrl+-", "zoomout", everywhere=True),
            Deed("fit", "Fit the window", partial(canvas.zoom_to, None), "Ctrl+0", everywhere=True, brief="Fit"),
            Deed("true", "True size", partial(canvas.zoom_to, 1.0), "Ctrl+1", everywhere=True),
        )

    def _adding(self) -> tuple[Deed, ...]:
        return (
            Deed("text", "Text", partial(self.add, new_text, "add text"), icon="text"),
            Deed("symbol", "Symbol", partial(self.add, new_symbol, "add symbol"), icon="barcode"),
            Deed("picture", "Picture…", self.picture_asked.emit, icon="picture"),
            Deed("rule", "Line", partial(self.add, new_rule, "add line"), icon="straight"),
            Deed("frame", "Frame", partial(self.add, new_frame, "add frame"), icon="frame"),
        )

    def _changing(self) -> tuple[Deed, ...]:
        forward, back = partial(reorder, forward=True), partial(reorder, forward=False)
        return (
            Deed("duplicate", "Duplicate", partial(self.change, duplicate, "duplicate"), "Ctrl+D", "copy", 1),
            Deed("delete", "Delete", partial(self.change, remove, "delete"), "Del", "delete", 1, also="Backspace"),
            Deed("all", "Choose all", self._choose_all, "Ctrl+A"),
            Deed("forward", "Bring forward", partial(self.change, forward, "bring forward"), "Ctrl+]", "up", 1),
            Deed("back", "Send back", partial(self.change, back, "send back"), "Ctrl+[", "down", 1),
        )

    def _choose_all(self) -> None:
        drawing = self._session.shown
        self._session.choose_as(choose(drawing, range(len(drawing.design.boxes))))

    def _action(self, deed: Deed, window: QWidget) -> QAction:
        owner = window if deed.everywhere else self._canvas
        made = QAction(deed.title, owner)
        made.setIconText(deed.brief or deed.title)
        if deed.icon:
            made.setIcon(icon(deed.icon))
        if deed.shortcut:
            made.setShortcuts([QKeySequence(each) for each in (deed.shortcut, deed.also) if each])
            made.setToolTip(f"{deed.title} ({made.shortcut().toString(QKeySequence.SequenceFormat.NativeText)})")
        context = Qt.ShortcutContext.WindowShortcut if deed.everywhere else Qt.ShortcutContext.WidgetShortcut
        made.setShortcutContext(context)
        made.triggered.connect(lambda _on: deed.call())
        owner.addAction(made)
        return made

    def _settle(self) -> None:
        session, chosen = self._session, len(self._session.shown.chosen)
        for name, deed in self._deeds.items():
            self._actions[name].setEnabled(chosen >= deed.least)
        for name, title, words in (("undo", "Undo", session.undo_words), ("redo", "Redo", session.redo_words)):
            self._actions[name].setText(f"{title} {words}".strip())
            self._actions[name].setEnabled(bool(words))


def _sides(actions: DesignActions) -> list[Deed]:
    """Aligning, distributing and making alike."""

    def deed(name: str, title: str, least: int, change: Callable[[Drawing], Drawing], words: str) -> Deed:
        return Deed(name, title, partial(actions.change, change, words), least=least)

    sides = [
        deed(side.value, title, 1, partial(align, side=side), f"align {side.value}")
        for side, title in {
            Side.LEFT: "Align left",
            Side.CENTRE: "Align centre",
            Side.RIGHT: "Align right",
            Side.TOP: "Align top",
            Side.MIDDLE: "Align middle",
            Side.BOTTOM: "Align bottom",
        }.items()
    ]
    return [
        *sides,
        deed("across", "Even gaps across", 3, partial(distribute, level=True), "even gaps"),
        deed("down", "Even gaps down", 3, partial(distribute, level=False), "even gaps"),
        deed("width", "Same width as the last chosen", 2, partial(same_size, level=True), "same width"),
        deed("height", "Same height as the last chosen", 2, partial(same_size, level=False), "same height"),
    ]
