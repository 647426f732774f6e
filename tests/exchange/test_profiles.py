"""Profiles: recognised by their headings, under what a person says; saved, used again, replaced and removed."""

import json

import pytest

from desktop.phrases import codes as sentences
from models.exchange.meaning.fields import sheet_fields
from models.exchange.meaning.own_profiles import own_profiles, remove_profile, save_profile
from models.exchange.meaning.profiles import find_profile
from models.exchange.meaning.shipped_profiles import shipped
from models.exchange.options import NewField
from models.exchange.plan import Sure
from models.fields.kind import BadValue
from models.fields.kinds import Ref
from models.fields.problem import InputError, UsageError
from models.journal.undo import undo
from models.schema.catalogue import Catalogue
from models.schema.records import RECORDS
from tests.exchange.header_truth import truths
from tests.exchange.register import codes, counts

# What is shipped


@pytest.mark.parametrize("profile", shipped(), ids=lambda profile: profile.name)
def test_a_shipped_profile_speaks_of_fields_that_there_are(profile):
    from models.exchange.meaning.fields import fields_about, sheet_fields

    if profile.refusal:
        assert profile.refusal in sentences()
    assert profile.name == profile.name.casefold()
    assert profile.title
    if not profile.kind:
        assert profile.refusal
        return
    assert profile.kind in RECORDS
    fields = sheet_fields(Catalogue(), profile.kind)
    said = {key for key in profile.settings.mapping.values() if key} | set(profile.settings.constants)
    assert said <= {*fields, *fields_about(Catalogue(), profile.kind)}
    assert set(profile.settings.kinds.values()) <= {"hardware", "mobile", "radio"}
    for key, text in profile.settings.constants.items():
        assert isinstance(fields[key].kind, Ref) or fields[key].kind.parse(text, []) is not None
    headings = {heading.casefold() for heading in profile.settings.mapping}
    assert {heading.casefold() for heading in (*profile.settings.words, *profile.why)} <= headings
    assert profile.settings.kind_column is None or profile.settings.kind_column.casefold() in headings


@pytest.mark.parametrize("profile", shipped(), ids=lambda profile: profile.name)
def test_words_are_replaced_by_what_their_field_can_take(profile):
    if not profile.kind:
        assert profile.settings.words == {}
        return
    fields = sheet_fields(Catalogue(), profile.kind)
    for heading, words in profile.settings.words.items():
        for text in filter(None, words.values()):
            try:
                assert fields[profile.settings.mapping[heading]].kind.parse(text, [])
            except BadValue as error:
                raise AssertionError(f"{heading}: {text}") from error


def test_each_shipped_profile_is_known_by_some_row_of_headings_or_by_its_cells():
    rows = {truth.profile for truth in truths()}
    by_cells = {profile.name for profile in shipped() if any(sign.shapes for sign in profile.signatures)}
    asked_for = {profile.name for profile in shipped() if not profile.signatures}
    names = [profile.name for profile in shipped()]
    assert set(names) == rows - {""} | by_cells | asked_for
    assert len(set(names)) == len(names)


# Recognised


def test_a_known_list_is_read_as_its_profile_says(register, sheet):
    path = sheet(
        ("Display name", "User principal name", "Block credential", "Soft deletion time stamp", "Licenses", "Title"),
        ["Ann Lee", "alee@city.gov", "False", "", "Unlicensed", "Chief"],
        ["Bo Day", "bday@city.gov", "True", "", "Microsoft 365 E3+Power BI Pro", ""],
        ["Cy Fox", "cfox@city.gov", "True", "2026-03-14T08:00:00Z", "Unlicensed", ""],
    )
    plan = register.bring_in(path)
    assert (plan.kind, plan.profile, counts(plan)) == ("person", "m365-users", (3, 0, 0, 0))
    people = {each["username"]: each for each in register.values("person")}
    assert [people[f"{name}@city.gov"]["active"] for name in ("alee", "bday", "cfox")] == ["yes", "no", "no"]
    assert people["cfox@city.gov"]["ends_on"] == "2026-03-14"
    assert people["alee@city.gov"]["title"] == "Chief"
    assert {each.heading: each.sure for each in plan.sheet_columns} == {
        "Display name": Sure.PROFILE,
        "User principal name": Sure.PROFILE,
        "Block credential": Sure.PROFILE,
        "Soft deletion time stamp": Sure.PROFILE,
        "Licenses": Sure.PROFILE,
        "Title": Sure.PROFILE,
    }
    assert [(each.heading, each.code) for each in plan.left_out] == [("Licenses", "profile.spared")]
    assert counts(register.plan(path)) == (0, 0, 3, 0)


