"""What becomes of a scan."""

from models.scanning.answer import Outcome

SENTENCES: dict[str, str] = {
    "scan-rule.name": "Give the rule a name.",
    "scan-rule.prefix": "A rule needs what the code begins with: 1 to {limit} characters.",
    "scan-rule.length": "The lengths of the rule “{value}” do not fit. Take 1 to {limit}, the smaller one first.",
    "scan-rule.twice": "There are two rules called “{value}”. Give each a name of its own.",
    "scan-rule.unreadable": "A rule cannot be read: {value}. Make it again.",
    "scan-rule.company-prefix": "“{value}” is not a GS1 company prefix. Enter 4 to 12 digits, or leave it empty.",
    "scanner.gap": "The time between two characters is {least} to {most} milliseconds, not {value}.",
    "scanner.least": "A code has 1 to {most} characters at least, not {value}.",
    "scanner.fixed": "“{value}” is too long. The scanner's own characters are {limit} at most.",
    "box.filled": "{field} is {value} now.",
    "box.filled-without": "{field} is {value} now, without the {prefix} in front of it.",
    "box.same": "{field} is {value} already.",
    "box.full": "{value} would be another {field}. Empty the field first if it is the right one.",
    "box.known": "{record} has {value} already. Nothing was filled in.",
    "box.no-identity": "{value} is a part number, a trade number or a count: other boxes have it too. Scan another.",
    "box.no-field": "There is no field for {value} here. Go into the field that it is for, and scan it again.",
    "box.several": "Filled in: {fields}.",
    "box.several-left": "Filled in: {fields}. {left}",
    "learn.speed": "It types a character every {usual} ms; the longest pause within a code was {most} ms.",
    "learn.end-enter": "It presses Enter after each code.",
    "learn.end-tab": "It presses Tab after each code.",
    "learn.end-eot": "It sends EOT after each code.",
    "learn.end-pause": "It presses no key after a code, so a pause ends it. Set it to press Enter if you can.",
    "learn.prefix": "It types {value} before each code. Scans are told from typing by that.",
    "learn.suffix": "It types {value} after each code, which is left out.",
    "learn.aim": "It says what sort of barcode each is (AIM identifiers). That is understood and left out.",
    "learn.letters-right": "All characters came as they are in the barcode.",
    "learn.caps": "Capitals and small letters are turned round. Switch Caps Lock off, then scan again.",
    "learn.one-case": "It changes capitals into small letters or the other way. Set it to leave the case as it is.",
    "learn.layout": (
        "The scanner types for another keyboard: {value}. Set its keyboard country to that of this computer, then scan "
        "again."
    ),
    "learn.unsteady": "It typed something else around the code each time. Scan the code again, three times.",
    "learn.slow": "It is as slow as a person types. Set it to type a prefix, such as ~, then scan again.",
    "learn.other-code": "That was not the code shown here. Scan the code shown here.",
    "scanner.tried": "{value} came, with {symbology}.",
    "camera.not-installed": (
        "The part of Qt for cameras is not here, or lacks a library of the system. Install Muster with its extra "
        "“camera”, on Linux also libpulse0, then start it again."
    ),
    "scan.dialog-open": "A window waits for an answer. Close it, then scan {value} again.",
}

WORDS = {
    Outcome.OK: "Done",
    Outcome.BEGUN: "Go on",
    Outcome.KNOWN: "Already known",
    Outcome.UNKNOWN: "Unknown",
    Outcome.WRONG: "Wrong code",
    Outcome.REFUSED: "Refused",
    Outcome.STICKS: "Kept for the next",
    Outcome.UNDONE: "Taken back",
}
"""The word of each outcome, large enough to be read while walking by."""
