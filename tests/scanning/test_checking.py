"""Printed labels are scanned back: what each scan means, what is left, what the records remember."""

import datetime as dt
import json
import time

import pytest

from desktop.cli import main
from models.fields.ids import new_id
from models.journal.entry import Edit
from models.journal.undo import undo
from models.journal.writer import Journal
from models.scanning.answer import Outcome
from models.scanning.check_list import stamp_check, to_check
from models.scanning.checking import CheckSession
from models.scanning.reading import read_scan
from models.scanning.rules import shipped_rules
from models.services.tags import void_tag
from models.store.database import Database
from models.store.home import Home

PRINTED = "2026-11-20T08:00:00Z"


class Shop:
    """Three radios with printed labels, one without, and a session over what is to be checked."""

    def __init__(self, folder, *, with_device=False):
        self.database = Database.open(Home(folder))
        self.journal = Journal(self.database, "J. Ruiz")
        self.rows = {}
        engine = new_id()
        edits = [Edit("location", engine, {"name": "Engine 7"}, new=True)]
        for number in (1, 2, 3, 4):
            row = self.rows[f"R-00{number}"] = new_id()
            patch = {"kind": "radio", "tag": f"R-00{number}", "serial": f"672CYX{number}", "alias": f"ENG {number}"}
            patch |= {"label_printed": PRINTED} if number < 4 else {"unit_id": "4779"}
            patch |= {"location": engine} if number == 2 else {}
            edits.append(Edit("asset", row, patch, new=True))
        self.journal.write("Radios", edits)
        self.session = CheckSession(self.records(), with_device=with_device)

    def records(self, since=""):
        with self.database.reading() as connection:
            return to_check(connection, since)

    def scan(self, raw):
        with self.database.reading() as connection:
            told = self.session.take(connection, self.database.catalogue(), read_scan(raw, shipped_rules()))
        if told.record is not None:
            stamp_check(self.journal, told.record, dt.datetime.now(dt.UTC))
        return told.answer

    def scans(self, *raws):
        return [(answer.outcome.value, answer.code.partition(".")[2]) for answer in map(self.scan, raws)]


@pytest.fixture
def shop(tmp_path):
    shop = Shop(tmp_path / "home")
    yield shop
    shop.database.close()


@pytest.fixture
def pairs(tmp_path):
    shop = Shop(tmp_path / "home", with_device=True)
    yield shop
    shop.database.close()


def test_what_was_printed_and_not_checked_is_left_by_place(shop):
    assert [each.code for each in shop.session.left] == ["R-002", "R-001", "R-003"]
    assert shop.session.left[0].place == "Engine 7"
    assert shop.session.left[0].name == "R-002 (ENG 2)"


def test_right_labels_are_ticked_off_and_remembered(shop):
    assert shop.scans("R-001", " r-002 ", "R-001") == [("ok", "ok"), ("ok", "ok"), ("known", "again")]
    assert [each.code for each in shop.session.checked] == ["R-002", "R-001"]
    # Whoever opens it again finds what is left.
    assert [each.code for each in shop.records()] == ["R-003"]
    assert {each.code for each in shop.records(PRINTED)} == {"R-001", "R-002", "R-003"}
    assert shop.scans("R-003") == [("ok", "last")]


def test_a_label_that_is_printed_again_is_to_be_checked_again(shop):
    shop.scans("R-001", "R-002", "R-003")
    later = (dt.datetime.now(dt.UTC) + dt.timedelta(minutes=5)).strftime("%Y-%m-%dT%H:%M:%SZ")
    shop.journal.write("Print", [Edit("asset", shop.rows["R-002"], {"label_printed": later})])
    assert [each.code for each in shop.records()] == ["R-002"]


def test_an_undo_leaves_it_to_be_checked(shop):
    shop.scan("R-001")
    undo(shop.journal)
    answer = shop.session.unmark(shop.rows["R-001"])
    assert answer.outcome is Outcome.UNDONE
    assert len(shop.session.left) == len(shop.records()) == 3
    assert shop.scans("R-001") == [("ok", "ok")]


@pytest.mark.parametrize(
    ("raw", "outcome", "code"),
    [
        ("R-004", "wrong", "not-one"),
        ("4779", "wrong", "not-one"),
        ("R-00", "wrong", "part"),
        ("-002", "wrong", "part"),
        ("672CYX2", "wrong", "no-label"),
        ("X-999", "unknown", "unknown"),
        ("R-777", "wrong", "void"),
    ],
)
def test_what_is_no_label_of_these_is_told(shop, raw, outcome, code):
    void_tag(shop.journal, "R-777", "Spoilt")
    assert shop.scans(raw) == [(outcome, code)]
    assert len(shop.session.left) == 3


