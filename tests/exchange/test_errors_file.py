"""The errors file: refused rows in the layout of their sheet, with what to mend, ready to be imported again."""

import csv
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.phrases import say
from models.exchange import errors as errors_module
from models.exchange.errors import write_errors
from models.exchange.meaning.own_profiles import save_profile
from models.exchange.options import NewField
from models.exchange.writing import write as write_module
from models.fields.problem import InputError, UsageError
from tests.exchange.register import codes, counts, write_csv

MARCH, LEAP_DAY = datetime(2026, 3, 14), datetime(2024, 2, 29)  # noqa: DTZ001 (a sheet's dates)
SEEN = datetime(2024, 2, 29, 10, 30)  # noqa: DTZ001 (a sheet's date)
KEY = "0A1B2C3D4E5F60718293A4B5C6D7E8F90A1B2C3D4E5F60718293A4B5C6D7E8F9"


@pytest.fixture
def book(tmp_path):
    """Writes a workbook of one sheet, as people make them."""

    def write(*rows, name="phones.xlsx", sheet="Fire dept", at="A1"):
        made = openpyxl.Workbook()
        page = made.active
        page.title = sheet
        row, column = openpyxl.utils.cell.coordinate_to_tuple(at)
        for down, cells in enumerate(rows):
            for right, cell in enumerate(cells):
                page.cell(row + down, column + right).value = cell
        made.save(tmp_path / name)
        return tmp_path / name

    return write


@pytest.fixture
def errors_of(register, tmp_path):
    """Plans an import and writes its errors file; the plan and the file."""

    def write(path, kind, name="mend.xlsx", **options):
        plan = register.plan(path, kind, **options)
        write_errors(plan, tmp_path / name, say)
        return plan, tmp_path / name

    return write


def page_of(path):
    return openpyxl.load_workbook(path).active


def test_the_layout_is_that_of_the_sheet(errors_of, book):
    path = book(
        ["Phones of the Fire department", None, None, None, None, "as of", MARCH],
        [],
        ["Asset tag", "IMEI", "Shelf", "SIM PIN", "Acquired on", "Notes", "Seen"],
        ["P-1", "490154203237518", 1, "4711", LEAP_DAY, "fine", None],
        ["P-2", "490154203237519", 2.5, "0815", "someday", "a  b", SEEN],
        at="B2",
    )
    plan, mend = errors_of(path, "mobile")
    assert counts(plan) == (1, 0, 0, 1)
    page = page_of(mend)
    assert page.title == "Fire dept"
    cells = {cell.coordinate: cell.value for row in page for cell in row if cell.value not in (None, " ")}
    told = cells.pop("I5")
    assert told.splitlines() == [f"{each.heading}: {say(each.problem)}" for each in plan.problems[1]]
    assert cells == {
        "B2": "Phones of the Fire department", "G2": "as of", "H2": MARCH,
        "B4": "Asset tag", "C4": "IMEI", "D4": "Shelf", "E4": "SIM PIN", "F4": "Acquired on", "G4": "Notes",
        "H4": "Seen", "I4": "What to mend",
        "B5": "P-2", "C5": "490154203237519", "D5": 2.5, "F5": "someday", "G5": "a  b",
        "H5": SEEN,
    }  # fmt: skip
    assert page.freeze_panes == "A5"
    assert page.column_dimensions["I"].width > 20


def test_each_faulty_cell_is_marked_and_says_why(errors_of, book):
    path = book(["Asset tag", "IMEI", "Acquired on", "Kind of phone"], ["P-2", "490154203237519", "someday", "x"])
    plan, mend = errors_of(path, "mobile")
    marked = {cell.coordinate: cell.comment.text for row in page_of(mend) for cell in row if cell.comment}
    assert marked == {f"{each.column}2": say(each.problem) for each in plan.problems[0]}
    assert set(marked) == {"B2", "C2"}
    fills = {cell.coordinate for cell in page_of(mend)[2] if cell.fill.fill_type}
    assert fills == set(marked)


def test_an_identifier_is_text_and_a_refused_number_is_refused_again(register, errors_of, book):
    path = book(
        ["Asset tag", "Serial number", "IMEI", "Acquired on"],
        [4711, 1234, 1.23456789012345678e17, "2024-02-29"],
        ["P-2", LEAP_DAY, "490154203237518", "2024-02-29"],
        ["P-3", True, "356938035643809", "2024-02-29"],
    )
    plan, mend = errors_of(path, "mobile")
    assert counts(plan) == (0, 0, 0, 3)
    page = page_of(mend)
    assert (page["A2"].value, page["B2"].value, page["B2"].number_format) == ("4711", "1234", "@")
    for ending in ("xlsx", "csv"):
        _, mend = errors_of(path, "mobile", name=f"again.{ending}")
        again = register.plan(mend, "mobile")
        assert (3 if ending == "csv" else 2, "serial") not in {(row, key) for row, key, _ in codes(again)}
        assert (2, "imei") in {(row, key) for row, key, _ in codes(again)}
    assert codes(register.plan(errors_of(path, "mobile")[1], "mobile"))[:2] == codes(plan)[:2]