def test_what_a_person_says_goes_before_the_profile(register, sheet):
    path = sheet(
        ("Computer Serial", "Display Name", "Asset Tag", "Real Name", "Is Leased", "Position"),
        ["C02XK0AAJGH6", "mac-1", "A-1", "Ann Lee", "TRUE", "Chief"],
    )
    plan = register.plan(path)
    assert plan.profile == "jamf-mut-computers"
    assert plan.mapping == {
        "Computer Serial": "serial",
        "Display Name": "hostname",
        "Asset Tag": "tag",
        "Real Name": "custodian",
        "Is Leased": "ownership",
        "Position": None,
    }
    assert plan.patch(0)["ownership"] == "leased"
    said = register.plan(path, mapping={"position": "notes", "Real Name": ""}, constants={"manufacturer": "Dell"})
    assert (said.profile, said.mapping["Position"], said.mapping["Real Name"]) == (plan.profile, "notes", None)
    assert "Dell" in said.made_by_table()["manufacturer"]
    sure = {each.heading: each.sure for each in said.sheet_columns}
    assert (sure["Position"], sure["Asset Tag"]) == (Sure.SAID, Sure.PROFILE)


def test_a_profile_may_be_asked_for_and_refused(register, sheet):
    path = sheet(("Computer Serial", "Asset Tag", "PO Number"), ["C02XK0AAJGH6", "A-1", "7"])
    assert register.plan(path).profile == "jamf-mut-computers"
    none = register.plan(path, profile="")
    assert (none.profile, none.kind) == ("", "hardware")
    assert none.mapping["Asset Tag"] == "tag"
    assert register.plan(path, "mobile").profile == ""
    with pytest.raises(UsageError) as error:
        register.plan(path, profile="jamf")
    assert error.value.problem.code == "profile.unknown"
    assert "jamf-mut-computers" in error.value.problem.details["names"]


def test_a_list_of_amateurs_is_taken_only_where_its_profile_is_asked_for(register, sheet):
    path = sheet(
        ("RADIO_ID", "CALLSIGN", "FIRST_NAME", "LAST_NAME", "CITY", "STATE", "COUNTRY", "REMARKS"),
        ["3100001", "KA1AA", "Ann", "Lee", "Troy", "MI", "US", "DMR"],
        ["3100002", "KA1AB", "Bo", "Day", "Troy", "MI", "US", ""],
    )
    with pytest.raises(InputError) as error:
        register.plan(path)
    assert error.value.problem.code == "file.amateur-list"
    plan = register.bring_in(path, profile="RadioID")
    assert (plan.kind, counts(plan)) == ("radio", (2, 0, 0, 0))
    assert register.one("radio", alias="KA1AA") == {
        "kind": "radio", "alias": "KA1AA", "dmr_id": "3100001", "notes": "DMR",
    }  # fmt: skip
    assert counts(register.plan(path, profile="radioid")) == (0, 0, 2, 0)


def test_a_list_of_channels_is_never_one_of_radios(register, sheet):
    path = sheet(("Location", "Name", "Frequency", "Duplex", "Offset"), ["1", "FIRE 1", "154.1", "", "0"])
    for profile in (None, "chirp"):
        with pytest.raises(InputError) as error:
            register.plan(path, profile=profile)
        assert error.value.problem.code == "file.channel-list"


