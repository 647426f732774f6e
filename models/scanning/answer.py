"""What becomes of a scan: told with a sound, a colour and a word, so that nobody must look at the screen."""

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """The sorts of answers. Each has a sound, a colour and a word of its own."""

    OK = "ok"
    """Done, found, recorded."""
    BEGUN = "begun"
    """A part of what is wanted: a further code of the same thing is waited for."""
    KNOWN = "known"
    """Already there, already scanned: nothing was done, nothing is wrong."""
    UNKNOWN = "unknown"
    """Nothing has this code."""
    WRONG = "wrong"
    """Not the code that was wanted: another kind, another device, a check character that does not fit."""
    REFUSED = "refused"
    """The right code, and not to be done so: a thing that is marked lost."""
    STICKS = "sticks"
    """It was taken for the next ones: a location, a model, a mode."""
    UNDONE = "undone"
    """The last one was taken back."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to one scan. `code` is a key of the phrases, which `details` fill; `text` is what was scanned."""

    outcome: Outcome
    code: str
    text: str
    details: dict[str, str]


def answer(outcome: Outcome, code: str, text: str = "", **details: str) -> Answer:
    """An answer with its details as words."""
    return Answer(outcome, code, text, details)
