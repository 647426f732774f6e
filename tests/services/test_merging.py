"""Two records become one: values as chosen, every reference follows, both histories stay, an undo brings both back."""

import pytest
from sqlalchemy import select

from models.fields.ids import new_id
from models.fields.problem import UsageError
from models.journal.entry import Edit
from models.journal.merged import whole_history
from models.journal.undo import undo
from models.journal.writer import Journal
from models.rules.in_use import dangling
from models.schema.records import TABLES, references
from models.services.check import check
from models.services.merging import Pick, merge_records, plan_merge
from models.services.registry import create_record, find_record
from models.services.review import found_here
from models.settings import Settings
from models.store.database import Database
from models.store.home import Home
from models.store.local import ROLE, set_local


class City:
    """Records that were made twice."""

    def __init__(self, folder):
        home = Home(folder)
        self.database = Database.open(home)
        self.settings = Settings(home.settings)
        self.journal = Journal(self.database, "J. Ruiz")

    def add(self, word, **texts):
        return create_record(self.journal, word, texts, self.settings).row

    def values(self, word, row):
        with self.database.reading() as connection:
            found = find_record(connection, self.database.catalogue(), word, row, deleted=True).values
            return {key: value for key, value in found.items() if value is not None}

    def plan(self, table, first, second, picks=None):
        with self.database.reading() as connection:
            return plan_merge(connection, self.database.catalogue(), table, first, second, picks)

    def everything(self):
        """All tables as they are."""
        with self.database.reading() as connection:
            return {
                table: connection.execute(select(kind.sql).order_by(kind.sql.c.nr)).all()
                for table, kind in TABLES.items()
            }

    def told(self, table, row):
        with self.database.reading() as connection:
            return [(event.title, event.merged) for event in whole_history(connection, table, row)]

    def whole(self):
        with self.database.reading() as connection:
            return check(self.database).sound and not list(dangling(connection))


@pytest.fixture
def city(tmp_path):
    made = City(tmp_path / "home")
    yield made
    made.database.close()


def test_values_references_and_histories_become_one_and_an_undo_brings_both_back(city):
    kept = city.add("person", name="Jon Smith", email="jon@city.gov", notes="Badge 7")
    gone = city.add("person", name="John Smith", email="jon@city.gov", phone="(555) 010-2030", notes="Night shift")
    laptop = city.add("hardware", tag="A-1", custodian=gone)
    pair = city.add("hardware", tag="A-2", custodian=kept)
    before = city.everything()
    plan = city.plan("person", kept, gone, {"name": Pick.SECOND})
    assert (plan.stays, plan.goes, plan.references) == (kept, gone, {"asset": 1})
    assert {each.field.key: each.pick for each in plan.fields} == {
        "name": Pick.SECOND, "phone": Pick.SECOND, "notes": Pick.BOTH,
    }  # fmt: skip

    changes = merge_records(city.journal, "person", kept, gone, {"name": Pick.SECOND})

    values = city.values("person", kept)
    assert (values["name"], values["notes"]) == ("John Smith", "Badge 7\nNight shift")
    assert "555" in values["phone"]
    assert city.values("person", gone)["deleted"] == "yes"
    assert {city.values("hardware", row)["custodian"] for row in (laptop, pair)} == {kept}
    with city.database.reading() as connection:
        assert not list(found_here(connection, city.database.catalogue()))
    told = city.told("person", kept)
    assert ("Add person John Smith", "John Smith") in told
    assert (changes.title, "John Smith") in told
    assert ("Add person Jon Smith", "") in told
    assert city.whole()

    assert not undo(city.journal, changes.action).kept
    assert city.everything() == before
    assert all(not merged for _, merged in city.told("person", kept))


def test_the_first_made_goes_on_whichever_is_preferred(city):
    """Else two people who merge a pair apart from each other, each in their own way, would delete both."""
    kept, gone = (
        city.add("vendor", name="Acme", notes="Springfield"),
        city.add("vendor", name="ACME Inc.", notes="Oakdale"),
    )
    merge_records(city.journal, "vendor", gone, kept)
    assert city.values("vendor", kept)["name"] == "ACME Inc."
    assert "deleted" in city.values("vendor", gone)


def test_every_reference_of_every_table_follows(city):
    """As the schema declares them, also those that only remember, and those of deleted records."""
    for target in TABLES:
        users = [(table, key) for table in TABLES for key, to in references(table).items() if to == target]
        pair = sorted((new_id(), new_id()))
        base = {"kind": "radio"} if target == "asset" else {}
        edits = [Edit(target, row, base, new=True) for row in pair]
        rows = [(table, key, new_id()) for table, key in users]
        for table, key, row in rows:
            more = {"kind": "hardware"} if table == "asset" else {}
            edits.append(Edit(table, row, {**more, key: pair[1], "deleted": "yes"}, new=True))
        for table, key in (("alias", "target"), ("review", "target"), ("review", "second")):
            rows.append((table, key, new_id()))
            edits.append(Edit(table, rows[-1][2], {"name": "x", "record": target, key: pair[1]}, new=True))
        city.journal.write("Make them", edits)
        merge_records(city.journal, target, *pair)
        with city.database.reading() as connection:
            for table, key, row in rows:
                at = TABLES[table].sql.c
                assert connection.execute(select(at[key]).where(at.id == row)).scalar_one() == pair[0], (table, key)


