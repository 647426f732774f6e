"""Everything about tag numbers at a glance: the schemes, what each gives next, how far its ranges are used."""

from dataclasses import dataclass

from sqlalchemy import Connection

from models.query.names import Names
from models.rules.tag_book import all_schemes, find_voided, tag_book
from models.rules.tag_forms import Scheme, tag_or_number
from models.services.tag_leases import leased
from models.services.tag_ranges import ROLL, Progress, TagRange, Usage, next_of_roll, ranges, roll_of
from models.services.tags import peek_of
from models.store.local import DEVICE, local


@dataclass(frozen=True, slots=True)
class RangeState:
    """A range with the tags at its ends, its next free tag ("" where it has none or is another device's)."""

    range: TagRange
    first: str
    last: str
    next: str
    progress: Progress
    here: bool
    """Whether it is a block of this device."""


@dataclass(frozen=True, slots=True)
class SchemeState:
    """A scheme, its next tag ("" where it is used up), and its ranges. `department` by its name.

    `leased`: its blocks come from the shared database, so without a next tag there is one again after a lease.
    """

    scheme: Scheme
    department: str
    next: str
    ranges: tuple[RangeState, ...]
    leased: bool = False

    @property
    def left(self) -> int:
        """How many numbers this device may still give without setting more aside."""
        return sum(each.progress.free for each in self.ranges if each.here)


@dataclass(frozen=True, slots=True)
class Overview:
    """All schemes, oldest first, and how many tags are void."""

    schemes: tuple[SchemeState, ...]
    void: int


@dataclass(frozen=True, slots=True)
class TagState:
    """What is known of one tag. `scheme` and `roll` by name; `record` and its id, empty where no live record has it."""

    scheme: str
    roll: str
    record: str
    row: str


def overview(connection: Connection) -> Overview:
    """Everything about tag numbers."""
    device, names = local(connection, DEVICE), Names(connection)
    states = []
    for scheme in all_schemes(connection):
        usage = Usage(connection, scheme)
        found = [each for each in ranges(connection, scheme) if each.scheme == scheme.id]
        department = names.label("department", scheme.department) if scheme.department else ""
        told = tuple(_state(connection, scheme, each, usage, device) for each in found)
        states.append(SchemeState(scheme, department, peek_of(connection, scheme) or "", told, leased(connection)))
    void = connection.exec_driver_sql("SELECT count(*) FROM void_tag WHERE deleted IS NULL").scalar_one()
    return Overview(tuple(states), int(void))


def tag_state(connection: Connection, tag: str) -> TagState:
    """Whose a tag is, which scheme writes it, on which roll it is."""
    book = tag_book(connection)
    scheme, roll = book.scheme_of(tag), roll_of(connection, tag)
    having = "SELECT id FROM asset WHERE tag = ? AND deleted IS NULL ORDER BY nr LIMIT 1"
    row = connection.exec_driver_sql(having, (tag.strip(),)).scalar_one_or_none() or ""
    if not row and (voided := find_voided(connection, tag)):
        row = connection.exec_driver_sql("SELECT asset FROM void_tag WHERE id = ?", (voided.id,)).scalar_one() or ""
    record = (Names(connection).label("asset", row) or row) if row else ""
    where = (roll[1].holder or roll[1].name) if roll else ""
    return TagState(scheme.name if scheme else "", where, record, row)


def _state(connection: Connection, scheme: Scheme, each: TagRange, usage: Usage, device: str | None) -> RangeState:
    following = (next_of_roll(connection, scheme, each) or "") if each.use == ROLL else ""
    here = each.use != ROLL and bool(device) and each.device == device
    ends = tag_or_number(scheme, each.first), tag_or_number(scheme, each.last)
    return RangeState(each, *ends, following, usage.of(each), here)
