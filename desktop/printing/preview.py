"""The sheet as it will be printed, on the screen; a click on it says where printing begins."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.printing.painter import paint_labels
from models.labels.layout import Placed, Sheets

_MARGIN = 8
#: Paper is white in every theme, so its markings keep to colours that can be told from white; none is printed.
_PAPER, _CUT, _USED, _CHOSEN = QColor("#FFFFFF"), QColor("#C3CAD1"), QColor("#E3E7EB"), QColor("#0A6C8F")
_ROUND = 1.5
"""The corners of a label, in millimetres."""


class SheetPreview(QWidget):
    """One sheet of labels. `start_chosen` carries the number of the first free label that the person chose.

    Choosing works on the first sheet: click a label, or with the arrow keys, Home and End. Page Up and Page Down
    turn the sheets; `page_turned` carries the sheet that is shown, from 0.
    """

    start_chosen = Signal(int)
    page_turned = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheets: Sheets | None = None
        self._page = 0
        self._hovered: int | None = None
        self._picture: QPixmap | None = None
        self.setMinimumSize(200, 240)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName("Sheet of labels")

    @property
    def page(self) -> int:
        """The sheet that is shown, from 0."""
        return self._page

    @property
    def page_count(self) -> int:
        """How many sheets there are to turn; an empty job still shows one."""
        return max(1, self._sheets.page_count) if self._sheets else 1

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Room in which the lines on a label can be told apart."""
        return QSize(480, 620)

    def show_sheets(self, sheets: Sheets) -> None:
        """Show these sheets, staying on the same page where there is one."""
        self._sheets = sheets
        self._hovered = None
        self.setToolTip("Click the first free label. Printing begins there." if sheets.stock.per_sheet > 1 else "")
        self._turn(min(self._page, self.page_count - 1))

    def turn_to(self, page: int) -> None:
        """Show another sheet; beyond the ends nothing happens."""
        if 0 <= page < self.page_count and page != self._page:
            self._turn(page)

    def label_rect(self, number: int) -> QRectF:
        """Where the label with this number of the sheet is in the widget. Empty before there are sheets."""
        if self._sheets is None:
            return QRectF()
        stock, paper, scale = self._sheets.stock, self._paper(), self._scale()
        x, y = stock.position(number)
        return QRectF(paper.x() + x * scale, paper.y() + y * scale, stock.width * scale, stock.height * scale)

    def _turn(self, page: int) -> None:
        turned = page != self._page
        self._page = page
        if self._sheets:
            roll = self._sheets.stock.per_sheet == 1
            begins = "" if roll else f" Printing begins at label {self._sheets.start}."
            what = "Label" if roll else "Sheet"
            self.setAccessibleDescription(f"{what} {page + 1} of {self.page_count}.{begins}")
        self._repaint_all()
        if turned:
            self.page_turned.emit(page)

    def _repaint_all(self) -> None:
        self._picture = None
        self.update()

    def _scale(self) -> float:
        """Pixels of the widget for a millimetre."""
        if self._sheets is None:
            return 1
        stock = self._sheets.stock
        room = self.contentsRect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        return max(0.1, min(room.width() / stock.page_width, room.height() / stock.page_height))

    def _paper(self) -> QRectF:
        """Where the sheet is in the widget."""
        if self._sheets is None:
            return QRectF()
        width, height = (
            size * self._scale() for size in (self._sheets.stock.page_width, self._sheets.stock.page_height)
        )
        return QRectF(round((self.width() - width) / 2), round((self.height() - height) / 2), width, height)

    def _label_under(self, point: QPointF) -> int | None:
        """The number of the label under the mouse, where one can be chosen."""
        if self._sheets is None or self._page or self._sheets.stock.per_sheet == 1:
            return None
        paper, scale = self._paper(), self._scale()
        return self._sheets.stock.label_at((point.x() - paper.x()) / scale, (point.y() - paper.y()) / scale)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw the sheet from its picture, and the choice on top of it."""
        if self._sheets is None:
            return
        if self._picture is None or self._picture.devicePixelRatio() != self.devicePixelRatioF():
            self._picture = self._paint_sheet(self._sheets)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._page == 0 and self._sheets.stock.per_sheet > 1:
            painter.setPen(QPen(_CHOSEN, 3 if self.hasFocus() else 2))
            self._outline(painter, self._sheets.start)
            if self._hovered not in (None, self._sheets.start):
                painter.setPen(QPen(_CHOSEN, 1.5, Qt.PenStyle.DashLine))
                self._outline(painter, self._hovered or 1)

    def _outline(self, painter: QPainter, number: int) -> None:
        around = _ROUND * self._scale()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(self.label_rect(number), around, around)

    def _paint_sheet(self, sheets: Sheets) -> QPixmap:
        """The paper with its labels; those that are used up already are grey and crossed out."""
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        paper, scale = self._paper(), self._scale()
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Mid), 1))
        painter.setBrush(_PAPER)
        if sheets.stock.roll:
            painter.drawRoundedRect(paper, _ROUND * scale, _ROUND * scale)
        else:
            painter.drawRect(paper)
        used = sheets.start - 1 if self._page == 0 else 0
        for number in range(1, sheets.stock.per_sheet + 1):
            place = self.label_rect(number)
            painter.setPen(QPen(_CUT, 1))
            painter.setBrush(_USED if number <= used else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(place, _ROUND * scale, _ROUND * scale)
            if number <= used:
                painter.drawLine(place.topLeft(), place.bottomRight())
        if sheets.count:
            painter.translate(paper.topLeft())
            paint_labels(painter, sheets.page(self._page), sheets.dpi, scale)
        painter.end()
        return picture

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Show which label a click would choose."""
        hovered = self._label_under(event.position())
        if hovered != self._hovered:
            self._hovered = hovered
            self.setCursor(Qt.CursorShape.PointingHandCursor if hovered else Qt.CursorShape.ArrowCursor)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        """The mouse is gone."""
        self._hovered = None
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Choose the label that was clicked."""
        number = self._label_under(event.position())
        if number and event.button() == Qt.MouseButton.LeftButton:
            self.start_chosen.emit(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Choose and turn by the keyboard."""
        if self._sheets is None:
            super().keyPressEvent(event)
            return
        stock, start, key = self._sheets.stock, self._sheets.start, Qt.Key(event.key())
        turns = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        goals = {
            Qt.Key.Key_Left: start - 1,
            Qt.Key.Key_Right: start + 1,
            Qt.Key.Key_Up: start - stock.columns,
            Qt.Key.Key_Down: start + stock.columns,
            Qt.Key.Key_Home: 1,
            Qt.Key.Key_End: stock.per_sheet,
        }
        if key in turns:
            self.turn_to(self._page + turns[key])
        elif key in goals:
            if self._page == 0 and 1 <= goals[key] <= stock.per_sheet:
                self.start_chosen.emit(goals[key])
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw it anew in the new size."""
        self._repaint_all()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        """The choice is drawn stronger with focus."""
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        """The choice is drawn stronger with focus."""
        self.update()


class LabelPreview(QWidget):
    """One label, as large as there is room: the first that will be printed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheets: Sheets | None = None
        self.setMinimumSize(200, 72)
        self.setMaximumHeight(152)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("The first label, enlarged")

    def show_sheets(self, sheets: Sheets) -> None:
        """Show the first label of these."""
        self._sheets = sheets
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """A label of 5160's shape."""
        return QSize(320, 124)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw the label on its piece of paper."""
        if self._sheets is None:
            return
        stock = self._sheets.stock
        scale = min((self.width() - 2) / stock.width, (self.height() - 2) / stock.height)
        width, height = stock.width * scale, stock.height * scale
        paper = QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Mid), 1))
        painter.setBrush(_PAPER)
        painter.drawRoundedRect(paper, _ROUND * scale, _ROUND * scale)
        if self._sheets.labels:
            painter.translate(paper.topLeft())
            paint_labels(painter, [Placed(0, 0, self._sheets.labels[0])], self._sheets.dpi, scale)
