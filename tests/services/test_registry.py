import pytest

from models.fields.problem import UsageError
from models.journal.undo import undo
from models.journal.writer import Journal
from models.query.names import Names
from models.services.bulk import delete_records, set_many
from models.services.registry import BadFields, create_record, find_record, set_fields
from models.settings import Settings
from models.store.database import Database
from models.store.home import Home


@pytest.fixture
def city(tmp_path):
    city = City(tmp_path / "home")
    yield city
    city.database.close()


class City:
    """A small register and short words for what tests do to it."""

    def __init__(self, folder):
        self.home = Home(folder)
        self.database = Database.open(self.home)
        self.settings = Settings(self.home.settings)
        self.journal = Journal(self.database, "J. Ruiz")

    def add(self, word, **texts):
        return create_record(self.journal, word, texts, self.settings)

    def set(self, word, record, **texts):
        return set_fields(self.journal, word, record, texts, self.settings)

    def find(self, word, text, **options):
        with self.database.reading() as connection:
            return find_record(connection, self.database.catalogue(), word, text, **options)

    def name(self, table, row):
        with self.database.reading() as connection:
            return Names(connection).label(table, row)


def codes(error):
    return [problem.code for problem in error.value.problems]


def test_a_record_is_found_by_whatever_names_it(city):
    city.add("manufacturer", name="Motorola")
    radio = city.add("radio", tag="R-1", serial="672CYX1", unit_id="4779", manufacturer="motorola").row
    phone = city.add("mobile", tag="M-1", imei="490154203237518").row
    ana = city.add("person", name="Ana Soto", email="ana.soto@example.gov", employee_number="00417").row
    for text in (radio, radio.upper(), "R-1", "r-1", "672cyx1", "4779", " R-1 "):
        assert city.find("radio", text).id == radio
        assert city.find("asset", text).id == radio
    assert city.find("asset", "490154203237518").id == phone
    assert city.find("asset", "R-1").values["unit_id"] == "4779"
    for text in ("Ana Soto", "ANA.SOTO@example.gov", "00417", "ana  soto"):
        assert city.find("person", text).id == ana


def test_a_place_is_found_by_its_way_down(city):
    hall = city.add("location", name="City Hall").row
    room = city.add("location", name="204", parent="City Hall").row
    annex = city.add("location", name="Annex").row
    city.add("location", name="204", parent="Annex")
    assert city.find("location", "City Hall / 204").id == room
    with pytest.raises(UsageError) as error:
        city.find("location", "204")
    assert error.value.problem.code == "record.several"
    assert room in error.value.problem.details["records"]
    assert {hall, annex} == {city.find("location", name).id for name in ("city hall", "annex")}


@pytest.mark.parametrize(("word", "text"), [("radio", "R-9"), ("radio", ""), ("person", "4779"), ("mobile", "R-1")])
def test_what_is_not_there_is_said(city, word, text):
    city.add("radio", tag="R-1")
    with pytest.raises(UsageError) as error:
        city.find(word, text)
    assert error.value.problem.code == "record.none"


def test_texts_become_values_through_their_kinds(city):
    city.add("location", name="Engine 7")
    row = city.add(
        "radio", **{"Asset tag": " R-1 ", "location": "engine 7", "cost": "$1,200.50", "acquired_on": "3/4/2025"}
    ).row
    values = city.find("radio", row).values
    assert (values["tag"], values["cost"], values["acquired_on"]) == ("R-1", "1200.50", "2025-03-04")
    assert city.name("location", values["location"]) == "Engine 7"
    city.settings.date_order = "dmy"
    city.set("radio", row, acquired_on="3/4/2025")
    assert city.find("radio", row).values["acquired_on"] == "2025-04-03"


def test_setting_changes_only_what_differs(city):
    row = city.add("radio", tag="R-1", alias="ENG 7").row
    done = city.set("asset", "R-1", alias="ENG 8", tag="R-1", unit_id="4779")
    assert done.changes.fields["asset"] == {"alias", "unit_id"}
    assert city.set("radio", row, alias="ENG 8").changes.count == 0
    assert city.set("radio", row, alias="").changes.count == 1
    assert city.find("radio", row).values["alias"] is None


def test_all_that_is_wrong_is_told_at_once_and_nothing_is_written(city):
    city.add("location", name="Engine 7")
    city.add("radio", tag="R-1")
    texts = {"unit_id": "x", "kind": "mobile", "alais": "E", "location": "Engin 7", "alias": "ok", "Alias": "twice"}
    with pytest.raises(BadFields) as error:
        city.set("radio", "R-1", **texts)
    assert sorted(codes(error)) == sorted(
        ["radio.not-a-number", "field.kept", "field.unknown", "reference.unknown", "field.twice"]
    )
    by_code = {problem.code: problem for problem in error.value.problems}
    assert "alias" in by_code["field.unknown"].details["near"].casefold()
    assert by_code["reference.unknown"].details["near"] == "Engine 7"
    assert city.find("radio", "R-1").values["alias"] is None


