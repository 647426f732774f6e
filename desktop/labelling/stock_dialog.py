"""One stock of people's own: its measures, with a picture that follows them, and what is wrong with them in words."""

from collections.abc import Iterable

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.labelling.lengths import Length, Pair
from desktop.labelling.stock_picture import StockPicture, described
from desktop.phrases import say
from desktop.spinbox import SpinBox
from desktop.theme import STEP, Look
from desktop.widgets import label, row
from models.fields.problem import UsageError
from models.labels.stocks import LONGEST, Stock, stock_from
from models.labels.symbols import MM_PER_INCH

SHEET, ROLL, STRIP = "sheet", "roll", "strip"
_KINDS = {SHEET: "Sheets of labels", ROLL: "A roll of labels", STRIP: "A continuous roll, cut by the printer"}
_PAGES = {"letter": "Letter, 8.5 × 11 in", "a4": "A4, 210 × 297 mm", "": "Another size"}
_UNITS = {"in": "Inches", "mm": "Millimetres"}
_FIRST = {
    "unit": "in", "page": "letter", "label": [2.625, 1], "grid": [3, 10], "first": [0.156, 0.5], "pitch": [2.781, 1],
}  # fmt: skip
_NEAR = 0.6


class StockDialog(QDialog):
    """Makes a stock or changes one. `stock` is what the measures give, as long as they make sense."""

    def __init__(self, look: Look, stock: Stock | None, taken: Iterable[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Stock" if stock is not None else "New stock")
        self.stock: Stock | None = None
        self._taken = {name.casefold() for name in taken}
        self._also = stock.also if stock is not None else ()
        self._media = stock.media if stock is not None else ""
        self._unit = "in"
        self.name, self.about = QLineEdit(), QLineEdit()
        self.kind, self.unit, self.page = _combo(_KINDS), _combo(_UNITS), _combo(_PAGES)
        self.paper = Pair("Page, wide", "Page, high")
        self.label = Pair("Label, wide", "Label, high")
        self.strip = Length()
        self.columns, self.rows = SpinBox(), SpinBox()
        self.edge = Pair("First label, from the left", "First label, from the top")
        self.pitch = Pair("From label to label, across", "From label to label, down")
        self.margin = Pair("Out of reach, left and right", "Out of reach, above and below")
        self.turned = QCheckBox("Goes through the printer a quarter turn")
        self.picture = StockPicture(look)
        self.words = label("", "muted", wrap=True)
        self.note = label("", "problem", wrap=True)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        self._form = QFormLayout()
        self._assemble()
        self._scale()
        if stock is None:
            self._fill_first()
        else:
            self._fill(stock)
        self._connect()
        self._follow()

    def accept(self) -> None:
        """Keep it, as long as it makes sense."""
        if self.stock is not None:
            super().accept()

    def data(self) -> dict[str, object]:
        """The stock as JSON, as it stands here."""
        kind = self.kind.currentData()
        data: dict[str, object] = {
            "name": self.name.text().strip(), "about": self.about.text().strip(), "unit": self._unit,
        }  # fmt: skip
        if self._also:
            data["also"] = list(self._also)
        if kind == STRIP:
            data["tape"] = self.strip.value()
        else:
            data["label"] = self.label.values()
        if kind == SHEET:
            data["page"] = self.page.currentData() or self.paper.values()
            data["grid"] = [self.columns.value(), self.rows.value()]
            data["first"] = self.edge.values()
            data["pitch"] = self.pitch.values()
        if kind == ROLL and self.turned.isChecked():
            data["turned"] = True
        if any(self.margin.values()):
            data["margin"] = self.margin.values()
        if self._media and kind != SHEET:
            data["media"] = self._media
        return data

    # Inside

    def _assemble(self) -> None:
        form = self._form
        form.setVerticalSpacing(2 * STEP)
        form.setHorizontalSpacing(3 * STEP)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._grid = QWidget()
        across, down = label("across", "muted"), label("down", "muted")
        across.setBuddy(self.columns)
        down.setBuddy(self.rows)
        grid = row(self.columns, across, self.rows, down, gap=2)
        grid.setStretch(0, 1)
        grid.setStretch(2, 1)
        self._grid.setLayout(grid)
        self._grid.setFocusProxy(self.columns)
        self.columns.setAccessibleName("Labels across")
        self.rows.setAccessibleName("Labels down")
        for spin in (self.columns, self.rows):
            spin.setRange(1, 100)
        fields: tuple[tuple[str, QWidget], ...] = (
            ("&Name", self.name),
            ("&About", self.about),
            ("&Kind", self.kind),
            ("&Measured in", self.unit),
            ("&Page", self.page),
            ("Page size", self.paper),
            ("&Label", self.label),
            ("&Width of the roll", self.strip),
            ("Labels on a &sheet", self._grid),
            ("&First label", self.edge),
            ("From label &to label", self.pitch),
            ("Printer cannot &reach", self.margin),
        )
        for words, field in fields:
            named = QLabel(words)
            named.setBuddy(field)
            field.setAccessibleName(words.replace("&", ""))
            form.addRow(named, field)
        form.addRow("", self.turned)
        left = QVBoxLayout()
        left.setSpacing(3 * STEP)
        left.addLayout(form)
        left.addWidget(self.note)
        left.addStretch(1)
        right = QVBoxLayout()
        right.addWidget(self.picture, 1)
        right.addWidget(self.words)
        both = QHBoxLayout()
        both.setSpacing(5 * STEP)
        both.addLayout(left, 3)
        both.addLayout(right, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4 * STEP, 4 * STEP, 4 * STEP, 4 * STEP)
        layout.setSpacing(4 * STEP)
        layout.addLayout(both, 1)
        layout.addWidget(self._buttons)
        self.resize(820, 560)

    def _connect(self) -> None:
        for line in (self.name, self.about):
            line.textChanged.connect(self._follow)
        for choice in (self.kind, self.page):
            choice.currentIndexChanged.connect(self._follow)
        for length in self._lengths():
            length.valueChanged.connect(self._follow)
        for number in (self.columns, self.rows):
            number.valueChanged.connect(self._follow)
        self.turned.toggled.connect(self._follow)
        self.unit.currentIndexChanged.connect(self._change_unit)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)

    def _lengths(self) -> tuple[Length, ...]:
        pairs = (self.paper, self.label, self.edge, self.pitch, self.margin)
        return (self.strip, *(spin for pair in pairs for spin in (pair.first, pair.second)))

    def _scale(self) -> None:
        """Set what the spin boxes take in the unit that is chosen."""
        inches = self._unit == "in"
        for spin in self._lengths():
            spin.setDecimals(4 if inches else 3)
            spin.setRange(0, LONGEST / (MM_PER_INCH if inches else 1))
            spin.setSingleStep(0.01 if inches else 0.1)
            spin.setSuffix(" in" if inches else " mm")

    def _change_unit(self) -> None:
        """The lengths stay as long as they are; their numbers change."""
        now = self.unit.currentData()
        if now == self._unit:
            return
        factor = MM_PER_INCH if now == "mm" else 1 / MM_PER_INCH
        kept = [spin.value() * factor for spin in self._lengths()]
        self._unit = now
        blockers = [QSignalBlocker(spin) for spin in self._lengths()]
        self._scale()
        for spin, value in zip(self._lengths(), kept, strict=True):
            spin.setValue(value)
        for blocker in blockers:
            blocker.unblock()
        self._follow()

    def _fill_first(self) -> None:
        """What a new stock begins as: something that makes sense, to be changed."""
        self._fill(stock_from({"name": "New", **_FIRST}))
        self.name.clear()
        self.unit.setCurrentIndex(self.unit.findData("in"))
        self._change_unit()

    def _fill(self, stock: Stock) -> None:
        self._unit = "mm"
        self.unit.setCurrentIndex(self.unit.findData("mm"))
        self._scale()
        self.name.setText(stock.name)
        self.about.setText(stock.about)
        self.kind.setCurrentIndex(self.kind.findData(STRIP if stock.continuous else ROLL if stock.roll else SHEET))
        page = (stock.page_width, stock.page_height)
        self.page.setCurrentIndex(self.page.findData(_page_word(*page)))
        self.paper.show_values(*page)
        self.label.show_values(stock.width, stock.height)
        self.strip.setValue(stock.tape)
        self.columns.setValue(stock.columns)
        self.rows.setValue(stock.rows)
        self.edge.show_values(stock.left, stock.top)
        self.pitch.show_values(stock.pitch_x, stock.pitch_y)
        self.margin.show_values(stock.margin_x, stock.margin_y)
        self.turned.setChecked(stock.turned and not stock.continuous)

    def _follow(self) -> None:
        """Show what the measures give, or what is wrong with them."""
        kind = self.kind.currentData()
        form, sheet = self._form, kind == SHEET
        form.setRowVisible(self.page, sheet)
        form.setRowVisible(self.paper, sheet and not self.page.currentData())
        form.setRowVisible(self.label, kind != STRIP)
        form.setRowVisible(self.strip, kind == STRIP)
        for field in (self._grid, self.edge, self.pitch):
            form.setRowVisible(field, sheet)
        form.setRowVisible(self.turned, kind == ROLL)
        shown, wrong = self._made()
        self.stock = None if wrong else shown
        self.note.setText(wrong)
        self.note.setVisible(bool(wrong))
        self.picture.show_stock(shown)
        self.words.setText(described(shown, inches=self._unit == "in") if shown is not None else "")
        self._buttons.button(QDialogButtonBox.StandardButton.Save).setEnabled(self.stock is not None)

    def _made(self) -> tuple[Stock | None, str]:
        """What can be drawn, and what is wrong in a sentence: a name does not matter to the picture."""
        data = self.data()
        name = str(data["name"])
        wrong = ""
        if not name:
            wrong = "Give it a name, like the number on its box."
        elif name.casefold() in self._taken:
            wrong = f"There is another stock called “{name}”."
        try:
            return stock_from({**data, "name": name or "This stock"}), wrong
        except UsageError as error:
            return None, say(error.problem)


def _combo(options: dict[str, str]) -> QComboBox:
    made = QComboBox()
    for value, words in options.items():
        made.addItem(words, value)
    return made


def _page_word(width: float, height: float) -> str:
    """The name of a page of this size; empty for one of another size."""
    for word, (wide, tall) in {"letter": (215.9, 279.4), "a4": (210.0, 297.0)}.items():
        if abs(width - wide) < _NEAR and abs(height - tall) < _NEAR:
            return word
    return ""
