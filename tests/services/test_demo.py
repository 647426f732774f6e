import datetime as dt
import time
from collections import Counter, defaultdict

import pytest
from sqlalchemy import select
from stdnum import imei, luhn

from models.fields.ids import new_id
from models.fields.problem import UsageError
from models.journal.entry import Edit
from models.journal.history import deeds
from models.journal.undo import redo, undo
from models.journal.writer import Journal
from models.progress import Cancelled, Progress
from models.rules.tag_book import tag_book
from models.schema.catalogue import Catalogue
from models.schema.records import OWN_KINDS, RECORDS, TABLES, references
from models.services.check import check
from models.services.demo import fill_demo, has_demo, remove_demo
from models.services.demo.deed import demo_edits
from models.services.demo.identities import vin
from models.services.tag_overview import overview
from models.services.tags import next_tags
from models.store.database import Database
from models.store.home import Home

TODAY = dt.date(2026, 11, 22)


class Rows:
    """The rows of a city by table, and by word of their kind."""

    def __init__(self, assets, seed=1):
        self.edits = list(demo_edits(assets, seed, TODAY))
        self.by_id = {edit.row: edit for edit in self.edits}
        self.of = defaultdict(list)
        for edit in self.edits:
            self.of[edit.patch.get("kind") or edit.table].append(edit.patch)

    def values(self, word, key):
        return [row[key] for row in self.of[word] if row.get(key)]

    def without_ids(self):
        """The rows with the ids in them replaced by the ranks of the rows that they name."""
        ranks = {edit.row: rank for rank, edit in enumerate(self.edits)}
        return [
            (edit.table, {key: ranks.get(value, value) for key, value in edit.patch.items()}) for edit in self.edits
        ]


@pytest.fixture(scope="module")
def city():
    return Rows(2000)


@pytest.fixture
def journal(tmp_path):
    database = Database.open(Home(tmp_path / "home"))
    yield Journal(database, "J. Ruiz")
    database.close()


def kept_rows(database, table, **where):
    """The live rows of a table as mappings, in their order."""
    columns = TABLES[table].sql.c
    query = select(TABLES[table].sql).where(columns.deleted.is_(None)).order_by(columns.nr)
    with database.reading() as connection:
        return connection.execute(query.filter_by(**where)).mappings().all()


def live(database):
    counts = {table: len(kept_rows(database, table)) for table in TABLES}
    return {table: number for table, number in counts.items() if number}


def there(database):
    with database.reading() as connection:
        return has_demo(connection)


@pytest.mark.parametrize("assets", [500, 2000])
def test_a_city_has_the_size_and_the_shares_that_were_asked_for(assets):
    rows = Rows(assets)
    found = {word: len(rows.of[word]) for word in ("hardware", "mobile", "radio")}
    assert sum(found.values()) == assets
    assert found["mobile"] == pytest.approx(0.13 * assets, abs=1)
    assert found["radio"] == pytest.approx(0.06 * assets, abs=1)
    assert all(rows.of[word] for word in RECORDS if word not in ("asset", *OWN_KINDS))


def test_the_same_seed_on_the_same_day_gives_the_same_city(city):
    assert Rows(2000).without_ids() == city.without_ids()
    assert Rows(500, seed=2).without_ids() != Rows(500, seed=1).without_ids()


@pytest.mark.parametrize("assets", [500, 2000])
def test_every_value_is_canonical_and_gives_no_cause_for_a_warning(assets):
    rows, catalogue = Rows(assets, seed=assets), Catalogue()
    for edit in rows.edits:
        word = edit.patch.get("kind") or edit.table
        for key, value in edit.patch.items():
            if value is None or key in references(edit.table):
                continue
            notes = []
            assert catalogue.field(word, key).kind.parse(value, notes) == value
            assert not notes, (word, key, value)


