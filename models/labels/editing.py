"""Changing a design: which boxes are chosen, and what moving, sizing, adding and removing makes of them.

Each deed takes a `Drawing` and gives another; nothing is changed in place, so the way back is keeping the earlier
one (`models.labels.history`). Lengths are millimetres, kept to the micrometre. Boxes stay on the label, as far as
they are not larger than it.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import Enum

from models.labels.boxes import Box, FrameBox, RuleBox
from models.labels.designs import Design

LEAST, LEAST_RULE = 1.0, 0.1
"""The least width and height of a box, and the least thickness of a rule; millimetres."""
DUPLICATE_BY = 2.0
"""How far a copy lies from what it was made of, right and down."""
_DIGITS = 3


class Handle(Enum):
    """What a box is resized by: the way from its middle, right and down."""

    TOP_LEFT = (-1, -1)
    TOP = (0, -1)
    TOP_RIGHT = (1, -1)
    RIGHT = (1, 0)
    BOTTOM_RIGHT = (1, 1)
    BOTTOM = (0, 1)
    BOTTOM_LEFT = (-1, 1)
    LEFT = (-1, 0)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A design and the boxes that are chosen in it: their places in `design.boxes`, the one chosen last at the end."""

    design: Design
    chosen: tuple[int, ...] = ()

    @property
    def boxes(self) -> tuple[Box, ...]:
        """The chosen boxes, in the order of their choice."""
        return tuple(self.design.boxes[index] for index in self.chosen)

    @property
    def frame(self) -> Box | None:
        """The least box around all chosen ones; None when none is."""
        return around(self.boxes) if self.chosen else None


def around(boxes: Iterable[Box]) -> Box:
    """The least box around these, of which there must be one."""
    every = list(boxes)
    left, top = min(box.x for box in every), min(box.y for box in every)
    right, bottom = max(box.x + box.width for box in every), max(box.y + box.height for box in every)
    return Box(left, top, right - left, bottom - top)


# What is chosen


def choose(drawing: Drawing, indices: Iterable[int]) -> Drawing:
    """Choose these boxes and no others."""
    return replace(drawing, chosen=tuple(dict.fromkeys(indices)))


def choose_also(drawing: Drawing, index: int) -> Drawing:
    """Add a box to the chosen ones; one that was chosen is so no more."""
    others = tuple(each for each in drawing.chosen if each != index)
    return replace(drawing, chosen=others if index in drawing.chosen else (*others, index))


def box_at(design: Design, x: float, y: float, reach: float) -> int | None:
    """The uppermost box under a point, or within `reach` of it: rules are thin."""
    for index in reversed(range(len(design.boxes))):
        box = design.boxes[index]
        if -reach <= x - box.x <= box.width + reach and -reach <= y - box.y <= box.height + reach:
            return index
    return None


def boxes_within(design: Design, area: Box) -> tuple[int, ...]:
    """The boxes that an area touches."""
    return tuple(
        index
        for index, box in enumerate(design.boxes)
        if box.x <= area.x + area.width
        and area.x <= box.x + box.width
        and box.y <= area.y + area.height
        and area.y <= box.y + box.height
    )


# Where boxes are


def move(drawing: Drawing, dx: float, dy: float) -> Drawing:
    """Move the chosen boxes together, as far as they stay on the label."""
    frame, design = drawing.frame, drawing.design
    if frame is None:
        return drawing
    dx, dy = kept_on(frame.x, frame.width, dx, design.width), kept_on(frame.y, frame.height, dy, design.height)
    return change(drawing, lambda box: replace(box, x=exact(box.x + dx), y=exact(box.y + dy)))


def place(drawing: Drawing, x: float, y: float, width: float, height: float) -> Drawing:
    """Put the frame of the chosen boxes there, each box keeping its part of it. It is brought inside the label."""
    frame, design = drawing.frame, drawing.design
    if frame is None:
        return drawing
    width = min(max(width, _least(drawing, level=True)), design.width)
    height = min(max(height, _least(drawing, level=False)), design.height)
    x, y = min(max(x, 0.0), design.width - width), min(max(y, 0.0), design.height - height)

    def placed(box: Box) -> Box:
        return replace(
            box,
            x=exact(x + (box.x - frame.x) * width / frame.width),
            y=exact(y + (box.y - frame.y) * height / frame.height),
            width=exact(box.width * width / frame.width),
            height=exact(box.height * height / frame.height),
        )

    return change(drawing, placed)


