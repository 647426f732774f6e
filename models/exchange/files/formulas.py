"""Text that a spreadsheet program would run as a formula: how it is told, and how it is disarmed in a text file.

A program takes a cell for a formula that begins with = + - or @, their full-width forms included, and some take blanks,
tabs and line ends before it for nothing (DDE: `=cmd|' /C calc'!A0`). In a workbook such text is a text cell and needs
nothing more. In a text file it gets an apostrophe in front, which reading the file takes off again.
"""

import re

_SIGN = r"[\s\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]"
#: A text that a spreadsheet program would calculate if somebody typed it.
FORMULA = re.compile(_SIGN)
#: A text that was guarded by `guard`, or would look so.
GUARDED = re.compile(f"'+(?:{_SIGN})")
#: Signs and digits calculate nothing: -5, +1 555 010 0199, and the dash that people write for nothing.
_HARMLESS = re.compile(r"[+\-][\d\s.,()/\-]*", re.ASCII)


def guard(text: str) -> str:
    """The text with an apostrophe in front if a spreadsheet program would take it for a formula."""
    if GUARDED.match(text) or (FORMULA.match(text) and not _HARMLESS.fullmatch(text)):
        return f"'{text}"
    return text


def unguarded(text: str) -> str:
    """The text without the apostrophe that `guard` put in front."""
    return text[1:] if GUARDED.match(text) else text
