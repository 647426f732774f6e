"""The way that a tag run came: its lines, and step by step what an undo takes back."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from models.scanning.sticking import Sticky
from models.scanning.things import Holder, Line


@dataclass(frozen=True, slots=True)
class Step:
    """What one undo takes back: a code of `key` (`holder` is what the thing had before), what stuck before, a line."""

    key: str = ""
    holder: Holder | None = None
    sticky: Sticky | None = None
    line: Line | None = None

    @property
    def action(self) -> str:
        """The action that wrote the step's line, empty where nothing was written."""
        return self.line.action if self.line is not None else ""


class Trail:
    """`written` are the lines that the journal has, `known` those of records that were there, each in their order."""

    def __init__(self, written: Iterable[Line]) -> None:
        """`written`: what the journal has of the run already."""
        self.written = list(written)
        self.known: list[Line] = []
        self._steps = [Step(line=line) for line in self.written]

    @property
    def lines(self) -> list[Line]:
        """All lines in the order of time."""
        return sorted((*self.written, *self.known), key=lambda line: line.when)

    @property
    def last(self) -> Line | None:
        """The line that came last and was not taken back."""
        return next((step.line for step in reversed(self._steps) if step.line is not None), None)

    def took(self, key: str, before: Holder | None) -> None:
        """A code of the unfinished thing was taken; `before` is the record that it had."""
        self._steps.append(Step(key, holder=before))

    def stuck(self, key: str, before: Sticky) -> None:
        """Something was made to stick."""
        self._steps.append(Step(key, sticky=before.copy()))

    def wrote(self, line: Line) -> None:
        """A thing was written."""
        self.written.append(line)
        self._steps.append(Step(line=line))

    def knew(self, line: Line) -> None:
        """A thing was there already; it stands in the list once."""
        if all(each.row != line.row for each in (*self.written, *self.known)):
            self.known.append(line)
            self._steps.append(Step(line=line))

    def finished(self) -> None:
        """No thing is unfinished any more: its codes are no steps of their own."""
        self._steps = [step for step in self._steps if step.line is not None or step.sticky is not None]

    def stuck_anew(self) -> None:
        """All that sticks was said anew: there is nothing before it to go back to."""
        self._steps = [step for step in self._steps if step.sticky is None]

    def back(self) -> Step | None:
        """The step to take back; it is gone from the trail, and so is its line."""
        if not self._steps:
            return None
        step = self._steps.pop()
        if step.line is not None:
            (self.written if step.action else self.known).remove(step.line)
        return step

    def stays(self, step: Step) -> None:
        """The step could not be taken back."""
        self._steps.append(step)
        if step.line is not None:
            self.written.append(step.line)

    def look_again(self, written: Iterable[Line]) -> None:
        """The journal has these lines now: somebody else took some back, or did them again."""
        self.written = list(written)
        standing = {line.action: line for line in self.written}
        kept = [step for step in self._steps if not step.action or step.action in standing]
        self._steps = [replace(step, line=standing.pop(step.action, step.line)) for step in kept]
        self._steps += [Step(line=line) for line in standing.values()]
