"""Names that no record has: told once each, with what they may be meant for; decided by a person, and remembered."""

import pytest

from models.exchange.plan import Near
from models.fields.problem import UsageError
from models.journal.undo import undo
from tests.exchange.register import codes, counts

HEADINGS = ("tag", "serial", "manufacturer", "location")
ROWS = (
    ["A", "S1", "Dell Inc.", "Eng 7"],
    ["B", "S2", "Dell Inc.", "Annex"],
    ["C", "S3", "DELL INC.", "Eng 7"],
    ["D", "S4", "Dell", "Annex"],
)


@pytest.fixture
def city(register, sheet):
    """Dell and Engine 7 are known; the sheet calls them otherwise, and names a place that is new."""
    register.ids = {
        "dell": register.add("manufacturer", name="Dell"), "engine": register.add("location", name="Engine 7")
    }  # fmt: skip
    register.path = sheet(HEADINGS, *ROWS)
    return register


def unknown(plan):
    return {each.name: (each.table, each.rows, each.first, each.decision) for each in plan.unknown}


def test_a_name_like_a_known_one_keeps_its_rows_out_until_it_is_decided(city):
    plan = city.plan(city.path)
    assert counts(plan) == (1, 0, 0, 3)
    assert unknown(plan) == {
        "Dell Inc.": ("manufacturer", 3, 2, ""), "Eng 7": ("location", 2, 2, ""), "Annex": ("location", 2, 3, "+")
    }  # fmt: skip
    assert [each.name for each in plan.unknown] == ["Eng 7", "Dell Inc.", "Annex"]
    assert plan.unknown[1].near == (Near(city.ids["dell"], "Dell"),)
    assert {each.problem.code for each in plan.all_problems()} == {"reference.undecided"}
    assert [made.name for made in plan.made] == ["Annex"]


def test_what_a_person_decides_is_done_and_remembered(city):
    names = {"manufacturer": {"dell inc.": "Dell"}, "location": {"Eng 7": city.ids["engine"]}}
    plan = city.bring_in(city.path, names=names)
    assert counts(plan) == (4, 0, 0, 0)
    assert [values["manufacturer"] for values in city.values("hardware")] == ["Dell"] * 4
    assert [values["location"] for values in city.values("hardware")] == ["Engine 7", "Annex"] * 2
    assert city.names("manufacturer") == ["Dell"]
    again = city.plan(city.path)
    assert (counts(again), again.unknown) == ((0, 0, 4, 0), [])


def test_undoing_the_import_takes_its_aliases_back_too(city):
    city.bring_in(city.path, names={"manufacturer": {"Dell Inc.": "Dell"}, "location": {"Eng 7": "Engine 7"}})
    undo(city.journal)
    assert city.names("alias") == []
    assert counts(city.plan(city.path)) == (1, 0, 0, 3)


def test_what_is_not_to_be_remembered_is_asked_again(city):
    names = {"manufacturer": {"Dell Inc.": "Dell"}, "location": {"Eng 7": "Engine 7"}}
    city.bring_in(city.path, names=names, remember=False)
    assert city.names("alias") == []
    assert counts(city.plan(city.path))[3] == 3


def test_a_name_may_be_new_all_the_same_or_mean_nothing_or_keep_its_rows_out(city):
    plan = city.bring_in(
        city.path, names={"manufacturer": {"Dell Inc.": "+"}, "location": {"Eng 7": "-", "Annex": "!"}}
    )
    assert codes(plan) == [(3, "location", "reference.refused"), (5, "location", "reference.refused")]
    assert [(values["manufacturer"], values.get("location")) for values in city.values("hardware")] == [
        ("Dell Inc.", None), ("Dell Inc.", None)
    ]  # fmt: skip
    assert city.names("manufacturer") == ["Dell", "Dell Inc."]


def test_a_name_may_mean_another_new_name_of_the_sheet(city):
    names = {"manufacturer": {"Dell Inc.": "Dell"}, "location": {"Eng 7": "Annex"}}
    plan = city.bring_in(city.path, names=names)
    assert counts(plan) == (4, 0, 0, 0)
    assert city.names("location") == ["Engine 7", "Annex"]
    assert {values["location"] for values in city.values("hardware")} == {"Annex"}
    assert counts(city.plan(city.path)) == (0, 0, 4, 0)


@pytest.mark.parametrize(
    ("create", "found"),
    [
        (frozenset(), (0, 0, 0, 4)),
        (frozenset({"location"}), (1, 0, 0, 3)),
        (frozenset({"location", "manufacturer"}), (4, 0, 0, 0)),
    ],
)
def test_of_which_kinds_new_records_are_made_can_be_said(city, create, found):
    assert counts(city.plan(city.path, create=create)) == found


