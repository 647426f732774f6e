"""What waits for review: told, settled as one deed with its edits, taken back as one, nothing shown beyond the role."""

import pytest

from models.fields.ids import new_id
from models.fields.problem import UsageError
from models.journal.entry import Edit
from models.journal.undo import undo
from models.journal.writer import Journal
from models.services.registry import BadFields, create_record, find_record, set_fields
from models.services.review import (
    find_matter,
    found_here,
    matters_of,
    open_count,
    open_matters,
    refused_patch,
    settled_matters,
    value_now,
)
from models.services.settling import Way, settle, settle_with_text, ways
from models.settings import Settings
from models.store.database import Database
from models.store.home import Home
from models.store.local import READS, ROLE, set_local
from models.store.searchfile import NO_TEXTS


class Office:
    """A radio, and matters about it as the shared database writes them."""

    def __init__(self, folder):
        home = Home(folder)
        self.database = Database.open(home)
        self.settings = Settings(home.settings)
        self.journal = Journal(self.database, "J. Ruiz")
        self.radio = self.add("radio", tag="R-1", serial="SN1", status="In service", alias="ENG 7")

    def add(self, word, **texts):
        return create_record(self.journal, word, texts, self.settings).row

    def matter(self, **values):
        row = new_id()
        patch = {"name": "R-1", "matter": "fork", "record": "asset", "target": self.radio, **values}
        self.journal.write("Found while sending", [Edit("review", row, patch, new=True)])
        return row

    def fork(self):
        sides = {
            "standing": "in_service", "standing_by": "A. Soto", "standing_at": "2026-11-24T10:02:00Z",
            "other": "in_repair", "other_by": "J. Ruiz", "other_at": "2026-11-24T09:00:00Z", "other_device": "LT-1",
        }  # fmt: skip
        return self.matter(field="status", **sides)

    def values(self, row=None):
        with self.database.reading() as connection:
            return find_record(connection, self.database.catalogue(), "asset", row or self.radio).values

    def ask(self, question, *more):
        with self.database.reading() as connection:
            found = question(connection, *more)
            return found if isinstance(found, (int, list, tuple)) else list(found)

    def found(self, matter):
        with self.database.reading() as connection:
            return find_matter(connection, self.database.catalogue(), matter)

    def ways(self, matter):
        with self.database.reading() as connection:
            return set(ways(connection, self.database.catalogue(), self.found(matter)))

    def play(self, role, reads=""):
        """Be somebody of that role in a shared database."""
        with self.database.writing() as connection:
            set_local(connection, ROLE, role)
            set_local(connection, READS, reads)
        self.database.forget_catalogue()


@pytest.fixture
def office(tmp_path):
    made = Office(tmp_path / "home")
    yield made
    made.database.close()


def test_a_fork_is_told_with_both_sides(office):
    fork = office.fork()
    catalogue = office.database.catalogue()
    assert office.ask(open_count) == 1
    (told,) = office.ask(open_matters, catalogue)
    assert (told.id, told.field, told.standing.value, told.standing.by) == (fork, "status", "in_service", "A. Soto")
    assert (told.other.value, told.other.by, told.other.device) == ("in_repair", "J. Ruiz", "LT-1")
    assert office.ask(matters_of, catalogue, "asset", office.radio) == [told]
    assert office.ask(matters_of, catalogue, "person", office.radio) == []
    assert office.ways(fork) == {Way.STANDS, Way.OTHER, Way.THIRD}
    with office.database.reading() as connection:
        assert value_now(connection, told) == "in_service"


@pytest.mark.parametrize(
    ("way", "value", "status"),
    [(Way.STANDS, None, "in_service"), (Way.OTHER, None, "in_repair"), (Way.THIRD, "retired", "retired")],
)
def test_a_fork_is_settled_with_its_edit_and_both_are_taken_back_together(office, way, value, status):
    fork = office.fork()
    changes = settle(office.journal, fork, way, value)
    assert office.values()["status"] == status
    assert office.ask(open_count) == 0
    (told,) = office.ask(settled_matters, office.database.catalogue())
    assert (told.outcome, told.settled_by) == (way.value, "J. Ruiz")
    assert told.settled_at
    assert office.ask(matters_of, office.database.catalogue(), "asset", office.radio) == []
    assert not undo(office.journal, changes.action).kept
    assert office.values()["status"] == "in_service"
    assert office.ask(open_count) == 1


