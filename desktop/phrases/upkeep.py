"""What is told of backups, of a restore and of the check."""

from pathlib import Path

from desktop.phrases.say import count, say
from models.fields.problem import Problem
from models.schema.records import TABLES
from models.services.check import Report

_SIZES = (("GB", 10**9), ("MB", 10**6), ("kB", 10**3))


def size_of(number: int) -> str:
    """A size as people say it: "12.4 MB"."""
    for name, size in _SIZES:
        if number >= size:
            return f"{number / size:,.1f} {name}"
    return count(number, "byte")


def backed_up(path: Path, size: int) -> str:
    """That a backup was written."""
    return f"Backed up to {path.name}, {size_of(size)}."


def restored(path: Path, kept: Path | None) -> str:
    """That a backup was put in place, and where the records are that were there before."""
    return f"The records are those of {path.name} now." + (
        f" What was here before is kept as {kept}." if kept is not None else ""
    )


def verdict(report: Report) -> str:
    """What a check found, in one line."""
    if not report.sound:
        return f"{count(report.faults, 'fault was', 'faults were')} found"
    shared = report.counts.total()
    if not shared:
        return "All is sound"
    return f"All is sound. {count(shared, 'identity is', 'identities are')} on more than one record"


def looked_at(report: Report) -> str:
    """How much a check looked at, and what to do when it found faults."""
    looked = f"{count(report.rows, 'record')} and {count(report.entries, 'change')} of their history were checked."
    if report.sound:
        return looked
    return f"{looked} Restore a backup, or send this list to whoever looks after Muster."


def finding(problem: Problem) -> str:
    """One finding as a sentence, its tables by the names that people know."""
    details = dict(problem.details)
    for key in ("table", "target"):
        if details.get(key) in TABLES:
            details[key] = TABLES[details[key]].plural
    value = TABLES[problem.value].plural if problem.value in TABLES else problem.value
    return say(Problem(problem.code, value, problem.field, problem.severity, details))
