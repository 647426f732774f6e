"""Learning a scanner: what it does with a code that is known, scanned a few times."""

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from models.fields.problem import Problem, Severity
from models.scanning.scanner import SLOWEST, End, Scanner, shown

EXPECTED = "Yz-Qa/42_mW"
"""The code to scan: letters that other keyboards have elsewhere, in both cases, digits, and marks that layouts move."""
TRIALS = 3
_USUAL_GAP = 35
_PEOPLE = 60
"""Milliseconds between two keys of fast typing. A scanner that is as slow needs a prefix to be told from a person."""
_AIM = re.compile(r"\][A-Za-z][0-9A-Za-z]\Z")
_ENDS = {"\r": End.ENTER, "\n": End.ENTER, "\t": End.TAB, "\x04": End.EOT}
_LEAST_ALIKE = 4
"""So many characters of the code must come unchanged before others count as moved by a layout."""


class Stroke(NamedTuple):
    """A key: the text that it made, and when, in milliseconds."""

    text: str
    at: float


@dataclass(frozen=True, slots=True)
class Heard:
    """One scan, taken apart. `changed`: pairs of a character of the code and what came in its place."""

    prefix: str
    suffix: str
    end: End
    aim: bool
    changed: tuple[tuple[str, str], ...]
    caps: bool


@dataclass(frozen=True, slots=True)
class Learnt:
    """What is proposed. `findings` say in words what was found; with an error among them it is no use to keep it."""

    scanner: Scanner
    findings: tuple[Problem, ...]

    @property
    def sound(self) -> bool:
        """Whether codes will come as they are."""
        return all(each.severity is not Severity.ERROR for each in self.findings)


def hear(strokes: Sequence[Stroke]) -> Heard | None:
    """One scan of the code, taken apart; None where this was something else."""
    text = "".join(stroke.text for stroke in strokes)
    pairs: tuple[tuple[str, str], ...] = ()
    at = text.find(EXPECTED)
    caps = at < 0 and EXPECTED.swapcase() in text
    if caps:
        at = text.find(EXPECTED.swapcase())
    elif at < 0:
        at, pairs = _altered(text)
    if at < 0:
        return None
    before, after = text[:at], text[at + len(EXPECTED) :]
    aim = bool(_AIM.search(before))
    end = next((_ENDS[each] for each in reversed(after) if each in _ENDS), End.PAUSE)
    return Heard(before[:-3] if aim else before, after.rstrip("\r\n\t\x04"), end, aim, pairs, caps)


def learn(trials: Sequence[Sequence[Stroke]]) -> Learnt | None:
    """What several scans of the code tell together; None where one of them was something else."""
    heard = [hear(strokes) for strokes in trials]
    known = [each for each in heard if each is not None]
    if not known or len(known) < len(heard):
        return None
    first = known[0]
    gaps = [later.at - sooner.at for strokes in trials for sooner, later in pairwise(strokes)]
    most = max(gaps, default=0.0)
    gap = int(min(SLOWEST, max(_USUAL_GAP, most * 1.5 + 5)))
    steady = all((each.prefix, each.suffix, each.end) == (first.prefix, first.suffix, first.end) for each in known)
    scanner = Scanner(True, first.prefix, first.suffix, first.end, gap) if steady else Scanner(gap=gap)
    findings = [Problem("learn.speed", details=_speed(gaps, most), severity=Severity.WARNING)]
    findings += _about(first, scanner) if steady else [_error("learn.unsteady")]
    if most > _PEOPLE and not scanner.prefix:
        findings.append(_error("learn.slow"))
    findings += _letters(known)
    return Learnt(scanner, tuple(findings))


def _altered(text: str) -> tuple[int, tuple[tuple[str, str], ...]]:
    """Where the code stands in the text with some characters in the place of others, and which; -1 for nowhere."""
    best: tuple[int, int, tuple[tuple[str, str], ...]] = (0, -1, ())
    for at in range(len(text) - len(EXPECTED) + 1):
        part = text[at : at + len(EXPECTED)]
        pairs = tuple((want, got) for want, got in zip(EXPECTED, part, strict=True) if want != got)
        alike = len(EXPECTED) - len(pairs)
        if part.isprintable() and alike > best[0]:
            best = alike, at, pairs
    return (best[1], best[2]) if best[0] >= _LEAST_ALIKE else (-1, ())


def _speed(gaps: Sequence[float], most: float) -> dict[str, str]:
    usual = statistics.median(gaps) if gaps else 0.0
    return {"usual": f"{usual:.0f}", "most": f"{most:.0f}"}


def _about(heard: Heard, scanner: Scanner) -> list[Problem]:
    found = [Problem(f"learn.end-{scanner.end.value}", severity=Severity.WARNING)]
    if heard.prefix:
        found.append(Problem("learn.prefix", shown(heard.prefix), severity=Severity.WARNING))
    if heard.suffix:
        found.append(Problem("learn.suffix", shown(heard.suffix), severity=Severity.WARNING))
    if heard.aim:
        found.append(Problem("learn.aim", severity=Severity.WARNING))
    return found


def _letters(known: Sequence[Heard]) -> list[Problem]:
    """What became of the characters of the code itself."""
    if any(each.caps for each in known):
        return [_error("learn.caps")]
    pairs = dict.fromkeys(pair for each in known for pair in each.changed)
    if not pairs:
        return [Problem("learn.letters-right", severity=Severity.WARNING)]
    if all(got == want.swapcase() for want, got in pairs):
        return [_error("learn.one-case")]
    return [_error("learn.layout", ", ".join(f"{want} as {got}" for want, got in pairs))]


def _error(code: str, value: str = "") -> Problem:
    return Problem(code, value)