@pytest.mark.parametrize("swapped", [False, True])
def test_no_place_comes_to_be_inside_itself(city, swapped):
    hall = city.add("location", name="City Hall")
    outer = city.add("location", name="Annex", parent=hall)
    floor = city.add("location", name="Floor", parent=outer)
    inner = city.add("location", name="Annex B", parent=floor)
    merge_records(city.journal, "location", *((inner, outer) if swapped else (outer, inner)))
    assert city.values("location", outer)["parent"] == hall
    assert city.values("location", floor)["parent"] == outer
    assert city.whole()


def test_a_place_that_was_made_before_the_one_it_is_inside_of(city):
    room = city.add("location", name="Room")
    building = city.add("location", name="Building")
    floor = city.add("location", name="Floor", parent=building)
    city.journal.write("Put the room in", [Edit("location", room, {"parent": floor})])
    merge_records(city.journal, "location", room, building)
    assert "parent" not in city.values("location", room)
    assert city.values("location", floor)["parent"] == room


def test_merged_records_merge_on_and_tell_the_history_of_all(city):
    one, two, three = (city.add("model", name=name) for name in ("APX 8000", "APX8000", "Apx-8000"))
    merge_records(city.journal, "model", two, three)
    merge_records(city.journal, "model", one, two)
    assert {merged for _, merged in city.told("model", one)} == {"", "APX8000", "Apx-8000"}


def test_the_label_goes_with_the_tag(city):
    first, second = city.add("hardware", tag="A-1"), city.add("hardware", tag="A-2")
    stamp = {"label_printed": "2026-11-24T10:00:00Z", "label_prints": "1"}
    city.journal.write("Print", [Edit("asset", second, stamp)])
    assert "label_printed" not in {each.field.key for each in city.plan("asset", first, second).fields if each.value}
    merge_records(city.journal, "asset", first, second, {"tag": Pick.SECOND})
    values = city.values("hardware", first)
    assert (values["tag"], values["label_prints"]) == ("A-2", "1")


def test_custom_fields_are_merged_too(city):
    field = {"key": "x_colour", "label": "Colour", "record": "hardware", "value_type": "text"}
    city.journal.write("Add a field", [Edit("custom_field", new_id(), field, new=True)])
    first, second = city.add("hardware", tag="A-1"), city.add("hardware", tag="A-2", Colour="Red")
    merge_records(city.journal, "asset", first, second)
    assert city.values("hardware", first)["x_colour"] == "Red"


def test_what_cannot_be_merged_is_refused(city):
    radio, laptop, other = (
        city.add("radio", tag="R-1"),
        city.add("hardware", tag="A-1"),
        city.add("hardware", tag="A-2"),
    )
    for first, second, picks, code in (
        (radio, radio, {}, "merge.itself"),
        (radio, laptop, {}, "merge.kinds"),
        (laptop, "nobody", {}, "merge.gone"),
        (laptop, other, {"nonsense": Pick.FIRST}, "merge.field"),
        (laptop, other, {"tag": Pick.BOTH}, "merge.both"),
    ):
        with pytest.raises(UsageError) as refused:
            merge_records(city.journal, "asset", first, second, picks)
        assert refused.value.problem.code == code
    assert "deleted" not in city.values("hardware", other)


def test_nobody_merges_what_makes_records_follow_that_they_may_not_change(city):
    first, second = city.add("person", name="A"), city.add("person", name="B")
    product = city.add("product", name="Office")
    seat = city.add("entitlement", name="Office 2026", product=product)
    city.journal.write("Seat", [Edit("seat", new_id(), {"entitlement": seat, "person": second}, new=True)])
    with city.database.writing() as connection:
        set_local(connection, ROLE, "technician")
    with pytest.raises(UsageError, match=r"hub\.may-not"):
        merge_records(city.journal, "person", first, second)
    assert "deleted" not in city.values("person", second)


def test_a_merge_settles_the_matter_of_the_pair_and_takes_the_others_along(city):
    first, second = city.add("radio", tag="R-1"), city.add("radio", tag="R-1")
    pair, fork = new_id(), new_id()
    about = {"name": "R-1", "record": "asset", "target": second}
    two = Edit("review", pair, {**about, "matter": "duplicate", "second": first}, new=True)
    one = Edit("review", fork, {**about, "matter": "fork", "field": "status"}, new=True)
    city.journal.write("Found while sending", [two, one])
    changes = merge_records(city.journal, "asset", first, second)
    assert (city.values("review", pair)["outcome"], city.values("review", pair)["settled_by"]) == ("merged", "J. Ruiz")
    assert (city.values("review", fork)["target"], "outcome" in city.values("review", fork)) == (first, False)
    undo(city.journal, changes.action)
    assert "outcome" not in city.values("review", pair)
    assert city.values("review", fork)["target"] == second
