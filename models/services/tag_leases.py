"""Tag numbers in a home that is connected to a shared database: blocks are leased there and never made here.

What is to be leased is told by the home itself: schemes of which this device has given numbers, and those that somebody
asked for in vain. The next sync fetches it.
"""

from dataclasses import dataclass

from sqlalchemy import Connection

from models.rules.tag_book import all_schemes
from models.rules.tag_forms import Scheme
from models.services.tag_ranges import BLOCK, TagRange, given_up_to, ranges
from models.store.local import DEVICE, HUB, local, set_local

#: The next block is leased when less than one of so many parts of one is left: a device that leaves its network has
#: at least these numbers with it.
_PART = 2


@dataclass(frozen=True, slots=True)
class Need:
    """So many numbers of a scheme are to be leased."""

    scheme: str
    count: int


def leased(connection: Connection) -> bool:
    """Whether the blocks of this home come from a shared database."""
    return bool(local(connection, HUB))


def own_blocks(connection: Connection, scheme: Scheme) -> list[TagRange]:
    """The blocks that this device gives numbers of, by their first number.

    Blocks of a scheme that shares its numbers are that one's to give.
    """
    device = local(connection, DEVICE)
    known = ranges(connection, scheme) if device else []
    return [each for each in known if each.use == BLOCK and each.device == device and each.scheme == scheme.id]


def ask_for(connection: Connection, scheme: str, count: int) -> None:
    """Remember, within the writing transaction, that so many numbers of a scheme (its id) are wanted here."""
    set_local(connection, _key(scheme), str(count))


def refusal(connection: Connection, scheme: str) -> str:
    """Why no number of a scheme is left here: the code of an error, "lease.needed" unless more is known."""
    return local(connection, _answer_key(scheme)) or "lease.needed"


def keep_answer(connection: Connection, scheme: str, code: str) -> None:
    """Remember, within the writing transaction, why the shared database lent no block of a scheme; "" that it did."""
    set_local(connection, _answer_key(scheme), code)


def needs(connection: Connection, size: int) -> list[Need]:
    """What is to be leased now, in blocks of `size` numbers, or as many as were asked for in vain."""
    found = []
    for scheme in all_schemes(connection):
        asked = int(local(connection, _key(scheme.id)) or 0)
        blocks = own_blocks(connection, scheme)
        left = sum(each.last - given_up_to(connection, each) for each in blocks)
        if left < asked or (blocks and left * _PART < size):
            found.append(Need(scheme.id, max(size, asked - left)))
    return found


def _key(scheme: str) -> str:
    """Where this device remembers that numbers of a scheme were asked for in vain."""
    return f"tags wanted of {scheme}"


def _answer_key(scheme: str) -> str:
    """Where this device remembers the answer to its last lease that failed."""
    return f"lease refused of {scheme}"
