"""Review and merge on the command line."""

import json

import pytest

from desktop.cli import main
from models.fields.ids import new_id
from models.journal.entry import Edit
from models.journal.writer import Journal


@pytest.fixture
def muster(city, capsys):
    """Runs a command on the small city: its status, what it gave, what it said."""

    def run(*arguments):
        status = main(["--home", str(city.home.path), *map(str, arguments)])
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


@pytest.fixture
def fork(city):
    """A fork about the status of a radio."""
    with city.reading() as connection:
        radio = connection.exec_driver_sql("SELECT id FROM asset WHERE tag = 'R-004471'").scalar_one()
    row = new_id()
    patch = {
        "name": "R-004471", "matter": "fork", "record": "asset", "target": radio, "field": "status",
        "standing": "in_service", "standing_by": "A. Soto", "standing_at": "2026-11-24T10:02:00Z",
        "other": "in_repair", "other_by": "T. Nakagawa", "other_device": "ENG7-LT",
    }  # fmt: skip
    Journal(city, "Muster").write("Found while sending", [Edit("review", row, patch, new=True)])
    return row


def test_nothing_waits(muster):
    status, out, told = muster("review")
    assert (status, out) == (0, "")
    assert "Nothing waits" in told


def test_a_fork_is_listed_shown_and_settled(muster, asked, fork):
    _, out, _ = muster("review")
    assert "Changed twice" in out
    assert "In repair" in out
    status, out, told = muster("review", fork[:23])
    assert status == 0
    assert "In repair  (T. Nakagawa · ENG7-LT)" in out
    assert "--take standing, --take other, --write VALUE" in told
    told = asked("review", fork, "--take", "other")
    assert (told["outcome"], told["now"], told["ways"]) == ("other", "in_repair", [])
    assert asked("show", "radio", "R-004471")["record"]["status"] == "in_repair"
    assert asked("review")["matters"] == []
    (settled,) = asked("review", "--settled")["matters"]
    assert (settled["id"], settled["settled_by"]) == (fork, told["settled_by"])
    assert muster("review", fork, "--take", "standing")[0] == 2
    assert asked("undo", told["action"])["kept"] == []
    (again,) = asked("review")["matters"]
    assert (again["now"], again["standing"]["shown"]) == ("in_service", "In service")


def test_something_else_is_written_or_refused(muster, asked, fork, city):
    Journal(city, "Muster").write("Another", [Edit("review", fork, {"field": "custodian"})])
    status, _, told = muster("review", fork, "--write", "Nobody of this name")
    assert status == 2
    assert "Nobody of this name" in told
    Journal(city, "Muster").write("Another", [Edit("review", fork, {"field": "status"})])
    assert asked("review", fork, "--write", "Retired")["now"] == "retired"


def test_misuse_is_told(muster, fork):
    for arguments in (
        ("review", "ffff"),
        ("review", "--merge"),
        ("review", fork, "--merge"),
        ("review", fork, "--keep-both"),
    ):
        status, _, told = muster(*arguments)
        assert status == 2
        assert told.strip().endswith(".")


def test_two_records_are_merged_and_the_history_tells_of_both(muster, asked):
    person = ("merge", "person", "P. Whitcomb", "K. Brandt", "--pick", "name=second")
    planned = asked(*person, "--dry-run")
    assert (planned["action"], planned["references"]) == (None, {"asset": 1})
    assert [(each["field"], each["pick"], each["value"]) for each in planned["fields"]] == [
        ("name", "second", "K. Brandt")
    ]
    done = asked(*person)
    assert {radio["custodian"] for radio in asked("find", "R-004470 or R-004474", "--as", "radio")["rows"]} == {
        "K. Brandt"
    }
    events = asked("history", "person", done["stays"])["events"]
    assert {event["merged"] for event in events} == {None, "K. Brandt"}
    _, out, _ = muster("history", "person", done["stays"])
    assert "merged K. Brandt into it" in out
    asked("undo", done["action"])
    assert asked("find", "P. Whitcomb", "--as", "person")["count"] == 1


def test_what_a_field_keeps_must_be_said_in_words_that_are_known(muster):
    for pick in ("name=left", "nonsense=first", "name=both", "name"):
        assert muster("merge", "person", "P. Whitcomb", "K. Brandt", "--pick", pick)[0] == 2


def test_duplicates_of_this_register_are_listed_and_merged(muster, asked):
    assert muster("set", "hardware", "A-10001", "serial=5CG0000000")[0] == 0
    (pair,) = asked("review")["matters"]
    assert (pair["matter"], pair["field"], pair["ways"]) == ("duplicate", "serial", ["kept", "merged"])
    kept = asked("review", pair["id"], "--keep-both")
    assert asked("review")["matters"] == []
    asked("undo", kept["action"])
    merged = asked("review", pair["id"][:8], "--merge", "--pick", "Asset tag=second")
    assert asked("review")["matters"] == []
    assert asked("show", "hardware", "A-10001")["record"]["id"] == merged["stays"]
