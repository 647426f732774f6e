"""The label, large: drawn as it is printed, and changed by mouse and keyboard."""

from PySide6.QtCore import QEvent, QPointF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from desktop.designer.dragging import Drag
from desktop.designer.marks import PAPER, paint_marks
from desktop.designer.paper import MARGIN, Paper
from desktop.designer.session import DesignSession
from desktop.printing.painter import paint_labels
from models.labels.editing import Drawing, Handle, box_at, choose_also, move, resize
from models.labels.layout import Placed
from models.labels.symbols import MM_PER_INCH

_SNAP, _REACH = 6, 4
"""Pixels within which a line is snapped to, and a thin rule is clicked."""
_NUDGE, _FAR_NUDGE = 0.1, 1.0
_ZOOMS = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0)
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_CURSORS = {
    (-1, -1): Qt.CursorShape.SizeFDiagCursor,
    (1, 1): Qt.CursorShape.SizeFDiagCursor,
    (1, -1): Qt.CursorShape.SizeBDiagCursor,
    (-1, 1): Qt.CursorShape.SizeBDiagCursor,
    (0, -1): Qt.CursorShape.SizeVerCursor,
    (0, 1): Qt.CursorShape.SizeVerCursor,
    (-1, 0): Qt.CursorShape.SizeHorCursor,
    (1, 0): Qt.CursorShape.SizeHorCursor,
}