def resize(drawing: Drawing, handle: Handle, dx: float, dy: float) -> Drawing:
    """Draw the frame of the chosen boxes by a handle; the opposite side stays where it is."""
    frame, design = drawing.frame, drawing.design
    if frame is None:
        return drawing
    right, down = handle.value
    left, width = _stretched(frame.x, frame.width, right, dx, design.width, _least(drawing, level=True))
    top, height = _stretched(frame.y, frame.height, down, dy, design.height, _least(drawing, level=False))
    return place(drawing, left, top, width, height)


# Which boxes there are


def change(drawing: Drawing, deed: Callable[[Box], Box]) -> Drawing:
    """Do something to each chosen box."""
    chosen = set(drawing.chosen)
    return with_boxes(drawing, [deed(box) if at in chosen else box for at, box in enumerate(drawing.design.boxes)])


def add(drawing: Drawing, boxes: Iterable[Box]) -> Drawing:
    """Put boxes on top of the others, inside the label, and choose them."""
    before = len(drawing.design.boxes)
    made = with_boxes(drawing, [*drawing.design.boxes, *boxes])
    return move(choose(made, range(before, len(made.design.boxes))), 0, 0)


def remove(drawing: Drawing) -> Drawing:
    """Take the chosen boxes away."""
    chosen = set(drawing.chosen)
    left = [box for index, box in enumerate(drawing.design.boxes) if index not in chosen]
    return Drawing(replace(drawing.design, boxes=tuple(left)))


def duplicate(drawing: Drawing) -> Drawing:
    """Copies of the chosen boxes, a little lower to the right, on top of the others and chosen."""
    boxes = drawing.design.boxes
    copied = add(drawing, [boxes[index] for index in sorted(drawing.chosen)])
    return move(copied, DUPLICATE_BY, DUPLICATE_BY)


def resize_label(drawing: Drawing, width: float, height: float) -> Drawing:
    """Give the design another size. Boxes stay where they are; what no longer fits is a fault to be told."""
    return replace(drawing, design=replace(drawing.design, width=exact(width), height=exact(height)))


# What all of that rests on


def with_boxes(drawing: Drawing, boxes: Iterable[Box]) -> Drawing:
    """The drawing with these boxes in the place of its own, as many as there were or more."""
    return replace(drawing, design=replace(drawing.design, boxes=tuple(map(_whole, boxes))))


def exact(length: float) -> float:
    """A length to the micrometre."""
    return round(length, _DIGITS)


def kept_on(start: float, size: float, by: float, room: float) -> float:
    """How far something may move so that it is inside 0 to `room`; a larger one may lie anywhere over it."""
    low, high = sorted((-start, room - size - start))
    return min(max(by, low), high)


def _whole(box: Box) -> Box:
    """The lines of a frame that was made smaller are not thicker than it has room for."""
    if isinstance(box, FrameBox) and box.line > min(box.width, box.height) / 2:
        return replace(box, line=math.floor(min(box.width, box.height) / 2 * 10**_DIGITS) / 10**_DIGITS)
    return box


def _stretched(start: float, size: float, way: int, by: float, room: float, least: float) -> tuple[float, float]:
    """Start and size after one end was moved: `way` is -1 for the near end, 1 for the far one, 0 for none."""
    end = start + size
    if way < 0:
        start = min(max(start + by, 0.0), end - least)
    elif way > 0:
        end = max(min(end + by, room), start + least)
    return start, end - start


def _least(drawing: Drawing, *, level: bool) -> float:
    """How small the frame may be, so that none of its boxes gets smaller than a box may be."""
    frame = drawing.frame
    if frame is None:
        return LEAST
    whole = frame.width if level else frame.height
    least = 0.0
    for box in drawing.boxes:
        size = box.width if level else box.height
        own = LEAST_RULE if isinstance(box, RuleBox) else LEAST
        least = max(least, whole * min(own, size) / size)
    return least
