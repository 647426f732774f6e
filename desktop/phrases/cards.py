"""What is said on command cards."""

from collections.abc import Iterable

from models.labels.cards import Card
from models.scanning.scan import Command

_CARDS = {
    Command.UNDO: ("Undo", "Takes back what the last scan did."),
    Command.NEXT: ("Next", "This thing has no more codes: keep it, go on."),
    Command.MODEL: ("Set model", "The model scanned next sticks."),
    Command.LOCATION: ("Set location", "The place scanned next sticks."),
    Command.CUSTODIAN: ("Set custodian", "The person scanned next sticks."),
    Command.PURCHASE: ("Set purchase order", "The number scanned next sticks."),
    Command.PRINT: ("Print", "Prints the last label; in the scan box: what is scanned."),
    Command.SHOW: ("Show", "Scan box: from now on show what is scanned."),
    Command.ISSUE: ("Issue", "Scan box: from now on issue to the badge scanned."),
    Command.RETURN: ("Return", "Scan box: from now on take back what is scanned."),
    Command.MOVE: ("Move here", "Scan box: from now on move to the place scanned."),
    Command.LIST: ("Add to list", "Scan box: from now on add to the list."),
    Command.END: ("End", "The run is over: shows what was done."),
}
ABOUT = {
    "location": "Place: scan it, and it sticks.",
    "person": "Person: scan it, and it sticks.",
    "model": "Model: scan it, and it sticks.",
}
"""What the card of a record does, by kind."""


def command_cards(commands: Iterable[Command] = Command) -> list[Card]:
    """The cards of the commands."""
    return [Card(command.code, *_CARDS[command]) for command in commands]
