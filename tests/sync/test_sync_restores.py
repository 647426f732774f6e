"""A server, a client or a clock that is not where it was: put back, crashed, copied, a day off."""

import psycopg
import pytest

from models.fields.problem import HubError
from models.journal.entry import Edit
from tests.sync.breaking import How

_DAY = 86_400_000


@pytest.fixture
def row(world):
    """A record that two clients know."""
    one, _ = world.join(), world.join()
    made = world.make(one, "asset", {"kind": "radio", "name": "a"})
    world.rest()
    return made


def test_a_server_that_was_put_back_is_told_again_what_it_lost(world, row):
    """By pg_dump and pg_restore. Also what it refused since the dump; new work and old meet as if nothing had been."""
    one, two = world.clients
    kept = world.dump_file()
    person = world.make(two, "person", {"name": "Since"})
    world.write(two, "Poison", [Edit("asset", row, {"label_prints": "many"})])
    world.sync(two)
    world.sync(one)
    world.write(one, "Since", [Edit("asset", row, {"name": "b", "custodian": person})])
    world.sync(one)
    world.restore_file(kept)
    world.write(two, "Unsent", [Edit("asset", row, {"notes": "c"})])
    world.rest()
    assert world.rows(two)["asset", row] == {"kind": "radio", "name": "b", "custodian": person, "notes": "c"}
    assert [values["matter"] for (table, _), values in world.rows(one).items() if table == "review"] == ["refused"]


def test_what_was_refused_since_the_dump_is_set_aside_again(world, row):
    _, two = world.clients
    dump = world.dump()
    world.write(two, "Poison", [Edit("asset", row, {"label_prints": "many"})])
    world.sync(two)
    world.restore(dump)
    world.sync(two)
    with world.cluster.connect(world.hub) as server:
        assert server.execute("SELECT line::jsonb -> 'p' FROM muster.set_aside").fetchall() == [
            ({"label_prints": "many"},)
        ]
    world.rest()


def test_what_was_refused_is_told_again_where_nobody_has_its_review(world, row):
    """The server was put back after its answer had come, and before anyone had fetched the review."""
    one, two = world.clients
    dump = world.dump()
    world.write(two, "Poison", [Edit("asset", row, {"label_prints": "many"})])
    assert world.disturbed(two, 7, How.CUT).startswith('before SELECT "position"')
    assert two.unsent() == []
    world.restore(dump)
    world.rest()
    told = [values["matter"] for (table, _), values in world.rows(one).items() if table == "review"]
    assert told == ["refused"]


def test_a_server_that_crashes_in_the_middle_has_what_it_said_it_has(world, row):
    one, two = world.clients
    world.write(one, "Before", [Edit("asset", row, {"name": "b"})])
    world.sync(one)
    world.write(one, "Meanwhile", [Edit("asset", row, {"name": "c"})])
    one.journal.write("Import", [Edit("asset", row, {"notes": str(number)}) for number in range(20)])
    one.faults.disconnect()
    world.cluster.stop("immediate")
    with pytest.raises((HubError, psycopg.OperationalError)):
        world.sync(one)
    world.cluster.start()
    world.rest()
    assert world.rows(two)["asset", row]["name"] == "c"


def test_a_client_put_back_from_its_backup_sends_and_receives_all(world, row):
    one, two = world.clients
    world.write(one, "Unsent at the backup", [Edit("asset", row, {"name": "b"})])
    kept = world.keep(one)
    world.sync(one)
    world.write(one, "Not in the backup", [Edit("asset", row, {"notes": "sent"})])
    world.sync(one)
    world.put_back(one, kept)
    world.write(one, "After it", [Edit("asset", row, {"tag": "R-1"})])
    world.rest()
    for client in (one, two):
        assert world.rows(client)["asset", row] == {"kind": "radio", "name": "b", "notes": "sent", "tag": "R-1"}


def test_two_computers_of_one_disk_are_two_devices(world, row):
    one, _ = world.clients
    world.write(one, "Unsent", [Edit("asset", row, {"name": "b"})])
    twin = world.clone(one)
    for client, note in ((one, "first"), (twin, "second"), (one, "third")):
        world.write(client, "Each", [Edit("asset", row, {"notes": note})])
        world.sync(client)
    world.rest()
    with world.cluster.connect(world.hub) as server:
        devices = server.execute("SELECT count(DISTINCT device) FROM muster.action WHERE title = 'Each'").fetchone()
    assert devices == (2,)


@pytest.mark.parametrize("days", [-1, 1])
def test_a_clock_that_is_a_day_off_hides_nothing(world, row, days):
    """Whoever wins, the other value stands in a review, and later work is not lost to a time that has not come."""
    one, two = world.clients
    two.off = days * _DAY
    for client, name in ((one, "right"), (two, "off")):
        world.write(client, "Meet", [Edit("asset", row, {"name": name})])
    world.rest()
    told = [values for (table, _), values in world.rows(one).items() if table == "review"]
    assert [{values["standing"], values["other"]} for values in told] == [{"right", "off"}]
    world.write(one, "Later", [Edit("asset", row, {"name": "later"})])
    world.rest()
    assert world.rows(two)["asset", row]["name"] == "later"


def test_poison_goes_to_review_and_everything_else_arrives(world, row):
    one, two = world.clients
    world.write(one, "Before", [Edit("asset", row, {"notes": "a"})])
    world.write(one, "Poison", [Edit("asset", row, {"name": "a\x00b"}), Edit("asset", row, {"label_prints": "many"})])
    world.write(one, "After", [Edit("asset", row, {"serial": "S1"})])
    world.rest()
    assert world.rows(two)["asset", row] == {"kind": "radio", "name": "a", "notes": "a", "serial": "S1"}
    assert one.unsent() == []
    assert {values["matter"] for (table, _), values in world.rows(two).items() if table == "review"} == {"refused"}
