"""What is selected in the table: everything that the query finds but some rows, or some rows."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QItemSelection

from desktop.grid.model import GridModel

Range = tuple[int, int]
"""First and last place, both counted in."""


@dataclass(frozen=True)
class Chosen:
    """Selected rows. `everything`: all that the query finds but `excluded`, also after it is asked anew.

    `numbers` are the local row numbers that it stands for now, in the order of the table.
    """

    word: str
    numbers: "array[int]"
    everything: bool = False
    excluded: frozenset[int] = frozenset()

    @classmethod
    def of(cls, model: GridModel, ranges: Iterable[Range]) -> "Chosen":
        """What these places of the model's vector are."""
        joined = _joined(ranges)
        numbers: array[int] = array("q")
        for first, last in joined:
            numbers.extend(model.ids[first : last + 1])
        missing = len(model.ids) - len(numbers)
        # All rows, or all but a few that were taken out by hand.
        if len(model.ids) > 1 and missing <= min(100, len(model.ids) // 2) and (missing == 0 or len(numbers) > 1000):
            gaps = frozenset(nr for first, last in _gaps(joined, len(model.ids)) for nr in model.ids[first : last + 1])
            return cls(model.word, numbers, everything=True, excluded=gaps)
        return cls(model.word, numbers)

    def __len__(self) -> int:
        return len(self.numbers)

    def places(self, ids: "array[int]") -> Iterator[Range]:
        """Where it is in a vector that was asked for anew, as ranges without gaps."""
        if self.everything:
            excluded = self.excluded
            wanted: Iterable[int] = [at for at, nr in enumerate(ids) if nr in excluded] if excluded else ()
            yield from _gaps([(at, at) for at in wanted], len(ids))
            return
        if not self.numbers:
            return
        chosen = set(self.numbers)
        yield from _joined((at, at) for at, nr in enumerate(ids) if nr in chosen)


def ranges_of(selection: QItemSelection) -> list[Range]:
    """The rows of a selection."""
    parts = (selection.at(at) for at in range(selection.count()))
    return _joined((part.top(), part.bottom()) for part in parts)


def _joined(ranges: Iterable[Range]) -> list[Range]:
    made: list[Range] = []
    for first, last in sorted(ranges):
        if made and first <= made[-1][1] + 1:
            made[-1] = (made[-1][0], max(made[-1][1], last))
        else:
            made.append((first, last))
    return made


def _gaps(ranges: list[Range], length: int) -> Iterator[Range]:
    after = 0
    for first, last in ranges:
        if first > after:
            yield after, first - 1
        after = last + 1
    if after < length:
        yield after, length - 1


def contains(ranges: list[Range], place: int) -> bool:
    """Whether the joined ranges hold that place."""
    at = bisect_left(ranges, (place + 1,)) - 1
    return at >= 0 and ranges[at][1] >= place
