"""Issue, return, move: what is written, what is told, what is refused, and that it is taken back as one."""

import datetime as dt

import pytest

from models.fields.problem import UsageError
from models.journal.history import deeds
from models.journal.undo import undo
from models.journal.writer import Journal
from models.query.called import called
from models.services.bulk import delete_records
from models.services.custody import Fate, issue_assets, move_assets, return_assets
from models.services.registry import create_record, find_record
from models.settings import Settings
from models.store.database import Database
from models.store.home import Home

SEEN = dt.datetime(2026, 11, 25, 14, 30, tzinfo=dt.UTC)


class City:
    """Three radios, two people, a room in a building."""

    def __init__(self, folder):
        self.home = Home(folder)
        self.database = Database.open(self.home)
        self.settings = Settings(self.home.settings)
        self.journal = Journal(self.database, "J. Ruiz")
        self.tom = self.add("person", name="T. Nakagawa")
        self.ana = self.add("person", name="A. Soto")
        self.hall = self.add("location", name="City Hall")
        self.room = self.add("location", name="204", parent="City Hall")
        self.radios = [
            self.add("radio", tag=f"R-00000{number}", serial=f"SN{number}", status="In stock") for number in (1, 2, 3)
        ]

    def add(self, word, **texts):
        return create_record(self.journal, word, texts, self.settings).row

    def values(self, row):
        with self.database.reading() as connection:
            return find_record(connection, self.database.catalogue(), "asset", row).values

    def mark(self, row, status):
        from models.services.registry import set_fields

        set_fields(self.journal, "asset", row, {"status": status}, self.settings)

    def titles(self):
        with self.database.reading() as connection:
            return [deed.title for deed in deeds(connection, 20)]


@pytest.fixture
def city(tmp_path):
    made = City(tmp_path / "home")
    yield made
    made.database.close()


def codes(custody):
    return [note.code for act in custody.acts for note in act.notes]


def test_issue_says_who_since_when_and_that_it_is_in_service(city):
    row = city.radios[0]
    before = city.values(row)
    done = issue_assets(city.journal, [row], city.tom, seen=SEEN)
    now = city.values(row)
    assert (now["custodian"], now["status"], now["last_seen"]) == (city.tom, "in_service", "2026-11-25T14:30:00Z")
    assert now["assigned_on"] == dt.datetime.now().astimezone().date().isoformat()
    assert [act.fate for act in done.acts] == [Fate.DONE]
    assert (done.changes.title, done.target) == ("Issue R-000001 to T. Nakagawa", "T. Nakagawa")
    undo(city.journal, done.changes.action)
    assert city.values(row) == before


def test_several_are_one_deed(city):
    before = [city.values(row) for row in city.radios]
    done = issue_assets(city.journal, [*city.radios, city.radios[0]], city.tom)
    assert done.changes.title == "Issue 3 assets to T. Nakagawa"
    assert len(done.acts) == done.changes.count == 3
    assert all(city.values(row)["last_seen"] is None for row in city.radios)
    undo(city.journal)
    assert [city.values(row) for row in city.radios] == before


def test_who_has_it_already_is_told_and_nothing_is_written(city):
    row = city.radios[0]
    issue_assets(city.journal, [row], city.tom)
    again = issue_assets(city.journal, [row], city.tom, seen=SEEN)
    assert (again.acts[0].fate, codes(again), again.changes.count) == (Fate.KNOWN, ["custody.has-it"], 0)
    assert city.titles()[0] == "Issue R-000001 to T. Nakagawa"


def test_what_is_there_already_was_seen_there(city):
    move_assets(city.journal, city.radios, city.room)
    seen = move_assets(city.journal, city.radios[:1], city.room, seen=SEEN)
    assert (seen.acts[0].fate, seen.changes.title) == (Fate.KNOWN, "See R-000001 at City Hall / 204")
    assert seen.changes.fields == {"asset": frozenset(["last_seen"])}
    assert city.values(city.radios[0])["last_seen"] == "2026-11-25T14:30:00Z"


def test_it_passes_from_one_to_another_and_who_had_it_is_told(city):
    row = city.radios[0]
    issue_assets(city.journal, [row], city.tom)
    passed = issue_assets(city.journal, [row], city.ana)
    assert (codes(passed), passed.acts[0].before) == (["custody.had-it"], "T. Nakagawa")
    assert city.values(row)["custodian"] == city.ana


