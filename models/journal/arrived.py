"""What comes from the shared database: its decisions about what was sent, and what others did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Sent:
    """An entry that was sent: where it stands in the local journal, and what it was about."""

    seq: int
    table: str
    row: str
    new: bool


@dataclass(frozen=True, slots=True)
class Decided:
    """What the shared database decided of a batch: by the place of an entry in it.

    `positions` has one for each entry, None where it was refused; `lost` the fields that did not take effect,
    `amended` the patch and base that did, `refused` a code. `stamps`: action -> the stamp it was given.
    """

    positions: Sequence[int | None]
    lost: Mapping[int, Sequence[str]] = field(default_factory=dict)
    amended: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    refused: Mapping[int, str] = field(default_factory=dict)
    stamps: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pulled:
    """An accepted entry as it was sent here; patch and base are JSON."""

    position: int
    id: str
    action: str
    table: str
    row: str
    patch: str
    base: str | None
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PulledAction:
    """A deed as it was sent here. `device_id` is empty for what the shared database did itself."""

    id: str
    title: str
    source: str | None
    author: str
    device: str
    stamp: int
    undoes: str | None
    details: str | None
    login: str | None
    device_id: str
    claim: int | None
