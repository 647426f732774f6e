"""What can be set of a chosen box: its place, its text, its symbol, its line, its picture."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from desktop.designer.inputs import Number, form, pairs
from desktop.designer.session import DesignSession
from desktop.designer.template_edit import TemplateEdit
from desktop.widgets import button, label, row, stack
from models.labels.boxes import LARGEST, Box, FrameBox, PictureBox, SymbolBox, Template, TextBox
from models.labels.editing import place
from models.labels.picture import picture_size
from models.labels.shapes import Align
from models.labels.symbols import SYMBOLOGIES

B = TypeVar("B", bound=Box)
_ALIGNS = {Align.LEFT: "Left", Align.CENTRE: "Centre", Align.RIGHT: "Right"}
_STEP = 0.5


class PlacePart(QWidget):
    """Where the chosen boxes are, and how large."""

    def __init__(self, session: DesignSession) -> None:
        super().__init__()
        self._session = session
        self.left, self.top = (
            Number("From the left", -LARGEST, LARGEST, _STEP),
            Number("Down", -LARGEST, LARGEST, _STEP),
        )
        self.wide, self.high = Number("Width", 0, LARGEST, _STEP), Number("Height", 0, LARGEST, _STEP)
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


class BoxPart(QWidget, Generic[B]):
    """What can be set of boxes of one sort. It is there while all chosen boxes are of that sort."""

    def __init__(self, sort: type[B]) -> None:
        super().__init__()
        self._sort = sort

    def take(self, boxes: Sequence[Box]) -> None:
        """These boxes are chosen now."""
        mine = [box for box in boxes if isinstance(box, self._sort)]
        self.setVisible(bool(mine) and len(mine) == len(boxes))
        if mine:
            self.show_boxes(mine)

    def show_boxes(self, boxes: Sequence[B]) -> None:
        """Show these boxes, of which there is one at least."""
        raise NotImplementedError


class TextPart(BoxPart[TextBox]):
    """The text of a box and its face; of several boxes the face alone."""

    def __init__(self, session: DesignSession) -> None:
        super().__init__(TextBox)
        self._session = session
        self.template = TemplateEdit(session)
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


class SymbolPart(BoxPart[SymbolBox]):
    """What a symbol holds, and its sort."""

    def __init__(self, session: DesignSession) -> None:
        super().__init__(SymbolBox)
        self._session = session
        self.template = TemplateEdit(session)
        self.symbology = _choice("Sort of symbol", {word: each.label for word, each in SYMBOLOGIES.items()})
        self.setLayout(stack(self.template, form(("S&ort", self.symbology)), gap=3))
        _writes(self.template, session)
        self.symbology.activated.connect(lambda _at: self._take())

    def show_boxes(self, boxes: Sequence[SymbolBox]) -> None:
        """Show these boxes, of which there is one at least."""
        last = boxes[-1]
        self.template.setVisible(len(boxes) == 1)
        self.template.put(last.template)
        with QSignalBlocker(self.symbology):
            self.symbology.setCurrentIndex(self.symbology.findData(last.symbology))

    def _take(self) -> None:
        word = self.symbology.currentData()
        self._session.change_chosen(
            lambda box: replace(box, symbology=word) if isinstance(box, SymbolBox) else box, "sort of symbol"
        )


class FramePart(BoxPart[FrameBox]):
    """How thick the lines of a frame are."""

    def __init__(self, session: DesignSession) -> None:
        super().__init__(FrameBox)
        self._session = session
        self.line = Number("Thickness of the line", 0.05, 10, 0.05)
        self.setLayout(form(("Thic&kness", self.line)))
        self.line.given.connect(self._take)

    def show_boxes(self, boxes: Sequence[FrameBox]) -> None:
        """Show these boxes, of which there is one at least."""
        self.line.put(boxes[-1].line)

    def _take(self, line: float) -> None:
        def drawn(box: Box) -> Box:
            return replace(box, line=min(line, box.width / 2, box.height / 2)) if isinstance(box, FrameBox) else box

        self._session.change_chosen(drawn, "thickness", joins="thickness")


class PicturePart(BoxPart[PictureBox]):
    """What a picture is of, and the way to another one. `asked`: another one is to be chosen."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__(PictureBox)
        self.words = label("", "muted", wrap=True)
        self.other = button("Another &picture…", self.asked.emit, drawing="picture")
        self.setLayout(stack(self.words, row(self.other, None), gap=2))

    def show_boxes(self, boxes: Sequence[PictureBox]) -> None:
        """Show these boxes, of which there is one at least."""
        self.words.setText(_picture_words(boxes[-1]))
        self.other.setEnabled(len(boxes) == 1)


def _picture_words(box: PictureBox) -> str:
    size = ""
    if box.data:
        wide, high = picture_size(box.data)
        size = f"{wide:,} × {high:,} dots, kept in its own proportions."
    if box.of:
        return f"The picture of your design “{box.of}” stands here. {size}".strip()
    return size or "There is no picture yet."


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
