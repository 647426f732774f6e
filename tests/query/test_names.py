"""Names of records: a messy register's every record is meant by what is written for it."""

import pytest

from models.fields.ids import new_id
from models.journal.entry import Edit
from models.query.names import Names, plain
from models.schema.records import TABLES
from tests.query.register import small_city


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    city = small_city(tmp_path_factory.mktemp("city"))
    more = [
        city.add("line", "line", number="+15125550177"),
        city.add("office", "product", name="Office", edition="Pro", version="2021"),
        city.add("office-std", "product", name="Office", edition="Standard", version="2021"),
        city.add("seats", "entitlement", name="Office 2026", product="@office"),
        city.add("seat", "seat", entitlement="@seats", person="@ruiz"),
        city.add("twin", "asset", kind="hardware", tag="ct-1"),
        city.add("named", "asset", kind="hardware", name="The old plotter"),
        city.add("deleted", "location", name="Engine 7", deleted="yes"),
    ]
    city.journal.write("More", more)
    yield city
    city.database.close()


def test_what_is_written_for_a_record_means_it(city):
    with city.database.reading() as connection:
        names = Names(connection)
        for short, row in city.ids.items():
            table = city.table[short]
            written = names.written(table, row)
            if city.values.get(short, {}).get("deleted") or short == "gone":
                assert written == row  # nobody can mean it by a name
            else:
                assert names.meant(table, written) == [row], (short, written)
                assert names.meant(table, f"  {written.upper()} ".replace(" / ", "  /  ")) in ([row], []), short


def test_the_shortest_form_that_is_clear_is_written(city):
    with city.database.reading() as connection:
        names = Names(connection)
        shown = {short: names.written(city.table[short], row) for short, row in city.ids.items()}
    assert shown["engine"] == "Engine 7"
    assert shown["hall-101"] == "City Hall / 101"
    assert shown["annex-101"] == "Annex / 101"
    # "City Hall / 204" is also the name of another place
    assert shown["hall-204"] == "204"
    assert shown["slash"] not in ("City Hall / 204", "204")
    assert shown["5400-dell"] == "Dell 5400"
    assert shown["ruiz"] == "Ruiz, Juana"
    assert shown["ruiz2"] == "Ruiz, Jorge"
    assert shown["ruiz3"] == city.ids["ruiz3"]
    assert shown["office"] == "Office Pro 2021"
    assert shown["seats"] == "Office 2026"
    assert shown["r1"] == "R-0001"
    assert shown["twin"] == city.ids["twin"]  # two assets have the tag CT-1


def test_what_people_may_mean(city):
    with city.database.reading() as connection:
        names = Names(connection)

        def meant(table, name):
            return {city.short(row) for row in names.meant(table, name)}

        assert meant("location", "101") == {"hall-101", "library-101", "annex-101"}
        assert meant("location", "library  > annex > 101") == {"annex-101"}
        assert meant("location", "e7") == {"engine"}
        assert meant("location", "CH") == {"hall"}
        assert meant("person", "j. ruiz") == {"ruiz", "ruiz2", "ruiz3"}
        assert meant("person", "Ruiz, Juana") == {"ruiz"}
        assert meant("person", "Jorge Ruiz") == {"ruiz2"}
        assert meant("model", "5400") == {"5400-dell", "5400-acme"}
        assert meant("model", "ACME 5400") == {"5400-acme"}
        assert meant("asset", "ch-pc-01") == {"h1"}
        assert meant("asset", "ct-1") == {"h1", "twin"}
        assert meant("asset", "no such") == set()
        assert meant("asset", "R-0099") == set()  # deleted
        assert meant("line", "+15125550177") == {"line"}
        assert meant("product", "office pro 2021") == {"office"}
        assert meant("product", "Office") == {"office", "office-std"}


def test_labels_and_paths(city):
    with city.database.reading() as connection:
        names = Names(connection)
        ids = city.ids
        assert names.label("location", ids["hall-204"]) == "204"
        assert names.path("location", ids["annex-101"]) == "Library / Annex / 101"
        assert names.path("person", ids["ruiz"]) == "J. Ruiz"
        assert names.path("location", ids["ring-a"]) == "Ring B / Ring A"  # a ring ends
        assert names.label("seat", ids["seat"]) == "Office 2026"
        assert names.label("asset", ids["named"]) == "The old plotter"
        assert names.label("location", ids["deleted"]) == "Engine 7"
        assert names.label("location", new_id()) == ""
        assert names.label("asset", new_id()) == ""
        fields = {field.key: field for field in TABLES["asset"].fields}
        assert names.shown(fields["location"], ids["engine"]) == "Engine 7"
        assert names.shown(fields["location"], "no such id") == "no such id"
        assert names.shown(fields["status"], "in_service") == "In service"


def test_names_are_compared_without_case_and_blanks():
    assert plain("  City\tHALL ") == plain("city hall")
    assert plain("STRASSE") == plain("Straße")


def test_names_are_those_of_one_moment(city):
    row = city.ids["station"]
    city.journal.write("Rename", [Edit("location", row, {"name": "Station Seven"})])
    with city.database.reading() as connection:
        assert Names(connection).label("location", row) == "Station Seven"
    city.journal.write("Rename", [Edit("location", row, {"name": "Station 7"})])
