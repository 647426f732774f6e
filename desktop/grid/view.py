"""The table as people see it: sorted by its headers, its first column frozen, selected by rows."""

from array import array

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from desktop.desk import Desk
from desktop.grid.chosen import Chosen, ranges_of
from desktop.grid.delegate import PAD, ROW_HEIGHT, CellDelegate
from desktop.grid.frozen import FrozenColumn
from desktop.grid.model import GridModel

_ARROW = 16
_MEASURED, _NARROWEST, _WIDEST = 40, 64, 260
_FLAG = QItemSelectionModel.SelectionFlag


class GridView(QTableView):
    """Shows a `GridModel`. `opened` asks for the row to be opened in full, `edit_asked` for editing in its cell.

    `sorted_by` carries a column and whether it goes downwards; `moved` the new order of columns; `menu_asked`
    a place on the screen; `row_changed` the row that the person is on, -1 for none.
    """

    opened = Signal(int)
    edit_asked = Signal(int, int)
    sorted_by = Signal(int, bool)
    moved = Signal(object)
    sized = Signal(int, int)
    menu_asked = Signal(QPoint)
    row_changed = Signal(int)

    def __init__(self, desk: Desk, model: GridModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = model
        self._kept: Chosen | None = None
        self._kept_row = -1
        self.setModel(model)
        self.setItemDelegate(CellDelegate(model, desk.look, self.font(), self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)  # Tab goes on to the next control; arrows move between cells
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._dress_headers()
        self._frozen = FrozenColumn(self, desk)
        self._frozen.doubleClicked.connect(lambda index: self.edit_asked.emit(index.row(), index.column()))
        self.customContextMenuRequested.connect(lambda at: self.menu_asked.emit(self.viewport().mapToGlobal(at)))
        desk.look.changed.connect(self.viewport().update)
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._restore)
        self.selectionModel().currentRowChanged.connect(lambda now, _before: self.row_changed.emit(now.row()))

    # What is chosen

    def chosen(self) -> Chosen:
        """The selected rows; the row that the person is on when none is selected."""
        ranges = ranges_of(self.selectionModel().selection())
        if not ranges and self.currentIndex().isValid():
            ranges = [(self.currentIndex().row(), self.currentIndex().row())]
        return Chosen.of(self._grid, ranges)

    def choose(self, numbers: "array[int]") -> None:
        """Select the rows of these local numbers, and go to the first of them."""
        self._kept, self._kept_row = Chosen(self._grid.word, numbers), numbers[0] if numbers else -1
        self._restore()
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def selected_count(self) -> int:
        """How many rows are selected, without listing them."""
        return sum(last - first + 1 for first, last in ranges_of(self.selectionModel().selection()))

    def fitting_width(self, column: int) -> int:
        """How wide a column must be for its heading and its first rows, in pixels and within reason."""
        header = self.heading_width(column)
        rows = min(_MEASURED, self._grid.rowCount())
        return max(
            _NARROWEST,
            min(
                _WIDEST,
                max([header, *(self.sizeHintForIndex(self._grid.index(row, column)).width() for row in range(rows))]),
            ),
        )

    def heading_width(self, column: int) -> int:
        """How wide a column must be for its heading alone, in pixels."""
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        arrow = _ARROW if column == self.horizontalHeader().sortIndicatorSection() else 0
        return QFontMetrics(bold).horizontalAdvance(self._grid.columns[column].label) + 2 * PAD + 2 + arrow

    def select_row(self, row: int) -> None:
        """Go to that row and select it."""
        if 0 <= row < self._grid.rowCount():
            index = self._grid.index(row, max(0, self.currentIndex().column()))
            self.setCurrentIndex(index)
            self.scrollTo(index)

    # What the person does

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """The keys that mean something here."""
        index = self.currentIndex()
        if index.isValid() and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.opened.emit(index.row())
                return
            if event.key() == Qt.Key.Key_F2:
                self.edit_asked.emit(index.row(), index.column())
                return
        super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Ask for editing in the cell."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.edit_asked.emit(index.row(), index.column())

    def keyboardSearch(self, search: str) -> None:  # noqa: N802 (Qt's name)
        """Letters do nothing here: Qt would walk a million rows for them, and a scanner types them."""

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Keep what lies over it in its place."""
        super().resizeEvent(event)
        self._frozen.settle()

    # Inside

    def _dress_headers(self) -> None:
        for header in (self.horizontalHeader(), self.verticalHeader()):
            # With one selection model for all, Ctrl+A on a million rows takes 56 s in the headers; with own ones 20 ms.
            header.setSelectionModel(QItemSelectionModel(self._grid, header))
            header.setHighlightSections(False)
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        rows.setMinimumSectionSize(ROW_HEIGHT)
        rows.hide()
        columns = self.horizontalHeader()
        columns.setSectionsMovable(True)
        columns.setFirstSectionMovable(False)
        columns.setSectionsClickable(True)
        columns.setSortIndicatorShown(True)
        columns.setStretchLastSection(True)
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        columns.setMinimumSectionSize(40)
        columns.setAccessibleName("Columns")
        columns.sortIndicatorChanged.connect(self._sort)
        columns.sectionMoved.connect(self._move)
        columns.sectionResized.connect(self._size)

    def show_sort(self, column: int, downwards: bool) -> None:
        """Show the order without asking for it. -1: in the order of the search."""
        header = self.horizontalHeader()
        header.blockSignals(True)
        order = Qt.SortOrder.DescendingOrder if downwards else Qt.SortOrder.AscendingOrder
        header.setSortIndicator(column, order)
        header.blockSignals(False)

    def _sort(self, column: int, order: Qt.SortOrder) -> None:
        self.sorted_by.emit(column, order == Qt.SortOrder.DescendingOrder)

    def _size(self, column: int, _before: int, now: int) -> None:
        if column < self._grid.columnCount() - 1:  # the last one takes the room that is left
            self.sized.emit(column, now)

    def _move(self) -> None:
        header = self.horizontalHeader()
        order = [header.logicalIndex(place) for place in range(header.count())]
        header.blockSignals(True)
        for place in range(header.count()):
            header.moveSection(header.visualIndex(place), place)
        header.blockSignals(False)
        self.moved.emit(order)

    def _keep(self) -> None:
        if self._grid.ids:
            self._kept = Chosen.of(self._grid, ranges_of(self.selectionModel().selection()))
            row = self.currentIndex().row()
            self._kept_row = self._grid.ids[row] if 0 <= row < len(self._grid.ids) else -1

    def _restore(self) -> None:
        kept, self._kept = self._kept, None
        if kept is None or not self._grid.ids or not self._grid.columns:
            return
        last = self._grid.columnCount() - 1
        selection = QItemSelection()
        for first, end in kept.places(self._grid.ids):
            selection.select(self._grid.index(first, 0), self._grid.index(end, last))
        row = self._grid.place(self._kept_row)
        if row >= 0:
            self.selectionModel().setCurrentIndex(self._grid.index(row, 0), _FLAG.NoUpdate)
        self.selectionModel().select(selection, _FLAG.ClearAndSelect)

    def numbers(self) -> "array[int]":
        """The local row numbers of what is chosen."""
        return self.chosen().numbers