def test_secrets_and_keys_stay_out(errors_of, book):
    path = book(
        ["SIM PIN list"],
        ["PIN", "7788"],
        ["Asset tag", "Unit ID", "CKR", "Encryption (loaded)", "Password"],
        ["R-1", "x", KEY, KEY, "hunter2"],
    )
    plan, mend = errors_of(path, "radio", header=3)
    assert counts(plan) == (0, 0, 0, 1)
    with_csv = errors_of(path, "radio", name="mend.csv", header=3)[1].read_text("utf-8-sig")
    written = str([list(row) for row in page_of(mend).values]) + with_csv
    written += str([cell.comment.text for row in page_of(mend) for cell in row if cell.comment])
    assert "R-1" in written
    assert "Password" in written
    for secret in (KEY[:10], "hunter2", "7788"):
        assert secret not in written


def test_text_like_a_formula_stays_text(errors_of, book, register):
    path = book(["Asset tag", "Notes", "Acquired on"], ["L-1", "@sum", "someday"], ["L-2", "'=1+1", "someday"])
    for ending in ("xlsx", "csv"):
        _, mend = errors_of(path, "hardware", name=f"mend.{ending}")
        if ending == "xlsx":
            assert all(cell.data_type != "f" for row in page_of(mend) for cell in row)
            assert page_of(mend)["B2"].quotePrefix
        plan = register.plan(mend, "hardware", mapping={"Acquired on": ""})
        assert [plan.patch(row)["notes"] for row in range(2)] == ["@sum", "'=1+1"]


def test_without_headings_there_are_none(errors_of, sheet, register):
    path = sheet(["L-1", "S1", "2024-02-29"], ["L-2", "S2", "someday"])
    options = {"header": 0, "mapping": {"A": "tag", "B": "serial", "C": "acquired_on"}}
    plan, mend = errors_of(path, "hardware", **options)
    assert counts(plan) == (1, 0, 0, 1)
    book = openpyxl.load_workbook(mend)
    assert [cell.value for cell in book.active[1]][:3] == ["L-2", "S2", "someday"]
    book.active["C1"] = "2024-03-01"
    book.save(mend)
    assert counts(register.bring_in(mend, "hardware", **options)) == (1, 0, 0, 0)


def test_headings_that_were_made_up_are_written_so_that_the_mapping_holds(errors_of, sheet, register):
    path = sheet(["Asset tag", "Notes", "Notes", ""], ["L-1", "a", "b", "someday"], ["L-2", "a", "b", "2024-02-29"])
    options = {"mapping": {"Notes": "", "Notes (2)": "notes", "Column D": "acquired_on"}}
    plan, mend = errors_of(path, "hardware", **options)
    assert counts(plan) == (1, 0, 0, 1)
    book = openpyxl.load_workbook(mend)
    assert [cell.value for cell in book.active[1]] == ["Asset tag", "Notes", "Notes", "Column D", "What to mend"]
    book.active["D2"] = "2024-03-01"
    book.save(mend)
    register.bring_in(mend, "hardware", **options)
    assert register.one("hardware", tag="L-1") | {"notes": "b", "acquired_on": "2024-03-01"} == register.one(
        "hardware", tag="L-1"
    )


def test_a_range_said_once_holds_for_the_errors_file(errors_of, book, register):
    path = book(
        ["x", "Tag", "Acquired on", "Notes", "other", "Tag"],
        ["x", "L-1", "2024-02-29", "", "y", "Z-1"],
        ["x", "L-2", "someday", "", "y", "Z-2"],
        at="A3",
    )
    plan, mend = errors_of(path, "hardware", area="B3:D5")
    assert counts(plan) == (1, 0, 0, 1)
    page = page_of(mend)
    assert [cell.value for cell in page[4]] == [None, "L-2", "someday", None, page["E4"].value]
    book = openpyxl.load_workbook(mend)
    book.active["C4"] = "2024-02-28"
    book.save(mend)
    assert counts(register.plan(mend, "hardware", area="B3:D5")) == (1, 0, 0, 0)


def test_an_errors_file_of_an_errors_file_has_the_column_once(errors_of, sheet):
    path = sheet(["Asset tag", "Acquired on"], ["L-1", "someday"], ["L-2", "31 Feb 2024"])
    _, mend = errors_of(path, "hardware")
    _, again = errors_of(mend, "hardware", name="again.xlsx")
    assert [list(row) for row in page_of(again).values] == [list(row) for row in page_of(mend).values]


