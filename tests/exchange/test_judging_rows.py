"""What becomes of the rows of a sheet, and what is said of them, before and after an import."""

import pytest

from models.exchange.apply import apply_plan
from models.exchange.plan import State
from models.fields.problem import InputError, UsageError
from models.progress import Cancelled, Progress
from models.schema.records import OWN_KINDS, RECORDS
from tests.exchange.register import codes, counts

LAPTOPS = ("Asset tag", "Serial number", "Manufacturer", "Model", "Location", "Custodian")


# New, changed, same, refused


def test_rows_are_new_changed_same_and_refused(register, sheet):
    first = sheet(LAPTOPS, ["L-1", "S1", "Dell", "5440", "204", "Ann"], ["L-2", "S2", "Dell", "5440", "204", ""])
    assert counts(register.bring_in(first)) == (2, 0, 0, 0)

    again = sheet(
        [*LAPTOPS, "Acquired on"],
        ["L-1", "S1", "Dell", "5440", "204", "Ann", ""],
        ["l-2", "S2", "", "", "", "Bo", ""],
        ["L-3", "S3", "Dell", "5440", "", "", "31 Feb 2024"],
        ["L-4", "", "", "", "", "", "2024-02-29"],
    )
    plan = register.bring_in(again)
    assert [State(state).name for state in plan.states] == ["SAME", "CHANGED", "REFUSED", "NEW"]
    assert plan.before == {1: {"tag": "L-2", "custodian": None}}
    assert [(row, key) for row, key, _ in codes(plan)] == [(4, "acquired_on")]
    assert register.one("hardware", tag="l-2")["custodian"] == "Bo"
    assert register.names("hardware") == ["L-1", "l-2", "L-4"]


def test_an_empty_cell_keeps_what_is_there(register, sheet):
    register.bring_in(sheet(LAPTOPS, ["L-1", "S1", "Dell", "5440", "204", "Ann"]))
    before = register.values("hardware")
    for nothing in ("", " ", "-", "n/a", "NULL", "\u00a0"):
        plan = register.bring_in(sheet(LAPTOPS, ["L-1", *[nothing] * 5]))
        assert counts(plan) == (0, 0, 1, 0)
    assert register.values("hardware") == before


def test_a_row_said_twice_is_taken_once_and_another_one_with_its_key_is_refused(register, sheet):
    plan = register.bring_in(sheet(LAPTOPS[:3], ["L-1", "S1", "Dell"], ["L-1", "S1", "Dell"], ["l-1", "S9", "Dell"]))
    assert counts(plan) == (1, 0, 1, 1)
    assert codes(plan) == [(3, "tag", "row.repeated"), (4, "tag", "row.same-key")]
    assert register.names("hardware") == ["L-1"]


def test_two_rows_may_not_be_about_one_record(register, sheet):
    register.bring_in(sheet(LAPTOPS[:3], ["L-1", "S1", "Dell"]))
    plan = register.plan(
        sheet([*LAPTOPS[:3], "Notes"], ["L-1", "", "", "a"], ["", "S1", "Dell", "b"], ["L-2", "", "", ""])
    )
    assert counts(plan) == (1, 1, 0, 1)
    assert codes(plan) == [(3, "serial", "row.same-record")]


def test_records_that_share_their_key_are_told_apart_by_all_that_they_are(register, sheet):
    register.add("hardware", tag="L-1", serial="S1")
    register.add("hardware", tag="L-1", serial="S2")
    plan = register.plan(sheet(("tag", "serial"), ["L-1", "S2"], ["L-1", "S1"], ["L-1", "S3"]))
    assert counts(plan) == (0, 0, 2, 1)
    assert codes(plan) == [(4, "tag", "match.several")]


# Keys


