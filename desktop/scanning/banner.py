"""The answer to a scan: a shape, a word and a colour that can be told from two metres away, and a sentence beside."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFont, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.phrases import say
from desktop.phrases.scanning import WORDS
from desktop.theme import STEP, Look
from desktop.widgets import label, row, stack
from models.fields.problem import Problem
from models.scanning.answer import Answer, Outcome

_FILL = {
    Outcome.OK: "ok",
    Outcome.BEGUN: "ok",
    Outcome.KNOWN: "muted",
    Outcome.UNKNOWN: "warn",
    Outcome.WRONG: "bad",
    Outcome.REFUSED: "bad",
    Outcome.STICKS: "accent",
    Outcome.UNDONE: "text",
}
"""The token that fills the banner; what is written on it has the colour of surfaces, so each pair is read well."""


def sentence(answer: Answer) -> str:
    """What is said of a scan."""
    return say(Problem(answer.code, answer.text, details=answer.details))


class AnswerBanner(QWidget):
    """Shows the answer to the last scan. `small` is for narrow places: a panel, a dialog's foot."""

    def __init__(self, look: Look, parent: QWidget | None = None, *, small: bool = False) -> None:
        super().__init__(parent)
        self._look = look
        self._answer: Answer | None = None
        self._shape = _Shape(28 if small else 56)
        self._word = label("", wrap=True)
        self._said = label("", wrap=True)
        self._word.setFont(_font(self._word.font(), 18 if small else 34, bold=True))
        self._said.setFont(_font(self._said.font(), 13 if small else 17, bold=False))
        words = stack(self._word, self._said, gap=0)
        inside = row(gap=2 if small else 4, margin=2 if small else 4)
        inside.addWidget(self._shape, 0, Qt.AlignmentFlag.AlignVCenter)
        inside.addLayout(words, 1)
        self.setLayout(inside)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        look.changed.connect(self._dress)
        self.rest("")

    @property
    def answer(self) -> Answer | None:
        """The answer that is shown, None at rest."""
        return self._answer

    def show_answer(self, answer: Answer) -> None:
        """Show what became of a scan, and tell those who cannot see it."""
        self._answer = answer
        self._word.setText(WORDS[answer.outcome])
        self._said.setText(sentence(answer))
        self._shape.show_outcome(answer.outcome)
        self._dress()
        self.setAccessibleName(f"{WORDS[answer.outcome]}. {sentence(answer)}")
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def rest(self, text: str) -> None:
        """Wait for a scan: a sentence that says what may be scanned."""
        self._answer = None
        self._word.setText("")
        self._said.setText(text)
        self._shape.show_outcome(None)
        self.setAccessibleName(text)
        self._dress()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Paint the ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self._answer is None:
            painter.setPen(self._look.colour("line"))
            painter.setBrush(self._look.colour("surface"))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.colour(_FILL[self._answer.outcome]))
        painter.drawRoundedRect(edge, 2 * STEP, 2 * STEP)
        painter.end()

    def _dress(self) -> None:
        ink = self._look.colour("muted" if self._answer is None else "surface")
        for one in (self._word, self._said, self._shape):
            palette = QPalette(one.palette())
            palette.setColor(QPalette.ColorRole.WindowText, ink)
            one.setPalette(palette)
        self._word.setVisible(self._answer is not None)
        self._shape.setVisible(self._answer is not None)
        self.update()


class _Shape(QWidget):
    """The shape of an outcome, drawn in the ink of the palette."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self._size = size
        self._outcome: Outcome | None = None
        self.setFixedSize(QSize(size, size))

    def show_outcome(self, outcome: Outcome | None) -> None:
        """Draw that outcome's shape."""
        self._outcome = outcome
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Paint it."""
        if self._outcome is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self._size / 20, self._size / 20)
        pen = QPen(self.palette().color(QPalette.ColorRole.WindowText), 2.0)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        _DRAWN[self._outcome](painter)
        painter.end()


def _tick(painter: QPainter) -> None:
    painter.drawEllipse(QPointF(10, 10), 8.5, 8.5)
    painter.drawPolyline([QPointF(6, 10.5), QPointF(9, 13.5), QPointF(14, 7)])


def _half(painter: QPainter) -> None:
    painter.drawArc(QRectF(1.5, 1.5, 17, 17), 90 * 16, 180 * 16)
    painter.drawLine(QPointF(7, 10), QPointF(17.5, 10))
    painter.drawPolyline([QPointF(13.5, 6), QPointF(17.5, 10), QPointF(13.5, 14)])


def _same(painter: QPainter) -> None:
    painter.drawEllipse(QPointF(10, 10), 8.5, 8.5)
    painter.drawLine(QPointF(6.5, 8), QPointF(13.5, 8))
    painter.drawLine(QPointF(6.5, 12), QPointF(13.5, 12))


def _question(painter: QPainter) -> None:
    painter.drawPolygon([QPointF(10, 1), QPointF(19, 10), QPointF(10, 19), QPointF(1, 10)])
    painter.drawArc(QRectF(7.5, 5, 5, 5), -90 * 16, 270 * 16)
    painter.drawLine(QPointF(10, 10), QPointF(10, 11.2))
    painter.drawPoint(QPointF(10, 14.4))


def _cross(painter: QPainter) -> None:
    painter.drawRect(QRectF(1.5, 1.5, 17, 17))
    painter.drawLine(QPointF(6, 6), QPointF(14, 14))
    painter.drawLine(QPointF(14, 6), QPointF(6, 14))


def _bar(painter: QPainter) -> None:
    painter.drawPolygon(
        [QPointF(6.5, 1.5), QPointF(13.5, 1.5), QPointF(18.5, 6.5), QPointF(18.5, 13.5), QPointF(13.5, 18.5),
         QPointF(6.5, 18.5), QPointF(1.5, 13.5), QPointF(1.5, 6.5)]
    )  # fmt: skip
    painter.drawLine(QPointF(5.5, 10), QPointF(14.5, 10))


def _pin(painter: QPainter) -> None:
    painter.drawPolygon([QPointF(1.5, 1.5), QPointF(18.5, 1.5), QPointF(10, 18.5)])
    painter.drawLine(QPointF(10, 5), QPointF(10, 11))


def _back(painter: QPainter) -> None:
    painter.drawArc(QRectF(2, 4, 16, 14), -90 * 16, 180 * 16)
    painter.drawLine(QPointF(2, 4), QPointF(10, 4))
    painter.drawLine(QPointF(10, 18), QPointF(5, 18))
    painter.drawPolyline([QPointF(5, 1), QPointF(2, 4), QPointF(5, 7)])


_DRAWN: dict[Outcome, Callable[[QPainter], None]] = {
    Outcome.OK: _tick,
    Outcome.BEGUN: _half,
    Outcome.KNOWN: _same,
    Outcome.UNKNOWN: _question,
    Outcome.WRONG: _cross,
    Outcome.REFUSED: _bar,
    Outcome.STICKS: _pin,
    Outcome.UNDONE: _back,
}


def _font(base: QFont, size: int, *, bold: bool) -> QFont:
    made = QFont(base)
    made.setPixelSize(size)
    made.setBold(bold)
    return made
