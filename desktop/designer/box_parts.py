"""What can be set of a chosen box: its place, its text, its symbol."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from desktop.designer.inputs import Number, form, pairs
from desktop.designer.session import DesignSession
from desktop.designer.template_edit import TemplateEdit
from desktop.widgets import row, stack
from models.labels.boxes import Box, SymbolBox, Template, TextBox
from models.labels.editing import place
from models.labels.shapes import Align
from models.labels.symbols import SYMBOLOGIES

_ALIGNS = {Align.LEFT: "Left", Align.CENTRE: "Centre", Align.RIGHT: "Right"}
_LARGEST = 1000.0
_STEP = 0.5


class PlacePart(QWidget):
    """Where the chosen boxes are, and how large."""

    def __init__(self, session: DesignSession) -> None:
        super().__init__()
        self._session = session
        self.left, self.top = (
            Number("From the left", -_LARGEST, _LARGEST, _STEP),
            Number("Down", -_LARGEST, _LARGEST, _STEP),
        )
        self.wide, self.high = Number("Width", 0, _LARGEST, _STEP), Number("Height", 0, _LARGEST, _STEP)
        self.setLayout(pairs(("&X", self.left, "&Y", self.top), ("&W", self.wide, "&H", self.high)))
        for number in (self.left, self.top):
            number.given.connect(lambda _value: self._put("move"))
        for number in (self.wide, self.high):
            number.given.connect(lambda _value: self._put("resize"))

    def show_boxes(self) -> None:
        """Show the frame of what is chosen."""
        frame = self._session.shown.frame
        if frame is not None:
            for number, value in (
                (self.left, frame.x), (self.top, frame.y), (self.wide, frame.width), (self.high, frame.height),
            ):  # fmt: skip
                number.put(value)

    def _put(self, words: str) -> None:
        drawing, frame = self._session.shown, self._session.shown.frame
        if frame is None:
            return
        old = (frame.x, frame.y, frame.width, frame.height)
        # Numbers show hundredths of a millimetre: what was not touched keeps its thousandths.
        values = [
            kept if abs(number.value() - kept) <= 0.0051 else number.value()
            for number, kept in zip((self.left, self.top, self.wide, self.high), old, strict=True)
        ]
        self._session.do(place(drawing, *values), words, joins=f"{words} by number")


class TextPart(QWidget):
    """The text of a box and its face; of several boxes the face alone."""

    def __init__(self, session: DesignSession) -> None:
        super().__init__()
        self._session = session
        self.template = TemplateEdit(session.fields)
        self.points, self.least = Number("Size", 2, 200, 1, " pt"), Number("Least size", 1, 200, 1, " pt")
        self.points.setToolTip("A text that is too wide shrinks down to its least size, then ends in “…”")
        self.least.setToolTip(self.points.toolTip())
        self.align = _choice("Alignment", _ALIGNS)
        self.bold, self.mono = QCheckBox("&Bold"), QCheckBox("&Monospaced")
        self.setLayout(
            stack(
                self.template,
                pairs(("&Size", self.points, "&Least", self.least)),
                form(("&Align", self.align)),
                row(self.bold, self.mono, None, gap=4),
                gap=3,
            )
        )
        _writes(self.template, session)
        self.points.given.connect(self._take_size)
        self.least.given.connect(self._take_least)
        self.align.activated.connect(
            lambda _at: self._set("alignment", lambda box: replace(box, align=self.align.currentData()))
        )
        self.bold.clicked.connect(lambda on: self._set("bold", lambda box: replace(box, bold=on)))
        self.mono.clicked.connect(lambda on: self._set("face", lambda box: replace(box, mono=on)))

    def show_boxes(self, boxes: Sequence[TextBox]) -> None:
        """Show these boxes, of which there is one at least."""
        last = boxes[-1]
        self.template.setVisible(len(boxes) == 1)
        self.template.put(last.template)
        self.points.put(last.size)
        self.least.put(last.least)
        with QSignalBlocker(self.align):
            self.align.setCurrentIndex(self.align.findData(last.align))
        self.bold.setChecked(last.bold)
        self.mono.setChecked(last.mono)

    def _take_size(self, size: float) -> None:
        self._set("size", lambda box: replace(box, size=size, least=min(size, box.least)), joins="text size")

    def _take_least(self, least: float) -> None:
        self._set("least size", lambda box: replace(box, least=min(least, box.size)), joins="least size")

    def _set(self, words: str, deed: Callable[[TextBox], TextBox], joins: str = "") -> None:
        self._session.change_chosen(lambda box: deed(box) if isinstance(box, TextBox) else box, words, joins)


class SymbolPart(QWidget):
    """What a symbol holds, and its sort."""

    def __init__(self, session: DesignSession) -> None:
        super().__init__()
        self._session = session
        self.template = TemplateEdit(session.fields)
        self.sort = _choice("Sort of symbol", {word: each.label for word, each in SYMBOLOGIES.items()})
        self.setLayout(stack(self.template, form(("S&ort", self.sort)), gap=3))
        _writes(self.template, session)
        self.sort.activated.connect(lambda _at: self._take())

    def show_boxes(self, boxes: Sequence[SymbolBox]) -> None:
        """Show these boxes, of which there is one at least."""
        last = boxes[-1]
        self.template.setVisible(len(boxes) == 1)
        self.template.put(last.template)
        with QSignalBlocker(self.sort):
            self.sort.setCurrentIndex(self.sort.findData(last.symbology))

    def _take(self) -> None:
        word = self.sort.currentData()
        self._session.change_chosen(
            lambda box: replace(box, symbology=word) if isinstance(box, SymbolBox) else box, "sort of symbol"
        )


def _choice(name: str, options: dict[Align, str] | dict[str, str]) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    for data, words in options.items():
        made.addItem(words, data)
    return made


def _writes(template: TemplateEdit, session: DesignSession) -> None:
    """What is written goes to the box; a field put in is a step of its own."""

    def write(words: str, joins: str, text: str) -> None:
        def written(box: Box) -> Box:
            return replace(box, template=Template(text)) if isinstance(box, (TextBox, SymbolBox)) else box

        session.change_chosen(written, words, joins=joins)

    written: Callable[[str], None] = partial(write, "typing", "typing")
    template.written.connect(written)
    template.inserted.connect(partial(write, "insert field", ""))