def test_what_was_settled_is_not_settled_again(office):
    fork = office.fork()
    settle(office.journal, fork, Way.OTHER)
    with pytest.raises(UsageError, match=r"review\.settled"):
        settle(office.journal, fork, Way.STANDS)
    assert office.values()["status"] == "in_repair"
    assert office.found(fork).outcome == "other"
    assert office.ways(fork) == set()


def test_something_else_is_written_as_people_type_it(office):
    fork = office.fork()
    with pytest.raises(BadFields):
        settle_with_text(office.journal, office.matter(field="custodian"), "Nobody of this name", office.settings)
    settle_with_text(office.journal, fork[:23], "Retired", office.settings)
    assert office.values()["status"] == "retired"


def test_a_matter_is_named_by_the_beginning_of_its_id(office):
    first, second = office.fork(), office.fork()
    assert office.found(second).id == second
    same = next(at for at, (one, other) in enumerate(zip(first, second, strict=True)) if one != other)
    with pytest.raises(UsageError, match=r"review\.several"):
        office.found(first[:same])
    for text in ("", "%%%%", "ffff"):
        with pytest.raises(UsageError, match=r"review\.unknown"):
            office.found(text)


def test_a_record_that_is_gone_leaves_only_what_needs_no_record(office):
    fork = office.fork()
    office.journal.write("Delete R-1", [Edit("asset", office.radio, {"deleted": "yes"})])
    assert office.ways(fork) == {Way.STANDS}
    with pytest.raises(UsageError, match=r"review\.way"):
        settle(office.journal, fork, Way.OTHER)


def test_a_matter_of_a_later_muster_can_be_put_aside(office):
    strange = office.matter(matter="calibration", record="oscilloscope", target="x", field="range")
    assert office.ways(strange) == {Way.STANDS}
    settle(office.journal, strange, Way.STANDS)
    assert office.found(strange).outcome == "stands"


def test_who_may_not_write_settles_nothing(office):
    fork = office.fork()
    office.play("viewer")
    assert office.ways(fork) == set()
    with pytest.raises(UsageError, match=r"hub\.may-not"):
        settle(office.journal, fork, Way.STANDS)
    office.play("licence_manager")
    assert office.ways(fork) == {Way.STANDS}
    with pytest.raises(UsageError, match=r"hub\.may-not"):
        settle(office.journal, fork, Way.OTHER)
    assert office.values()["status"] == "in_service"


def restricted_fork(office):
    """Two people changed a field that not everybody sees: the matter holds no value, the entry does."""
    set_fields(office.journal, "radio", office.radio, {"kmf": "KMF-1"}, office.settings)
    changes = set_fields(office.journal, "radio", office.radio, {"kmf": "KMF-2"}, office.settings).changes
    with office.database.reading() as connection:
        sql = "SELECT e.id FROM entry e JOIN action a ON a.nr = e.action WHERE a.id = ?"
        entry = connection.exec_driver_sql(sql, (changes.action,)).scalar_one()
    return office.matter(field="kmf", entry=entry, standing_by="A. Soto", other_by="J. Ruiz")


def test_restricted_values_are_shown_only_to_those_who_read_them(office):
    fork = restricted_fork(office)
    office.play("radio_manager", "radio")
    told = office.found(fork)
    assert (told.hidden, told.standing.value, told.other.value) == (False, "KMF-2", "KMF-1")
    settle(office.journal, fork, Way.OTHER)
    assert office.values()["kmf"] == "KMF-1"


def test_restricted_values_are_hidden_from_others(office):
    fork = restricted_fork(office)
    office.play("technician")
    told = office.found(fork)
    assert (told.hidden, told.standing.value, told.other.value, told.other.by) == (True, None, None, "J. Ruiz")
    assert office.ways(fork) == {Way.STANDS}
    with office.database.reading() as connection:
        assert value_now(connection, told) is None


