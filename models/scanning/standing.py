"""What is told of a tag run: where it stands, and what it did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.scanning.things import Line


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did: `by_model` counts things by the name of their model, `unfinished` are codes of no thing yet.

    `refused` counts scans that were the wrong code or unknown, `seconds` run from the first scan to the last.
    """

    new: int
    updated: int
    known: int
    refused: int
    seconds: float
    by_model: Mapping[str, int]
    unfinished: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a run stands, for those who show it. Codes are as people read them, by field; `lines` latest last.

    `asked` is the field that a command card asked for; `wanted` are those that are still to be scanned of the thing
    whose `codes` are there. `sticky` are the values that stick, canonical, `sticky_shown` as people read them.
    `next_tag` is the tag that the next thing will be given, empty where tags are scanned or none is left.
    """

    codes: Mapping[str, str]
    wanted: Sequence[str]
    asked: str
    sticky: Mapping[str, str]
    sticky_shown: Mapping[str, str]
    lines: Sequence[Line]
    next_tag: str
    ended: bool
