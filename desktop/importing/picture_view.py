"""A sheet's picture as a grid: row numbers, column letters, the table painted where it seems to be."""

from PySide6.QtCore import QAbstractTableModel, QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from desktop.desk import Desk
from desktop.grid.model import Index
from desktop.phrases import skipped
from desktop.theme import Look
from models.exchange.files.wire import LAST_ROW, column_letter
from models.exchange.picture import Picture
from models.exchange.tables.grid import Area

_NOWHERE = QModelIndex()
_DISPLAY, _ACCESSIBLE = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)
_TIP = int(Qt.ItemDataRole.ToolTipRole)
_ROW_HEIGHT, _PAD = 24, 6
_LEAST, _MOST, _LOOKED_AT, _FITTED = 48, 220, 40, 60
_MID = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine)


class PictureModel(QAbstractTableModel):
    """The cells of a `Picture`."""

    def __init__(self, picture: Picture) -> None:
        super().__init__()
        self.picture = picture
        self.area = picture.area

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 (Qt's name)
        """How many rows there are."""
        return 0 if parent.isValid() else self.picture.rows.height

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 (Qt's name)
        """How many columns there are."""
        return 0 if parent.isValid() else self.picture.width

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:  # noqa: N802 (Qt's name)
        """Column letters, and row numbers with what a row is besides."""
        if role != _DISPLAY:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return column_letter(section)
        number = self.number(section)
        word = self.word(number)
        return f"{word}  {number}" if word else str(number)

    def data(self, index: Index, role: int = 0) -> object:
        """What a cell shows."""
        if role not in (_DISPLAY, _ACCESSIBLE, _TIP):
            return None
        return self.picture.text(self.number(index.row()), index.column()).replace("\n", " ")

    def number(self, row: int) -> int:
        """The number on the sheet of a row of the grid."""
        return self.picture.first_row + row

    def word(self, number: int) -> str:
        """What a row is, when it is none of the table's: "headings", "a total"."""
        if self.picture.table is not None and self.picture.table.header_row == number:
            return "headings"
        reason = self.picture.skipped.get(number)
        return skipped(reason) if reason else ""

    def within(self, number: int, column: int) -> bool:
        """Whether a cell belongs to the table."""
        area = self.area
        return (
            area is not None
            and area.first_row <= number <= area.last_row
            and area.first_column <= column <= area.last_column
        )


class _Delegate(QStyledItemDelegate):
    """Paints the table's cells on white within a frame, its headings bold, and all else in grey."""

    def __init__(self, model: PictureModel, look: Look, font: QFont, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        self._font = font
        self._bold = QFont(font)
        self._bold.setWeight(QFont.Weight.DemiBold)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        look, model, column = self._look, self._model, index.column()
        number = model.number(index.row())
        inside = model.within(number, column)
        header = model.picture.table is not None and model.picture.table.header_row == number
        out = number in model.picture.skipped
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        ground = "sel" if chosen else "accentbg" if inside and header else "surface" if inside and not out else "bg"
        painter.save()
        painter.fillRect(rect, look.colour(ground))
        painter.setPen(look.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        self._frame(painter, rect, number, column)
        text = str(index.data() or "")
        if text:
            painter.setFont(self._bold if inside and header else self._font)
            painter.setPen(look.colour("text" if inside and not out else "muted"))
            room = rect.adjusted(_PAD, 0, -_PAD, 0)
            painter.drawText(
                room, _MID, painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
            )
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(look.colour("accent"))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.restore()

    def _frame(self, painter: QPainter, rect: QRect, number: int, column: int) -> None:
        """The sides of the table's frame that this cell has."""
        area = self._model.area
        if area is None or not self._model.within(number, column):
            return
        painter.setPen(QPen(self._look.colour("accent"), 2))
        left, right = rect.left() + 1, rect.right()
        top, bottom = rect.top() + 1, rect.bottom()
        if number == area.first_row:
            painter.drawLine(rect.left(), top, rect.right(), top)
        if number == area.last_row:
            painter.drawLine(rect.left(), bottom, rect.right(), bottom)
        if column == area.first_column:
            painter.drawLine(left, rect.top(), left, rect.bottom())
        if column == area.last_column:
            painter.drawLine(right, rect.top(), right, rect.bottom())


class PictureView(QTableView):
    """Shows a `Picture`. Dragging over cells gives `area_chosen` a range, a click on a row's number `header_chosen`.

    With the keyboard: Shift and arrows choose cells, Enter takes them as the range, H takes the row as headings.
    """

    area_chosen = Signal(object)
    header_chosen = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._sheet = ""
        self.setSelectionMode(QTableView.SelectionMode.ContiguousSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName("The sheet")
        self.setAccessibleDescription(
            "Shift and arrows choose cells, Enter takes them as the table, H takes the row as headings"
        )
        numbers = self.verticalHeader()
        numbers.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        numbers.setDefaultSectionSize(_ROW_HEIGHT)
        numbers.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        numbers.setHighlightSections(False)
        numbers.setSectionsClickable(True)
        numbers.setToolTip("Click a row's number to make it the row of headings")
        numbers.sectionClicked.connect(self._take_header)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        desk.look.changed.connect(self.viewport().update)

    def show_picture(self, picture: Picture) -> None:
        """Show it; of the same sheet the same part stays in sight."""
        old, delegate = self.model(), self.itemDelegate()
        at = self.currentIndex()
        sight = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        model = PictureModel(picture)
        self.setModel(model)
        self.setItemDelegate(_Delegate(model, self._desk.look, self.font(), self))
        for gone in (old, delegate):
            if isinstance(gone, (PictureModel, _Delegate)):
                gone.deleteLater()
        if picture.sheet != self._sheet:
            self._sheet = picture.sheet
            self._fit(model)
            self._go_to_table(model)
            return
        if at.isValid():
            self.selectionModel().setCurrentIndex(
                model.index(at.row(), at.column()), QItemSelectionModel.SelectionFlag.NoUpdate
            )
        self.horizontalScrollBar().setValue(sight.x())
        self.verticalScrollBar().setValue(sight.y())

    def chosen_area(self) -> Area | None:
        """The cells that are chosen, when they are more than one; to the sheet's end where they reach the picture's."""
        model = self.model()
        if not isinstance(model, PictureModel) or self.selectionModel().selection().isEmpty():
            return None
        block = self.selectionModel().selection().at(0)
        if block.width() * block.height() < 2:
            return None
        last = model.number(block.bottom())
        if not model.picture.whole and block.bottom() == model.rowCount() - 1:
            last = LAST_ROW
        return Area(model.number(block.top()), block.left(), last, block.right())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """The end of a drag: what was dragged over is the range."""
        super().mouseReleaseEvent(event)
        self._take_area()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """The keys that mean something here."""
        if event.key() == Qt.Key.Key_H and not event.modifiers() and self.currentIndex().isValid():
            self._take_header(self.currentIndex().row())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.chosen_area() is not None:
            self._take_area()
        else:
            super().keyPressEvent(event)

    def _take_area(self) -> None:
        area = self.chosen_area()
        if area is not None:
            self.selectionModel().clearSelection()
            self.area_chosen.emit(area)

    def _take_header(self, row: int) -> None:
        model = self.model()
        if isinstance(model, PictureModel):
            self.selectionModel().clearSelection()
            self.header_chosen.emit(model.number(row))

    def _fit(self, model: PictureModel) -> None:
        """Columns as wide as their first rows need."""
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetrics(bold)  # as headings are
        rows = range(min(_LOOKED_AT, model.rowCount()))
        for column in range(model.columnCount()):
            if column < _FITTED:
                texts = (str(model.data(model.index(row, column), _DISPLAY)) for row in rows)
                wide = max(map(metrics.horizontalAdvance, texts), default=0) + 2 * _PAD + 4
                self.setColumnWidth(column, max(_LEAST, min(wide, _MOST)))

    def _go_to_table(self, model: PictureModel) -> None:
        area = model.area
        if area is not None:
            index = model.index(area.first_row - model.picture.first_row, area.first_column)
            self.scrollTo(index)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
