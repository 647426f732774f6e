"""What is said of tag numbers, and of labels that are scanned back."""

from models.schema.choices import TAG_CHECK
from models.services.tag_overview import RangeState, SchemeState
from models.services.tag_ranges import ROLL

CHECKS = TAG_CHECK.options
"""The systems of ISO/IEC 7064 for a scheme's check characters, by the words of the field."""


def range_words(state: RangeState) -> str:
    """What a range of numbers is, and whose: "Roll: Van 2", "Set aside for this computer"."""
    holder = state.range.holder
    if state.range.use == ROLL:
        return f"Roll: {holder}" if holder else "Roll"
    return "Set aside for this computer" if state.here else f"Set aside for {holder or 'another computer'}"


def next_words(state: SchemeState) -> str:
    """The next tag of a scheme, or why there is none."""
    return state.next or ("Leased when needed" if state.leased else "used up")


SENTENCES: dict[str, str] = {
    "tag.voided": "“{value}” is void since {day}: {reason}. Use another label; this one is never given again.",
    "tag.check-character": (
        "The check character of “{value}” does not fit the scheme {scheme}: it may be mistyped. Perhaps: {near}."
    ),
    "tag.not-of-scheme": "“{value}” is no tag of the scheme {scheme}. Its tags look like {example}.",
    "tag.reused": "“{value}” was on {record}, which was deleted on {day}. Void the tag if its label is spoilt.",
    "tag.empty": "There is no tag to void. Type or scan one.",
    "tag.no-scheme": "There is no tag scheme for {value}. Add one under Tag numbers.",
    "tag.no-such-scheme": "There is no tag scheme “{value}”. There are: {known}.",
    "tag.no-such-count": "{value} tags cannot be given at once. Ask for 1 to {most}.",
    "tag.scheme-full": "The scheme {value} has no numbers left up to {last}. Add a scheme with more digits.",
    "tag.range-backwards": "The first sticker “{value}” comes after the last one, “{last}”. Swap them.",
    "tag.range-overlaps": "{value} overlaps {first} to {last} ({whose}), which is registered already.",
    "tag.range-overlaps-block": (
        "{value} overlaps {first} to {last}, which is set aside for {whose}. "
        "If none of these was given, delete that range under Tag numbers first."
    ),
    "label-check.ok": "{name} is right. {left} left.",
    "label-check.last": "{name} is right, and it was the last one.",
    "label-check.again": "{name} is checked already.",
    "label-check.now-device": "{name}: now scan the device's own barcode, {serial}.",
    "label-check.swapped": "The label {name} is on the device of {other}. Swap the labels, then scan both again.",
    "label-check.swapped-both": "The labels {name} and {other} are on each other's devices. Swap them and scan again.",
    "label-check.other-device": "“{value}” is not the serial number of {name}, which is {serial}.",
    "label-check.no-label": "“{value}” is another code of {name}, not its label. Scan the label.",
    "label-check.not-one": "{name} is none of the labels to be checked.",
    "label-check.void": "“{value}” is void since {day}: {reason}. Take that label off.",
    "label-check.part": "“{value}” is only a part of {near}: the label cannot be read whole. Print it again.",
    "label-check.unknown": "Nothing has the code “{value}”.",
    "label-check.undone": "{name} is left to be checked again.",
    "label-check.nothing-to-undo": "No label was checked here that could be taken back.",
    "label-check.nothing-left": "There are no labels to check: print some first, or choose records.",
}