@pytest.mark.parametrize(
    ("kind", "known", "headings", "row", "match"),
    [
        ("hardware", {"tag": "L-1"}, ("tag", "notes"), ["l-1", "x"], "tag"),
        ("hardware", {"hostname": "pc1.city.gov"}, ("hostname", "notes"), ["PC1.city.gov", "x"], "hostname"),
        ("hardware", {"mac": "00:1B:63:84:45:E6"}, ("mac", "notes"), ["001b.6384.45e6", "x"], "mac"),
        ("mobile", {"imei": "490154203237518"}, ("imei", "notes"), ["49-015420-323751-8", "x"], "imei"),
        ("radio", {"unit_id": "4779"}, ("unit_id", "notes"), ["4779.0", "x"], "unit_id"),
        ("line", {"number": "+12125550123"}, ("number", "notes"), ["(212) 555-0123", "x"], "number"),
        ("person", {"email": "ann@example.com", "name": "Ann"}, ("email", "title"), ["ANN@example.com", "x"], "email"),
        ("person", {"employee_number": "007", "name": "Ann"}, ("employee_number", "title"), ["007", "x"], ""),
        ("product", {"sku": "1a2b-3c", "name": "Word"}, ("sku", "category"), ["1A2B-3C", "x"], "sku"),
        ("entitlement", {"name": "Word", "starts_on": "2024-01-01"}, ("name", "starts_on", "notes"),
         ["word", "2024-01-01", "x"], "name+starts_on"),
        ("system", {"name": "County", "wacn": "BEE00", "system_id": "1CE"}, ("wacn", "system_id", "notes"),
         ["BEE00", "1CE", "x"], "wacn+system_id"),
    ],
)  # fmt: skip
def test_a_row_is_known_again_by_its_key(register, sheet, kind, known, headings, row, match):
    register.add(kind, **known)
    path = sheet(headings, row)
    assert counts(register.plan(path, kind)) == (0, 1, 0, 0)
    if match:
        assert counts(register.plan(path, kind, match=match)) == (0, 1, 0, 0)


def test_a_serial_counts_with_its_maker(register, sheet):
    dell, hp = register.add("manufacturer", name="Dell"), register.add("manufacturer", name="HP")
    register.add("hardware", serial="S1", manufacturer=dell)
    register.add("hardware", serial="S1", manufacturer=hp)
    plan = register.plan(sheet(("Make", "S/N", "Notes"), ["dell", "S1", "x"], ["HP", "s1", "y"], ["IBM", "S1", "z"]))
    assert counts(plan) == (1, 2, 0, 0)


def test_an_unknown_key_is_refused(register, sheet):
    path = sheet(("tag", "serial"), ["L-1", "S1"])
    for match, code in (("colour", "match.unknown"), ("hostname", "match.no-column")):
        with pytest.raises(UsageError) as error:
            register.plan(path, "hardware", match=match)
        assert error.value.problem.code == code


def test_the_id_of_a_record_outdoes_all_other_keys(register, sheet, tmp_path):
    row = register.add("hardware", tag="L-1", serial="S1")
    path = register.export("hardware", tmp_path / "out.csv", columns=["id", "tag", "serial"])
    assert path.read_text(encoding="utf-8-sig").splitlines()[0] == "Muster id,Asset tag,Serial number"
    assert counts(register.plan(path)) == (0, 0, 1, 0)
    nobody = "0192f0aa-0000-7000-8000-000000000000"
    plan = register.bring_in(
        sheet(("Muster id", "tag"), [row, "L-9"], [nobody, "L-2"], ["", "L-3"], [row.upper(), "L-4"]), "hardware"
    )
    assert codes(plan)[0] == (3, "id", "match.no-such-id")
    assert counts(plan)[:2] == (1, 1)
    assert register.names("hardware") == ["L-9", "L-3"]


def test_a_kind_of_asset_is_not_changed_by_a_list_of_another(register, sheet):
    register.add("radio", tag="R-1")
    plan = register.plan(sheet(("tag", "hostname"), ["R-1", "pc1"], ["L-1", "pc2"]), "hardware")
    assert counts(plan) == (1, 0, 0, 1)
    assert codes(plan) == [(2, "tag", "match.other-kind")]


# Identities


def test_identities_that_others_have_are_told_and_taken(register, sheet):
    register.add("mobile", tag="P-1", imei="490154203237518")
    plan = register.plan(
        sheet(
            ("tag", "imei"),
            ["P-2", "490154203237518"],
            ["P-3", "356938035643809"],
            ["P-4", "356938035643809"],
        ),
        "mobile",
    )
    assert counts(plan) == (3, 0, 0, 0)
    assert codes(plan) == [(2, "imei", "identity.elsewhere"), (4, "imei", "identity.row")]
    told = [each.problem.details for each in plan.all_problems()]
    assert told == [{"record": "P-1"}, {"row": "3"}]