def test_a_refused_change_is_made_by_somebody_who_may(office):
    refused = office.matter(matter="refused", reason="hub.may-not", other='{"alias": "BN 2", "nonsense": "x"}')
    assert office.ways(refused) == {Way.STANDS, Way.OTHER}
    settle(office.journal, refused, Way.OTHER)
    assert office.values()["alias"] == "BN 2"


def test_the_part_of_a_change_that_was_not_taken_is_made_alone(office):
    """The rest of the entry took effect, and may have been changed since."""
    texts = {"alias": "BN 2", "kmf": "KMF-1"}
    changes = set_fields(office.journal, "radio", office.radio, texts, office.settings).changes
    with office.database.reading() as connection:
        sql = "SELECT e.id FROM entry e JOIN action a ON a.nr = e.action WHERE a.id = ?"
        entry = connection.exec_driver_sql(sql, (changes.action,)).scalar_one()
    set_fields(office.journal, "radio", office.radio, {"alias": "ENG 9", "kmf": ""}, office.settings)
    refused = office.matter(matter="refused", reason="hub.no-right", field="kmf", entry=entry)
    settle(office.journal, refused, Way.OTHER)
    assert (office.values()["alias"], office.values()["kmf"]) == ("ENG 9", "KMF-1")


@pytest.mark.parametrize(
    ("field", "other"), [("custodian", "0190a000-0000-7000-8000-000000000000"), ("label_prints", "many")]
)
def test_what_a_field_cannot_hold_is_not_offered(office, field, other):
    """Another computer may have written anything there."""
    fork = office.matter(field=field, other=other)
    assert Way.OTHER not in office.ways(fork)
    assert office.ways(office.matter(matter="refused", field=field, other=other)) == {Way.STANDS}


@pytest.mark.parametrize("other", ["not json", "[1]", '{"alias": 7}', None])
def test_a_refused_change_that_nobody_can_read_is_only_put_aside(office, other):
    refused = office.matter(matter="refused", reason="hub.malformed", **({"other": other} if other else {}))
    assert office.ways(refused) == {Way.STANDS}
    with office.database.reading() as connection:
        assert refused_patch(connection, office.database.catalogue(), office.found(refused)) == ({}, False)


def test_a_record_that_was_refused_is_made_under_another_id(office):
    person = office.add("person", name="T. Nakagawa")
    with office.database.writing_with_index() as (connection, index):
        # As the client does with what the shared database did not take.
        connection.exec_driver_sql("UPDATE entry SET refused = 'hub.may-not' WHERE id = ?", (person,))
        connection.exec_driver_sql("DELETE FROM person WHERE id = ?", (person,))
        index.put("person", [1], NO_TEXTS)
        index.finish(lambda: None)
    refused = office.matter(matter="refused", record="person", target=person, entry=person, reason="hub.may-not")
    changes = settle(office.journal, refused, Way.OTHER)
    (made,) = changes.rows["person"]
    assert made != person
    with office.database.reading() as connection:
        assert find_record(connection, office.database.catalogue(), "person", "T. Nakagawa").id == made


def test_pairs_that_share_an_identity_are_found_without_a_shared_database(office):
    twin = office.add("radio", tag="r-1", serial="SN2")
    third = office.add("radio", tag="R-1", serial="SN3")
    found = office.ask(found_here, office.database.catalogue())
    assert {(each.target, each.second) for each in found} == {(office.radio, twin), (office.radio, third)}
    assert all(each.field == "tag" and not each.kept for each in found)
    assert office.ways(found[0].id[:8]) == {Way.KEPT, Way.MERGED}
    changes = settle(office.journal, found[0].id, Way.KEPT)
    left = office.ask(found_here, office.database.catalogue())
    assert [each.id for each in left] == [found[1].id]
    undo(office.journal, changes.action)
    assert len(office.ask(found_here, office.database.catalogue())) == 2
    settle(office.journal, found[0].id, Way.KEPT)
    assert len(office.ask(found_here, office.database.catalogue())) == 1
