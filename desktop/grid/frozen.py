"""The frozen first column: a narrow second view over the first, shown while the table is scrolled sideways."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from desktop.desk import Desk
from desktop.grid.delegate import ROW_HEIGHT


class FrozenColumn(QTableView):
    """Shows the first column of another view. It takes no focus: the keyboard stays with the view below."""

    def __init__(self, below: QTableView, desk: Desk) -> None:
        super().__init__(below)
        self._below = below
        self.setModel(below.model())
        self.setSelectionModel(below.selectionModel())
        self.setItemDelegate(below.itemDelegate())
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.horizontalHeader().setDefaultAlignment(below.horizontalHeader().defaultAlignment())
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setAccessibleName("First column")
        self.hide()
        below.horizontalScrollBar().valueChanged.connect(self.settle)
        below.horizontalHeader().sectionResized.connect(self.settle)
        below.horizontalHeader().geometriesChanged.connect(self.settle)
        below.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.verticalScrollBar().valueChanged.connect(below.verticalScrollBar().setValue)
        below.model().modelReset.connect(self.settle)

    def settle(self) -> None:
        """Lie over the first column, or hide while the table is not scrolled sideways."""
        below = self._below
        if below.horizontalScrollBar().value() == 0 or below.model().columnCount() < 2:
            self.hide()
            return
        for column in range(self.model().columnCount()):
            if self.isColumnHidden(column) != (column != 0):
                self.setColumnHidden(column, column != 0)
        width = below.columnWidth(0)
        self.setColumnWidth(0, width)
        self.horizontalHeader().setFixedHeight(below.horizontalHeader().height())
        frame = below.frameWidth()
        header = below.horizontalHeader().height()
        self.setGeometry(frame, frame, width + 1, below.viewport().height() + header)
        self.verticalScrollBar().setValue(below.verticalScrollBar().value())
        self.show()
        self.raise_()
