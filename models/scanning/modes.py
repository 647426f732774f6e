"""What a scan does when nothing waits for it: the modes of the scan box, each of which stays until it is changed."""

from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import Connection

from models.fields.problem import Problem
from models.journal.entry import Changes
from models.query.called import called
from models.scanning.answer import Answer
from models.scanning.named import Named
from models.scanning.scan import Command


class Mode(StrEnum):
    """What is done with each thing that is scanned."""

    SHOW = "show"
    """Its record is shown. Nothing is written."""
    ISSUE = "issue"
    """It is issued to the person whose badge was scanned."""
    RETURN = "return"
    """It is taken back, to the location whose code was scanned, if one was."""
    MOVE = "move"
    """It is moved to the location whose code was scanned."""
    PRINT = "print"
    """Its label is printed."""
    LIST = "list"
    """It is added to the list of what was scanned."""

    @property
    def target(self) -> str:
        """The table of the records that a target of this mode may be; empty where it has none."""
        return _TARGETS.get(self, "")

    @property
    def needs_target(self) -> bool:
        """Whether things wait until the target is known."""
        return self in (Mode.ISSUE, Mode.MOVE)


_TARGETS = {Mode.ISSUE: "person", Mode.RETURN: "location", Mode.MOVE: "location"}

_MODE_OF = {
    Command.SHOW: Mode.SHOW,
    Command.ISSUE: Mode.ISSUE,
    Command.RETURN: Mode.RETURN,
    Command.MOVE: Mode.MOVE,
    Command.PRINT: Mode.PRINT,
    Command.LIST: Mode.LIST,
    Command.CUSTODIAN: Mode.ISSUE,
    Command.LOCATION: Mode.MOVE,
    Command.END: Mode.SHOW,
}


def mode_after(mode: Mode, command: Command) -> Mode | None:
    """The mode that a command barcode asks for in a mode; None for the undo, and for those that belong to a tag run."""
    if command is Command.LOCATION and mode is Mode.RETURN:
        return mode
    return _MODE_OF.get(command)


@dataclass(frozen=True, slots=True)
class Target:
    """The person or place that things go to: its table, its id and what it is called."""

    table: str
    row: str
    name: str

    @classmethod
    def of(cls, connection: Connection, table: str, row: str) -> "Target":
        """The target that a record is, by its id."""
        return cls(table, row, called(connection, table, row) or row)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a scan, and how the session stands after it.

    `records` are what it named, or what to choose from where several have the code. `notes` are warnings to tell
    besides the answer. `missing` are the ids of what is marked lost or stolen and was refused for it: a further word
    issues it anyway (`ScanSession.anyway`). `waiting` counts the things that wait for a target.
    """

    answer: Answer
    mode: Mode
    target: Target | None = None
    waiting: int = 0
    records: tuple[Named, ...] = ()
    notes: tuple[Problem, ...] = ()
    missing: tuple[str, ...] = ()
    changes: Changes = field(default_factory=Changes)
