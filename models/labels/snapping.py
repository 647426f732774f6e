"""Where a box comes to rest while it is dragged: on lines of the label and of other boxes, else on a grid."""

from collections.abc import Iterable
from dataclasses import dataclass

from models.labels.boxes import Box
from models.labels.editing import Drawing, Handle

GRID = 0.5
"""Millimetres between the lines of the grid."""


@dataclass(frozen=True, slots=True)
class Guide:
    """A line that something rests on: upright at x = `at`, or level at y = `at`, in millimetres."""

    upright: bool
    at: float


@dataclass(frozen=True, slots=True)
class Snap:
    """How far to move instead, and the lines to show."""

    dx: float
    dy: float
    guides: tuple[Guide, ...] = ()


def snap_move(drawing: Drawing, dx: float, dy: float, reach: float) -> Snap:
    """Move the chosen boxes by about dx, dy: to a line that is at most `reach` away, else to the grid."""
    return _snap(drawing, dx, dy, reach, (0.0, 0.5, 1.0), (0.0, 0.5, 1.0))


def snap_resize(drawing: Drawing, handle: Handle, dx: float, dy: float, reach: float) -> Snap:
    """Move a handle of the chosen boxes by about dx, dy."""
    right, down = handle.value
    return _snap(drawing, dx, dy, reach, _moving(right), _moving(down))


def _snap(
    drawing: Drawing, dx: float, dy: float, reach: float, across: tuple[float, ...], down: tuple[float, ...]
) -> Snap:
    """`across` and `down` are the parts of the frame's width and height whose lines move."""
    frame, design = drawing.frame, drawing.design
    if frame is None:
        return Snap(dx, dy)
    chosen = set(drawing.chosen)
    others = [Box(0, 0, design.width, design.height)]
    others += [box for index, box in enumerate(design.boxes) if index not in chosen]
    moved_x = [frame.x + part * frame.width for part in across]
    moved_y = [frame.y + part * frame.height for part in down]
    dx, upright = _to_line(moved_x, dx, reach, _lines((box.x, box.width) for box in others))
    dy, level = _to_line(moved_y, dy, reach, _lines((box.y, box.height) for box in others))
    guides = (*(Guide(True, at) for at in upright), *(Guide(False, at) for at in level))
    return Snap(dx, dy, guides)


def _moving(way: int) -> tuple[float, ...]:
    return ((way + 1) / 2,) if way else ()


def _lines(spans: Iterable[tuple[float, float]]) -> list[float]:
    """Begin, middle and end of each."""
    return [start + part * size for start, size in spans for part in (0.0, 0.5, 1.0)]


def _to_line(moved: list[float], by: float, reach: float, lines: list[float]) -> tuple[float, list[float]]:
    """How far to go instead of `by`, and the lines that something then rests on."""
    if not moved:
        return 0.0, []
    best = min((line - (each + by) for each in moved for line in lines), key=abs)
    if abs(best) > reach:
        start = moved[0] + by
        return by + round(start / GRID) * GRID - start, []
    by += best
    return by, sorted({line for each in moved for line in lines if abs(line - each - by) < 1e-6})