def test_what_was_said_of_the_import_leaves_the_layout_alone(errors_of, register, sheet):
    path = sheet(["Asset tag", "Sort", "Acquired on", "Shelf"], ["L-1", "Laptop", "someday", "9"])
    options = {
        "constants": {"status": "in_stock"},
        "kind_column": "Sort",
        "cells": {"Shelf": {2: "typed"}},
        "new_fields": (NewField("x_shelf", "Shelf"),),
        "mapping": {"Shelf": "x_shelf"},
    }
    _, mend = errors_of(path, "asset", **options)
    assert [cell.value for cell in page_of(mend)[1]] == ["Asset tag", "Sort", "Acquired on", "Shelf", "What to mend"]
    assert [cell.value for cell in page_of(mend)[2]][:4] == ["L-1", "Laptop", "someday", "typed"]
    book = openpyxl.load_workbook(mend)
    book.active["C2"] = "2024-03-01"
    book.save(mend)
    register.bring_in(mend, "asset", **{**options, "cells": {}})
    told = register.one("hardware", tag="L-1")
    assert (told["status"], told["x_shelf"], told["acquired_on"]) == ("in_stock", "typed", "2024-03-01")


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_what_the_whole_column_decided_holds_for_the_few_refused_rows(errors_of, register, sheet, ending):
    path = sheet(
        ["Asset tag", "Bought", "Price", "Warranty until"],
        ["L-1", "31/12/2024", "1.200,50", "2027-01-01"],
        ["L-2", "03/04/2024", "1.200", "someday"],
    )
    plan, mend = errors_of(path, "hardware", name=f"mend.{ending}", mapping={"Warranty until": "warranty_end"})
    assert counts(plan) == (1, 0, 0, 1)
    again = register.plan(mend, "hardware", mapping={"Warranty until": ""})
    assert (again.patch(0)["acquired_on"], again.patch(0)["cost"]) == ("2024-04-03", "1200.00")


def test_a_column_of_which_only_the_faulty_cells_are_left_is_still_the_same(errors_of, register, sheet):
    rows = [[f"L-{at}", "31 Feb 2024" if at < 2 else "2024-02-29"] for at in range(9)]
    plan, mend = errors_of(sheet(["Asset tag", "Date of purchase"], *rows), "hardware")
    assert (counts(plan), plan.mapping["Date of purchase"]) == ((7, 0, 0, 2), "acquired_on")
    again = register.plan(mend, "hardware")
    assert counts(again) == (0, 0, 0, 2)
    assert again.mapping == plan.mapping
    # A column that was no such thing before is none now.
    path = sheet(
        ["Asset tag", "Date of purchase", "Cost"], ["L-1", "by post", "x1"], ["L-2", "by post", "5"], ["L-3", "", "6"]
    )
    plan, mend = errors_of(path, "hardware")
    assert (counts(plan), plan.mapping["Date of purchase"]) == ((2, 0, 0, 1), None)
    again = register.plan(mend, "hardware")
    assert (counts(again), again.mapping["Date of purchase"]) == ((0, 0, 0, 1), None)


def test_an_own_profile_knows_the_errors_file_of_its_list(errors_of, register, sheet):
    path = sheet(["Nr", "Bought"], ["L-1", "someday"], ["L-2", "2024-02-29"])
    plan, mend = errors_of(path, "hardware", mapping={"Nr": "tag", "Bought": "acquired_on"})
    save_profile(register.journal, "Ours", plan)
    again = register.plan(mend)
    assert (again.profile, again.mapping) == ("Ours", {"Nr": "tag", "Bought": "acquired_on"})
    assert counts(again) == (0, 0, 0, 1)


def test_units_below_the_headings_stay(errors_of, book, register):
    path = book(["Asset tag", "Cost"], [None, "(USD)"], ["L-1", "5 apples"], ["L-2", 12.5])
    plan, mend = errors_of(path, "hardware")
    assert counts(plan) == (1, 0, 0, 1)
    page = page_of(mend)
    assert [page["B2"].value, page["A3"].value, page["B3"].value] == ["(USD)", "L-1", "5 apples"]
    assert [cell.coordinate for row in page for cell in row if cell.comment] == ["B3"]