def test_a_unit_id_counts_within_its_system_and_a_change_counts_too(register, sheet):
    county = register.add("system", name="County")
    register.add("radio", tag="R-1", unit_id="4779", system=county)
    register.add("radio", tag="R-2")
    plan = register.plan(
        sheet(("tag", "system", "unit id"), ["R-2", "County", "4779"], ["R-3", "State", "4779"], ["R-1", "", "4779"])
    )
    assert codes(plan) == [(2, "unit_id", "identity.elsewhere")]


# References


def test_only_rows_that_are_taken_make_what_they_name(register, sheet):
    plan = register.bring_in(
        sheet(
            [*LAPTOPS, "Acquired on"],
            ["L-1", "S1", "Dell", "5440", "City Hall / 2 / 204", "Ann Lee", "2024-02-29"],
            ["L-2", "S2", "HP", "Z2", "Depot", "Bo", "never"],
            ["L-1", "S3", "IBM", "T4", "Attic", "Cy", "2024-02-29"],
        )
    )
    assert counts(plan) == (1, 0, 0, 2)
    assert plan.made_by_table() == {
        "manufacturer": ["Dell"],
        "location": ["City Hall", "City Hall / 2", "City Hall / 2 / 204"],
        "person": ["Ann Lee"],
        "model": ["5440"],
    }
    assert register.one("hardware")["location"] == "City Hall / 2 / 204"
    assert [register.names(word) for word in ("manufacturer", "person", "model")] == [["Dell"], ["Ann Lee"], ["5440"]]
    assert register.values("model") == [{"name": "5440", "manufacturer": "Dell", "asset_kind": "hardware"}]


def test_new_names_that_are_much_alike_are_told_at_the_first_row_that_is_taken(register, sheet):
    rows = (["A", "Engine Seven", ""], ["B", "Engin Seven", "x"], ["C", "Engin Seven", ""], ["D", "Engin Seven", ""])
    plan = register.plan(sheet(("tag", "location", "acquired on"), *rows))
    (near,) = [each for each in plan.all_problems() if each.problem.code == "reference.near"]
    assert (near.row, near.problem.value, near.problem.details["near"]) == (4, "Engin Seven", "Engine Seven")
    assert not near.refuses
    assert counts(plan) == (3, 0, 0, 1)


def test_a_name_that_several_have_is_refused_and_the_way_to_a_place_helps(register, sheet):
    for hall in ("City Hall", "Annex"):
        register.add("location", name="204", parent=register.add("location", name=hall))
    plan = register.bring_in(sheet(("tag", "location"), ["A", "204"], ["B", "city hall/ 204"], ["C", "Annex > 204"]))
    assert codes(plan) == [(2, "location", "reference.several")]
    assert [values["location"] for values in register.values("hardware")] == ["City Hall / 204", "Annex / 204"]


def test_a_device_or_an_id_that_is_not_there_is_not_made(register, sheet):
    nobody = "0192f0aa-0000-7000-8000-000000000000"
    plan = register.plan(
        sheet(("number", "device", "user"), ["2125550123", "L-9", ""], ["2125550124", "", nobody]), "line"
    )
    assert codes(plan) == [(2, "device", "reference.unknown"), (3, "custodian", "reference.unknown")]
    assert plan.made == []


def test_a_model_is_its_makers_and_a_new_asset_has_the_maker_of_its_model(register, sheet):
    register.add("model", name="X1", manufacturer=register.add("manufacturer", name="HP"))
    register.bring_in(sheet(("tag", "make", "model"), ["A", "Lenovo", "X1"], ["B", "", "X1"], ["C", "hp", "x1"]))
    assert [values.get("manufacturer") for values in register.values("hardware")] == ["Lenovo", "HP", "HP"]
    assert [values["manufacturer"] for values in register.values("model")] == ["HP", "Lenovo"]


# Rows that refer to each other


def test_rows_may_name_each_other_in_any_order(register, sheet):
    people = sheet(
        ("First name", "Last name", "E-mail", "Manager"),
        ["Ann", "Lee", "ann@example.com", "cy@example.com"],
        ["Bo", "Ek", "bo@example.com", "Lee, Ann"],
        ["Cy", "Ott", "cy@example.com", "Cy Ott"],
        ["Di", "Fox", "di@example.com", "Gus Hall"],
    )
    plan = register.bring_in(people, "person")
    assert counts(plan) == (4, 0, 0, 0)
    assert plan.made_by_table() == {"person": ["Gus Hall"]}
    managers = {values["name"]: values.get("manager") for values in register.values("person")}
    assert managers == {
        "Ann Lee": "Cy Ott",
        "Bo Ek": "Ann Lee",
        "Cy Ott": "Cy Ott",
        "Di Fox": "Gus Hall",
        "Gus Hall": None,
    }
    assert counts(register.plan(people, "person")) == (0, 0, 4, 0)


