"""The way back in the designer: each step with its words."""

from dataclasses import dataclass

from models.labels.editing import Drawing

_MOST = 500
"""Steps that are kept; more than anybody takes back."""


@dataclass(frozen=True, slots=True)
class _Step:
    before: Drawing
    after: Drawing
    words: str
    joins: str


class History:
    """`now` is the drawing as it stands. Choosing boxes is no step, but comes back with the step that follows it."""

    def __init__(self, drawing: Drawing) -> None:
        self.now = drawing
        self._kept = drawing.design
        self._done: list[_Step] = []
        self._undone: list[_Step] = []

    @property
    def undo_words(self) -> str:
        """What `undo` would take back ("move"); empty for nothing."""
        return self._done[-1].words if self._done else ""

    @property
    def redo_words(self) -> str:
        """What `redo` would do again; empty for nothing."""
        return self._undone[-1].words if self._undone else ""

    @property
    def changed(self) -> bool:
        """The design is not the one that was kept last."""
        return self.now.design != self._kept

    def choose(self, drawing: Drawing) -> None:
        """Other boxes of the same design are chosen now."""
        self.now = drawing

    def do(self, drawing: Drawing, words: str, joins: str = "") -> bool:
        """Take a step; whether it changed the design. Steps in a row with the same `joins` are one (nudging)."""
        if drawing.design == self.now.design:
            self.now = drawing
            return False
        last = self._done[-1] if self._done else None
        before = self.now
        if joins and last is not None and last.joins == joins and not self._undone and last.after == self.now:
            before = self._done.pop().before
        self._done.append(_Step(before, drawing, words, joins))
        del self._done[:-_MOST]
        self._undone.clear()
        self.now = drawing
        return True

    def undo(self) -> None:
        """Take the last step back; nothing when there is none."""
        if self._done:
            step = self._done.pop()
            self._undone.append(step)
            self.now = step.before

    def redo(self) -> None:
        """Do what was taken back again; nothing when there is none."""
        if self._undone:
            step = self._undone.pop()
            self._done.append(step)
            self.now = step.after

    def kept(self) -> None:
        """The design as it stands was kept."""
        self._kept = self.now.design
