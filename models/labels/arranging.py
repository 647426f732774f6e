"""Putting the chosen boxes of a drawing in order: along a line, with even gaps, in one size, before or behind others.

Doing any of it again changes nothing, except for going a further step forward or back.
"""

from dataclasses import replace
from enum import StrEnum

from models.labels.boxes import Box
from models.labels.editing import Drawing, change, exact, kept_on, with_boxes

_SAME = 0.0015
"""Millimetres: what is nearer to its place than this is there, but for rounding."""


class Side(StrEnum):
    """Where boxes are aligned."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"
    TOP = "top"
    MIDDLE = "middle"
    BOTTOM = "bottom"


_LEVEL = {Side.LEFT: 0.0, Side.CENTRE: 0.5, Side.RIGHT: 1.0}
"""The sides that move a box left or right, as parts of its width; the others move it up or down."""
_UPRIGHT = {Side.TOP: 0.0, Side.MIDDLE: 0.5, Side.BOTTOM: 1.0}


def align(drawing: Drawing, side: Side) -> Drawing:
    """Align the chosen boxes along a side of their frame; a single one along that side of the label."""
    frame, design = drawing.frame, drawing.design
    if frame is None:
        return drawing
    if len(drawing.chosen) == 1:
        frame = Box(0, 0, design.width, design.height)
    if side in _LEVEL:
        part = _LEVEL[side]
        goal = frame.x + frame.width * part
        return change(drawing, lambda box: replace(box, x=_settled(box.x, goal - box.width * part)))
    part = _UPRIGHT[side]
    goal = frame.y + frame.height * part
    return change(drawing, lambda box: replace(box, y=_settled(box.y, goal - box.height * part)))


def distribute(drawing: Drawing, *, level: bool) -> Drawing:
    """Make the gaps between three or more chosen boxes alike, from left to right or from top to bottom.

    The first and the last stay. Nothing changes when there is no room for the others between them.
    """
    if len(drawing.chosen) < 3:
        return drawing
    boxes = drawing.design.boxes
    spans = {i: (boxes[i].x, boxes[i].width) if level else (boxes[i].y, boxes[i].height) for i in drawing.chosen}
    order = sorted(spans, key=lambda index: spans[index][0] + spans[index][1] / 2)
    first, last = spans[order[0]], spans[order[-1]]
    gap = (last[0] - first[0] - sum(spans[index][1] for index in order[:-1])) / (len(order) - 1)
    if gap < 0:
        return drawing
    made, at = list(boxes), first[0] + first[1] + gap
    for index in order[1:-1]:
        start, size = spans[index]
        goal = _settled(start, at)
        made[index] = replace(boxes[index], x=goal) if level else replace(boxes[index], y=goal)
        at += size + gap
    return with_boxes(drawing, made)


def same_size(drawing: Drawing, *, level: bool) -> Drawing:
    """Give the chosen boxes the width, or the height, of the one that was chosen last."""
    if not drawing.chosen:
        return drawing
    design, last = drawing.design, drawing.boxes[-1]

    def sized(box: Box) -> Box:
        if level:
            return replace(box, width=last.width, x=exact(box.x + kept_on(box.x, last.width, 0, design.width)))
        return replace(box, height=last.height, y=exact(box.y + kept_on(box.y, last.height, 0, design.height)))

    return change(drawing, sized)


def reorder(drawing: Drawing, *, forward: bool) -> Drawing:
    """Bring the chosen boxes one step forward, or back, among the others."""
    order = list(range(len(drawing.design.boxes)))
    chosen = set(drawing.chosen)
    steps = range(len(order) - 2, -1, -1) if forward else range(len(order) - 1)
    for at in steps:
        if (order[at] in chosen, order[at + 1] in chosen) == (forward, not forward):
            order[at], order[at + 1] = order[at + 1], order[at]
    design = replace(drawing.design, boxes=tuple(drawing.design.boxes[index] for index in order))
    return Drawing(design, tuple(order.index(index) for index in drawing.chosen))


def _settled(old: float, new: float) -> float:
    """The new place; what is there already but for rounding stays, so that doing it again changes nothing."""
    return old if abs(new - old) <= _SAME else exact(new)
