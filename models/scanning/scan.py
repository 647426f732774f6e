"""A scan as data: the text that came, what it is read as, and the command that it may be."""

from dataclasses import dataclass
from enum import StrEnum

_LEAD = "MUSTER "
"""Command barcodes begin with it. Capitals and a space: alike on all layouts that a scanner may take ours for."""


class Command(StrEnum):
    """What a command barcode tells Muster to do; the value is the word in the barcode."""

    UNDO = "UNDO"
    """Take back what the last scan did."""
    NEXT = "NEXT"
    """This thing has no more codes: keep it and go on to the next."""
    MODEL = "MODEL"
    """The next scan names the model that sticks."""
    LOCATION = "LOCATION"
    """The next scan names the location that sticks, or to which things are moved."""
    CUSTODIAN = "CUSTODIAN"
    """The next scan names the person who holds the things."""
    PURCHASE = "PURCHASE"
    """The next scan is the purchase order's number that sticks."""
    PRINT = "PRINT"
    """Print the label of the last thing; in the scan box: print what is scanned from now on."""
    SHOW = "SHOW"
    """From now on show what is scanned."""
    ISSUE = "ISSUE"
    """From now on issue what is scanned, to the person whose badge is scanned."""
    RETURN = "RETURN"
    """From now on take back what is scanned."""
    MOVE = "MOVE"
    """From now on move what is scanned, to the location that is scanned."""
    LIST = "LIST"
    """From now on add what is scanned to the list."""
    END = "END"
    """The run is over: show its summary."""

    @property
    def code(self) -> str:
        """The text of its barcode."""
        return _LEAD + self.value


def command_of(text: str) -> Command | None:
    """The command that a scanned text is; None for all other texts. In any case: a caps lock may turn it round."""
    word = " ".join(text.upper().split())
    return next((command for command in Command if command.code == word), None)


@dataclass(frozen=True, slots=True)
class Element:
    """One part of a GS1 element string: `ai` is its application identifier ("8004"), `title` GS1's short name of it."""

    ai: str
    value: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Scan:
    """What came from a scanner.

    `raw` is what it sent, without the scanner's own prefix and suffix. `text` is the code itself: without an AIM
    identifier, surrounding blanks and control characters. `symbology` is what the AIM identifier says ("Code 128"),
    empty without one. `readings` are the texts to look records up by, best first: `text`, then what vendors' prefixes
    leave of it, then the telling parts of an element string. `command` is set for a command barcode.
    """

    raw: str
    text: str
    symbology: str = ""
    readings: tuple[str, ...] = ()
    elements: tuple[Element, ...] = ()
    command: Command | None = None
