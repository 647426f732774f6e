"""What is chosen for labels: printer, stock, design, symbol, first free label, copies. Remembered for next time."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QCompleter, QGridLayout, QLabel, QWidget

from desktop.desk import Desk
from desktop.dialogs.printer_choice import PrinterChoice
from desktop.labelling.grouping import grouped
from desktop.labelling.label_picture import thumbnail
from desktop.phrases.labelling import stock_line
from desktop.spinbox import SpinBox
from desktop.theme import STEP
from desktop.widgets import button, label
from models.labels.designs import Design, designs, designs_for
from models.labels.layout import Sheets
from models.labels.stocks import Stock
from models.labels.symbols import SYMBOLOGIES

_PICTURE = QSize(64, 24)
AS_DESIGNED = "As designed"


class StockBox(QComboBox):
    """Lists stocks under headings; typing a part of a name finds it."""

    def __init__(self) -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = QCompleter(self)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        self._completer = completer
        line = self.lineEdit()
        if line is not None:
            line.editingFinished.connect(self._go_back)

    def show_stocks(self, stocks: Sequence[Stock], name: str) -> None:
        """List these and choose the one of that name, or the first."""
        model = QStandardItemModel(self)
        for head, each in grouped(stocks):
            title = QStandardItem(head)
            title.setEnabled(False)
            model.appendRow(title)
            for stock in each:
                item = QStandardItem(stock.name)
                item.setData(stock, Qt.ItemDataRole.UserRole)
                item.setToolTip(stock_line(stock))
                model.appendRow(item)
        self.setModel(model)
        self._completer.setModel(model)
        self.setCurrentIndex(max(1, self.findText(name, Qt.MatchFlag.MatchFixedString)))

    @property
    def stock(self) -> Stock | None:
        """The stock that is chosen; None before any is listed."""
        found = self.currentData()
        return found if isinstance(found, Stock) else None

    def _go_back(self) -> None:
        """What is no stock's name gives way to the stock that is chosen."""
        if self.findText(self.currentText(), Qt.MatchFlag.MatchFixedString) < 0:
            self.setEditText(self.itemText(self.currentIndex()))


class LabelChoices(QWidget):
    """`composed` when the labels themselves change with a choice, `placed` when only their places do.

    `design_asked` and `stock_asked` when the person wants to change the design, or has another stock.
    """

    composed = Signal()
    placed = Signal()
    design_asked = Signal()
    stock_asked = Signal()

    def __init__(self, desk: Desk, word: str) -> None:
        """`word`: the kind of the records, whose designs come first; "" for several."""
        super().__init__()
        self._memory = desk.memory
        self._word = word
        self._designs: Sequence[Design] = ()
        self.stock, self.design = StockBox(), QComboBox()
        self.design.setIconSize(_PICTURE)
        self.about = label("", "muted", wrap=True)
        self.symbol = QComboBox()
        self.symbol.addItem(AS_DESIGNED, "")
        for symbology in SYMBOLOGIES.values():
            self.symbol.addItem(symbology.label, symbology.word)
        self.printer = PrinterChoice(desk)
        self.start, self.copies = SpinBox(), SpinBox()
        self.start.setMinimum(1)
        self.copies.setRange(1, 99)
        self.new_stock = button("New stock…", self.stock_asked.emit, role="link")
        self.edit_design = button("Edit design…", self.design_asked.emit, role="link")
        self.add_printer = button("Add printer…", self.printer.add, role="link")
        self._start_words = QLabel()
        self._assemble()
        self.stock.currentIndexChanged.connect(self._change_stock)
        for choice in (self.design, self.symbol):
            choice.currentIndexChanged.connect(self.composed)
        self.printer.changed.connect(self.composed)
        self.start.valueChanged.connect(self.placed)
        self.copies.valueChanged.connect(self.placed)

    @property
    def chosen_design(self) -> Design | None:
        """The design that is chosen; None where none fits the stock."""
        found = self.design.currentData()
        return found if isinstance(found, Design) else None

    def show_known(self, stocks: Sequence[Stock], designs: Sequence[Design], stock: str = "", design: str = "") -> None:
        """Offer these stocks and designs; `stock` and `design` are chosen, else what was used last."""
        self._designs = designs
        now = self.stock.stock
        wanted = stock or (
            now.name if now else str(self._memory.get(_key(self._word)) or self._memory.get(_key("")) or "")
        )
        with QSignalBlocker(self.stock):
            self.stock.show_stocks(stocks, wanted)
        self._offer(design)
        self.composed.emit()

    def keep(self, sheets: Sheets) -> None:
        """These sheets were made: remember the choices, and where the last sheet now has its first free label."""
        stock = sheets.stock
        for key in {_key(self._word), _key("")}:
            self._memory.put(key, stock.name)
        self._memory.put(f"labels.design.{stock.name}{self._of()}", self.design.currentText())
        self._memory.put(f"labels.start.{stock.name}", (sheets.start - 1 + sheets.count) % stock.per_sheet + 1)
        self.printer.keep(stock.name)

    def _of(self) -> str:
        return f".{self._word}" if self._word else ""

    def _assemble(self) -> None:
        form = QGridLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(2 * STEP)
        form.setHorizontalSpacing(3 * STEP)
        form.setColumnStretch(1, 1)
        fields: tuple[tuple[str, QWidget, QWidget | None], ...] = (
            ("&Printer", self.printer, self.add_printer),
            ("La&bels", self.stock, self.new_stock),
            ("", self.about, None),
            ("&Design", self.design, self.edit_design),
            ("Sy&mbol", self.symbol, None),
            ("&First free label", self.start, None),
            ("&Copies of each", self.copies, None),
        )
        for at, (name, field, deed) in enumerate(fields):
            form.addWidget(field, at, 1)
            if deed is not None:
                form.addWidget(deed, at, 2)
            if name:
                words = self._start_words if field is self.start else QLabel()
                words.setText(name)
                words.setBuddy(field)
                field.setAccessibleName(name.replace("&", ""))
                form.addWidget(words, at, 0)

    def _change_stock(self) -> None:
        if self.stock.stock is not None:
            self._offer()
            self.composed.emit()

    def _offer(self, design: str = "") -> None:
        """Offer what belongs to the stock: its designs, and where its sheet was used up to."""
        stock = self.stock.stock
        if stock is None:
            return
        self.about.setText(stock_line(stock))
        self.printer.recall(stock.name)
        wanted = design or str(self._memory.get(f"labels.design.{stock.name}{self._of()}") or "")
        fitting = designs_for(stock, self._designs, self._word)
        shipped = {each.name for each in designs()}
        with QSignalBlocker(self.design):
            self.design.clear()
            for each in sorted(fitting, key=lambda each: each.name in shipped):
                self.design.addItem(QIcon(thumbnail(each, _PICTURE, self.devicePixelRatioF())), each.name, each)
                self.design.setItemData(self.design.count() - 1, each.about, Qt.ItemDataRole.ToolTipRole)
            # Own ones stand first; what is chosen without being asked for is what suits these records.
            at = self.design.findText(wanted)
            self.design.setCurrentIndex(at if at >= 0 else self.design.findText(fitting[0].name) if fitting else -1)
        with QSignalBlocker(self.start):
            self.start.setMaximum(stock.per_sheet)
            self.start.setSuffix(f" of {stock.per_sheet}")
            start = self._memory.get(f"labels.start.{stock.name}", 1)
            self.start.setValue(start if isinstance(start, int) else 1)
        for part in (self.start, self._start_words):
            part.setVisible(stock.per_sheet > 1)


def _key(word: str) -> str:
    return f"labels.stock.{word}" if word else "labels.stock"
