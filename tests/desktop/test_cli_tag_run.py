"""muster tag-run: scans line by line from standard input."""

import io
import json

import pytest

from desktop.cli import main
from models.journal.writer import Journal
from models.labels.own import keep_stock
from models.labels.stocks import Stock


@pytest.fixture
def muster(city, home, capsys, monkeypatch):
    """Runs a command with lines on its standard input; gives its exit status, output and messages."""
    keep_stock(
        Journal(city, "J. Ruiz"), Stock("Roll", "", (), 66.7, 25.4, 66.7, 25.4, 1, 1, 0, 0, 66.7, 25.4, roll=True)
    )
    city.close()

    def run(*arguments, scans=()):
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{scan}\n" for scan in scans)))
        status = main(["--home", str(home.path), *arguments])
        return status, *capsys.readouterr()

    return run


def test_each_scan_is_answered_and_the_run_summed_up(muster):
    scans = ["A-20000", "5CG9990001", "", "5CG0000001", "A-20001", "5CG9990002", "A-20002"]
    status, out, err = muster(
        "tag-run", "--as", "hardware", "--set", "model=Latitude 5450", "--set", "location=City Hall 204", scans=scans
    )
    assert out.splitlines() == [
        "Go on: Asset tag A-20000. Now scan: Serial number.",
        "Done: A-20000 is added: Latitude 5450, 5CG9990001.",
        "Already known: A-10001 is there already: Latitude 5450, 5CG0000001. Nothing was changed.",
        "Go on: Asset tag A-20001. Now scan: Serial number.",
        "Done: A-20001 is added: Latitude 5450, 5CG9990002.",
        "Go on: Asset tag A-20002. Now scan: Serial number.",
    ]
    assert "3 things: 2 new, 0 completed, 1 known before." in err
    assert "Unfinished, and not kept: Asset tag A-20002." in err
    assert status == 1
    _, out, _ = muster("show", "hardware", "A-20001", "--json")
    record = json.loads(out)["record"]
    assert (record["serial"], record["location"], record["manufacturer"]) == ("5CG9990002", "City Hall 204", "Dell")


def test_as_json(muster):
    scans = ["A-20000", "5CG9990001", "MUSTER END", "A-20001"]
    status, out, _ = muster("tag-run", "--as", "hardware", "--json", scans=scans)
    told = json.loads(out)
    assert status == 0
    assert [each["code"] for each in told["answers"]] == ["tagrun.taken", "tagrun.added", "tagrun.ended"]
    assert (told["new"], told["unfinished"], told["labels"]) == (1, {}, 0)
    assert [(each["tag"], each["serial"], each["state"]) for each in told["things"]] == [
        ("A-20000", "5CG9990001", "new")
    ]


def test_next_tags_need_a_scheme(muster):
    status, out, _ = muster("tag-run", "--as", "hardware", "--next-tags", scans=["5CG9990001"])
    assert (status, out) == (1, "Wrong code: There is no tag scheme for Hardware. Add one under Tag numbers.\n")


def test_what_cannot_be_set_is_said(muster):
    status, _, err = muster("tag-run", "--as", "hardware", "--set", "location=Nowhere at all", scans=["A-1"])
    assert status == 2
    assert "Location" in err


def test_labels_are_printed_as_the_things_are_tagged(muster):
    arguments = ("tag-run", "--as", "hardware", "--json", "--printer", "tcp://127.0.0.1:9", "--stock", "Roll")
    status, out, _ = muster(*arguments, scans=["A-20000", "5CG9990001"])
    assert (status, json.loads(out)["labels"]) == (0, 1)
    status, _, err = muster("tag-run", "--as", "hardware", "--printer", "tcp://127.0.0.1:9", scans=["A-20001"])
    assert status == 2
    assert "--stock" in err