def test_places_may_stand_above_or_below_what_they_are_inside_of(register, sheet):
    places = sheet(
        ("Name", "Inside"),
        ["204", "City Hall / 2"],
        ["2", "City Hall"],
        ["204", "Annex / 2"],
        ["2", "Annex"],
        ["Annex", ""],
        ["City Hall", ""],
        ["Rack 1", "City Hall / 2 / 204"],
        ["Rack 2", "204"],
    )
    plan = register.bring_in(places, "location")
    assert counts(plan) == (7, 0, 0, 1)
    assert codes(plan) == [(9, "parent", "reference.several")]
    assert register.one("location", name="Rack 1")["parent"] == "City Hall / 2 / 204"
    assert len(register.names("location")) == 7
    assert counts(register.plan(places, "location")) == (0, 0, 7, 1)


def test_who_refers_to_a_refused_row_is_refused_too(register, sheet):
    plan = register.bring_in(
        sheet(
            ("tag", "part of", "acquired on"),
            ["DOCK", "MDC", ""],
            ["MDC", "CAR", ""],
            ["CAR", "", "someday"],
            ["X", "", ""],
        )
    )
    assert counts(plan) == (1, 0, 0, 3)
    assert codes(plan)[:2] == [(2, "parent", "reference.refused-row"), (3, "parent", "reference.refused-row")]
    assert register.names("hardware") == ["X"]


def test_nothing_may_be_inside_of_itself(register, sheet):
    car = register.add("hardware", tag="CAR")
    register.add("hardware", tag="MDC", parent=register.add("hardware", tag="DOCK", parent=car))
    plan = register.plan(
        sheet(
            ("tag", "part of"),
            ["CAR", "MDC"],
            ["A", "B"],
            ["B", "A"],
            ["C", "C"],
            ["D", "CAR"],
            ["E", "D"],
        ),
        "hardware",
    )
    assert [(row, code) for row, _, code in codes(plan) if code == "reference.ring"] == [
        (2, "reference.ring"),
        (3, "reference.ring"),
        (5, "reference.ring"),
    ]
    assert counts(plan) == (2, 0, 0, 4)


# All or nothing


def test_a_plan_made_before_another_change_is_stale(register, sheet):
    plan = register.plan(sheet(("tag", "hostname"), ["L-1", "pc1"]))
    register.add("person", name="Ann")
    with pytest.raises(UsageError) as error:
        apply_plan(register.journal, plan)
    assert error.value.problem.code == "plan.stale"
    assert register.names("hardware") == []


class StopAt(Progress):
    """Cancels when a stage is reached."""

    def __init__(self, stage):
        super().__init__()
        self.stop = stage

    def at(self, stage, done=0, total=0):
        if stage == self.stop and done:
            self.cancel()
        super().at(stage, done, total)


def test_cancelled_midway_nothing_is_left(register, sheet):
    path = sheet(LAPTOPS, *([f"L-{n}", f"S{n}", "Dell", "5440", f"Room {n}", ""] for n in range(5000)))
    plan = register.plan(path)
    with pytest.raises(Cancelled):
        apply_plan(register.journal, plan, StopAt("write"))
    assert [register.names(word) for word in ("hardware", "location", "manufacturer")] == [[], [], []]
    assert counts(register.plan(path)) == (5000, 0, 0, 0)


@pytest.mark.parametrize("word", [word for word in RECORDS if word not in ("asset", "seat", *OWN_KINDS)])
def test_an_export_says_by_itself_what_it_holds(register, tmp_path, word):
    register.add("entitlement", name="Word")
    register.add(word, **{RECORDS[word].naming: "+12125550123"}) if word != "entitlement" else None
    plan = register.plan(register.export(word, tmp_path / "out.csv"))
    assert plan.kind == word
    assert counts(plan) == (0, 0, 1, 0)


