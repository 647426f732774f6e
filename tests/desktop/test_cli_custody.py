"""issue, return and move on the command line."""

import pytest

pytestmark = pytest.mark.usefixtures("city")


def test_things_are_issued_moved_and_returned(muster):
    ran = muster("issue", "R-004472", "672CYX0118", "--to", "T. Nakagawa", "--json")
    assert (ran.status, ran.json["to"]) == (0, "T. Nakagawa")
    assert [(each["name"], each["result"], each["before"]) for each in ran.json["assets"]] == [
        ("R-004472", "done", None),
        ("R-004470", "done", "P. Whitcomb"),
    ]
    assert "P. Whitcomb had R-004470 until now." in ran.err
    assert "R-004470 is marked In repair, and stays so." in ran.err
    assert "Issue 2 assets to T. Nakagawa: done." in ran.err

    ran = muster("move", "R-004472", "--to", "City Hall 204")
    assert (ran.status, ran.err) == (0, "Move R-004472 to City Hall 204: done.\n")
    ran = muster("move", "R-004472", "--to", "City Hall 204")
    assert (ran.status, ran.err) == (0, "R-004472 is at City Hall 204 already.\nNothing was changed.\n")

    ran = muster("return", "R-004472", "--to", "Radio shop", "--json")
    assert ran.json["title"] == "Return R-004472 to Radio shop"
    assert ran.json["assets"][0]["before"] == "T. Nakagawa"
    shown = muster("show", "radio", "R-004472", "--json").json["record"]
    assert (shown["status"], shown["location"], "custodian" in shown) == ("in_stock", "Radio shop", False)

    assert muster("undo").status == 0
    assert muster("show", "radio", "R-004472", "--json").json["record"]["custodian"] == "T. Nakagawa"


def test_a_person_is_known_by_their_badge(muster):
    assert muster("set", "person", "T. Nakagawa", "badge=B-17").status == 0
    assert muster("issue", "R-004472", "--to", "b-17").err == "Issue R-004472 to T. Nakagawa: done.\n"


def test_some_refused_is_an_exit_status_of_its_own(muster):
    ran = muster("issue", "R-004485", "R-004472", "X-1", "--to", "T. Nakagawa", "--json")
    assert ran.status == 1
    assert [each["result"] for each in ran.json["assets"]] == ["refused", "done"]
    assert [each["record"] for each in ran.json["unknown"]] == ["X-1"]
    assert "R-004485 is marked Lost, so it is not issued. If it was found, issue it anyway." in ran.err
    ran = muster("issue", "R-004485", "--to", "T. Nakagawa", "--anyway")
    assert (ran.status, "Issue R-004485 (marked Lost) to T. Nakagawa: done." in ran.err) == (0, True)


def test_a_target_that_is_not_there_is_wrong_use(muster):
    ran = muster("issue", "R-004472", "--to", "Nobody")
    assert (ran.status, "Nobody" in ran.err) == (2, True)
    assert muster("issue", "R-004472").status == 2