def test_a_decision_that_names_several_records_or_none_is_told(city):
    city.add("location", name="Engine 7")
    plan = city.plan(city.path, names={"manufacturer": {"Dell Inc.": "Dell"}, "location": {"Eng 7": "Engine 7"}})
    assert [code for _, _, code in codes(plan)] == ["reference.several", "reference.several"]


def test_two_names_that_mean_each_other_are_one_new_record(city):
    plan = city.plan(city.path, names={"location": {"Eng 7": "Annex", "Annex": "Eng 7"}})
    assert len({made.row for made in plan.made}) <= 1
    assert sum(counts(plan)) == 4


def test_an_alias_of_a_record_that_is_gone_means_nothing(city):
    city.bring_in(city.path, names={"manufacturer": {"Dell Inc.": "Dell"}, "location": {"Eng 7": "Engine 7"}})
    city.add("alias", name="Eng 8", record="location", target="0192f0aa-0000-7000-8000-000000000000")
    city.add("location", name="Eng 7")  # called so itself, which comes before what others call it
    assert counts(city.plan(city.path)) == (0, 2, 2, 0)


def test_numbers_apart_are_other_places_and_new(city, sheet):
    plan = city.plan(sheet(("tag", "location"), ["X", "Engine 8"], ["Y", "Engine 17"]))
    assert (counts(plan), len(plan.made)) == ((2, 0, 0, 0), 2)


def test_a_place_inside_of_a_place_that_is_much_like_a_known_one_is_asked_for(city, sheet):
    hall = city.add("location", name="City Hall")
    path = sheet(("tag", "location"), ["X", "City Hal / 2 / 204"], ["Y", "City Hall / 3"])
    plan = city.plan(path)
    assert codes(plan) == [(2, "location", "reference.undecided")]
    assert unknown(plan)["City Hal"] == ("location", 1, 2, "")
    plan = city.bring_in(path, names={"location": {"City Hal": hall}})
    assert [values["location"] for values in city.values("hardware")] == ["City Hall / 2 / 204", "City Hall / 3"]


def test_a_device_is_never_made_but_may_be_said(register, sheet):
    register.add("hardware", tag="L-9")
    path = sheet(("number", "device"), ["2125550123", "L-09"])
    assert codes(register.plan(path, "line")) == [(2, "device", "reference.unknown")]
    assert codes(register.plan(path, "line", names={"asset": {"L-09": "+"}})) == [(2, "device", "reference.unknown")]
    assert counts(register.plan(path, "line", names={"asset": {"L-09": "L-9"}})) == (1, 0, 0, 0)


def test_a_name_that_says_it_is_not_a_kind_of_record_is_no_business_of_the_import(city):
    assert counts(city.plan(city.path, names={"nonsense": {"Dell Inc.": "Dell"}})) == (1, 0, 0, 3)
    with pytest.raises(UsageError, match=r"kind\.unknown"):
        city.plan(city.path, "nonsense")


# What a sheet knows of the records that it names


def test_a_record_that_is_made_gets_what_its_row_knows_of_it(register, sheet):
    path = sheet(
        ("tag", "Model", "Model no", "Holder", "First", "Last", "Holder's phone"),
        ["A", "Latitude 5440", "P137F", "ann@troy.example", "Ann", "Lee", "212 555 0123"],
        ["B", "Latitude 5440", "P137F", "jdoe", "John", "Doe", "nobody knows"],
        ["C", "Rugged", "", "Kim Roe", "", "", ""],
    )
    mapping = {
        "Model no": "model.number", "Holder": "custodian", "First": "custodian.given_name",
        "Last": "custodian.family_name", "Holder's phone": "custodian.phone",
    }  # fmt: skip
    plan = register.bring_in(path, "hardware", mapping=mapping)
    assert counts(plan) == (3, 0, 0, 0)
    assert [(row, code) for row, _, code in codes(plan)] == [(3, "phone.not-a-number")]
    assert [(each["name"], each.get("number")) for each in register.values("model")] == [
        ("Latitude 5440", "P137F"), ("Rugged", None)
    ]  # fmt: skip
    ann, john, kim = register.values("person")
    assert (ann["name"], ann["email"], ann["phone"]) == ("Ann Lee", "ann@troy.example", "+12125550123")
    assert (john["name"], john["username"], john.get("phone")) == ("John Doe", "jdoe", None)
    assert kim == {"name": "Kim Roe"}
    assert counts(register.plan(path, "hardware", mapping=mapping)) == (0, 0, 3, 0)


def test_a_text_of_a_page_is_no_name(register, sheet):
    """Nor is it a way through thousands of places."""
    way = " / ".join("a" * 2_000)
    plan = register.plan(sheet(["Asset Tag", "Location"], ["T1", way], ["T2", "City Hall / 2"]), "hardware")
    assert [(each.row, each.problem.code) for each in plan.all_problems() if each.refuses] == [(2, "text.too-long")]
    assert [made.name for made in plan.made] == ["City Hall", "City Hall / 2"]
