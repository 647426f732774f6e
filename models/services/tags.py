"""Tag numbers: the next ones of this device's blocks, and what may be said of a tag that somebody gives.

A number is given once. How far a block is used up is kept beside the journal, in the same transaction as the block
itself: neither an undo nor a crash gives a number back, and SQLite's lock keeps two programs on one home apart.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from models.fields.ids import new_id
from models.fields.kind import Notes
from models.fields.kinds import Day, Tag
from models.fields.problem import BadValue, HubError, Problem, Severity, UsageError
from models.journal.clock import moment
from models.journal.entry import Changes, Edit
from models.journal.writer import Journal
from models.query.names import Names
from models.rules.tag_book import TagBook, all_schemes, find_voided, void_problem
from models.rules.tag_forms import Scheme, write_tag
from models.schema.records import record_type
from models.services.tag_leases import ask_for, leased, own_blocks, refusal
from models.services.tag_ranges import (
    BLOCK,
    TagRange,
    free_numbers,
    given_up_to,
    highest_number,
    local_key,
    ranges,
)
from models.settings import Settings
from models.store.local import DEVICE, local, set_local

MOST = 10_000
"""So many tags are given at once, at most."""
SMALLEST, LARGEST = 10, 1_000_000
"""So many numbers are set aside at once, at least and at most."""
#: A block is followed by the next one when less than this share of it is left.
_LOW = 10


def scheme_for(connection: Connection, word: str, department: str | None = None) -> Scheme | None:
    """The most particular scheme for assets of a kind in a department (its id); None where there is none.

    One for the kind comes before one for the department, one for both before either. A scheme of a department is
    also for the departments inside of it, the nearest first.
    """
    way = list(_way_up(connection, department)) if department else []
    fitting = [
        scheme
        for scheme in all_schemes(connection)
        if scheme.record in ("", word) and (not scheme.department or scheme.department in way)
    ]

    def particular(scheme: Scheme) -> tuple[bool, int]:
        near = len(way) - way.index(scheme.department) if scheme.department else 0
        return bool(scheme.record), near

    return max(fitting, key=particular, default=None)


def next_tags(journal: Journal, word: str, department: str | None = None, count: int = 1) -> list[str]:
    """Take the next tags for assets of a kind in a department (its id): they are given to nobody else, ever again.

    They come from this device's blocks. Where these end, the next block is set aside; in a home that is connected to
    a shared database it is leased there, at once where `Journal.lender` can. Raises UsageError: "tag.no-scheme",
    "tag.scheme-full", "tag.no-such-count", "lease.*" where none is left until the next sync; DatabaseError.
    """
    with journal.database.reading() as connection:
        scheme = scheme_for(connection, word, department)
    if scheme is None:
        raise UsageError("tag.no-scheme", record_type(word).plural)
    return take_tags(journal, scheme, count)


def take_tags(journal: Journal, scheme: Scheme, count: int = 1) -> list[str]:
    """Take the next tags of a scheme. Raises as `next_tags`."""
    if not 1 <= count <= MOST:
        raise UsageError("tag.no-such-count", str(count), most=f"{MOST:,}")
    try:
        return _taken(journal, scheme, count)
    except UsageError as error:
        if not error.problem.code.startswith("lease."):
            raise
        with journal.database.writing() as connection:
            ask_for(connection, scheme.id, count)
        if journal.lender is None:
            raise
        try:
            journal.lender()
        except HubError as unreachable:
            raise error from unreachable
    return _taken(journal, scheme, count)


def _taken(journal: Journal, scheme: Scheme, count: int) -> list[str]:
    size = block_size(Settings(journal.database.home.settings))
    taken: list[str] = []

    def edits(connection: Connection) -> list[Edit]:
        plan = _plan(connection, scheme, count, size)
        for block, last in plan.marks.items():
            set_local(connection, local_key(block), str(last))
        taken.extend(write_tag(scheme, number) for number in plan.numbers)
        return [Edit("tag_block", each.id, _patch(connection, scheme, each), new=True) for each in plan.made]

    journal.write(f"Set aside tag numbers of {scheme.name}", edits)
    return taken


def peek_tag(connection: Connection, word: str, department: str | None = None) -> str | None:
    """The tag that would be given next, to show it; None where there is no scheme or it is used up."""
    scheme = scheme_for(connection, word, department)
    return peek_of(connection, scheme) if scheme else None


def peek_of(connection: Connection, scheme: Scheme) -> str | None:
    """The next tag of a scheme; None where it is used up, or this device's numbers are."""
    try:
        plan = _plan(connection, scheme, 1, SMALLEST)
    except UsageError:
        return None
    return write_tag(scheme, plan.numbers[0])


