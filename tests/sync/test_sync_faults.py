"""Single faults, each at every step where it can happen."""

import pytest

from models.fields.ids import new_id
from models.fields.problem import DatabaseError
from models.journal.entry import Edit
from tests.sync.breaking import How
from tests.sync.proved import assert_client_sound


@pytest.mark.parametrize("how", How)
def test_a_sync_that_breaks_at_any_step_is_made_good_by_the_next(world, how):
    """Each step in turn: both sides have something to send and to receive whenever it comes."""
    one, two = world.join(), world.join()
    row = world.make(one, "asset", {"kind": "radio", "name": "a"})
    world.rest()
    at, hit = 0, "first"
    while hit:
        world.write(one, "Here", [Edit("asset", row, {"name": f"here {at}"})])
        world.make(two, "asset", {"kind": "radio"})
        world.write(two, "There", [Edit("asset", row, {"name": f"there {at}"})])
        world.sync(two)
        hit = world.disturbed(one, at, how)
        world.sync(one)
        assert one.unsent() == []
        at += 1
    assert at > 8
    world.rest()


@pytest.mark.parametrize("how", How)
def test_a_first_copy_that_breaks_at_any_step_is_made_good_by_the_next(world, how):
    one = world.join()
    for name in ("a", "b", "c"):
        world.make(one, "person", {"name": name})
    world.sync(one)
    at, hit = 0, "first"
    while hit:
        two = world.join()
        hit = world.disturbed(two, at, how)
        world.sync(two)
        world.leave(two)
        at += 1 if at < 4 else 6  # most steps are alike: the next table is asked for
    assert at > 40
    world.join()
    world.rest()


def test_a_lost_acknowledgement_sends_nothing_twice(world):
    one = world.join()
    row = world.make(one, "asset", {"kind": "radio"})
    for at in range(40):
        world.sync(one)
        before = len(world.journal())
        world.write(one, "Change", [Edit("asset", row, {"name": str(at)})])
        if "after SELECT muster.push" in world.disturbed(one, at, How.CUT):
            break
    assert len(world.journal()) == before + 1
    assert len(one.unsent()) == 1
    world.write(one, "Change again", [Edit("asset", row, {"name": "again"})])
    world.sync(one)
    assert len(world.journal()) == before + 2
    world.rest()


def test_a_full_disk_leaves_the_client_as_it_was(world):
    """What comes does not fit: nothing of it is there, and all of it as soon as there is room."""
    one, two = world.join(), world.join()
    world.rest()
    rows = [Edit("asset", new_id(), {"kind": "radio", "notes": "long " * 50}, new=True) for _ in range(3000)]
    world.write(one, "Import", rows)
    world.sync(one)
    before = world.rows(two)
    _room(two, pages=20)
    with pytest.raises(DatabaseError, match=r"database\.full"):
        world.sync(two)
    assert world.rows(two) == before
    with two.database.reading() as connection:
        assert_client_sound(connection)
    _room(two, pages=1_000_000)
    world.rest()
    assert len(world.rows(two)) == len(before) + 3000


def _room(client, pages):
    """Let the database grow by at most so many pages."""
    with client.database.writing() as connection:
        used = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {used + pages}")
