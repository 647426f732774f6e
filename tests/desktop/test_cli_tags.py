"""Tag numbers on the command line."""

import json

import pytest

from desktop.cli import main


@pytest.fixture
def muster(home, capsys):
    """Runs a command on the home of this test: its status, what it gave, what it said."""

    def run(*arguments):
        status = main(["--home", str(home.path), *map(str, arguments)])
        return status, *capsys.readouterr()

    return run


@pytest.fixture
def asked(muster):
    """Runs a command that succeeds, and gives its JSON."""

    def run(*arguments):
        status, out, told = muster(*arguments, "--json")
        assert status == 0, told
        return json.loads(out)

    return run


def test_without_schemes_it_says_how_to_begin(muster):
    status, out, told = muster("tags")
    assert (status, out) == (0, "")
    assert "--add" in told


def test_a_scheme_is_added_and_gives_tags(muster, asked):
    made = asked("tags", "--add", "Radios", "--prefix", "R-", "--width", 6, "--check", "mod_37_2", "--for", "radio")
    assert (made["prefix"], made["width"], made["check"], made["kind"]) == ("R-", 6, "mod_37_2", "radio")
    tags = asked("tags", "--next", "radio", "--count", 2)["tags"]
    assert tags[0] == made["next"]
    status, out, _ = muster("tags", "--next", "radio")
    assert status == 0
    assert out.strip() not in tags
    (scheme,) = asked("tags")["schemes"]
    (block,) = scheme["ranges"]
    assert (block["use"], block["given"], block["free"], block["here"]) == ("block", 3, 497, True)


def test_a_department_has_tags_of_its_own(muster, asked, tmp_path):
    sheet = tmp_path / "departments.csv"
    sheet.write_text("Name\nFire\n", "utf-8")
    assert muster("import", sheet, "--as", "department")[0] == 0
    asked("tags", "--add", "All", "--prefix", "A-")
    asked("tags", "--add", "Fire", "--prefix", "F-", "--width", 4, "--department", "Fire")
    assert asked("tags", "--next", "hardware", "--department", "Fire")["tags"] == ["F-0001"]
    assert asked("tags", "--next", "hardware")["tags"] == ["A-000001"]
    status, _, told = muster("tags", "--next", "hardware", "--department", "Parks")
    assert status == 2
    assert "Parks" in told


def test_what_cannot_be_a_scheme_is_told_by_field(muster):
    status, _, told = muster("tags", "--add", "Radios", "--width", "six", "--check", "mod_10")
    assert status == 2
    assert "Digits:" in told
    assert "Check character:" in told


def test_a_roll_is_registered_and_listed(muster, asked):
    asked("tags", "--add", "Radios", "--prefix", "R-", "--for", "radio")
    asked("tags", "--roll", "radios", "R-000501", "R-000750", "--at", "Van 2")
    status, _, told = muster("tags", "--roll", "Radios", "R-000700", "R-000800")
    assert status == 2
    assert "Van 2" in told
    status, out, _ = muster("tags")
    assert status == 0
    assert "R-000501  R-000750  Roll: Van 2" in out
    assert asked("tags", "--check", "R-000600")["roll"] == "Van 2"
    assert asked("tags", "--next", "radio")["tags"] == ["R-000751"]


def test_a_void_tag_is_told_and_refused(muster, asked, tmp_path):
    asked("tags", "--add", "Radios", "--prefix", "R-", "--for", "radio")
    sheet = tmp_path / "radios.csv"
    sheet.write_text("Tag,Serial\nR-000001,672CYX1\nR-000002,672CYX2\n", "utf-8")
    assert muster("import", sheet, "--as", "radio")[0] == 0
    assert asked("tags", "--check", "R-000001")["record"]["name"] == "R-000001"
    assert len(asked("tags", "--void", "R-000001", "--reason", "Peeled off")["records"]) == 1
    status, out, told = muster("tags", "--check", "R-000001")
    assert status == 1
    assert "It was on 672CYX1." in out
    assert "Peeled off" in told
    status, _, told = muster("set", "radio", "672CYX2", "tag=R-000001")
    assert status == 2
    assert "Peeled off" in told
    assert muster("import", sheet, "--as", "radio")[0] == 1
    assert asked("tags")["void"] == 1


@pytest.mark.parametrize("arguments", [("--next", "radio"), ("--void", ""), ("--roll", "Radios", "R-1", "R-2")])
def test_what_makes_no_sense_is_told(muster, arguments):
    status, out, told = muster("tags", *arguments)
    assert (status, out) == (2, "")
    assert told.strip()