def block_size(settings: Settings) -> int:
    """How many numbers are set aside at once."""
    text = settings.tag_block.strip()
    return min(max(int(text[:9]), SMALLEST), LARGEST) if text.isascii() and text.isdigit() else 500


def tag_problem(connection: Connection, tag: str) -> Problem | None:
    """What is to be said of giving a tag to a record: "tag.voided" refuses it, the others are warnings.

    "tag.check-character", "tag.not-of-scheme": it is mistyped. "tag.reused": it was on a record that was deleted.
    """
    text = tag.strip()
    if voided := find_voided(connection, text):
        return void_problem(voided, text)
    return TagBook(all_schemes(connection)).judge(text) or _reused(connection, text)


def void_tag(journal: Journal, tag: str, reason: str) -> Changes:
    """Put a tag into the ledger of void ones; the record that has it loses it, as the same deed.

    Raises UsageError: what a tag cannot be, "tag.empty", "tag.voided" where it is void already.
    """
    notes: Notes = []
    try:
        text = Tag().parse(tag, notes)
    except BadValue as bad:
        raise UsageError(bad.problem.code, bad.problem.value, **bad.problem.details) from bad
    if text is None:
        raise UsageError("tag.empty")

    def edits(connection: Connection) -> list[Edit]:
        if voided := find_voided(connection, text):
            problem = void_problem(voided, text)
            raise UsageError(problem.code, problem.value, **problem.details)
        having = "SELECT id, tag FROM asset WHERE tag = ? AND deleted IS NULL ORDER BY nr"
        found = connection.exec_driver_sql(having, (text,)).all()
        patch = {
            "tag": found[0][1] if found else text,
            "reason": " ".join(reason.split()) or None,
            "asset": found[0][0] if found else None,
        }
        off = [Edit("asset", row, {"tag": None}) for row, _ in found]
        return [Edit("void_tag", new_id(), patch, new=True), *off]

    return journal.write(f"Void the tag {text}", edits)


@dataclass(slots=True)
class _Plan:
    """The numbers that come next, how far each block is then used up, and the blocks to be made."""

    numbers: list[int] = field(default_factory=list)
    marks: dict[str, int] = field(default_factory=dict)
    made: list[TagRange] = field(default_factory=list)


def _plan(connection: Connection, scheme: Scheme, count: int, size: int) -> _Plan:
    """The next numbers of a scheme. Raises UsageError("tag.scheme-full", "lease.*")."""
    known = ranges(connection, scheme, deleted=True)
    rolls = [each for each in known if each.use != BLOCK and not each.deleted]
    device = local(connection, DEVICE) or ""
    plan = _Plan()
    own = own_blocks(connection, scheme)
    for block in own:
        _take(connection, scheme, block, count, plan, rolls)
    if leased(connection):
        if len(plan.numbers) < count:
            raise UsageError(refusal(connection, scheme.id), scheme.name)
        return plan
    while len(plan.numbers) < count:
        block = _next_range(connection, scheme, known, max(size, count - len(plan.numbers)), device)
        known.append(block)
        plan.made.append(block)
        _take(connection, scheme, block, count, plan, rolls)
    left = sum(each.last - plan.marks.get(each.id, given_up_to(connection, each)) for each in (*own, *plan.made))
    if left * _LOW < size and not plan.made:
        # Refilled before it runs out, so that a device that is offline by then has numbers to give.
        try:
            plan.made.append(_next_range(connection, scheme, known, size, device))
        except UsageError:
            return plan
    return plan


