"""What met in the shared database is seen by all, settled once by one, and does no harm settled twice at once."""

import pytest
from sqlalchemy import select

from models.fields.problem import UsageError
from models.journal.undo import undo
from models.schema.records import TABLES
from models.services.merging import Pick, merge_records
from models.services.review import find_matter, found_here, open_matters
from models.services.settling import Way, settle, ways
from models.sync.hub.members import add_member
from tests.journal.ground import changed, made, values


def waiting(desk):
    """What waits in that home."""
    with desk.database.reading() as connection:
        return open_matters(connection, desk.database.catalogue())


def outcome(desk, matter):
    with desk.database.reading() as connection:
        found = find_matter(connection, desk.database.catalogue(), matter)
        return found.outcome, found.settled_by


def both_sync(*desks):
    """Until each has what the others sent."""
    for each in (*desks, *desks):
        each.sync()
    for table in ("asset", "person", "review"):
        assert all(each.rows(table) == desks[0].rows(table) for each in desks)


@pytest.fixture
def pair(desks):
    """Two people, and a radio whose status both changed without knowing of the other."""
    ann, bob = desks(), desks("bob")
    radio = made(ann.journal, "asset", kind="radio", tag="R-1", status="in_stock")
    ann.sync()
    bob.sync()
    changed(ann.journal, "asset", radio, status="in_repair")
    changed(bob.journal, "asset", radio, status="in_service")
    both_sync(ann, bob)
    return ann, bob, radio


def test_a_fork_waits_for_both_and_is_settled_once(pair):
    ann, bob, radio = pair
    (fork,) = waiting(ann)
    assert waiting(bob) == [fork]
    assert (fork.field, fork.standing.value, fork.standing.by) == ("status", "in_service", "bob")
    assert (fork.other.value, fork.other.by, fork.target) == ("in_repair", "ann", radio)
    changes = settle(ann.journal, fork.id, Way.OTHER)
    both_sync(ann, bob)
    assert waiting(bob) == waiting(ann) == []
    assert outcome(bob, fork.id) == ("other", "ann")
    assert values(bob.journal, "asset", radio)["status"] == "in_repair"
    with pytest.raises(UsageError, match=r"review\.settled"):
        settle(bob.journal, fork.id, Way.STANDS)
    undo(ann.journal, changes.action)
    both_sync(ann, bob)
    assert waiting(bob) == waiting(ann) == [fork]
    assert values(bob.journal, "asset", radio)["status"] == "in_service"


@pytest.mark.parametrize("first", [Way.OTHER, Way.STANDS])
def test_two_who_settle_at_once_do_no_harm(pair, first):
    ann, bob, radio = pair
    (fork,) = waiting(ann)
    settle(ann.journal, fork.id, first)
    settle(bob.journal, fork.id, Way.STANDS)
    both_sync(ann, bob)
    assert waiting(ann) == waiting(bob) == []
    assert outcome(ann, fork.id) == outcome(bob, fork.id) == ("stands", "bob")
    status = "in_repair" if first is Way.OTHER else "in_service"
    assert values(ann.journal, "asset", radio)["status"] == status


def test_two_who_settle_differently_have_a_new_matter(pair):
    ann, bob, radio = pair
    (fork,) = waiting(ann)
    settle(ann.journal, fork.id, Way.OTHER)
    settle(bob.journal, fork.id, Way.THIRD, "retired")
    both_sync(ann, bob)
    (again,) = waiting(ann)
    assert again.id != fork.id
    assert (again.standing.value, again.other.value) == ("retired", "in_repair")
    assert waiting(bob) == [again]
    settle(bob.journal, again.id, Way.STANDS)
    both_sync(ann, bob)
    assert waiting(ann) == []
    assert values(ann.journal, "asset", radio)["status"] == "retired"