def test_concealed_users_are_refused(register, sheet):
    headings = ("Report Refresh Date", "User Principal Name", "Last Activity Date", "Assigned Products")
    hidden = sheet(headings, ["2026-11-20", "0123456789ABCDEF" * 2, "2026-11-19", "X"])
    with pytest.raises(InputError) as error:
        register.plan(hidden)
    assert error.value.problem.code == "profile.concealed"
    shown = register.plan(sheet(headings, ["2026-11-20", "alee@city.gov", "2026-11-19", "X"]))
    assert (shown.kind, shown.profile, counts(shown)) == ("person", "m365-usage", (1, 0, 0, 0))


def test_rows_that_repeat_a_product_are_the_same(register, sheet):
    guid = "d2dea78b-507c-4e56-b400-39447f4738f8"
    path = sheet(
        ("Product_Display_Name", "String_Id", "GUID", "Service_Plan_Name", "Service_Plan_Id"),
        ["Office 365 E3", "ENTERPRISEPACK\u00a0", guid, "EXCHANGE", "1"],
        ["Office 365 E3", "ENTERPRISEPACK", guid, "TEAMS1", "2"],
    )
    plan = register.bring_in(path)
    assert (plan.profile, counts(plan)) == ("microsoft-skus", (1, 0, 1, 0))
    assert register.one("product")["publisher"] == "Microsoft"
    assert counts(register.plan(path)) == (0, 0, 2, 0)


def test_typed_headings_become_custom_fields(register, sheet):
    path = sheet(
        ("title", "custodian", "kit", "tags", "cf:brand, type:option", "cf:Bay, type:number", "cf:side, type:option",
         "cf:sealed, type:boolean", "cf:opened, type:date"),
        ["Radio case", "Ann", "", "", "Pelican", "12", "left", "yes", "2026-03-14"],
        ["Tripod", "Ann", "", "", "", "", "right", "no", ""],
    )  # fmt: skip
    plan = register.bring_in(path)
    assert (plan.profile, counts(plan)) == ("shelf-assets", (2, 0, 0, 0))
    first = register.one("hardware", name="Radio case")
    assert first["manufacturer"] == "Pelican"
    assert (first["x_bay"], first["x_side"], first["x_sealed"], first["x_opened"]) == (
        "12",
        "left",
        "yes",
        "2026-03-14",
    )
    types = {each["key"]: each["value_type"] for each in register.values("custom_field")}
    assert types == {"x_bay": "number", "x_side": "choice", "x_sealed": "yesno", "x_opened": "date"}
    assert counts(register.plan(path)) == (0, 0, 2, 0)


def test_a_radio_list_without_headings_is_known_by_its_cells(register, write_bytes):
    heard = write_bytes(
        "DSDPlus.radios",
        "; radios\nP25, BEE00.1, 1, 4779, 50, 0, 7, 2026/08/21 10:00, \"Engine 7, Capt\"\n"
        "P25, BEE00.1, 1, 4780, 50, 0, 9, 2026/08/22 11:00, \"Engine 8\"\n; end\n",
    )  # fmt: skip
    plan = register.bring_in(heard)
    assert (plan.kind, plan.profile, plan.header_row, counts(plan)) == ("radio", "dsdplus-radios", None, (2, 0, 0, 0))
    assert register.one("radio", unit_id="4779")["alias"] == "Engine 7, Capt"
    allowed = write_bytes("rid_acl.dat", "#\n# Radio IDs\n#\n1234,1,ENGINE 7,\n1235,0,ENGINE 8,\n")
    plan = register.plan(allowed)
    assert (plan.kind, plan.profile, counts(plan)) == ("radio", "dvm-radio-ids", (2, 0, 0, 0))
    assert plan.patch(0)["alias"] == "ENGINE 7"
    pairs = write_bytes("aliases.csv", "4780,Engine 8\n4781,Engine 9\n")
    with pytest.raises(InputError):
        register.plan(pairs)
    asked = register.plan(pairs, profile="radio-aliases")
    assert (asked.kind, counts(asked)) == ("radio", (1, 0, 1, 0))