@pytest.mark.parametrize(
    ("headings", "row", "code"),
    [
        (("Location", "Name", "Frequency", "Duplex", "Offset"), ["1", "FIRE 1", "154.1", "", "0"], "file.channel-list"),
        (
            ("Decimal", "Hex", "Alpha Tag", "Mode", "Tag"),
            ["1616", "650", "FD DISP", "D", "Fire"],
            "file.talkgroup-list",
        ),
        (("RADIO_ID", "CALLSIGN", "FIRST_NAME", "CITY"), ["3100001", "KA1AA", "Ann", "Troy"], "file.amateur-list"),
    ],
)
def test_lists_of_other_things_are_refused_unless_asked_for(register, sheet, headings, row, code):
    path = sheet(headings, row, [row[0], "9", *row[2:]])
    with pytest.raises(InputError) as error:
        register.plan(path)
    assert error.value.problem.code == code
    assert register.plan(path, "hardware", mapping={headings[1]: "name"}).rows == 2


def test_a_list_of_how_many_there_are_is_stock(register, sheet):
    plan = register.plan(sheet(("Item", "Asset type", "Supplier", "QTY"), ["Mouse", "Mice", "CDW", "12"]))
    assert (plan.kind, counts(plan)) == ("stock", (1, 0, 0, 0))


def test_a_carriers_list_may_come_before_the_telephones(register, sheet):
    path = sheet(
        ("Wireless number", "User name", "Rate plan name", "IMEI"),
        ["313-555-0123", "Ann Lee", "Unlimited", "49-015420-323751-8"],
        ["313-555-0124", "Bo Day", "Unlimited", "356938035643809"],
    )
    plan = register.bring_in(path)
    assert (plan.kind, counts(plan)) == ("line", (2, 0, 0, 0))
    assert [(each.heading, each.field, each.code) for each in plan.left_out] == [
        ("IMEI", "device", "reference.no-devices")
    ]
    assert codes(register.plan(path, mapping={"IMEI": "device"}))[0][1:] == ("device", "reference.unknown")
    register.add("mobile", tag="P-1", imei="490154203237518")
    again = register.plan(path)
    assert again.left_out == []
    assert counts(again) == (0, 1, 0, 1)


# Records that say less than a row does


def test_a_bare_name_gets_the_address_of_its_row_and_one_row_only(register, sheet):
    ann = register.add("person", name="Ann Lee")
    register.add("person", name="Kim Roe", email="kim@troy.example")
    path = sheet(
        ("Name", "E-mail", "User name"),
        ["Ann Lee", "ann@troy.example", "alee"],
        ["Ann Lee", "ann.lee@fire.example", ""],
        ["Kim Roe", "roe@fire.example", ""],
    )
    plan = register.bring_in(path, "person")
    assert counts(plan) == (2, 1, 0, 0)
    assert (plan.targets[0], plan.before[0]) == (ann, {"email": None, "username": None})
    assert [use.found for use in plan.match_uses if use.key == ("name",)] == [1]
    assert len(register.values("person", name="Kim Roe")) == 2
    assert counts(register.plan(path, "person")) == (0, 0, 3, 0)


def test_an_asset_known_by_its_serial_gets_its_tag(register, sheet):
    register.add("hardware", serial="S1")
    register.add("hardware", serial="S2", tag="OLD")
    register.add("radio", serial="S3")
    path = sheet(("tag", "serial"), ["A1", "S1"], ["A2", "S2"], ["A3", "S3"], ["A1b", "S1"])
    plan = register.bring_in(path, "hardware")
    assert counts(plan) == (3, 1, 0, 0)
    assert plan.before == {0: {"tag": None}}
    assert [code for _, _, code in codes(plan)].count("identity.elsewhere") >= 1
    assert counts(register.plan(path, "hardware")) == (0, 0, 4, 0)


def test_two_bare_records_of_one_name_are_nobodys(register, sheet):
    for _ in range(2):
        register.add("person", name="Ann Lee")
    plan = register.plan(sheet(("Name", "E-mail"), ["Ann Lee", "ann@troy.example"]), "person")
    assert counts(plan) == (1, 0, 0, 0)


def test_who_wants_one_key_gets_no_other(register, sheet):
    register.add("person", name="Ann Lee")
    plan = register.plan(sheet(("Name", "E-mail"), ["Ann Lee", "ann@troy.example"]), "person", match="email")
    assert counts(plan) == (1, 0, 0, 0)