def test_two_who_merge_the_same_pair_at_once_keep_one_record(desks):
    ann, bob = desks(), desks("bob")
    people = [made(ann.journal, "person", name=name, email="jon@city.gov") for name in ("Jon Smith", "John Smith")]
    laptop = made(ann.journal, "asset", kind="hardware", tag="A-1", custodian=people[1])
    both_sync(ann, bob)
    (pair,) = waiting(ann)
    assert (pair.matter, pair.field, {pair.target, pair.second}) == ("duplicate", "email", set(people))
    merge_records(ann.journal, "person", *people)
    merge_records(bob.journal, "person", *reversed(people))
    both_sync(ann, bob)
    assert [row for row, kept in ann.rows("person").items() if "deleted" not in kept] == people[:1]
    assert values(bob.journal, "asset", laptop)["custodian"] == people[0]
    assert outcome(ann, pair.id)[0] == "merged"
    # Which name it has is the only question that is left.
    assert [(each.matter, each.field) for each in waiting(ann)] in ([], [("fork", "name")])


def test_a_merge_reaches_the_others_and_so_does_its_undo(desks):
    ann, bob = desks(), desks("bob")
    first = made(ann.journal, "asset", kind="radio", tag="R-1", unit_id="4779")
    ann.sync()
    second = made(bob.journal, "asset", kind="radio", tag="r-1", alias="ENG 7")
    both_sync(bob, ann)
    before = bob.rows("asset")
    (pair,) = waiting(ann)
    assert (pair.matter, pair.field) == ("duplicate", "tag")
    with ann.database.reading() as connection:
        assert ways(connection, ann.database.catalogue(), pair) == (Way.KEPT, Way.MERGED)
        assert list(found_here(connection, ann.database.catalogue())) == []
    changes = merge_records(ann.journal, "asset", pair.target, pair.second, {"tag": Pick.FIRST})
    both_sync(ann, bob)
    assert waiting(bob) == []
    stays = min(first, second)
    assert {values(bob.journal, "asset", stays).get(key) for key in ("unit_id", "alias")} == {"4779", "ENG 7"}
    undo(ann.journal, changes.action)
    both_sync(ann, bob)
    assert bob.rows("asset") == before
    assert [each.id for each in waiting(bob)] == [pair.id]


def test_a_refused_change_is_made_by_somebody_who_may(desks, hub):
    ann, bob = desks(), desks("bob")
    radio = made(ann.journal, "asset", kind="radio", tag="R-1", alias="ENG 7")
    both_sync(ann, bob)
    changed(bob.journal, "asset", radio, alias="ENG 9")
    with hub.cluster.connect(hub.database) as inside:
        add_member(inside, "bob", "viewer")
    both_sync(bob, ann)
    assert values(bob.journal, "asset", radio)["alias"] == "ENG 7"
    (refused,) = waiting(bob)
    assert (refused.matter, refused.reason, refused.target) == ("refused", "hub.no-right", radio)
    with pytest.raises(UsageError, match=r"hub\.may-not"):
        settle(bob.journal, refused.id, Way.OTHER)
    settle(ann.journal, refused.id, Way.OTHER)
    both_sync(ann, bob)
    assert values(bob.journal, "asset", radio)["alias"] == "ENG 9"
    assert waiting(bob) == []


def test_restricted_values_are_seen_by_those_who_read_them_only(desks):
    ann, rita, ada = desks(), desks("radio_manager"), desks("administrator")
    radio = made(rita.journal, "asset", kind="radio", tag="R-1", kmf="KMF-0")
    for each in (rita, ada, ann):
        each.sync()
    changed(rita.journal, "asset", radio, kmf="KMF-SECRET-1")
    changed(ada.journal, "asset", radio, kmf="KMF-SECRET-2")
    for each in (rita, ada, rita, ann):
        each.sync()
    for each in (rita, ada):
        (fork,) = waiting(each)
        assert (fork.hidden, fork.standing.value, fork.other.value) == (False, "KMF-SECRET-2", "KMF-SECRET-1")
    (fork,) = waiting(ann)
    assert (fork.hidden, fork.standing.value, fork.other.value, fork.other.by) == (True, None, None, "radio_manager")
    with ann.database.reading() as connection:
        review = TABLES["review"].sql
        assert "SECRET" not in str(connection.execute(select(review)).all())
    settle(rita.journal, fork.id, Way.OTHER)
    for each in (rita, ada, ann):
        each.sync()
    assert values(ada.journal, "asset", radio)["kmf"] == "KMF-SECRET-1"
    assert waiting(ann) == []
