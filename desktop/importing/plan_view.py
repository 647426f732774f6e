"""How a plan is painted: states as pills, changes as old struck through and new, faults in a box, a corner on what
was typed here.
"""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from desktop.desk import Desk
from desktop.grid.delegate import PAD, ROW_HEIGHT
from desktop.grid.model import Index
from desktop.grid.pills import paint_pill
from desktop.importing.plan_model import FIRST, ROW, STATE, WORDS, PlanModel
from desktop.lineedit import LineEdit
from desktop.theme import Look
from models.exchange.plan import State

_TONES = {State.NEW: "ok", State.CHANGED: "warn", State.SAME: "muted", State.REFUSED: "bad"}
_NOTE_WIDTH, _NOTE_LEAST, _WIDEST = 360, 240, 200
_LOOKED_AT, _LEAST_ROOM, _SMALL = 60, 1000, 11
_MID = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine)
_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
_CORNER = 7


class _PlanDelegate(QStyledItemDelegate):
    """Paints the cells of a `PlanModel`."""

    def __init__(self, model: PlanModel, look: Look, font: QFont, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        self._font = font

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        look, row, section = self._look, index.row(), index.column()
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, look.colour("sel" if chosen else "surface"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.colour("line"))
        room = rect.adjusted(PAD, 0, -PAD, -1)
        painter.setFont(self._font)
        if section == STATE:
            state = self._model.state(row)
            paint_pill(painter, room, WORDS[state], _TONES[state], look, self._font)
        elif section == ROW:
            painter.setPen(look.colour("muted"))
            painter.drawText(room, _RIGHT, str(index.data()))
        elif section == self._model.last:
            self._note(painter, room, row)
        else:
            self._cell(painter, rect, room, row, section)
        if option.state & QStyle.StateFlag.State_HasFocus and self._model.editable(section):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(look.colour("accent"))
            painter.drawRect(rect.adjusted(0, 0, -1, -2))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 (Qt's name)
        text = str(index.data() or "")
        return QSize(QFontMetrics(self._font).horizontalAdvance(text) + 2 * PAD + 8, ROW_HEIGHT)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: N802 (Qt's)
        line = LineEdit(parent)
        line.setFrame(False)
        heading = self._model.headerData(index.column(), Qt.Orientation.Horizontal, int(Qt.ItemDataRole.DisplayRole))
        line.setAccessibleName(f"Row {self._model.number(index.row())}, {heading}")
        return line

    def _note(self, painter: QPainter, room: QRect, row: int) -> None:
        """What there is to know of a row: in one line, or smaller in two; the rest stands under the table."""
        note = self._model.note(row)
        if not note:
            return
        painter.setPen(self._look.colour("muted"))
        metrics = painter.fontMetrics()
        if metrics.horizontalAdvance(note) <= room.width():
            painter.drawText(room, _MID, note)
            return
        small = QFont(self._font)
        small.setPixelSize(_SMALL)
        painter.setFont(small)
        metrics = painter.fontMetrics()
        first, rest = _two_lines(note, metrics, room.width())
        half = room.height() // 2
        painter.drawText(room.adjusted(0, 1, 0, -half), _MID, first)
        rest = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room.adjusted(0, half - 1, 0, -1), _MID, rest)

    def _cell(self, painter: QPainter, rect: QRect, room: QRect, row: int, section: int) -> None:
        cell, look = self._model.cell(row, section), self._look
        if cell.typed:
            corner = QPointF(rect.right() + 1, rect.top())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("accent"))
            painter.drawPolygon(QPolygonF([corner, corner - QPointF(_CORNER, 0), corner + QPointF(0, _CORNER)]))
        if self._model.columns[section - FIRST].field.kind.mono:
            painter.setFont(look.mono)
        metrics = painter.fontMetrics()
        left = room
        if cell.old:
            painter.setPen(look.colour("bad"))
            old = metrics.elidedText(cell.old, Qt.TextElideMode.ElideRight, room.width() // 2)
            painter.drawText(room, _MID, old)
            wide = metrics.horizontalAdvance(old)
            middle = room.center().y() + 1
            painter.drawLine(QPointF(room.left(), middle), QPointF(room.left() + wide, middle))
            left = room.adjusted(wide + (10 if cell.fault else 6), 0, 0, 0)
        if cell.fault:
            wide = min(left.width(), max(metrics.horizontalAdvance(cell.text), _CORNER) + 8)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(look.colour(f"{cell.fault}bg"))
            painter.setPen(QPen(look.colour(cell.fault), 1))
            painter.drawRoundedRect(QRectF(left.left() - 4, left.center().y() - 9.5, wide, 20), 3, 3)
        painter.setPen(look.colour("ok" if cell.old else "text"))
        painter.drawText(left, _MID, metrics.elidedText(cell.text, Qt.TextElideMode.ElideRight, left.width()))


def _two_lines(text: str, metrics: QFontMetrics, width: int) -> tuple[str, str]:
    """As many words as fit in the first line, and the rest."""
    words = text.split(" ")
    fitting = 1
    while fitting < len(words) and metrics.horizontalAdvance(" ".join(words[: fitting + 1])) <= width:
        fitting += 1
    return " ".join(words[:fitting]), " ".join(words[fitting:])


class PlanView(QTableView):
    """Shows a `PlanModel`. F2 or a double click edits a cell."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._sections: list[str] = []
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        # One row at a time: choosing all of 100,000 rows would ask the model for the flags of each cell.
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setEditTriggers(QTableView.EditTrigger.DoubleClicked | QTableView.EditTrigger.EditKeyPressed)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName("Rows of the plan")
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().hide()
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setHighlightSections(False)
        desk.look.changed.connect(self.viewport().update)

    def show_model(self, model: PlanModel) -> None:
        """Show that plan; columns that were there already keep their width."""
        old, delegate = self.model(), self.itemDelegate()
        self.setModel(model)
        self.setItemDelegate(_PlanDelegate(model, self._desk.look, self.font(), self))
        for gone in (old, delegate):
            if isinstance(gone, (PlanModel, _PlanDelegate)):
                gone.deleteLater()
        sections = [column.heading for column in model.columns]
        self.setColumnHidden(model.last, not model.plan.problems)
        if sections != self._sections:
            self._sections = sections
            self._fit(model)

    def where(self) -> tuple[int, int, int]:
        """What is in sight: the number of the current row, its section, the number of the topmost row; -1: none."""
        model, index, top = self.model(), self.currentIndex(), self.rowAt(0)
        if not isinstance(model, PlanModel) or not model.rowCount():
            return -1, FIRST, -1
        current = model.number(index.row()) if index.isValid() else -1
        return current, max(index.column(), 0), model.number(top) if top >= 0 else -1

    def go_to(self, where: tuple[int, int, int]) -> None:
        """Show again what was in sight, as far as it is still there."""
        model = self.model()
        if not isinstance(model, PlanModel) or not model.rowCount():
            return
        number, section, top = where
        if number >= 0:
            self.setCurrentIndex(model.index(model.place_of(number), min(section, model.columnCount() - 1)))
        if top >= 0:
            self.scrollTo(model.index(model.place_of(top), 0), QTableView.ScrollHint.PositionAtTop)

    def _fit(self, model: PlanModel) -> None:
        """Columns as wide as their first rows need."""
        metrics = QFontMetrics(self.font())
        last, rows = model.last, range(min(_LOOKED_AT, model.rowCount()))
        for section in range(last):
            texts = [str(model.headerData(section, Qt.Orientation.Horizontal) or "")]
            texts += [str(model.data(model.index(row, section)) or "") for row in rows]
            wide = max(map(metrics.horizontalAdvance, texts), default=0) + 2 * PAD + 12
            self.setColumnWidth(section, max(56, min(wide + (24 if section == STATE else 0), _WIDEST)))
        self.setColumnWidth(last, _NOTE_WIDTH)
        header = self.horizontalHeader()
        # What to know is read without scrolling: at the right if all fits, else before the columns of the sheet.
        taken = sum(self.columnWidth(section) for section in range(last)) + _NOTE_LEAST
        fits = taken <= max(self.viewport().width(), _LEAST_ROOM)
        header.moveSection(header.visualIndex(last), last if fits else FIRST)
        header.setStretchLastSection(True)