def test_intune_tells_computers_and_phones_apart(register, sheet):
    path = sheet(
        ("Device name", "Last check-in", "OS", "Serial number", "IMEI", "Primary user display name", "Compliance",
         "Jailbroken", "Ownership"),
        ["LT-7", "2026-11-20", "Windows", "5RFDP01", "", "Ann Lee", "Compliant", "Unknown", "Corporate"],
        ["Ann's iPhone", "2026-11-20", "iOS/iPadOS", "F17XK0AAJGH6", "490154203237518", "Ann Lee", "Compliant", "False",
         "Unknown"],
    )  # fmt: skip
    plan = register.bring_in(path)
    assert (plan.kind, plan.profile, counts(plan)) == ("asset", "intune-devices", (2, 0, 0, 0))
    assert register.one("hardware")["hostname"].casefold() == "lt-7"
    assert codes(plan) == []
    phone = register.one("mobile")
    assert phone["device_name"] == "Ann's iPhone"
    assert counts(register.plan(path)) == (0, 0, 2, 0)
    assert (phone["imei"], phone["compliance"]) == ("490154203237518", "Compliant")
    assert "ownership" not in phone


# Own profiles

DOCKS = ("Our no.", "Thing", "Kept in")
DOCK_ROW = ["D-1", "Dock", "Room 1"]
SAID = {"mapping": {"Our no.": "tag", "Thing": "name", "Kept in": ""}, "constants": {"category": "Dock"}}


def _save(register, name, path, **said):
    return save_profile(register.journal, name, register.plan(path, "hardware", **said))


def test_a_saved_profile_is_used_when_its_headings_come_again(register, sheet):
    _save(register, "Docks", sheet(DOCKS, DOCK_ROW), **SAID)
    again = sheet(("KEPT IN", "our no", "Thing:"), ["Room 2", "D-2", "Dock"])
    plan = register.bring_in(again)
    assert (plan.profile, plan.kind, counts(plan)) == ("Docks", "hardware", (1, 0, 0, 0))
    assert plan.mapping == {"KEPT IN": None, "our no": "tag", "Thing:": "name"}
    assert register.one("hardware") == {"kind": "hardware", "tag": "D-2", "name": "Dock", "category": "Dock"}
    assert register.plan(sheet((*DOCKS, "Tag"), [*DOCK_ROW, "x"]), "hardware").profile == ""


def test_the_newest_profile_wins_and_own_ones_go_before_shipped(register, sheet):
    headings, row = ("Computer Serial", "Display Name", "Asset Tag"), ["C02XK0AAJGH6", "mac-1", "A-1"]
    path = sheet(headings, row)
    assert register.plan(path).profile == "jamf-mut-computers"
    _save(register, "Macs", path, mapping={"Display Name": "name"}, profile="")
    _save(register, "Macs of the library", path, mapping={"Display Name": "notes"}, profile="")
    assert (register.plan(path).profile, register.plan(path).mapping["Display Name"]) == (
        "Macs of the library",
        "notes",
    )
    _save(register, "macs", path, mapping={"Display Name": "hostname"}, profile="")
    assert (register.plan(path).profile, register.plan(path).mapping["Display Name"]) == ("macs", "hostname")
    with register.database.reading() as connection:
        assert [profile.name for profile in own_profiles(connection)] == ["macs", "Macs of the library"]
    assert register.plan(path, profile="MACS OF THE LIBRARY").mapping["Display Name"] == "notes"
    assert register.plan(path, profile="jamf-mut-computers").mapping["Display Name"] == "hostname"


