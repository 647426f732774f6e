"""The panel at the side: the design's own name and size, and what can be set of the chosen boxes."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QScrollArea, QWidget

from desktop.designer.box_parts import FramePart, PicturePart, PlacePart, SymbolPart, TextPart
from desktop.designer.inputs import Line, Number, form, pairs
from desktop.designer.session import DesignSession
from desktop.widgets import button, frame, label, rule, stack
from models.labels.boxes import LARGEST
from models.labels.data import LONGEST_NAME
from models.labels.designs import Design
from models.labels.editing import Drawing, resize_label
from models.labels.stocks import LEAST, Stock
from models.schema.records import RECORDS

_WIDE = 328
_DOTS = (203, 300, 600)
"""Dots per inch that label printers have."""
_MADE_FOR = ("hardware", "mobile", "radio", "location", "person")
"""The kinds of record that labels are stamped on; "asset" is any of the first three."""


class DesignPart(QWidget):
    """Name, description and size of the design."""

    def __init__(self, session: DesignSession) -> None:
        super().__init__()
        self._session = session
        self.name, self.about = Line("Name of the design", LONGEST_NAME), Line("What it is for")
        self.wide = Number("Width of the design", LEAST, LARGEST, 0.5)
        self.high = Number("Height of the design", LEAST, LARGEST, 0.5)
        self.kinds = QComboBox()
        self.kinds.setAccessibleName("Made for")
        self.kinds.addItem("Any asset", "")
        for word in _MADE_FOR:
            self.kinds.addItem(RECORDS[word].plural, word)
        self.fill = button("", self._fill, role="link")
        self.setLayout(
            stack(
                label("Design", "heading"),
                form(("&Name", self.name), ("Abo&ut", self.about), ("Made &for", self.kinds)),
                pairs(("Wi&de", self.wide, "Hi&gh", self.high)),
                self.fill,
                gap=2,
            )
        )
        self.name.typed.connect(lambda text: self._set("name", replace(session.shown.design, name=text)))
        self.about.typed.connect(lambda text: self._set("about", replace(session.shown.design, about=text)))
        self.kinds.activated.connect(lambda _at: self._take_kinds())
        for number in (self.wide, self.high):
            number.given.connect(lambda _value: self._size(self.wide.value(), self.high.value()))

    def show_design(self) -> None:
        """Show the design as it stands."""
        design, stock = self._session.shown.design, self._session.stock
        self.name.put(design.name)
        self.about.put(design.about)
        self._show_kinds(design.kinds)
        self.wide.put(design.width)
        self.high.put(design.height)
        differs = max(abs(design.width - stock.width), abs(design.height - stock.height)) > 0.1
        self.fill.setText(f"As large as the label: {stock.width:.1f} × {stock.height:.1f} mm")
        self.fill.setVisible(differs)

    def _show_kinds(self, kinds: tuple[str, ...]) -> None:
        words = " ".join(kinds)
        if self.kinds.findData(words) < 0:
            self.kinds.addItem(", ".join(RECORDS[word].plural if word in RECORDS else word for word in kinds), words)
        self.kinds.setCurrentIndex(self.kinds.findData(words))

    def _take_kinds(self) -> None:
        kinds = tuple(str(self.kinds.currentData()).split())
        self._set("kind of record", replace(self._session.shown.design, kinds=kinds))

    def _set(self, words: str, design: Design) -> None:
        self._session.do(Drawing(design, self._session.shown.chosen), words, joins=words)

    def _fill(self) -> None:
        stock = self._session.stock
        # A design must not be wider than the label by the last digit that is kept.
        self._size(int(stock.width * 1000) / 1000, int(stock.height * 1000) / 1000)

    def _size(self, width: float, height: float) -> None:
        self._session.do(resize_label(self._session.shown, width, height), "size of the label", joins="label size")


class ShownPart(QWidget):
    """What the design is shown on while it is made; that is not kept with it."""

    def __init__(self, session: DesignSession) -> None:
        super().__init__()
        self._session = session
        self._stocks: Sequence[Stock] = ()
        self.stock, self.dots = QComboBox(), QComboBox()
        self.stock.setAccessibleName("Labels to show it on")
        self.stock.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.dots.setAccessibleName("Dots of the printer")
        for dpi in _DOTS:
            self.dots.addItem(f"{dpi} dots per inch", dpi)
        self.dots.setCurrentIndex(self.dots.findData(session.dpi))
        self.setLayout(
            stack(label("Shown on", "heading"), form(("La&bels", self.stock), ("Printe&r", self.dots)), gap=2)
        )
        self.offer([session.stock])
        for box in (self.stock, self.dots):
            box.activated.connect(lambda _at: self._take())

    def offer(self, stocks: Sequence[Stock]) -> None:
        """Offer these labels."""
        now = self._session.stock.name
        self._stocks = stocks
        self.stock.clear()
        self.stock.addItems([stock.name for stock in stocks])
        self.stock.setCurrentIndex(self.stock.findText(now))

    def _take(self) -> None:
        self._session.show_on(self._stocks[self.stock.currentIndex()], self.dots.currentData())


class Properties(QScrollArea):
    """Shows what belongs to the choice: what is common to all chosen boxes where they are of one sort."""

    def __init__(self, session: DesignSession) -> None:
        super().__init__()
        self._session = session
        self.design, self.place, self.shown = DesignPart(session), PlacePart(session), ShownPart(session)
        self.text, self.symbol = TextPart(session), SymbolPart(session)
        self.frame, self.picture = FramePart(session), PicturePart()
        self._title = label("", "heading", wrap=True)
        self._hint = label("Choose a part of the label to set its text, size and place.", "muted", wrap=True)
        inside = QWidget()
        inside.setObjectName("scrolled")
        inside.setLayout(
            stack(
                self._title, self._hint, self.text, self.symbol, self.frame, self.picture, self.place,
                rule(), self.design, rule(), self.shown, None, gap=3, margin=4,
            )
        )  # fmt: skip
        self.setWidget(frame("panel", stack(inside, gap=0)))
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedWidth(_WIDE)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        session.changed.connect(self._settle)
        self._settle()

    def _settle(self) -> None:
        """Show what is chosen now."""
        drawing = self._session.shown
        boxes = drawing.boxes
        self.design.show_design()
        self._hint.setVisible(not boxes)
        self.place.setVisible(bool(boxes))
        self._title.setText(self._words(drawing))
        self.place.show_boxes()
        for part in (self.text, self.symbol, self.frame, self.picture):
            part.take(boxes)

    def _words(self, drawing: Drawing) -> str:
        if not drawing.chosen:
            return "Nothing is chosen"
        if len(drawing.chosen) > 1:
            return f"{len(drawing.chosen)} parts"
        return self._session.sort(drawing.chosen[0])