def test_references_lead_to_rows_of_the_right_table_made_once(city):
    assert len(city.by_id) == len(city.edits)
    assert all(edit.new for edit in city.edits)
    for edit in city.edits:
        for key, target in references(edit.table).items():
            if edit.patch.get(key):
                assert city.by_id[edit.patch[key]].table == target, (edit.table, key)


def test_what_a_field_needs_is_there(city):
    for word, kind in RECORDS.items():
        for field in kind.fields:
            if field.required:
                assert len(city.values(word, field.key)) == len(city.of[word]), (word, field.key)
    for word in ("hardware", "mobile", "radio"):
        for key in ("tag", "serial", "model", "status", "acquired_on", "cost", "replace_by"):
            assert len(city.values(word, key)) == len(city.of[word]), (word, key)


def test_check_digits_are_real_by_other_programs_reckoning(city):
    numbers = city.values("mobile", "imei") + city.values("mobile", "imei2")
    assert all(len(number) == 15 and imei.is_valid(number) for number in numbers)
    assert len(set(numbers)) == len(numbers)
    assert city.values("line", "iccid")
    assert all(len(number) == 20 and luhn.is_valid(number) for number in city.values("line", "iccid"))
    assert city.values("mobile", "eid")
    assert all(len(number) == 32 and int(number) % 97 == 1 for number in city.values("mobile", "eid"))


def test_vehicles_have_real_check_digits():
    # The usual example is 1M8GDM9AXKP042788: its products add up to 351, which leaves 10 (X) by 11. With L (3) for
    # P (7) in the eleventh place, which counts eight times, it is 319, which 11 divides.
    assert vin("1M8GDM9A", 2019, 42788) == "1M8GDM9A0KL042788"


def test_nobody_is_called_and_nobody_is_written_to(city):
    numbers = city.values("line", "number")
    assert len(set(numbers)) == len(numbers) > 100
    called = [*numbers, *city.values("person", "phone"), *city.values("vendor", "phone")]
    assert all(number[5:10] == "55501" for number in called)
    written = city.values("person", "email") + city.values("vendor", "email")
    assert all(address.endswith(".example") for address in written)
    assert all(number.startswith("001") for number in city.values("mobile", "imei"))  # test equipment


def test_identities_are_shared_only_where_it_is_meant(city):
    shared = {}
    for word, kind in RECORDS.items():
        for field in kind.fields:
            if field.identity:
                often = {value: times for value, times in Counter(city.values(word, field.key)).items() if times > 1}
                shared |= {(word, field.key): often} if often else {}
    assert list(shared) == [("radio", "unit_id")]
    assert sorted(shared["radio", "unit_id"].values()) == [2, 2]


def test_people_are_many_and_differ(city):
    people = city.of["person"]
    assert 300 < len(people) < 420
    assert len({row["name"] for row in people}) == len(people)
    assert max(Counter(row["family_name"] for row in people).values()) <= 4
    assert max(Counter(row["given_name"] for row in people).values()) <= 5
    fire = next(edit.row for edit in city.edits if edit.table == "department" and edit.patch["code"] == "FD")
    assert {"Fire Chief", "Captain", "Firefighter"} <= {row["title"] for row in people if row["department"] == fire}