class Canvas(QWidget):
    """Click chooses (Shift adds), a drag moves, sizes or draws a band; arrows nudge, with Ctrl they size, Tab goes on.

    `menu_asked` carries where on the screen a menu is wanted, `went` where the box is that Tab went to.
    """

    menu_asked = Signal(object)
    went = Signal(object)

    def __init__(self, session: DesignSession) -> None:
        super().__init__()
        self._session = session
        self._drag: Drag | None = None
        self._zoom: float | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("The label")
        session.changed.connect(self._settle)
        self._settle()

    # Scale

    @property
    def paper(self) -> Paper:
        """Where the label lies now."""
        size = QSizeF(self.size())
        return Paper.within(self._session.stock, self._session.shown.design, size, self._pixels_per_mm())

    @property
    def zoom(self) -> float | None:
        """How many times its true size the label is shown; None as large as fits."""
        return self._zoom

    def zoom_to(self, zoom: float | None) -> None:
        """Show it so many times its true size, or (None) as large as fits."""
        self._zoom = zoom
        self._settle()

    def zoom_by(self, step: int) -> None:
        """The next larger scale, or the next smaller one."""
        now = self.paper.scale / self._true()
        larger = [each for each in _ZOOMS if each > now + 0.01]
        smaller = [each for each in _ZOOMS if each < now - 0.01]
        if step > 0 and larger:
            self.zoom_to(larger[0])
        elif step < 0 and smaller:
            self.zoom_to(smaller[-1])

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Room to work in."""
        return QSize(620, 360)

    def _true(self) -> float:
        return self.logicalDpiX() / MM_PER_INCH

    def _pixels_per_mm(self) -> float | None:
        return self._zoom * self._true() if self._zoom is not None else None

    def _settle(self) -> None:
        session, scale = self._session, self._pixels_per_mm()
        design, stock = session.shown.design, session.stock
        if scale is None:
            self.setMinimumSize(280, 160)
        else:
            width, height = max(stock.width, design.width) * scale, max(stock.height, design.height) * scale
            self.setMinimumSize(int(width) + 2 * MARGIN, int(height) + 2 * MARGIN)
        self.setAccessibleDescription(told(session))
        self.update()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw the label as it is printed, and the marks over it."""
        paper = self.paper
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        painter.fillRect(paper.label, PAPER)
        painter.save()
        painter.translate(paper.origin)
        paint_labels(painter, [Placed(0, 0, self._session.draft.label)], self._session.dpi, paper.scale)
        painter.restore()
        paint_marks(painter, paper, self._session, self._drag, focused=self.hasFocus())

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Choose what is under the mouse; a drag may follow."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        session, paper = self._session, self.paper
        frame, point = session.shown.frame, event.position()
        start = paper.millimetres(point)
        handle = paper.handle_at(frame, point) if frame is not None else None
        if handle is not None:
            self._drag = Drag(start, session.shown, handle)
            return
        adding = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        under = box_at(session.shown.design, *start, _REACH / paper.scale)
        if under is None:
            if not adding:
                session.choose()
            self._drag = Drag(start, session.shown, band=True)
        elif adding:
            session.choose_as(choose_also(session.shown, under))
        else:
            if under not in session.shown.chosen:
                session.choose(under)
            self._drag = Drag(start, session.shown)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Drag, or show what a press would do."""
        drag, paper, point = self._drag, self.paper, event.position()
        if drag is None:
            self._point_at(point)
            return
        x, y = paper.millimetres(point)
        way = (abs(x - drag.start[0]) + abs(y - drag.start[1])) * paper.scale
        drag.far = drag.far or way >= QApplication.startDragDistance() / 2
        if drag.far:
            free = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            self._session.drag(drag.to(x, y, _SNAP / paper.scale, snapping=not free))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """The end of a drag is a step that can be taken back."""
        drag, self._drag = self._drag, None
        if drag is None or event.button() != Qt.MouseButton.LeftButton:
            return
        if drag.far and not drag.band:
            self._session.do(self._session.shown, drag.words)
        elif drag.far:
            self._session.choose_as(self._session.shown)
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 (Qt's name)
        """With Ctrl the wheel zooms."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.angleDelta().y():
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
        else:
            event.ignore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 (Qt's name)
        """A menu of what can be done to the box under the mouse, or to the chosen ones."""
        session = self._session
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            under = box_at(session.shown.design, *self.paper.millimetres(QPointF(event.pos())), 0)
            if under is not None and under not in session.shown.chosen:
                session.choose(under)
            self.menu_asked.emit(event.globalPos())
        else:
            self.menu_asked.emit(self.mapToGlobal(self.paper.label.center().toPoint()))

    def _point_at(self, point: QPointF) -> None:
        frame, paper = self._session.shown.frame, self.paper
        handle = paper.handle_at(frame, point) if frame is not None else None
        over = box_at(self._session.shown.design, *paper.millimetres(point), _REACH / paper.scale)
        if handle is not None:
            self.setCursor(_CURSORS[handle.value])
        else:
            self.setCursor(Qt.CursorShape.SizeAllCursor if over is not None else Qt.CursorShape.ArrowCursor)

    # Keyboard

    def event(self, event: QEvent) -> bool:
        """Tab goes from box to box, and past the last one on to the next part of the window."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}.get(Qt.Key(event.key()))
            if step and not event.modifiers() & Qt.KeyboardModifier.ControlModifier and self._go(step):
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Arrows move, with Ctrl they size; Esc lets go."""
        key, session = Qt.Key(event.key()), self._session
        if key == Qt.Key.Key_Escape and self._drag is not None:
            self._drag = None
            session.drag(None)
        elif key == Qt.Key.Key_Escape and session.shown.chosen:
            session.choose()
        elif key in _ARROWS and session.shown.chosen:
            self._nudge(*_ARROWS[key], event.modifiers())
        else:
            super().keyPressEvent(event)

    def _go(self, step: int) -> bool:
        """Choose the next box; whether there was one."""
        drawing = self._session.shown
        last = drawing.chosen[-1] if drawing.chosen else (-1 if step > 0 else len(drawing.design.boxes))
        if not 0 <= last + step < len(drawing.design.boxes):
            return False
        self._session.choose(last + step)
        self.went.emit(self.paper.rect(drawing.design.boxes[last + step]).center().toPoint())
        return True

    def _nudge(self, right: int, down: int, keys: Qt.KeyboardModifier) -> None:
        by = _FAR_NUDGE if keys & Qt.KeyboardModifier.ShiftModifier else _NUDGE
        drawing = self._session.shown
        if keys & Qt.KeyboardModifier.ControlModifier:
            handle = Handle.RIGHT if right else Handle.BOTTOM
            self._session.do(resize(drawing, handle, right * by, down * by), "resize", joins="size")
        else:
            self._session.do(move(drawing, right * by, down * by), "move", joins="nudge")

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        """The choice is drawn stronger with focus."""
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        """The choice is drawn stronger with focus."""
        self.update()


def told(session: DesignSession) -> str:
    """What is chosen, where, and how large: for the line under the label and for screen readers."""
    drawing = session.shown
    frame = drawing.frame
    if not drawing.design.boxes:
        return f"{place_words(drawing)}. Nothing is on the label yet: add a text or a symbol."
    if frame is None:
        return f"{place_words(drawing)}. Nothing is chosen: click a part of the label, or press Tab."
    what = session.name(drawing.chosen[0]) if len(drawing.chosen) == 1 else f"{len(drawing.chosen)} parts"
    return f"{what}: at {frame.x:.1f}, {frame.y:.1f} mm, {frame.width:.1f} × {frame.height:.1f} mm"


def place_words(drawing: Drawing) -> str:
    """The size of the design."""
    return f"{drawing.design.width:.1f} × {drawing.design.height:.1f} mm"
