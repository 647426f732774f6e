"""The command for tag numbers: schemes, the next numbers, rolls, void tags."""

from argparse import ArgumentParser, Namespace

from desktop.console.session import DONE, MISUSED, SOME_REFUSED, Session, labelled, problem_json, sentence
from desktop.phrases import count
from desktop.phrases.tags import CHECKS, next_words, range_words
from models.fields.problem import Severity
from models.journal.entry import Changes
from models.schema.records import ASSET_KINDS, RECORDS
from models.services.registry import BadFields, create_record, find_record
from models.services.tag_overview import RangeState, SchemeState, overview, tag_state
from models.services.tag_ranges import register_roll
from models.services.tags import next_tags, tag_problem, void_tag


def describe_tags(parser: ArgumentParser) -> None:
    """The arguments of the command."""
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--add", metavar="NAME", help="add a scheme of that name")
    what.add_argument("--next", metavar="KIND", choices=ASSET_KINDS, help="take the next tags for that kind of asset")
    what.add_argument(
        "--roll", metavar=("SCHEME", "FIRST", "LAST"), nargs=3, help="register a pre-printed roll by its end stickers"
    )
    what.add_argument("--void", metavar="TAG", help="never give that tag again; its record loses it")
    parser.add_argument(
        "--check",
        metavar="TAG",
        help=f"tell whose that tag is and whether it is void; with --add: its check character, {', '.join(CHECKS)}",
    )
    parser.add_argument("--prefix", metavar="TEXT", default="", help="with --add: what its tags begin with")
    parser.add_argument("--width", metavar="N", default="6", help="with --add: so many digits (6)")
    parser.add_argument("--first", metavar="N", default="1", help="with --add: the first number (1)")
    parser.add_argument("--for", dest="kind", metavar="KIND", choices=ASSET_KINDS, help="with --add: only that kind")
    parser.add_argument("--department", metavar="NAME", default="", help="with --add and --next: that department")
    parser.add_argument("--count", metavar="N", type=int, default=1, help="with --next: so many (1)")
    parser.add_argument("--at", metavar="PLACE", default="", help="with --roll: where the roll is")
    parser.add_argument("--reason", metavar="TEXT", default="", help="with --void: why")


def tags(session: Session, asked: Namespace) -> int:
    """What was asked for; without anything the list of schemes and ranges."""
    if asked.add is not None:
        return _add(session, asked)
    if asked.next is not None:
        return _next(session, asked)
    if asked.roll is not None:
        scheme, first, last = asked.roll
        return _done(session, register_roll(session.journal, scheme, first, last, asked.at))
    if asked.void is not None:
        return _done(session, void_tag(session.journal, asked.void, asked.reason))
    return _list(session) if asked.check is None else _check(session, asked.check)


def _add(session: Session, asked: Namespace) -> int:
    texts = {
        "name": asked.add,
        "prefix": asked.prefix,
        "width": asked.width,
        "check_character": asked.check or "none",
        "first": asked.first,
        "record": asked.kind or "",
        "department": asked.department,
    }
    try:
        done = create_record(session.journal, "tag_scheme", texts, session.settings)
    except BadFields as error:
        session.tell(*(labelled(session.catalogue, "tag_scheme", problem) for problem in error.problems))
        return MISUSED
    with session.database.reading() as connection:
        state = next(each for each in overview(connection).schemes if each.scheme.id == done.row)
    session.result(_scheme_json(state) | {"action": done.changes.action})
    begin = f"begin with {state.next}" if state.next else "are leased from the shared database when one is asked for"
    session.tell(f"Tags of {state.scheme.name} {begin}.")
    return DONE


def _next(session: Session, asked: Namespace) -> int:
    department = None
    if asked.department:
        with session.database.reading() as connection:
            department = find_record(connection, session.catalogue, "department", asked.department).id
    taken = next_tags(session.journal, asked.next, department, asked.count)
    session.show(*taken)
    session.result({"tags": taken})
    return DONE


def _done(session: Session, changes: Changes) -> int:
    session.result({"action": changes.action, "records": sorted(changes.rows.get("asset", ()))})
    session.tell(f"{changes.title}: done.")
    return DONE


def _check(session: Session, tag: str) -> int:
    with session.database.reading() as connection:
        problem, state = tag_problem(connection, tag), tag_state(connection, tag)
    void = problem is not None and problem.code == "tag.voided"
    session.result(
        {
            "tag": tag,
            "scheme": state.scheme or None,
            "roll": state.roll or None,
            "record": {"id": state.row, "name": state.record} if state.row else None,
            "void": void,
            "problem": problem_json(problem) if problem else None,
        }
    )
    if state.row:
        session.show(f"{'It was on' if void else 'It is on'} {state.record}.")
    elif not void:
        session.show("It is on no record.")
    session.show(f"Its scheme is {state.scheme}." if state.scheme else "It is of no scheme.")
    if state.roll:
        session.show(f"It is on the roll {state.roll}.")
    if problem is not None:
        session.tell(sentence(problem))
    return SOME_REFUSED if problem is not None and problem.severity is Severity.ERROR else DONE


def _list(session: Session) -> int:
    with session.database.reading() as connection:
        found = overview(connection)
    session.result({"schemes": [_scheme_json(each) for each in found.schemes], "void": found.void})
    if not found.schemes:
        session.tell("There is no tag scheme yet. Add one: muster tags --add Radios --prefix R- --for radio")
        return DONE
    session.table(
        ("Scheme", "For", "Department", "Check character", "Next tag"),
        [
            (
                each.scheme.name,
                RECORDS[each.scheme.record].plural if each.scheme.record in RECORDS else "All assets",
                each.department or "All",
                CHECKS.get(each.scheme.check, each.scheme.check),
                next_words(each),
            )
            for each in found.schemes
        ],
    )
    ranges = [each for scheme in found.schemes for each in scheme.ranges]
    if ranges:
        session.show("")
        session.table(
            ("From", "To", "What", "Used", "Void", "Given", "Free", "Next"),
            [(each.first, each.last, range_words(each), *_counts(each), each.next) for each in ranges],
        )
    session.show("", f"{count(found.void, 'void tag')}.")
    if any(each.leased for each in found.schemes):
        session.show("The shared database gives this computer its blocks; a sync fetches the next before one ends.")
    return DONE


def _counts(each: RangeState) -> tuple[str, ...]:
    told = each.progress
    return tuple(f"{number:,}" for number in (told.used, told.void, told.given, told.free))


def _scheme_json(state: SchemeState) -> dict[str, object]:
    scheme = state.scheme
    return {
        "id": scheme.id,
        "name": scheme.name,
        "prefix": scheme.prefix,
        "width": scheme.width,
        "check": scheme.check,
        "first": scheme.first,
        "kind": scheme.record or None,
        "department": state.department or None,
        "next": state.next or None,
        "left_here": state.left,
        "leased": state.leased,
        "ranges": [
            {
                "id": each.range.id,
                "use": each.range.use,
                "first": each.first,
                "last": each.last,
                "held_by": each.range.holder or None,
                "here": each.here,
                "used": each.progress.used,
                "void": each.progress.void,
                "given": each.progress.given,
                "free": each.progress.free,
                "next": each.next or None,
            }
            for each in state.ranges
        ],
    }
