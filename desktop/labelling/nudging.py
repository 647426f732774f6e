"""How far off a printer prints, made good: moved and scaled, with a picture of what that does."""

import dataclasses

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFormLayout, QLabel, QSizePolicy, QWidget

from desktop.phrases.labelling import nudged
from desktop.spinbox import DoubleSpinBox
from desktop.theme import Look
from models.labels.layout import NO_NUDGE, Nudge

_LABEL = (66.7, 25.4)
"""The label of the picture, in millimetres."""
_AROUND = 6.0


class NudgePicture(QWidget):
    """A label's edge, and where the printer puts the frame with and without what is set."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._nudge = NO_NUDGE
        self.setMinimumSize(320, 150)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        look.changed.connect(self.update)
        self.show_nudge(NO_NUDGE)

    def show_nudge(self, nudge: Nudge) -> None:
        """Show what this does."""
        self._nudge = nudge
        self.setAccessibleName(nudged(nudge))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Room in which half a millimetre can be seen."""
        return QSize(440, 200)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw the label in grey, the frame as drawn dashed, as printed in the accent."""
        wide, tall = _LABEL
        scale = min(self.width() / (wide + 2 * _AROUND), self.height() / (tall + 2 * _AROUND))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, top = (self.width() - wide * scale) / 2, (self.height() - tall * scale) / 2
        paper = QRectF(left, top, wide * scale, tall * scale)
        painter.setPen(QPen(self._look.colour("muted"), 1))
        painter.setBrush(self._look.colour("surface"))
        painter.drawRoundedRect(paper, 1.5 * scale, 1.5 * scale)
        frame = paper.adjusted(2 * scale, 2 * scale, -2 * scale, -2 * scale)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._look.colour("muted"), 1, Qt.PenStyle.DashLine))
        painter.drawRect(frame)
        nudge = self._nudge
        origin = paper.topLeft()
        moved = QRectF(
            origin + (frame.topLeft() - origin) * nudge.scale + QPointF(nudge.x, nudge.y) * scale,
            frame.size() * nudge.scale,
        )
        painter.setPen(QPen(self._look.colour("accent"), 2))
        painter.drawRect(moved)
        painter.end()


class NudgeEditor(QWidget):
    """Three numbers and the picture of what they do."""

    def __init__(self, look: Look, nudge: Nudge) -> None:
        super().__init__()
        self.picture = NudgePicture(look)
        self.right, self.down, self.scaled = DoubleSpinBox(), DoubleSpinBox(), DoubleSpinBox()
        for spin in (self.right, self.down):
            spin.setRange(-20, 20)
            spin.setSingleStep(0.1)
            spin.setDecimals(1)
            spin.setSuffix(" mm")
        self.scaled.setRange(90, 110)
        self.scaled.setSingleStep(0.05)
        self.scaled.setDecimals(2)
        self.scaled.setSuffix(" %")
        self.right.setValue(nudge.x)
        self.down.setValue(nudge.y)
        self.scaled.setValue(nudge.scale * 100)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        for words, spin in (("To the &right", self.right), ("&Down", self.down), ("&Size", self.scaled)):
            named = QLabel(words)
            named.setBuddy(spin)
            spin.setAccessibleName(words.replace("&", ""))
            form.addRow(named, spin)
            spin.valueChanged.connect(self._show)
        form.addRow(self.picture)
        self._show()

    def nudge(self) -> Nudge:
        """What is set."""
        return dataclasses.replace(
            NO_NUDGE,
            x=round(self.right.value(), 1),
            y=round(self.down.value(), 1),
            scale=round(self.scaled.value() / 100, 4),
        )

    def _show(self) -> None:
        self.picture.show_nudge(self.nudge())