def test_a_name_that_several_have_is_asked_back(city):
    city.add("person", name="Ana Soto", email="a@example.gov")
    city.add("person", name="Ana Soto", email="b@example.gov")
    city.add("radio", tag="R-1")
    with pytest.raises(BadFields) as error:
        city.set("radio", "R-1", custodian="Ana Soto")
    assert codes(error) == ["reference.several"]
    city.set("radio", "R-1", custodian="b@example.gov")


def test_what_must_be_there_stays(city):
    city.add("person", name="Ana Soto")
    with pytest.raises(BadFields) as error:
        city.set("person", "Ana Soto", name=" ")
    assert codes(error) == ["field.required"]
    with pytest.raises(BadFields) as error:
        city.add("person", email="b@example.gov")
    assert codes(error) == ["field.required"]


def test_an_asset_is_of_some_kind(city):
    with pytest.raises(UsageError) as error:
        city.add("asset", tag="X-1")
    assert error.value.problem.code == "record.needs-kind"


def test_a_place_is_not_inside_itself(city):
    city.add("location", name="City Hall")
    city.add("location", name="Floor 2", parent="City Hall")
    for inside in ("City Hall", "Floor 2"):
        with pytest.raises(BadFields) as error:
            city.set("location", "City Hall", parent=inside)
        assert codes(error) == ["reference.ring"]


def test_a_shared_identity_is_warned_of_and_kept(city):
    city.add("system", name="County P25")
    city.add("radio", tag="R-1", unit_id="4779", system="County P25")
    city.add("radio", tag="R-2", unit_id="4779")  # another system, or none that is known
    done = city.set("radio", "R-2", system="County P25")
    assert not done.warnings  # the field that they share was not touched
    done = city.add("radio", tag="r-1", unit_id="4779", system="County P25")
    assert sorted(problem.field for problem in done.warnings) == ["tag", "unit_id"]
    assert done.changes.count == 1


def test_custom_fields_are_fields(city):
    city.add("custom_field", key="x_vlan", label="VLAN", record="radio", value_type="number", required="yes")
    with pytest.raises(BadFields) as error:
        city.add("radio", tag="R-1")
    assert codes(error) == ["field.required"]
    row = city.add("radio", tag="R-1", VLAN="12").row
    assert city.find("radio", row).values["x_vlan"] == "12"
    with pytest.raises(BadFields):
        city.set("radio", row, x_vlan="twelve")


def test_many_records_get_one_value_in_one_action(city):
    for number in range(5):
        city.add("radio", tag=f"R-{number}", status="in_stock" if number else "retired")
    numbers = [city.find("radio", f"R-{number}").nr for number in range(5)]
    changes = set_many(city.journal, "radio", numbers, {"status": "retired", "x_note": "old"}, "Retire 5 radios")
    assert changes.count == 5
    assert city.find("radio", "R-3").values["status"] == "retired"
    assert set_many(city.journal, "radio", numbers, {"status": "retired"}, "Again").count == 0


def test_what_others_refer_to_is_not_deleted(city):
    city.add("location", name="City Hall")
    city.add("location", name="Floor 2", parent="City Hall")
    city.add("location", name="204", parent="Floor 2")
    city.add("location", name="Annex")
    city.add("radio", tag="R-1", location="204")
    row = {name: city.find("location", name) for name in ("City Hall", "Floor 2", "204", "Annex")}
    done = delete_records(city.journal, "location", [each.nr for each in row.values()], "Delete 4 places")
    assert done.changes.rows["location"] == {row["Annex"].id}
    assert dict(done.kept) == {row[name].id: 1 for name in ("City Hall", "Floor 2", "204")}
    radio = city.find("radio", "R-1")
    assert not delete_records(city.journal, "radio", [radio.nr], "Delete it").kept
    done = delete_records(city.journal, "location", [row[name].nr for name in ("City Hall", "Floor 2", "204")], "All")
    assert done.changes.count == 3
    with pytest.raises(UsageError):
        city.find("radio", "R-1")
    assert city.find("radio", "R-1", deleted=True).values["deleted"] == "yes"


def test_deleting_after_an_undo(city):
    city.add("radio", tag="R-1")
    city.add("radio", tag="R-2")
    undo(city.journal)
    radio = city.find("radio", "R-1")
    assert delete_records(city.journal, "radio", [radio.nr], "Delete it").changes.count == 1
