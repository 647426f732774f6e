"""The log of imports, and whether a file was there before."""

import hashlib

import openpyxl

from models.exchange.log import imported_before, imports
from models.journal.undo import redo, undo

ROWS = (("Asset tag", "Serial number"), ["L-1", "S1"], ["L-2", "S2"], ["L-2", "S3"])


def log(register, limit=200):
    with register.database.reading() as connection:
        return imports(connection, limit)


def before(register, path, name):
    fingerprint = hashlib.sha256(path.read_bytes()).hexdigest()
    with register.database.reading() as connection:
        return imported_before(connection, fingerprint, name)


def test_an_import_leaves_its_file_its_fingerprint_and_its_counts(register, sheet):
    register.add("person", name="Ann")  # no import, and not in the log
    path = sheet(*ROWS, name="laptops.csv")
    register.bring_in(path, "hardware")
    (told,) = log(register)
    assert (told.author, told.file, told.sheet, told.kind) == ("J. Ruiz", "laptops.csv", "laptops", "hardware")
    assert (told.rows, told.new, told.changed, told.same, told.refused) == (3, 2, 0, 0, 1)
    assert told.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert told.device
    assert told.undone_by is None


def test_the_log_has_the_latest_first_and_ends_at_its_limit(register, sheet):
    for name in ("a", "b", "c"):
        register.bring_in(sheet(ROWS[0], [name, name * 3], name=f"{name}.csv"), "hardware")
    assert [each.file for each in log(register)] == ["c.csv", "b.csv", "a.csv"]
    assert [each.file for each in log(register, 2)] == ["c.csv", "b.csv"]


def test_an_import_that_wrote_nothing_is_none(register, sheet):
    path = sheet(*ROWS[:2])
    register.bring_in(path, "hardware")
    register.bring_in(path, "hardware")
    assert len(log(register)) == 1


def test_the_same_file_is_known_again_by_what_is_in_it(register, sheet):
    path = sheet(*ROWS[:3], name="first.csv")
    assert before(register, path, "first") is None
    register.bring_in(path, "hardware")
    again = path.rename(path.with_name("second.csv"))
    told = before(register, again, "second")
    assert (told.action, told.author, told.undone) == (log(register)[0].action, "J. Ruiz", False)
    assert told.when == log(register)[0].when.isoformat()
    again.write_text("Asset tag,Serial number\nL-9,S9\n", "utf-8")
    assert before(register, again, "second") is None


def test_another_sheet_of_the_same_workbook_is_not_the_same(register, tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "laptops"
    book.create_sheet("phones")
    for page, tag in zip(book, ("L-1", "P-1"), strict=True):
        page.append(["Asset tag", "Serial number"])
        page.append([tag, f"{tag}-S"])
    book.save(tmp_path / "laptops.xlsx")
    register.bring_in(tmp_path / "laptops.xlsx", "hardware", sheet="laptops")
    assert before(register, tmp_path / "laptops.xlsx", "laptops") is not None
    assert before(register, tmp_path / "laptops.xlsx", "phones") is None


def test_an_undone_import_is_told_as_undone_and_one_that_stands_comes_first(register, sheet):
    path = sheet(*ROWS[:3], name="laptops.csv")
    register.bring_in(path, "hardware")
    first = log(register)[0].action
    taken_back = undo(register.journal).changes.action
    assert log(register)[0].undone_by == taken_back
    assert before(register, path, "laptops").undone
    redo(register.journal)
    assert log(register)[0].undone_by is None
    register.bring_in(path, "hardware", mapping={"Serial number": "hostname"})
    second = log(register)[0].action
    assert before(register, path, "laptops").action == second
    undo(register.journal, second)
    told = before(register, path, "laptops")
    assert (told.action, told.undone) == (first, False)