@pytest.mark.parametrize("header", [1, 4])
def test_very_many_refused_rows_come_without_notes(errors_of, book, monkeypatch, header, register):
    monkeypatch.setattr(write_module, "FEW_ROWS", 2)
    monkeypatch.setattr(errors_module, "FEW_ROWS", 2)
    above = [["All laptops"], [], []][: header - 1]
    path = book(*above, ["Asset tag", "Acquired on", "Depth"], *([f"L-{row}", "someday", 1.5] for row in range(5)))
    plan, mend = errors_of(path, "hardware")
    assert counts(plan) == (0, 0, 0, 5)
    page = page_of(mend)
    assert [cell.value for cell in page[header]] == ["Asset tag", "Acquired on", "Depth", "What to mend"]
    assert [cell.value for cell in page[header + 5]][:3] == ["L-4", "someday", 1.5]
    assert not any(cell.comment for row in page for cell in row)
    assert counts(register.plan(mend, "hardware")) == (0, 0, 0, 5)


def test_a_file_without_refused_rows_has_its_headings_only(errors_of, sheet):
    _, mend = errors_of(sheet(["Asset tag", "Notes"], ["L-1", ""]), "hardware")
    assert [list(row) for row in page_of(mend).values] == [["Asset tag", "Notes", "What to mend"]]


def test_another_format_is_refused(errors_of, sheet):
    with pytest.raises(UsageError):
        errors_of(sheet(["Asset tag", "Notes"], ["L-1", ""]), "hardware", name="mend.pdf")


def test_the_file_that_is_imported_is_never_written_over(register, sheet):
    path = sheet(["Asset tag", "Acquired on"], ["L-1", "someday"])
    plan, before = register.plan(path, "hardware"), path.read_bytes()
    with pytest.raises(UsageError, match=r"errors\.same-file"):
        write_errors(plan, path, say)
    assert path.read_bytes() == before


NOTES = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=8) | st.sampled_from(
    ["=1+1", "'x", "a\nb", "_x0041_", "0042", "1,5", "What to mend", ";"]
)
FAULTS = st.sampled_from(["", "day", "imei", "cost", "day imei", "day imei cost"])


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(FAULTS, NOTES), min_size=1, max_size=6),
    above=st.integers(0, 3),
    ending=st.sampled_from(["xlsx", "csv"]),
)
def test_what_is_mended_comes_in_as_if_it_had_been_right(register, tmp_path, rows, above, ending):
    wrong = {"day": (3, "31 Feb 2024", "2024-02-28"), "imei": (1, "35", "356938035643809"), "cost": (4, "x1", "12.50")}
    headings = ["Asset tag", "IMEI", "Notes", "Acquired on", "Cost", "Shelf"]
    first = [*[["Title", *[""] * 5], [""] * 6, [""] * 6][:above], headings]
    right = [[f"P-{at}", "", notes, "2024-02-28", "12.50", "7"] for at, (_, notes) in enumerate(rows)]
    spoilt = [list(row) for row in right]
    for at, (faults, _) in enumerate(rows):
        for fault in faults.split():
            spoilt[at][wrong[fault][0]] = wrong[fault][1]
            right[at][wrong[fault][0]] = wrong[fault][2] if fault != "imei" else ""
    options = {"header": above + 1, "mapping": {"Shelf": ""}}
    whole = register.plan(write_csv(tmp_path / "right.csv", *first, *right), "mobile", **options)
    plan = register.plan(write_csv(tmp_path / "wrong.csv", *first, *spoilt), "mobile", **options)
    refused = [at for at, (faults, _) in enumerate(rows) if faults]
    assert plan.count(3) == len(refused)
    mend = tmp_path / f"mend.{ending}"
    assert write_errors(plan, mend, say) == len(refused)
    if refused:
        mended = register.plan(_mended(mend, wrong), "mobile", **options)
        assert mended.count(0) == len(refused)
        assert [mended.patch(row) for row in range(mended.rows)] == [whole.patch(at) for at in refused]


def _mended(path: Path, wrong):
    """The file as a person saves it who mended the cells."""
    right = {text: "" if fault == "imei" else mended for fault, (_, text, mended) in wrong.items()}
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return write_csv(path, *[[right.get(cell, cell) for cell in row] for row in csv.reader(file)])
    book = openpyxl.load_workbook(path)
    for row in book.active.iter_rows():
        for cell in row:
            if cell.comment:
                cell.value = right[cell.value]
    book.save(path)
    return path


def test_a_file_that_was_changed_since_is_not_taken_for_the_same(register, sheet, tmp_path):
    path = sheet(["Asset Tag", "Cost"], ["T1", "much"], ["T2", "5"])
    plan = register.plan(path, "hardware")
    sheet(["Asset Tag", "Cost"], ["T0", "4"], ["T1", "much"], ["T2", "5"])

    with pytest.raises(InputError) as error:
        write_errors(plan, tmp_path / "errors.xlsx", say)

    assert error.value.problem.code == "file.changed"
    assert not (tmp_path / "errors.xlsx").exists()

    path.unlink()
    with pytest.raises(InputError) as error:
        write_errors(plan, tmp_path / "errors.xlsx", say)
    assert error.value.problem.code == "file.missing"
