"""The command that checks printed labels: scans come line by line, as a scanner types them."""

import datetime as dt
import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from itertools import groupby

from desktop.console.rows import find_numbers
from desktop.console.session import DONE, SOME_REFUSED, Session
from desktop.phrases import count, say
from desktop.phrases.scanning import WORDS
from models.fields.problem import Problem
from models.journal.undo import undo
from models.scanning.answer import Answer
from models.scanning.check_list import Checkable, chosen_to_check, stamp_check, to_check
from models.scanning.checking import Checked, CheckSession
from models.scanning.reading import read_scan
from models.scanning.rules import scan_rules
from models.scanning.scan import Command


def describe_check_labels(parser: ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("--query", metavar="TEXT", help="the labels of assets that it finds, printed here or not")
    parser.add_argument(
        "--device", action="store_true", help="after each label the serial number on the device is scanned, too"
    )


def check_labels(session: Session, asked: Namespace) -> int:
    """Check labels by what comes on standard input, one scan a line, until it ends or MUSTER END is scanned."""
    with session.database.reading() as connection:
        if asked.query is None:
            records = to_check(connection)
        else:
            found = find_numbers(connection, session.catalogue, "asset", asked.query)
            records = [each for _, numbers in found for each in chosen_to_check(connection, "asset", numbers)]
    if not records:
        session.tell(say(Problem("label-check.nothing-left")))
    checks = CheckSession(records, with_device=asked.device)
    outcomes = _scans(session, checks) if records else Counter()
    left = checks.left
    session.result(
        {
            "checked": [_json(each) for each in checks.checked],
            "left": [_json(each) for each in left],
            "scans": dict(outcomes),
        }
    )
    for place, group in groupby(left, key=lambda each: each.place):
        session.show("", place or "Without a place", *(f"  {each.name}" for each in group))
    session.tell(f"{count(len(checks.checked), 'label')} checked, {len(left):,} left.")
    return SOME_REFUSED if left else DONE


def _scans(session: Session, checks: CheckSession) -> Counter[str]:
    """Answer each scan with a word and a sentence; how many had which outcome."""
    rules, outcomes = scan_rules(session.settings), Counter[str]()
    stamped: list[tuple[str, str]] = []
    for line in sys.stdin:
        scan = read_scan(line.rstrip("\r\n"), rules)
        if not scan.text:
            continue
        if scan.command is Command.END:
            break
        if scan.command is Command.UNDO:
            told = _take_back(session, checks, stamped)
        else:
            with session.database.reading() as connection:
                told = checks.take(connection, session.catalogue, scan)
        if told.record is not None:
            changes = stamp_check(session.journal, told.record, dt.datetime.now(dt.UTC))
            stamped.append((told.record.row, changes.action))
        outcomes[told.answer.outcome.value] += 1
        session.show(f"{WORDS[told.answer.outcome]}: {_sentence(told.answer)}")
    return outcomes


def _take_back(session: Session, checks: CheckSession, stamped: list[tuple[str, str]]) -> Checked:
    if not stamped:
        return Checked(checks.nothing_to_undo())
    row, action = stamped.pop()
    undo(session.journal, action)
    return Checked(checks.unmark(row))


def _sentence(answer: Answer) -> str:
    return say(Problem(answer.code, answer.text, details=answer.details))


def _json(record: Checkable) -> dict[str, str]:
    return {"id": record.row, "code": record.code, "name": record.called, "place": record.place}
