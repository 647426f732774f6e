"""Which parts several files have, and in which order they are imported."""

import os

import openpyxl
import pytest

from models.exchange.batch import find_parts, holds_several
from models.exchange.options import ImportOptions
from models.exchange.writing.books import Wording, export_all
from tests.exchange.register import counts, write_csv

LAPTOPS = (["Asset tag", "Serial number", "Hostname"], ["L-1", "S1", "lt-1"])
PEOPLE = (["Name", "Email", "Job title"], ["Ann Lee", "ann@example.com", "Clerk"])
PLACES = (["Name", "Address", "Postal code"], ["Engine 7", "12 Main St", "10001"])


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "lists"
    (made / "inner" / ".git").mkdir(parents=True)
    write_csv(made / "a laptops.csv", *LAPTOPS)
    write_csv(made / "inner" / "people.csv", *PEOPLE)
    write_csv(made / "z locations.csv", *PLACES)
    for name in ("~$a.xlsx", ".~lock.a.ods#", ".hidden.csv", "inner/.git/config.txt"):
        (made / name).write_text("x", "utf-8")
    return made


@pytest.fixture
def book(tmp_path):
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in {"Laptops": LAPTOPS, "People": PEOPLE, "Empty": (), "Old": LAPTOPS}.items():
        page = made.create_sheet(name)
        for row in rows:
            page.append(row)
    made["Old"].sheet_state = "hidden"
    made.save(tmp_path / "all.xlsx")
    return tmp_path / "all.xlsx"


def parts(register, *paths, **more):
    batch = find_parts(register.database, paths, more.pop("options", ImportOptions()), **more)
    return batch, [(part.path.name, part.sheet, part.kind) for part in batch.parts]


def test_a_folder_gives_its_tables_in_the_order_in_which_each_finds_what_it_refers_to(register, folder):
    batch, found = parts(register, folder)
    assert found == [
        ("z locations.csv", None, "location"),
        ("people.csv", None, "person"),
        ("a laptops.csv", None, "hardware"),
    ]
    assert (batch.failed, batch.others, batch.empty) == ([], [], [])


def test_assets_of_several_kinds_come_before_lines(register, tmp_path):
    write_csv(tmp_path / "a.csv", ["Number", "Carrier", "Plan"], ["2125550123", "Verizon", "X"])
    write_csv(tmp_path / "b.csv", ["Asset tag", "Kind", "IMEI"], ["L-1", "hardware", ""], ["P-1", "mobile", ""])
    assert [kind for _, _, kind in parts(register, tmp_path)[1]] == ["asset", "line"]


def test_what_is_no_spreadsheet_is_told_apart_from_what_cannot_be_read(register, folder):
    (folder / "notes.txt").write_text("", "utf-8")
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    (folder / "phones.xlsx").write_bytes(b"%PDF-1.7")
    batch, found = parts(register, folder)
    assert len(found) == 3
    assert [path.name for path in batch.others] == ["photo.jpg", "notes.txt"]
    assert [(each.path.name, each.problem.code) for each in batch.failed] == [("phones.xlsx", "file.not-spreadsheet")]


def test_a_file_that_somebody_names_is_wanted_whatever_it_is_called(register, folder, tmp_path):
    (tmp_path / "notes.txt").write_bytes(b"%PDF-1.7")
    batch, _ = parts(register, tmp_path / "notes.txt", tmp_path / "gone.csv", folder)
    assert [(each.path.name, each.problem.code) for each in batch.failed] == [
        ("notes.txt", "file.not-spreadsheet"),
        ("gone.csv", "file.missing"),
    ]


def test_a_file_comes_once_and_links_lead_nowhere(register, folder):
    try:
        (folder / "inner" / "round").symlink_to(folder, target_is_directory=True)
        (folder / "b laptops.csv").symlink_to(folder / "a laptops.csv")
    except OSError:  # Windows asks for a right to make links; then there is none to follow
        assert os.name == "nt"
    _, found = parts(register, folder / "a laptops.csv", folder, folder / "inner")
    assert [name for name, _, _ in found] == ["z locations.csv", "people.csv", "a laptops.csv"]


def test_all_sheets_are_taken_when_asked_for_and_hidden_ones_never(register, book):
    batch, found = parts(register, book, all_sheets=True)
    assert found == [("all.xlsx", "People", "person"), ("all.xlsx", "Laptops", "hardware")]
    assert batch.empty == [(book, "Empty")]
    assert batch.failed == []


def test_one_sheet_is_taken_when_it_is_named(register, book):
    _, found = parts(register, book, all_sheets=True, options=ImportOptions(sheet="Laptops"))
    assert found == [("all.xlsx", None, "hardware")]


def test_a_workbook_of_musters_own_is_taken_sheet_by_sheet_and_says_its_kinds(register, tmp_path):
    place = register.add("location", name="Engine 7")
    register.add("hardware", tag="L-1", location=place)
    register.add("radio", tag="R-1", unit_id="4779", location=place)
    export_all(register.database, tmp_path / "all.xlsx", register.settings, Wording((), lambda _: ""))
    assert holds_several(tmp_path / "all.xlsx")
    batch, found = parts(register, tmp_path / "all.xlsx")
    assert [kind for _, _, kind in found if kind in ("location", "hardware", "radio")] == [
        "location",
        "hardware",
        "radio",
    ]
    assert batch.failed == []
    for part in batch.parts:
        if part.kind in ("location", "hardware", "radio"):
            options = part.options(ImportOptions())
            assert options.kind == part.kind
            plan = register.plan(part.path, options.kind, sheet=options.sheet)
            assert counts(plan) == (0, 0, 1, 0)


def test_other_files_are_of_one_part(book, folder):
    assert not holds_several(book)
    assert not holds_several(folder / "a laptops.csv")
