"""The command scan: codes come line by line on standard input, and each is acted on and answered at once."""

import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterator

from desktop.console.custody import meant
from desktop.console.label_run import LabelRun
from desktop.console.session import DONE, SOME_REFUSED, Session, problem_json, sentence
from desktop.phrases import count, say
from models.fields.problem import Problem, UsageError
from models.progress import Cancelled
from models.scanning.answer import Outcome
from models.scanning.modes import Mode, Taken, Target
from models.scanning.reading import LIMIT, read_scan
from models.scanning.rules import scan_rules
from models.scanning.session import ScanSession
from models.schema.records import record_type

_REFUSED = frozenset((Outcome.WRONG, Outcome.REFUSED, Outcome.UNKNOWN))
_WIDEST = max(len(outcome) for outcome in Outcome)


def describe_scan(parser: ArgumentParser) -> None:
    """The arguments of the command scan."""
    words = [mode.value for mode in Mode]
    parser.add_argument("--mode", choices=words, default=Mode.SHOW.value, help="what is done with each thing (show)")
    parser.add_argument("--to", metavar="TARGET", help="the person or the location, else the first one that is scanned")
    parser.add_argument("--printer", metavar="NAME", help="for --mode print (else the system's own)")
    parser.add_argument("--stock", metavar="NAME", help="the labels in the printer")
    parser.add_argument("--design", metavar="NAME", default="", help="the label's design (else the first that fits)")


def scan(session: Session, asked: Namespace) -> int:
    """Read codes until the input ends, and answer each with a word and a sentence."""
    printing = None
    if asked.mode == Mode.PRINT.value or asked.printer is not None or asked.stock:
        printing = LabelRun(session, asked.printer or "", asked.stock or "", asked.design, "asset")
    scans = ScanSession(session.journal, modes=[mode for mode in Mode if printing or mode is not Mode.PRINT])
    first = scans.switch(Mode(asked.mode))
    if asked.to:
        first = scans.aim(_target(session, first.mode, asked.to))
    if not session.as_json:
        session.tell(_sentence(first))
    outcomes: Counter[Outcome] = Counter()
    told: list[dict[str, object]] = []
    for taken in _taken(session, scans):
        outcomes[taken.answer.outcome] += 1
        session.show(f"{taken.answer.outcome.value:{_WIDEST}}  {_sentence(taken)}")
        sys.stdout.flush()
        if session.as_json:
            told.append(_json(taken))
        if printing is not None and taken.answer.code == "custody.to-print":
            printing.print_label(record_type(taken.records[0].word).table, taken.records[0].row)
    if printing is not None:
        printing.finish()
    session.result({"scans": told, "waiting": scans.waiting, "labels": printing.labels if printing else 0})
    if scans.waiting:
        things = count(len(scans.waiting), "thing")
        session.tell(f"{things} still waited for a badge or a place: nothing was done with them.")
    refused = sum(outcomes[each] for each in _REFUSED)
    session.tell(f"{count(outcomes.total(), 'scan')}, {refused:,} refused.")
    return SOME_REFUSED if refused or scans.waiting else DONE


def _taken(session: Session, scans: ScanSession) -> Iterator[Taken]:
    """What becomes of each line of standard input."""
    rules = scan_rules(session.settings)
    for line in scan_lines():
        if session.progress.cancelled:
            raise Cancelled
        read = read_scan(line, rules)
        if read.text:
            yield scans.take(read)


def _target(session: Session, mode: Mode, text: str) -> Target:
    """The person or place that is meant. Raises UsageError("custody.no-target", "record.none" …)."""
    if not mode.target:
        raise UsageError("custody.no-target", text, mode=mode.value)
    with session.database.reading() as connection:
        return Target.of(connection, mode.target, meant(connection, session.catalogue, mode.target, text))


def scan_lines() -> Iterator[str]:
    """The lines of standard input, each cut to what a code can hold."""
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="replace")
    while line := sys.stdin.readline(LIMIT + 2):
        rest = line
        while rest and not rest.endswith("\n"):
            rest = sys.stdin.readline(LIMIT + 2)
        yield line.rstrip("\r\n")


def _sentence(taken: Taken) -> str:
    answer = taken.answer
    return " ".join(
        [say(Problem(answer.code, answer.text, details=answer.details)), *(sentence(note) for note in taken.notes)]
    )


def _json(taken: Taken) -> dict[str, object]:
    return {
        "scanned": taken.answer.text,
        "outcome": taken.answer.outcome.value,
        "code": taken.answer.code,
        "message": _sentence(taken),
        "mode": taken.mode.value,
        "to": taken.target.name if taken.target else None,
        "records": [{"kind": each.word, "id": each.row, "name": each.label} for each in taken.records],
        "action": taken.changes.action or None,
        "notes": [problem_json(note) for note in taken.notes],
    }
