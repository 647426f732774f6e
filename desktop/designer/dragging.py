"""What a drag of the mouse makes of a drawing: moving, sizing, or choosing with a band."""

from dataclasses import dataclass, field

from models.labels.boxes import Box
from models.labels.editing import Drawing, Handle, boxes_within, choose, move, resize
from models.labels.snapping import Guide, Snap, snap_move, snap_resize


@dataclass
class Drag:
    """Began at `start` (millimetres) over `base`. With a `handle` it sizes, as a `band` it chooses, else it moves.

    `far`: the mouse has left the place where it was pressed; before that nothing is dragged.
    """

    start: tuple[float, float]
    base: Drawing
    handle: Handle | None = None
    band: bool = False
    far: bool = False
    guides: tuple[Guide, ...] = ()
    area: Box | None = field(default=None, init=False)

    @property
    def words(self) -> str:
        """What it is called when it is taken back."""
        return "resize" if self.handle else "move"

    def to(self, x: float, y: float, reach: float, *, snapping: bool) -> Drawing:
        """The drawing with the mouse at this point. `reach`: how near a line must be to be snapped to."""
        dx, dy = x - self.start[0], y - self.start[1]
        if self.band:
            self.area = Box(min(x, self.start[0]), min(y, self.start[1]), abs(dx), abs(dy))
            found = boxes_within(self.base.design, self.area)
            return choose(self.base, (*self.base.chosen, *found))
        snap = Snap(dx, dy)
        if snapping and self.handle:
            snap = snap_resize(self.base, self.handle, dx, dy, reach)
        elif snapping:
            snap = snap_move(self.base, dx, dy, reach)
        self.guides = snap.guides
        if self.handle:
            return resize(self.base, self.handle, snap.dx, snap.dy)
        return move(self.base, snap.dx, snap.dy)
