"""What the modes of the scan box are called, and what they say while they wait."""

from models.scanning.modes import Mode, Target

TITLES = {
    Mode.SHOW: "Show",
    Mode.ISSUE: "Issue",
    Mode.RETURN: "Return",
    Mode.MOVE: "Move",
    Mode.PRINT: "Print labels",
    Mode.LIST: "Add to list",
}
"""The mode in one or two words."""

ABOUT = {
    Mode.SHOW: "Show what is scanned",
    Mode.ISSUE: "Issue what is scanned",
    Mode.RETURN: "Take back what is scanned",
    Mode.MOVE: "Move what is scanned",
    Mode.PRINT: "Print labels of what is scanned",
    Mode.LIST: "Add what is scanned to the list",
}
"""The mode as a command."""

HINTS = {
    Mode.SHOW: "Scan or search everything",
    Mode.ISSUE: "Scan or type a code to issue it",
    Mode.RETURN: "Scan or type a code to return it",
    Mode.MOVE: "Scan or type a code to move it",
    Mode.PRINT: "Scan or type a code to print its label",
    Mode.LIST: "Scan or type a code to list it",
}
"""What stands in the empty scan box."""

REST = {
    Mode.ISSUE: "Scan things. Each is issued at once.",
    Mode.RETURN: "Scan things. Each is taken back at once. The code of a place puts them there.",
    Mode.MOVE: "Scan things. Each is moved at once.",
    Mode.PRINT: "Scan things, places or badges. The label of each is printed at once.",
    Mode.LIST: "Scan anything. Each record is on the list once.",
}
"""What may be scanned now."""

AIM = {
    "person": "Scan the badge of a person, or things first.",
    "location": "Scan the code of a place, or things first.",
}
"""What is wanted while a target is needed."""

CHOOSE = {
    Mode.ISSUE: "Choose a person…",
    Mode.RETURN: "Choose a place…",
    Mode.MOVE: "Choose a place…",
    Mode.PRINT: "Choose a printer…",
}
"""The words on the button that asks for what a mode acts with."""


def mode_words(mode: Mode, target: Target | None) -> str:
    """The mode with its target: "Issue to T. Nakagawa"."""
    return f"{TITLES[mode]} to {target.name}" if target is not None else TITLES[mode]


def rest_words(mode: Mode, target: Target | None) -> str:
    """What may be scanned now."""
    return AIM[mode.target] if mode.needs_target and target is None else REST.get(mode, "")
