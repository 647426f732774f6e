"""What is chosen for labels: stock, design, the first free label on the sheet, copies. Remembered for the next time."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QSpinBox, QWidget

from desktop.memory import Memory
from desktop.theme import STEP
from desktop.widgets import label
from models.labels.designs import designs_for
from models.labels.layout import Sheets
from models.labels.stocks import Stock, find_stock, stocks


class LabelChoices(QWidget):
    """`composed` when the labels themselves change with stock or design, `placed` when only their places do."""

    composed = Signal()
    placed = Signal()

    def __init__(self, memory: Memory) -> None:
        super().__init__()
        self._memory = memory
        self.stock = QComboBox()
        for stock in stocks():
            self.stock.addItem(stock.name, stock.name)
            self.stock.setItemData(self.stock.count() - 1, stock.about, Qt.ItemDataRole.ToolTipRole)
        self.about = label("", "muted", wrap=True)
        self.design = QComboBox()
        self.start = QSpinBox()
        self.start.setMinimum(1)
        self.copies = QSpinBox()
        self.copies.setRange(1, 99)
        self._assemble()
        self.stock.setCurrentIndex(max(0, self.stock.findData(memory.get("labels.stock"))))
        self._offer()
        self.stock.currentIndexChanged.connect(self._change_stock)
        self.design.currentIndexChanged.connect(self.composed)
        self.start.valueChanged.connect(self.placed)
        self.copies.valueChanged.connect(self.placed)

    def keep(self, sheets: Sheets) -> None:
        """These sheets were made: remember the choices, and where the last sheet now has its first free label."""
        stock = sheets.stock
        self._memory.put("labels.stock", stock.name)
        self._memory.put(f"labels.design.{stock.name}", self.design.currentData())
        self._memory.put(f"labels.start.{stock.name}", (sheets.start - 1 + sheets.count) % stock.per_sheet + 1)

    def _assemble(self) -> None:
        form = QGridLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(2 * STEP)
        form.setHorizontalSpacing(3 * STEP)
        form.setColumnStretch(1, 1)
        fields: tuple[tuple[str, QWidget], ...] = (
            ("La&bels", self.stock),
            ("", self.about),
            ("&Design", self.design),
            ("&First free label", self.start),
            ("&Copies of each", self.copies),
        )
        for at, (name, field) in enumerate(fields):
            form.addWidget(field, at, 1)
            if name:
                words = QLabel(name)
                words.setBuddy(field)
                field.setAccessibleName(name.replace("&", ""))
                form.addWidget(words, at, 0)

    def _chosen_stock(self) -> Stock:
        return find_stock(self.stock.currentData())

    def _change_stock(self) -> None:
        self._offer()
        self.composed.emit()

    def _offer(self) -> None:
        """Offer what belongs to the stock: its designs, and where its sheet was used up to."""
        stock = self._chosen_stock()
        self.about.setText(stock.about)
        with QSignalBlocker(self.design):
            self.design.clear()
            for design in designs_for(stock):
                self.design.addItem(design.name, design.name)
                self.design.setItemData(self.design.count() - 1, design.about, Qt.ItemDataRole.ToolTipRole)
            self.design.setCurrentIndex(max(0, self.design.findData(self._memory.get(f"labels.design.{stock.name}"))))
        with QSignalBlocker(self.start):
            self.start.setMaximum(stock.per_sheet)
            self.start.setSuffix(f" of {stock.per_sheet}")
            start = self._memory.get(f"labels.start.{stock.name}", 1)
            self.start.setValue(start if isinstance(start, int) else 1)
