"""What is drawn over a label while it is made: outlines, handles, guides. Nothing of it is printed.

The paper is white in every theme, so the marks keep to colours that can be told from white.
"""

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from desktop.designer.dragging import Drag
from desktop.designer.paper import HANDLE, Paper
from desktop.designer.session import DesignSession
from desktop.icons import painted
from models.labels.boxes import SymbolBox, TextBox

PAPER = QColor("#FFFFFF")
_EDGE, _BOX, _CHOSEN, _FAULT, _GUIDE = (
    QColor(colour) for colour in ("#8A949E", "#9AA5B0", "#0A6C8F", "#A8231A", "#B0005A")
)
_QUIET = QColor("#5A6570")
_EMPTY = "Add a text or a symbol with the buttons above."
_MARK = 14
_SEEN = 6
"""Pixels that the design's edge must be from the label's, to be drawn on its own."""


def paint_marks(painter: QPainter, paper: Paper, session: DesignSession, drag: Drag | None, *, focused: bool) -> None:
    """Draw all marks, those of what is chosen on top."""
    drawing = session.shown
    faulty = {fault.index for fault in session.draft.faults}
    _design(painter, paper, faulty=None in faulty)
    for index in range(len(drawing.design.boxes)):
        if index not in drawing.chosen:
            _box(painter, paper, session, index, faulty=index in faulty)
    for index in drawing.chosen:
        last = index == drawing.chosen[-1]
        _chosen(painter, paper.rect(drawing.design.boxes[index]), last=last, focused=focused)
        if index in faulty:
            _mark(painter, paper.rect(drawing.design.boxes[index]))
    if not drawing.design.boxes:
        painter.setPen(_QUIET)
        painter.drawText(paper.area, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), _EMPTY)
    frame = drawing.frame
    if drag is not None and drag.area is not None:
        painter.setPen(QPen(_CHOSEN, 1, Qt.PenStyle.DashLine))
        painter.setBrush(QColor(10, 108, 143, 24))
        painter.drawRect(paper.rect(drag.area))
    elif frame is not None:
        _handles(painter, paper.handles(frame).values())
    if drag is not None:
        _guides(painter, paper, drag)


def _design(painter: QPainter, paper: Paper, *, faulty: bool) -> None:
    """The label's edge, what printers cannot reach of it, and the design's own edge where it is another."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    across, down = paper.stock.margin_x * paper.scale, paper.stock.margin_y * paper.scale
    if across or down:
        painter.setPen(QPen(_BOX, 1, Qt.PenStyle.DashDotLine))
        painter.drawRect(paper.label.adjusted(across, down, -across, -down))
    painter.setPen(QPen(_EDGE, 1))
    painter.drawRect(paper.label)
    inset = abs(paper.area.width() - paper.label.width()) + abs(paper.area.height() - paper.label.height())
    if inset > _SEEN:
        painter.setPen(QPen(_FAULT if faulty else _EDGE, 1, Qt.PenStyle.DotLine))
        painter.drawRect(paper.area)


def _box(painter: QPainter, paper: Paper, session: DesignSession, index: int, *, faulty: bool) -> None:
    """A faint outline; what a box without anything on it is for stands in it, so that it can be found."""
    box, rect = session.shown.design.boxes[index], paper.rect(session.shown.design.boxes[index])
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(_FAULT if faulty else _BOX, 1, Qt.PenStyle.DashLine if faulty else Qt.PenStyle.DotLine))
    painter.drawRect(rect)
    if not session.draft.shapes[index]:
        painter.setPen(_QUIET)
        words = session.fields.words(box.template) if isinstance(box, (TextBox, SymbolBox)) else session.sort(index)
        room = int(rect.width()) - 8
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), shown)
    if faulty:
        _mark(painter, rect)


def _mark(painter: QPainter, rect: QRectF) -> None:
    """A warning sign, at a corner of what has a fault."""
    ratio = painter.device().devicePixelRatioF()
    place = QPointF(rect.right() - _MARK - 2, rect.top() + 2)
    if rect.height() < _MARK + 4:
        place = QPointF(rect.right() + 4, rect.center().y() - _MARK / 2)
    painter.fillRect(QRectF(place.x() - 1, place.y() - 1, _MARK + 2, _MARK + 2), PAPER)
    painter.drawPixmap(place, painted("warning", _FAULT.name(), _MARK, ratio))


def _chosen(painter: QPainter, rect: QRectF, *, last: bool, focused: bool) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(_CHOSEN, 2 if last and focused else 1))
    painter.drawRect(rect)


def _handles(painter: QPainter, places: Iterable[QPointF]) -> None:
    painter.setPen(QPen(_CHOSEN, 1.5))
    painter.setBrush(PAPER)
    for place in places:
        painter.drawRect(QRectF(place.x() - HANDLE / 2, place.y() - HANDLE / 2, HANDLE, HANDLE))


def _guides(painter: QPainter, paper: Paper, drag: Drag) -> None:
    painter.setPen(QPen(_GUIDE, 1))
    area = paper.area
    for guide in drag.guides:
        if guide.upright:
            x = paper.pixels(guide.at, 0).x()
            painter.drawLine(QPointF(x, area.top() - 12), QPointF(x, area.bottom() + 12))
        else:
            y = paper.pixels(0, guide.at).y()
            painter.drawLine(QPointF(area.left() - 12, y), QPointF(area.right() + 12, y))
