"""The command code: how a scanned code is read, and what it names."""

from argparse import ArgumentParser, Namespace

from desktop.console.session import DONE, Session, problem_json, sentence
from desktop.phrases import count
from models.scanning.named import Named, named
from models.scanning.reading import read_scan
from models.scanning.rules import scan_rules
from models.scanning.scan import Scan
from models.schema.records import RECORDS
from models.services.tags import tag_problem


def describe_code(parser: ArgumentParser) -> None:
    """The arguments of the command code."""
    parser.add_argument("text", metavar="TEXT", help="what a scanner sends; <GS> stands for the separator FNC1")


def read_code(session: Session, asked: Namespace) -> int:
    """Read a code and tell what it names."""
    scan = read_scan(asked.text, scan_rules(session.settings))
    with session.database.reading() as connection:
        found = named(connection, session.catalogue, scan)
        problem = tag_problem(connection, scan.text) if scan.text and scan.command is None else None
    session.result(
        {
            "text": scan.text,
            "symbology": scan.symbology,
            "command": scan.command.value if scan.command else None,
            "readings": list(scan.readings),
            "elements": [{"ai": each.ai, "title": each.title, "value": each.value} for each in scan.elements],
            "records": [
                {"kind": each.word, "id": each.row, "name": each.label, "field": each.field, "reading": each.reading}
                for each in found
            ],
            "problem": problem_json(problem) if problem else None,
        }
    )
    _show(session, scan, found)
    if problem is not None:
        session.tell(sentence(problem))
    if scan.command is None:
        session.tell(f"{count(len(found), 'record')} named." if found else "Nothing has this code.")
    return DONE


def _show(session: Session, scan: Scan, found: list[Named]) -> None:
    session.show(f"Code: {scan.text}")
    if scan.symbology:
        session.show(f"Symbology: {scan.symbology}")
    if scan.command is not None:
        session.show(f"Command: {scan.command.value}")
    for element in scan.elements:
        session.show(f"({element.ai}) {element.title}: {element.value}")
    if len(scan.readings) > 1:
        session.show(f"Also looked up as: {', '.join(scan.readings[1:])}")
    for each in found:
        kind = RECORDS[each.word]
        label = next(field.label for field in kind.fields if field.key == each.field)
        session.show(f"{kind.label} {each.label}: {label} {each.reading}")