def _take(
    connection: Connection, scheme: Scheme, block: TagRange, count: int, plan: _Plan, rolls: Sequence[TagRange]
) -> None:
    """Take numbers of a block until the plan has enough of them or the block is used up."""
    if len(plan.numbers) >= count:
        return
    for number in free_numbers(connection, scheme, given_up_to(connection, block) + 1, block.last, rolls):
        plan.numbers.append(number)
        if len(plan.numbers) == count:
            plan.marks[block.id] = number
            return
    plan.marks[block.id] = block.last


def _next_range(connection: Connection, scheme: Scheme, known: Sequence[TagRange], size: int, device: str) -> TagRange:
    """A block above all ranges and tags of the scheme; where there is no room above, in the first gap between ranges.

    Raises UsageError("tag.scheme-full").
    """
    top = max(scheme.first - 1, highest_number(connection, scheme), *(each.last for each in known), 0)
    first = top + 1
    if first > scheme.last:
        first, end = _gap(connection, scheme, known)
        return TagRange(new_id(), scheme.id, BLOCK, first, min(first + size - 1, end), device)
    return TagRange(new_id(), scheme.id, BLOCK, first, min(first + size - 1, scheme.last), device)


def _gap(connection: Connection, scheme: Scheme, known: Sequence[TagRange]) -> tuple[int, int]:
    """The first free number that is in no range, and the last number before the next range."""
    start = scheme.first
    for each in sorted(known, key=lambda each: each.first):
        if start < each.first and (free := next(free_numbers(connection, scheme, start, each.first - 1), None)):
            return free, each.first - 1
        start = max(start, each.last + 1)
    free = next(free_numbers(connection, scheme, start, scheme.last), None)
    if free is None:
        raise UsageError("tag.scheme-full", scheme.name, last=f"{scheme.last:,}")
    return free, scheme.last


def _patch(connection: Connection, scheme: Scheme, block: TagRange) -> dict[str, str | None]:
    return {
        "name": f"{write_tag(scheme, block.first)} … {write_tag(scheme, block.last)}",
        "scheme": scheme.id,
        "use": BLOCK,
        "first": str(block.first),
        "last": str(block.last),
        "device": local(connection, DEVICE),
        "holder": local(connection, "device_name"),
    }


def _way_up(connection: Connection, department: str) -> Iterator[str]:
    """A department, the one that it is part of, and so on; a ring ends."""
    seen: set[str] = set()
    at: str | None = department
    while at and at not in seen:
        seen.add(at)
        yield at
        at = connection.exec_driver_sql("SELECT parent FROM department WHERE id = ?", (at,)).scalar_one_or_none()


def _reused(connection: Connection, tag: str) -> Problem | None:
    """A warning where a tag was on a record that was deleted, and is on no other."""
    sql = "SELECT id, deleted FROM asset WHERE tag = ? ORDER BY deleted IS NOT NULL, nr DESC LIMIT 1"
    found = connection.exec_driver_sql(sql, (tag,)).first()
    if found is None or found[1] is None:
        return None
    sql = (
        "SELECT a.stamp FROM entry e JOIN action a ON a.nr = e.action "
        "WHERE e.row = ? AND json_extract(e.patch, '$.deleted') = 'yes' ORDER BY e.seq DESC LIMIT 1"
    )
    stamp = connection.exec_driver_sql(sql, (found[0],)).scalar_one_or_none()
    day = Day().format(moment(int(stamp)).astimezone().date().isoformat()) if stamp else "…"
    details = {"day": day, "record": Names(connection).label("asset", found[0]) or tag}
    return replace(Problem("tag.reused", tag, "tag", details=details), severity=Severity.WARNING)