@pytest.mark.parametrize("status", ["lost", "stolen"])
def test_what_is_missing_is_not_issued_without_a_further_word(city, status):
    city.mark(city.radios[0], status)
    refused = issue_assets(city.journal, city.radios, city.tom)
    assert [act.fate for act in refused.acts] == [Fate.REFUSED, Fate.DONE, Fate.DONE]
    assert codes(refused) == ["custody.missing"]
    assert city.values(city.radios[0])["custodian"] is None
    done = issue_assets(city.journal, city.radios[:1], city.tom, anyway=True)
    assert done.changes.title == f"Issue R-000001 (marked {status.title()}) to T. Nakagawa"
    assert codes(done) == ["custody.gone"]
    assert city.values(city.radios[0])["status"] == status


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("in_repair", "custody.state-stays"),
        ("broken", "custody.state-stays"),
        ("retired", "custody.gone"),
        ("disposed", "custody.gone"),
    ],
)
def test_a_state_that_is_odd_stays_and_is_told(city, status, code):
    row = city.radios[0]
    city.mark(row, status)
    assert codes(issue_assets(city.journal, [row], city.tom)) == [code]
    assert (city.values(row)["status"], city.values(row)["custodian"]) == (status, city.tom)
    assert codes(return_assets(city.journal, [row])) == ["custody.state-stays"]
    assert (city.values(row)["status"], city.values(row)["custodian"]) == (status, None)


def test_states_of_many_are_in_the_title(city):
    city.mark(city.radios[0], "retired")
    done = issue_assets(city.journal, city.radios, city.tom)
    assert done.changes.title == "Issue 3 assets (1 marked Retired) to T. Nakagawa"


def test_return_takes_it_into_stock(city):
    row = city.radios[0]
    issue_assets(city.journal, [row], city.tom)
    back = return_assets(city.journal, [row], city.room, seen=SEEN)
    now = city.values(row)
    assert (now["custodian"], now["assigned_on"], now["status"]) == (None, None, "in_stock")
    assert (now["location"], now["last_seen"]) == (city.room, "2026-11-25T14:30:00Z")
    assert (back.acts[0].before, back.changes.title) == ("T. Nakagawa", "Return R-000001 to City Hall / 204")
    again = return_assets(city.journal, [row])
    assert (again.acts[0].fate, codes(again)) == (Fate.KNOWN, ["custody.nobody-has-it"])
    undo(city.journal)
    assert (city.values(row)["custodian"], city.values(row)["status"]) == (city.tom, "in_service")


def test_move_says_where_it_is_and_leaves_who_has_it(city):
    row = city.radios[0]
    issue_assets(city.journal, [row], city.tom)
    moved = move_assets(city.journal, [row], city.room)
    assert moved.changes.title == "Move R-000001 to City Hall / 204"
    assert (city.values(row)["location"], city.values(row)["custodian"]) == (city.room, city.tom)
    assert codes(move_assets(city.journal, [row], city.room)) == ["custody.there-already"]
    onward = move_assets(city.journal, [row], city.hall)
    assert onward.acts[0].before == "City Hall / 204"


def test_what_was_deleted_is_refused(city):
    with city.database.reading() as connection:
        nr = find_record(connection, city.database.catalogue(), "radio", city.radios[0]).nr
    delete_records(city.journal, "radio", [nr], "Delete R-000001")
    for done in (
        issue_assets(city.journal, city.radios[:1], city.tom),
        return_assets(city.journal, city.radios[:1]),
        move_assets(city.journal, city.radios[:1], city.room),
    ):
        assert (done.acts[0].fate, codes(done), done.changes.count) == (Fate.REFUSED, ["custody.not-there"], 0)
    assert city.titles()[0] == "Delete R-000001"


def test_a_target_must_be_there(city):
    with pytest.raises(UsageError, match=r"record\.none"):
        issue_assets(city.journal, city.radios, city.room)
    with pytest.raises(UsageError, match=r"record\.none"):
        move_assets(city.journal, city.radios, city.tom)
    with pytest.raises(UsageError, match=r"record\.none"):
        return_assets(city.journal, city.radios, "no such id")


def test_a_person_who_has_left_is_told(city):
    gone = city.add("person", name="K. Brandt", active="no")
    done = issue_assets(city.journal, city.radios[:1], gone)
    assert [note.code for note in done.notes] == ["custody.person-left"]


def test_a_record_is_called_what_names_call_it(city):
    with city.database.reading() as connection:
        assert called(connection, "location", city.room) == "City Hall / 204"
        assert called(connection, "person", city.tom) == "T. Nakagawa"
        assert called(connection, "asset", city.radios[0]) == "R-000001"
        assert called(connection, "person", "no such id") == called(connection, "location", "no such id") == ""