def test_the_device_is_scanned_after_its_label(pairs):
    assert pairs.scans("R-001", "672cyx1") == [("sticks", "now-device"), ("ok", "ok")]
    assert pairs.scans("R-002", "S672CYX2") == [("sticks", "now-device"), ("ok", "ok")]


def test_swapped_labels_are_told(pairs):
    assert pairs.scans("R-001", "672CYX2") == [("sticks", "now-device"), ("wrong", "swapped")]
    row = pairs.rows["R-001"]
    assert pairs.session.swapped_with(row).code == "R-002"
    assert pairs.scans("R-002", "672CYX1")[1] == ("wrong", "swapped-both")
    assert len(pairs.session.left) == 3
    assert pairs.scans("R-001", "672CYX1")[1] == ("ok", "ok")
    assert pairs.session.swapped_with(row) is None


def test_another_device_is_told(pairs):
    assert pairs.scans("R-001", "999XYZ") == [("sticks", "now-device"), ("wrong", "other-device")]
    assert pairs.session.pending is None
    assert pairs.scans("R-001", "672CYX4")[1] == ("wrong", "other-device")


def test_another_label_instead_of_the_device_begins_anew(pairs):
    assert pairs.scans("R-001", "R-002", "672CYX2") == [
        ("sticks", "now-device"),
        ("sticks", "now-device"),
        ("ok", "ok"),
    ]
    assert [each.code for each in pairs.session.checked] == ["R-002"]


def test_what_is_half_scanned_survives_new_records(pairs):
    pairs.scans("R-001", "672CYX2", "R-003")
    pairs.session.renew(pairs.records(), {pairs.rows["R-002"]})
    assert pairs.session.pending.code == "R-003"
    assert [each.code for each in pairs.session.checked] == ["R-002"]
    assert [each.code for each in pairs.session.swapped()] == ["R-001"]


def test_a_place_has_a_label_too(shop):
    row = new_id()
    patch = {"name": "Radio shop", "code": "RS-1", "label_printed": PRINTED}
    shop.journal.write("Place", [Edit("location", row, patch, new=True)])
    shop.session.renew(shop.records())
    assert shop.scans("rs-1") == [("ok", "ok")]
    assert "RS-1" not in {each.code for each in shop.records()}


def test_a_scan_is_answered_and_kept_at_once(shop):
    began = time.perf_counter()
    shop.scans("R-001", "R-002", "R-003")
    assert (time.perf_counter() - began) / 3 < 0.5  # 50 ms is the bar; a busy machine is spared


# On the command line


def test_the_command_line_checks_what_comes_line_by_line(tmp_path, monkeypatch, capsys):
    shop = Shop(tmp_path / "home")
    shop.database.close()
    monkeypatch.setattr("sys.stdin", iter(["R-001\n", "R-001\r\n", "\n", "R-002\n", "muster undo\n", "X\n"]))
    assert main(["--home", str(tmp_path / "home"), "check-labels"]) == 1
    out, told = capsys.readouterr()
    words = [line.partition(":")[0] for line in out.splitlines()]
    assert words[:5] == ["Done", "Already known", "Done", "Taken back", "Unknown"]
    assert out.splitlines()[5:] == ["", "Engine 7", "  R-002 (ENG 2)", "", "Without a place", "  R-003 (ENG 3)"]
    assert "1 label checked, 2 left." in told


def test_the_command_line_ends_with_a_summary(tmp_path, monkeypatch, capsys):
    shop = Shop(tmp_path / "home")
    shop.database.close()
    monkeypatch.setattr("sys.stdin", iter(["R-004\n", "672CYX4\n", "MUSTER END\n", "R-001\n"]))
    asked = ["--home", str(tmp_path / "home"), "check-labels", "--query", "unit_id:4779", "--device", "--json"]
    assert main(asked) == 0
    told = json.loads(capsys.readouterr().out)
    assert [each["code"] for each in told["checked"]] == ["R-004"]
    assert (told["left"], told["scans"]) == ([], {"sticks": 1, "ok": 1})


def test_where_nothing_is_to_be_checked_it_is_said(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", iter(["R-001\n"]))
    assert main(["--home", str(tmp_path / "home"), "check-labels"]) == 0
    assert "no labels to check" in capsys.readouterr().err
