"""An entry of the journal: one row's change, as one person made it on one device."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Patch = Mapping[str, str | None]
"""Field -> canonical text; None clears. A field that is not there is not meant."""


@dataclass(frozen=True, slots=True)
class Edit:
    """What somebody wants to be true of one row: the writer makes an entry of it.

    `new`: the row is made, under the id given. Else the row must be there; fields that have the value already
    are left out, and an edit of nothing makes no entry.
    """

    table: str
    row: str
    patch: Patch
    new: bool = False


@dataclass(frozen=True, slots=True)
class NewRows:
    """Many new rows of one table at once, by column: what an import has anyway, and the fastest way in.

    `ids` are the rows' ids; each column of `columns` has a value, or None, for each of them.
    """

    table: str
    ids: Sequence[str]
    columns: Mapping[str, Sequence[str | None]]


@dataclass(frozen=True, slots=True)
class Entry:
    """A written entry. `base` is None for a new row; `position` its place in the shared order, None until accepted.

    `lost` are its fields that did not take effect; `refused` says why the shared database did not take it at all: it
    has no effect then.
    """

    id: str
    table: str
    row: str
    patch: Patch
    base: Patch | None
    stamp: int
    position: int | None = None
    lost: frozenset[str] = frozenset()
    refused: str | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """What one action changed, for those who show it, by table; `new` of its `count` entries made rows."""

    action: str = ""
    title: str = ""
    count: int = 0
    new: int = 0
    rows: Mapping[str, frozenset[str]] = field(default_factory=dict)
    fields: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def touches(self, table: str) -> bool:
        """Whether rows of that table changed."""
        return table in self.rows
