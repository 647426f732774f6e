"""From a Problem to its sentence."""

from collections import ChainMap
from collections.abc import Iterable

from desktop.phrases import (
    administering,
    console,
    custody,
    devices,
    files,
    labels,
    plans,
    printers,
    program,
    scanning,
    settling,
    sharing,
    stages,
    store,
    tables,
    tagrun,
    tags,
    values,
)
from models.fields.problem import KnownError, Problem

UNKNOWN = "Something is wrong here ({code}): {value}"
_ALL: ChainMap[str, str] = ChainMap(
    *(
        room.SENTENCES
        for room in (
            values,
            devices,
            files,
            plans,
            program,
            store,
            labels,
            console,
            printers,
            scanning,
            tags,
            tagrun,
            custody,
            sharing,
            administering,
            settling,
        )
    )
)


class _Words(dict[str, str]):
    """Details of a sentence; a word that is missing is left out, so that a sentence is always said."""

    def __missing__(self, key: str) -> str:
        return "…"


def say(problem: Problem) -> str:
    """The sentence for a problem: what is wrong and what to do."""
    sentence = _ALL.get(problem.code, UNKNOWN)
    details = dict(problem.details)
    if "what" in details:  # what a file is instead of a spreadsheet
        details["what"] = tables.WORDS.get(f"what.{details['what'].removeprefix('what.')}", details["what"])
    if "sheets" in details:
        details["sheets"] = ", ".join(details["sheets"].splitlines())
    return sentence.format_map(_Words(details, value=problem.value, code=problem.code))


def why(error: KnownError) -> str:
    """The sentence for an error that is not ours."""
    return say(error.problem)


def told(problem: Problem, label: str) -> str:
    """The sentence with the field's label before it, for a list of problems."""
    return f"{label}: {say(problem)}" if label else say(problem)


def skipped(reason: str) -> str:
    """Why a row of the sheet is not a row of the table."""
    return tables.WORDS.get(f"skipped.{reason}", reason)


def stage(word: str) -> str:
    """What people read of a stage of long work."""
    return stages.STAGES.get(word, "Working")


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 row", "1,412 rows"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def within(text: str) -> str:
    """A label inside a sentence: "Serial number" is "serial number", "IMEI 2" stays."""
    return text if len(text) > 1 and not text[1].islower() else text[:1].lower() + text[1:]


def codes() -> Iterable[str]:
    """Every code that has a sentence."""
    return _ALL.keys()
