"""Import profiles on the command line: listed, used, saved, removed."""

import json

import pytest


@pytest.fixture
def docks(tmp_path):
    path = tmp_path / "docks.csv"
    path.write_text("Our no.,Thing,Kept in\nD-1,Dock,Room 1\n", encoding="utf-8")
    return path


def test_profiles_are_listed_with_what_they_read(muster):
    status, out, _ = muster("profiles")
    assert status == 0
    assert "jamf-mut-computers" in out
    assert "Microsoft 365 admin centre: users" in out
    found = json.loads(muster("profiles", "--json")[1])["profiles"]
    chirp = next(each for each in found if each["name"] == "chirp")
    assert (chirp["own"], chirp["kind"], chirp["refused"]) == (False, None, "file.channel-list")


def test_a_profile_is_saved_with_an_import_and_used_with_the_next(muster, docks):
    said = ("--as", "hardware", "--map", "Our no.=tag", "--map", "Thing=name", "--map", "Kept in=")
    status, _, err = muster("import", docks, *said, "--save-profile", "Docks")
    assert status == 0
    assert "Saved as the import profile “Docks”" in err
    status, out, err = muster("import", docks, "--json")
    assert (status, json.loads(out)["profile"], json.loads(out)["same"]) == (0, "Docks", 1)
    assert "Docks" in err
    status, _, err = muster("import", docks, "--profile", "none")
    assert status == 3
    listed = json.loads(muster("profiles", "--json")[1])["profiles"]
    assert [each["name"] for each in listed if each["own"]] == ["Docks"]


def test_a_dry_run_saves_no_profile(muster, docks):
    muster("import", docks, "--as", "hardware", "--map", "Thing=name", "--dry-run", "--save-profile", "Docks")
    assert not [each for each in json.loads(muster("profiles", "--json")[1])["profiles"] if each["own"]]


def test_a_profile_is_removed_and_one_of_musters_is_not(muster, docks):
    muster("import", docks, "--as", "hardware", "--map", "Our no.=tag", "--save-profile", "Docks")
    assert muster("profiles", "--remove", "docks")[0] == 0
    assert not [each for each in json.loads(muster("profiles", "--json")[1])["profiles"] if each["own"]]
    assert muster("profiles", "--remove", "Docks")[0] == 2
    status, _, err = muster("profiles", "--remove", "chirp")
    assert status == 2
    assert "comes with Muster" in err


def test_a_profile_that_is_not_there_is_told_with_those_that_are(muster, docks):
    status, _, err = muster("import", docks, "--profile", "dockz")
    assert status == 2
    assert "“dockz”" in err
    assert "snipeit-assets" in err
