"""Commands about who has what and where it is: issue, return, move."""

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from desktop.console.session import DONE, SOME_REFUSED, Session, problem_json, sentence
from desktop.phrases import count
from models.fields.problem import Problem, UsageError
from models.scanning.named import named
from models.scanning.scan import Scan
from models.schema.catalogue import Catalogue
from models.schema.records import ASSET_KINDS
from models.services.custody import Act, Custody, Fate, issue_assets, move_assets, return_assets
from models.services.registry import find_record


def describe_issue(parser: ArgumentParser) -> None:
    """The arguments of the command issue."""
    _things(parser)
    parser.add_argument("--to", metavar="PERSON", required=True, help="their name, badge, e-mail, user name …")
    parser.add_argument("--anyway", action="store_true", help="also what is marked lost or stolen")


def describe_return(parser: ArgumentParser) -> None:
    """The arguments of the command return."""
    _things(parser)
    parser.add_argument("--to", metavar="LOCATION", help="where they are put (else they stay where they are)")


def describe_move(parser: ArgumentParser) -> None:
    """The arguments of the command move."""
    _things(parser)
    parser.add_argument("--to", metavar="LOCATION", required=True, help="its name, code, or the way to it")


def issue(session: Session, asked: Namespace) -> int:
    """Issue assets to a person."""
    named = _named(session, asked.tags, "person", asked.to)
    return _report(session, named, issue_assets(session.journal, named.rows, named.target, anyway=asked.anyway))


def give_back(session: Session, asked: Namespace) -> int:
    """Take assets back."""
    named = _named(session, asked.tags, "location", asked.to)
    return _report(session, named, return_assets(session.journal, named.rows, named.target or None))


def move(session: Session, asked: Namespace) -> int:
    """Move assets to a location."""
    named = _named(session, asked.tags, "location", asked.to)
    return _report(session, named, move_assets(session.journal, named.rows, named.target))


@dataclass(frozen=True, slots=True)
class _Named:
    """The ids of what was named, of the target ("" without one), and what nothing or too much has as its name."""

    rows: tuple[str, ...]
    target: str
    unknown: tuple[Problem, ...]


def _things(parser: ArgumentParser) -> None:
    parser.add_argument("tags", metavar="TAG", nargs="+", help="an asset's tag, serial number, unit ID, IMEI …")


def _named(session: Session, tags: Sequence[str], word: str, target: str | None) -> _Named:
    catalogue = session.catalogue
    unknown: list[Problem] = []
    with session.database.reading() as connection:
        to = meant(connection, catalogue, word, target) if target else ""
        rows = tuple(row for tag in tags if (row := _row(connection, catalogue, tag, unknown)))
    return _Named(rows, to, tuple(unknown))


def _row(connection: Connection, catalogue: Catalogue, tag: str, unknown: list[Problem]) -> str | None:
    try:
        return meant(connection, catalogue, "asset", tag)
    except UsageError as error:
        unknown.append(error.problem)
        return None


def meant(connection: Connection, catalogue: Catalogue, word: str, text: str) -> str:
    """The id of the record that people mean by a name or by any code that a scanner may read of it.

    Raises UsageError("record.none", "record.several").
    """
    try:
        return find_record(connection, catalogue, word, text).id
    except UsageError as error:
        words = ASSET_KINDS if word == "asset" else (word,)
        coded = named(connection, catalogue, Scan(text, text, readings=(text,)), words)
        if error.problem.code != "record.none" or len(coded) != 1:
            raise
        return coded[0].row


def _report(session: Session, named: _Named, custody: Custody) -> int:
    told = (*custody.notes, *(note for act in custody.acts for note in act.notes), *named.unknown)
    session.tell(*map(sentence, told))
    refused = custody.of(Fate.REFUSED)
    session.result(
        {
            "action": custody.changes.action or None,
            "title": custody.changes.title if custody.changes.count else None,
            "to": custody.target or None,
            "assets": [_json(act) for act in custody.acts],
            "unknown": [{"record": problem.value, **problem_json(problem)} for problem in named.unknown],
            "warnings": [problem_json(note) for note in custody.notes],
        }
    )
    done = len(custody.of(Fate.DONE))
    left = f"; {count(len(refused) + len(named.unknown), 'asset')} not" if refused or named.unknown else ""
    session.tell(f"{custody.changes.title}: done{left}." if done else "Nothing was changed.")
    return SOME_REFUSED if refused or named.unknown else DONE


def _json(act: Act) -> dict[str, object]:
    return {
        "id": act.row,
        "name": act.name,
        "result": act.fate.value,
        "before": act.before or None,
        "notes": [problem_json(note) for note in act.notes],
    }