def test_radios_are_as_the_radio_shop_has_them(city):
    radios = {row["alias"]: row for row in city.of["radio"] if row.get("alias")}
    assert len(city.of["radio"]) >= 100
    officer = radios["ENG 7 OFC"]
    vehicle = city.by_id[officer["location"]].patch
    assert vehicle["name"] == "Engine 7"
    assert city.by_id[vehicle["parent"]].patch["name"] == "Station 7"
    holder = city.by_id[officer["custodian"]].patch
    assert holder["title"] == "Lieutenant"
    assert city.by_id[holder["location"]].patch["name"] == "Station 7"
    blocks = defaultdict(set)
    for row in city.of["radio"]:
        if row.get("unit_id"):
            blocks[row["department"]].add(int(row["unit_id"]) // 1000)
    fire, police = blocks[officer["department"]], blocks[radios["PD 110"]["department"]]
    assert len(fire) == 1
    assert fire <= police | fire  # a clone may have an ID of the other block
    assert all("CKR" in each for each in city.values("radio", "key_reference"))
    systems = {row["name"]: row for row in city.of["system"]}
    assert (systems["Metro P25"]["wacn"], systems["Metro P25"]["system_id"]) == ("BEE00", "3A1")


def test_vehicle_computers_sit_in_docks_and_docks_in_vehicles(city):
    computers = [row for row in city.of["hardware"] if row["category"] == "Vehicle computer" and row.get("parent")]
    assert computers
    for row in computers:
        dock = city.by_id[row["parent"]].patch
        assert dock["category"] == "Vehicle dock"
        assert dock["location"] == row["location"]
    mounted = [row for row in computers if row["status"] == "in_service"]
    assert {city.by_id[row["location"]].patch["place_type"] for row in mounted} == {"vehicle"}


def test_dates_agree_with_each_other(city):
    today = TODAY.isoformat()
    for word in ("hardware", "mobile", "radio"):
        for row in city.of[word]:
            bought = row["acquired_on"]
            assert bought <= today
            assert bought < row["replace_by"]
            for key in ("assigned_on", "last_counted", "disposed_on", "last_programmed"):
                assert not row.get(key) or bought <= row[key] <= today, key
            assert (row.get("last_seen") or "")[:10] <= today
    seen = city.values("hardware", "last_seen")
    stale = [each for each in seen if each < (TODAY - dt.timedelta(days=80)).isoformat()]
    assert 0 < len(stale) < len(seen) / 8


def test_states_are_mixed_as_in_a_real_store(city):
    states = Counter(city.values("hardware", "status"))
    assert states["in_service"] > 0.7 * sum(states.values())
    assert all(states[state] for state in ("in_stock", "in_repair", "lost", "retired", "disposed"))
    assert any(row.get("funding_award") for row in city.of["hardware"])
    assert any(row.get("funding_award") for row in city.of["radio"])
    for row in city.of["hardware"]:
        if row["status"] == "disposed":
            assert not row.get("custodian")
            assert not row.get("location")


def test_an_entitlement_or_two_have_too_few_seats(city):
    seats = Counter(row["entitlement"] for row in city.of["seat"])
    bought = {edit.row: int(edit.patch["quantity"]) for edit in city.edits if edit.table == "entitlement"}
    short = [row for row, number in seats.items() if number > bought[row]]
    assert 1 <= len(short) < len(seats) / 3
    assert city.of["installation"]


def test_shelves_hold_what_a_city_uses_up_and_some_are_low(city):
    stock = city.of["stock"]
    assert 60 < len(stock) < 300
    assert {"Toner", "Radio battery", "Cable", "Keyboard", "Charger"} <= {row["category"] for row in stock}
    assert {row["stock_type"] for row in stock} == {"accessory", "consumable", "component"}
    low = [row for row in stock if int(row["quantity"]) < int(row["minimum"])]
    assert 0 < len(low) < len(stock) / 2
    shelves = [(row["item_number"], row["location"]) for row in stock]
    assert len(set(shelves)) == len(shelves)
    assert all(row["acquired_on"] <= row["counted_on"] <= TODAY.isoformat() for row in stock)


@pytest.mark.parametrize("assets", [0, 499, 1_000_001])
def test_other_sizes_are_refused(journal, assets):
    with pytest.raises(UsageError, match=r"demo\.size"):
        fill_demo(journal, assets=assets)
    assert not live(journal.database)


def test_it_is_one_deed_that_the_database_proves_whole(journal):
    began = time.process_time()
    changes = fill_demo(journal, assets=3000, progress=Progress())
    # A million may take three minutes; three thousand take a second on a slow machine.
    assert time.process_time() - began < 12
    assert live(journal.database)["asset"] == 3000
    assert (changes.title, changes.count) == ("Demo city", sum(live(journal.database).values()))
    with journal.database.reading() as connection:
        assert [deed.source for deed in deeds(connection)] == ["demo"]
    assert there(journal.database)
    report = check(journal.database)
    assert report.sound
    assert sum(report.counts.values()) == 2  # the two pairs of radios with one unit ID


def test_it_goes_into_an_empty_home_only(journal):
    asset = new_id()
    journal.write("Mine", [Edit("asset", asset, {"kind": "hardware", "tag": "1"}, new=True)])
    with pytest.raises(UsageError, match=r"demo\.not-empty"):
        fill_demo(journal, assets=500)
    journal.write("Away", [Edit("asset", asset, {"deleted": "yes"})])
    fill_demo(journal, assets=500)
    with pytest.raises(UsageError, match=r"demo\.not-empty"):
        fill_demo(journal, assets=500)
    journal.write(
        "Clear", [Edit("asset", row["id"], {"deleted": "yes"}) for row in kept_rows(journal.database, "asset")]
    )
    with pytest.raises(UsageError, match=r"demo\.there"):
        fill_demo(journal, assets=500)


def test_cancelling_leaves_nothing(journal):
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        fill_demo(journal, assets=500, progress=progress)
    assert not live(journal.database)


def test_removing_leaves_nothing_and_can_be_taken_back(journal):
    fill_demo(journal, assets=500)
    before = live(journal.database)
    report = remove_demo(journal)
    assert not live(journal.database)
    assert not report.kept
    with journal.database.reading() as connection:
        assert len(deeds(connection)) == 2
    assert not there(journal.database)
    with pytest.raises(UsageError, match=r"demo\.none"):
        remove_demo(journal)
    redo(journal)
    assert live(journal.database) == before
    assert there(journal.database)
    remove_demo(journal)
    fill_demo(journal, assets=500)
    assert live(journal.database) == before


def test_undoing_it_removes_it_too(journal):
    fill_demo(journal, assets=500)
    undo(journal)
    assert not live(journal.database)
    assert not there(journal.database)


def test_removing_takes_what_people_changed_and_keeps_what_their_records_need(journal):
    fill_demo(journal, assets=500)
    room = kept_rows(journal.database, "location", name="EOC")[0]["id"]
    changed = kept_rows(journal.database, "asset", kind="radio")[0]["id"]
    mine = new_id()
    journal.write("Change", [Edit("asset", changed, {"notes": "Mine now?"})])
    journal.write("Mine", [Edit("asset", mine, {"kind": "hardware", "tag": "1", "location": room}, new=True)])
    report = remove_demo(journal)
    assert [row["id"] for row in kept_rows(journal.database, "asset")] == [mine]
    left = kept_rows(journal.database, "location")
    names = {row["name"] for row in left}
    assert {"EOC", "Emergency Operations Center", "Public Safety Center"} <= names
    assert {(kept.table, kept.row) for kept in report.kept if kept.table == "location"} == {
        ("location", row["id"]) for row in left
    }
    assert {kept.reason for kept in report.kept} == {"in-use"}
    assert check(journal.database).sound
    assert not there(journal.database)


def test_the_tags_of_the_city_fit_its_schemes(journal):
    fill_demo(journal, assets=600, today=TODAY)
    with journal.database.reading() as connection:
        found = overview(connection)
        tags = connection.exec_driver_sql("SELECT tag FROM asset WHERE deleted IS NULL").scalars().all()
        book = tag_book(connection)
        assert {book.scheme_of(tag).record for tag in tags} == {"hardware", "mobile", "radio"}
        assert not {tag.casefold() for tag in tags} & book.void.keys()
        (roll,) = [each for state in found.schemes for each in state.ranges]
        assert (roll.progress.used, roll.progress.void, roll.next) == (0, 3, roll.first)
    assert found.void == 4
    assert next_tags(journal, "radio")[0] > roll.last
    assert next_tags(journal, "hardware")[0] == f"H-{len([tag for tag in tags if tag[0] == 'H']) + 2:06}"
