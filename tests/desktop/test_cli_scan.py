"""muster scan: codes on standard input, an answer for each."""

import json

import pytest

from models.journal.writer import Journal
from models.labels.own import keep_stock
from models.printers.printer import keep_printer
from models.settings import Settings
from tests.desktop.test_print_dialog import ROLL_2X1, ZEBRA

pytestmark = pytest.mark.usefixtures("city")


def test_each_code_is_answered_with_a_word(muster):
    lines = ["T. Nakagawa", "R-004472", "", "R-004472", "672CYX0118", "R-004485", "no such code"]
    status, out, err = muster("scan", "--mode", "issue", lines=lines)
    assert [line.split()[0] for line in out.splitlines()] == ["sticks", "ok", "known", "ok", "refused", "unknown"]
    assert "R-004472 is issued to T. Nakagawa." in out
    assert "R-004470 is issued to T. Nakagawa. P. Whitcomb had it until now. R-004470 is marked In repair" in out
    assert (status, err.splitlines()[-1]) == (1, "6 scans, 2 refused.")


def test_a_target_may_be_given_and_a_card_changes_the_mode(muster):
    lines = ["R-004472", "MUSTER UNDO", "muster list", "R-004472", "MUSTER PRINT"]
    status, out, _ = muster("scan", "--mode", "move", "--to", "City Hall 204", "--json", lines=lines)
    scans = json.loads(out)["scans"]
    assert [each["outcome"] for each in scans] == ["ok", "undone", "sticks", "ok", "wrong"]
    assert [each["code"] for each in scans[3:]] == ["custody.listed", "custody.not-here"]
    assert (scans[0]["to"], scans[0]["records"][0]["name"]) == ("City Hall 204", "R-004472")
    assert scans[0]["action"] != scans[1]["action"]
    assert status == 1


def test_what_waits_at_the_end_is_told(muster):
    status, out, err = muster("scan", "--mode", "move", "--json", lines=["R-004472"])
    assert (status, json.loads(out)["waiting"]) == (1, ["R-004472"])
    assert "1 thing still waited" in err


def test_showing_has_nobody_to_give_to(muster):
    status, _, err = muster("scan", "--to", "T. Nakagawa")
    assert (status, "Leave “T. Nakagawa” out" in err) == (2, True)


def test_a_line_longer_than_any_code_is_one_scan(muster):
    status, out, _ = muster("scan", lines=["x" * 20_000, "R-004472"])
    assert [line.split()[0] for line in out.splitlines()] == ["unknown", "ok"]
    assert (status, len(out) < 300) == (1, True)


def test_labels_are_printed_of_what_is_scanned(muster, city):
    keep_printer(Settings(city.home.settings), ZEBRA)
    keep_stock(Journal(city, "J. Ruiz"), ROLL_2X1)
    lines = ["R-004472", "no such code"]
    given = ("--mode", "print", "--printer", "Zebra 2", "--stock", "Test roll", "--json")
    status, out, err = muster("scan", *given, lines=lines)
    assert status == 1, err
    assert json.loads(out)["labels"] == 1
    assert [each["code"] for each in json.loads(out)["scans"]] == ["custody.to-print", "custody.unknown"]
    assert "1 label not printed yet. “muster queue” tells why." in err
    status, _, err = muster("scan", "--mode", "print")
    assert (status, "--stock" in err) == (2, True)
