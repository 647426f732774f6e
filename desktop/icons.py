"""The icons: one outline set, painted in the colours of the palette at whatever size and scale is asked for."""

from functools import cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop.theme import RESOURCES


@cache
def _source(name: str) -> str:
    return (RESOURCES / "icons" / f"{name}.svg").read_text("utf-8")


@cache
def _renderer(name: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))


class _Engine(QIconEngine):
    """Paints from the drawing each time, so that a new palette or a screen of another scale needs no new icon."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        group = QPalette.ColorGroup.Disabled if mode == QIcon.Mode.Disabled else QPalette.ColorGroup.Active
        # A checked place in the navigation and a chosen row of a menu are told by the accent as well as by shape.
        role = QPalette.ColorRole.Link if state == QIcon.State.On else QPalette.ColorRole.Text
        colour = QGuiApplication.palette().color(group, role).name()
        _renderer(self._name, colour).render(painter, QRectF(rect))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return made

    def clone(self) -> QIconEngine:
        return _Engine(self._name)

    def key(self) -> str:
        return "muster"


@cache
def icon(name: str) -> QIcon:
    """The icon of that name. FileNotFoundError when there is none."""
    _source(name)
    return QIcon(_Engine(name))


def painted(name: str, colour: str, size: int, scale: float) -> QPixmap:
    """The drawing in one colour, for those who paint themselves. `size` in logical pixels."""
    made = QPixmap(QSize(size, size) * scale)
    made.setDevicePixelRatio(scale)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    _renderer(name, colour).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return made
