"""What a ZPL printer answers: its status (~HS) and what it is (~HI). Source: the ZPL II guide, docs.zebra.com.

Some firmware answers nothing while its media or ribbon is out, its head is open or too hot.
"""

import re
from dataclasses import dataclass

from models.fields.problem import Problem

STATUS, IDENTITY, DROP_PARTIAL = b"~HS", b"~HI", b"~JX"
"""Asks for the status; for model and resolution; lets go of a format that was begun and not ended, and of no other."""
STATUS_STRINGS, IDENTITY_STRINGS = 3, 1
"""How many strings the answers have."""
LONGEST = 1024
"""Bytes of an answer that are looked at."""

_STRING = re.compile(rb"\x02([^\x02\x03]*)\x03")
_MM_PER_INCH = 25.4
#: Dots per millimetre as printers round them, and their true dots per inch.
_DPI = {6: 152, 8: 203, 12: 300, 24: 600}


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    """What a printer says of itself. `formats` wait in its buffer, `labels` of the one under way are not out yet."""

    paper_out: bool
    paused: bool
    head_open: bool
    ribbon_out: bool
    buffer_full: bool
    partial: bool
    too_cold: bool
    too_hot: bool
    formats: int
    labels: int

    def problem(self, printer: str) -> Problem | None:
        """Why it would not print now."""
        for wrong, code in (
            (self.head_open, "printer.head-open"),
            (self.paper_out, "printer.paper-out"),
            (self.ribbon_out, "printer.ribbon-out"),
            (self.too_hot, "printer.too-hot"),
            (self.buffer_full, "printer.buffer-full"),
            (self.paused, "printer.paused"),
        ):
            if wrong:
                return Problem(code, printer)
        return None


@dataclass(frozen=True, slots=True)
class PrinterIdentity:
    """What a printer is. `dpi` is 0 where it does not say so."""

    model: str
    firmware: str
    dpi: int


def parse_status(answer: bytes) -> PrinterStatus | None:
    """The three strings of ~HS; None where this is anything else."""
    strings = [_fields(string) for string in _STRING.findall(answer[:LONGEST])]
    if len(strings) != STATUS_STRINGS or len(strings[0]) < 12 or len(strings[1]) < 11 or len(strings[2]) < 2:
        return None
    first, second = strings[0], strings[1]
    if not all(number.isascii() and number.isdigit() for number in (*first[:12], *second[:11])):
        return None
    flags, heads = [number.strip("0") != "" for number in first], [number.strip("0") != "" for number in second]
    return PrinterStatus(
        paper_out=flags[1],
        paused=flags[2],
        head_open=heads[2],
        ribbon_out=heads[3],
        buffer_full=flags[5],
        partial=flags[7],
        too_cold=flags[10],
        too_hot=flags[11],
        formats=int(first[4]),
        labels=int(second[8]),
    )


def parse_identity(answer: bytes) -> PrinterIdentity | None:
    """The string of ~HI: model, version, dots per millimetre, memory and options; None where this is anything else."""
    found = _STRING.search(answer[:LONGEST])
    fields = _fields(found[1]) if found else []
    if len(fields) < 3 or not fields[0]:
        return None
    per_mm = int(fields[2]) if fields[2].isascii() and fields[2].isdigit() and len(fields[2]) <= 2 else 0
    return PrinterIdentity(fields[0], fields[1], _DPI.get(per_mm, round(per_mm * _MM_PER_INCH)))


def _fields(string: bytes) -> list[str]:
    text = "".join(c if c.isprintable() else " " for c in string.decode("ascii", "replace"))
    return [field.strip() for field in text.split(",")]
