"""What is wrong with a value or a file, as data. The sentences are the window's (desktop/phrases.py)."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Whether a problem refuses what it was found in."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    `code` is dotted, kind first ("imei.check-digit", "cell.destroyed-number"), and a key of the phrases;
    `value` is the offending text as it was met; `details` are further words for the sentence. `field` is
    the key of the field when it is known. Where it was met (row, column) is told by whoever holds it.
    """

    code: str
    value: str = ""
    field: str = ""
    severity: Severity = Severity.ERROR
    details: Mapping[str, str] = dataclasses.field(default_factory=dict)


class BadValue(ValueError):
    """A kind cannot take this value."""

    def __init__(self, code: str, value: str = "", **details: str) -> None:
        self.problem = Problem(code, value, details=details)
        super().__init__(code)


class KnownError(Exception):
    """The world's fault, to be told to the person in a sentence; never a crash report.

    `code` is a key of the phrases; `details` are words for the sentence.
    """

    def __init__(self, code: str, value: str = "", **details: str) -> None:
        self.problem = Problem(code, value, details=details)
        super().__init__(f"{code} {value} {details or ''}".strip())


class UsageError(KnownError):
    """What was asked for makes no sense as it stands (an unknown field, a query that cannot be read)."""


class InputError(KnownError):
    """A file that was given cannot be read, or is not what it should be."""


class DatabaseError(KnownError):
    """The local database cannot be opened or written."""


class HubError(KnownError):
    """The shared database cannot be reached, or refuses what was asked of it."""
