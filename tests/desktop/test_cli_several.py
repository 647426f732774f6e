"""The command line's import of folders, several files and several sheets, and of what is piped in."""

import io
import json
from types import SimpleNamespace

import openpyxl
import pytest

from desktop.cli import main
from tests.exchange.register import write_csv

PLACES = (["Name", "Address", "Postal code"], ["Engine 7", "12 Main St", "10001"])
LAPTOPS = (
    ["Asset tag", "Hostname", "Location", "Acquired on"],
    ["L-1", "lt-1", "Engine 7", "2024-02-29"],
    ["L-2", "lt-2", "Engine 7", "someday"],
)


@pytest.fixture
def muster(home, database, capsys):
    """Runs a command on the home of this test; its status, its JSON and what it said."""

    def run(*arguments):
        status = main(["--home", str(home.path), *map(str, arguments)])
        out, err = capsys.readouterr()
        return status, json.loads(out) if out.startswith("{") else out, err

    return run


@pytest.fixture
def lists(tmp_path):
    folder = tmp_path / "lists"
    folder.mkdir()
    write_csv(folder / "a laptops.csv", *LAPTOPS)
    write_csv(folder / "locations.csv", *PLACES)
    return folder


def totals(told):
    return tuple(told[key] for key in ("rows", "new", "changed", "same", "refused"))


def test_a_folder_is_imported_part_by_part_each_an_action_of_its_own(muster, lists, tmp_path):
    (lists / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    (lists / "readme.txt").write_text("Dear all\n", "utf-8")
    status, told, err = muster("import", lists, "--errors", tmp_path / "mend.xlsx", "--json")
    assert status == 1  # a row was refused
    assert [part["kind"] for part in told["parts"]] == ["location", "hardware"]
    assert totals(told) == (3, 2, 0, 0, 1)
    assert all(
        sum(part[key] for key in ("new", "changed", "same", "refused")) == part["rows"] for part in told["parts"]
    )
    assert told["parts"][1]["makes"] == {}  # the place of the first part is known to the second
    assert len({part["action"] for part in told["parts"]}) == 2
    assert told["failed"] == []
    assert told["not_spreadsheets"] == [str(lists / "photo.jpg"), str(lists / "readme.txt")]
    assert told["errors"] == [str(tmp_path / "mend a laptops.xlsx")]
    assert openpyxl.load_workbook(told["errors"][0]).active["A2"].value == "L-2"
    assert "photo.jpg" in err
    assert "2 tables, 3 rows: 2 new" in err
    assert [each["file"] for each in muster("imports", "--json")[1]["imports"]] == ["a laptops.csv", "locations.csv"]


def test_one_bad_file_is_told_and_the_others_come_in(muster, lists):
    (lists / "phones.xlsx").write_bytes(b"%PDF-1.7")
    status, told, err = muster("import", lists / "locations.csv", lists / "phones.xlsx", lists / "gone.csv", "--json")
    assert status == 1
    assert totals(told) == (1, 1, 0, 0, 0)
    assert [(each["file"], each["sheet"], each["code"]) for each in told["failed"]] == [
        (str(lists / "phones.xlsx"), None, "file.not-spreadsheet"),
        (str(lists / "gone.csv"), None, "file.missing"),
    ]
    assert all(each["message"] in err for each in told["failed"])


def test_files_of_one_name_have_errors_files_of_their_own(muster, lists, tmp_path):
    (lists / "north").mkdir()
    write_csv(lists / "north" / "a laptops.csv", *LAPTOPS)
    _, told, _ = muster("import", lists, "--errors", tmp_path / "mend.csv", "--dry-run", "--json")
    names = ["mend a laptops.csv", "mend a laptops 2.csv"]
    assert told["errors"] == [str(tmp_path / name) for name in names]
    assert all("L-2" in (tmp_path / name).read_text("utf-8-sig") for name in names)


def test_errors_that_cannot_be_kept_stop_the_import_before_anything_is_written(muster, lists):
    laptops = lists / "a laptops.csv"
    before = laptops.read_bytes()
    for target, status in (("mend.pdf", 2), (laptops, 2), (lists / "gone" / "mend.xlsx", 3)):
        assert muster("import", laptops, "--errors", target)[0] == status
    assert laptops.read_bytes() == before
    assert muster("imports", "--json")[1] == {"imports": []}


def test_nothing_that_can_be_read_is_3(muster, tmp_path):
    (tmp_path / "bare").mkdir()
    for files in ([tmp_path / "bare"], [tmp_path / "gone.csv", tmp_path / "gone too.csv"]):
        status, told, err = muster("import", *files, "--json")
        assert (status, told["parts"], totals(told)) == (3, [], (0, 0, 0, 0, 0))
        assert err


def test_the_sheets_of_a_workbook_are_parts_when_asked_for(muster, tmp_path):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in (("Laptops", LAPTOPS[:2]), ("Places", PLACES), ("Notes", ())):
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    book.save(tmp_path / "city.xlsx")
    status, told, err = muster("import", tmp_path / "city.xlsx", "--all-sheets", "--dry-run", "--json")
    assert status == 0
    assert [(part["sheet"], part["kind"], part["action"]) for part in told["parts"]] == [
        ("Places", "location", None),
        ("Laptops", "hardware", None),
    ]
    assert told["empty"] == [{"file": str(tmp_path / "city.xlsx"), "sheet": "Notes"}]
    assert "dry run" in err
    status, told, _ = muster("import", tmp_path / "city.xlsx", "--sheet", "Laptops", "--json")
    assert (told["sheet"], told["new"]) == ("Laptops", 1)


def test_a_workbook_of_everything_comes_back_as_the_same_sheet_by_sheet(muster, lists, tmp_path):
    muster("import", lists)
    assert muster("export", "all", tmp_path / "all.xlsx")[0] == 0
    status, told, _ = muster("import", tmp_path / "all.xlsx", "--json")
    assert status == 0
    assert {"location", "hardware"} <= {part["kind"] for part in told["parts"]}
    assert told["same"] == told["rows"] > 1
    assert told["failed"] == []


def test_a_profile_is_saved_from_one_table_only(muster, lists):
    status, _, err = muster("import", lists, "--save-profile", "Ours")
    assert status == 2
    assert "--save-profile" in err
    assert muster("imports", "--json")[1] == {"imports": []}


def test_what_is_piped_in_is_read(muster, monkeypatch):
    piped = io.BytesIO(b"Asset tag\tHostname\r\nL-1\tlt-1\r\n")
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=piped, isatty=lambda: False))
    status, told, _ = muster("import", "-", "--json")
    assert (status, told["file"], told["new"], told["kind"]) == (0, "-", 1, "hardware")
    assert "parts" not in told


def test_somebody_at_the_terminal_is_told_to_paste(muster, monkeypatch):
    pasted = io.BytesIO(b"Asset tag\tHostname\nL-1\tlt-1\n")
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=pasted, isatty=lambda: True))
    status, _, err = muster("import", "-")
    assert status == 0
    assert "Paste the table" in err