def test_a_profile_is_removed_and_comes_back_by_undo(register, sheet):
    path = sheet(DOCKS, DOCK_ROW)
    _save(register, "Docks", path, **SAID)
    removed = remove_profile(register.journal, "docks")
    with pytest.raises(UsageError) as error:
        register.plan(path, profile="Docks")
    assert error.value.problem.code == "profile.unknown"
    undo(register.journal, removed.action)
    assert register.plan(path).profile == "Docks"
    replaced = _save(register, "DOCKS", path, mapping={"Our no.": "serial"})
    undo(register.journal, replaced.action)
    assert register.plan(path).mapping["Our no."] == "tag"


def test_a_profile_keeps_how_a_sheet_is_read_and_nothing_of_what_it_says(register, sheet):
    path = sheet(
        ("Asset tag", "Name", "Bought", "Bay", "SIM PIN", "Location"),
        ["A-1", "Secretary's desk", "03/04/2026", "12", "9471", "Vault 17"],
    )
    said = {
        "new_fields": (NewField("x_bay", "Bay", "number"),),
        "mapping": {"Bay": "x_bay"},
        "readings": {"Bought": "dmy"},
        "clear": frozenset(["Location"]),
        "match": "tag",
        "create": frozenset(["location"]),
        "cells": {"Name": {2: "Chair 31"}},
        "names": {"location": {"Vault 17": "+"}},
    }
    _save(register, "Desks", path, **said)
    (row,) = register.values("import_profile")
    kept = json.loads(row["settings"])
    assert kept["readings"] == {"Bought": "dmy"}
    assert (kept["clear"], kept["match"], kept["create"]) == (["Location"], "tag", ["location"])
    text = "\n".join(register.database_text())
    assert not [word for word in ("9471", "Secretary", "Chair 31", "Vault 17") if word in text]
    assert "SIM PIN" not in kept["mapping"]
    plan = register.bring_in(path)
    assert plan.profile == "Desks"
    assert register.one("hardware")["acquired_on"] == "2026-04-03"
    assert register.one("hardware")["x_bay"] == "12"
    assert codes(register.plan(path)) == []


def test_what_a_profile_clears_can_be_kept_this_time(register, sheet):
    _save(register, "Docks", sheet(("tag", "Notes"), ["D-1", "old"]), clear=frozenset(["Notes"]))
    register.add("hardware", tag="D-1", notes="old")
    path = sheet(("tag", "Notes"), ["D-1", ""])
    assert counts(register.plan(path)) == (0, 1, 0, 0)
    assert counts(register.plan(path, keep=frozenset(["notes"]))) == (0, 0, 1, 0)


@pytest.mark.parametrize("name", ["", "   ", "none", "None", "Jamf-MUT-computers"])
def test_some_names_are_not_to_be_had(register, sheet, name):
    with pytest.raises(UsageError) as error:
        _save(register, name, sheet(DOCKS, DOCK_ROW), **SAID)
    assert error.value.problem.code in ("profile.no-name", "profile.taken")
    assert register.values("import_profile") == []


def test_what_is_shipped_stays(register):
    with pytest.raises(UsageError) as error:
        remove_profile(register.journal, "chirp")
    assert error.value.problem.code == "profile.shipped"
    assert find_profile([], "CHIRP").refusal == "file.channel-list"


@pytest.mark.parametrize(
    "settings", ["", "{", "[]", '{"mapping": 3, "clear": {}}', '{"mapping": {"Our no.": "x_gone"}}']
)
def test_a_profile_that_somebody_spoilt_says_less_and_stops_nothing(register, sheet, settings):
    path = sheet(DOCKS, DOCK_ROW)
    _save(register, "Docks", path, **SAID)
    row = register.values("import_profile")[0]
    register.add("import_profile", **row | {"name": "Spoilt", "settings": settings})
    plan = register.plan(path, mapping={"Our no.": "tag"})
    assert (plan.profile, plan.mapping["Our no."]) == ("Spoilt", "tag")
