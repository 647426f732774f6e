"""What is asked to be printed, and what the queue says of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from models.fields.problem import Problem
from models.labels.designs import Design


@dataclass(frozen=True, slots=True)
class LabelFor:
    """The record that a label is for. `table` and `row` are empty where no record is stamped (a card of commands).

    `texts` maps the keys of fields to what people read of them.
    """

    table: str
    row: str
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PrintRequest:
    """Labels for some records, in their order. `start` is the first free label of the first sheet, from 1.

    `stock` is the stock's name, `symbology` takes the place of the design's own when given.
    """

    stock: str
    design: Design
    records: tuple[LabelFor, ...]
    copies: int = 1
    start: int = 1
    symbology: str = ""


class JobState(StrEnum):
    """Where a job of the queue is."""

    WAITING = "waiting"
    """To be printed, now or when it is tried again."""
    PRINTING = "printing"
    """Under way."""
    HELD = "held"
    """A person must say something first: a label may or may not have come out."""
    DONE = "done"
    """All came out."""
    CANCELLED = "cancelled"
    """What had not come out will not."""


class PieceState(StrEnum):
    """Where a piece of a job is: a label, or all sheets of it for the system's printers."""

    WAITING = "waiting"
    """Not sent, or sent in part and thrown away by the printer."""
    SENDING = "sending"
    """Being sent: after a crash nobody knows whether it came out."""
    UNSURE = "unsure"
    """Sent whole, and the printer did not say that it had it: a person must look."""
    PRINTED = "printed"
    """The printer has taken it."""
    CANCELLED = "cancelled"
    """Will not be sent."""


@dataclass(frozen=True, slots=True)
class QueuedJob:
    """A job as people see it. `labels` counts what is printed, copies too; `printed` and `unsure` are parts of it.

    `problem` says why it waits; `due` is when it is tried again, in seconds since 1970 (0: now).
    """

    id: int
    title: str
    printer: str
    made: str
    author: str
    state: JobState
    labels: int
    printed: int
    unsure: int
    attempts: int
    problem: Problem | None
    due: float
