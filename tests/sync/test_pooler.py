"""Behind a pooler that gives each transaction another connection: all that a home asks of the shared database works."""

from contextlib import closing

import pytest

from models.fields.ids import new_id
from models.journal.entry import Edit
from models.journal.undo import undo
from models.sync.address import Address, Tls
from models.sync.past import fetch_history
from models.sync.wire import connect
from tests.journal.ground import changed, made, values
from tests.sync.pooler import pooler


@pytest.fixture
def address(hub):
    """Of the shared database behind a pooler, for a login."""
    with pooler(hub.cluster.port) as port:
        yield lambda login: Address("127.0.0.1", hub.database, login, port, Tls.PLAIN)


def test_what_a_session_keeps_is_gone_with_the_next_transaction(address):
    with closing(connect(address("ann"))) as link:
        link.execute("SET application_name = 'kept'")
        assert link.execute("SHOW application_name").fetchone() != ("kept",)


def test_two_homes_sync(desks, address):
    ann, bob = desks("ann", address("ann")), desks("bob", address("bob"))
    row = made(ann.journal, "asset", kind="radio", tag="R-1", alias="ENG 7")
    rooms = [Edit("location", new_id(), {"name": f"Room {number}"}, new=True) for number in range(4_500)]
    ann.journal.write("Import rooms.xlsx", rooms)  # more than a batch: it is staged
    assert ann.sync().sent == 4_501
    assert bob.sync().copied == 4_501
    changed(ann.journal, "asset", row, alias="ENG 8")
    changed(bob.journal, "asset", row, alias="ENG 9")
    for each in (ann, bob, ann):
        each.sync()
    undo(bob.journal)
    bob.sync()
    assert ann.sync().received
    assert values(ann.journal, "asset", row)["alias"] == values(bob.journal, "asset", row)["alias"] == "ENG 8"
    assert ann.rows("location") == bob.rows("location")
    with closing(connect(address("bob"))) as link:
        assert [event.login for event in fetch_history(link, bob.database, "asset", row)] == [
            "bob",
            "bob",
            "ann",
            "ann",
        ]
