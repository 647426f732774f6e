import pytest
from openpyxl import Workbook

from models.exchange.files.folder import expand, spreadsheets_in
from models.exchange.options import ImportOptions
from models.exchange.picture import HIDDEN, SheetCard, take_picture
from models.fields.problem import InputError, UsageError
from models.store.database import Database
from models.store.home import Home


@pytest.fixture
def database(tmp_path):
    made = Database.open(Home(tmp_path / "home"))
    yield made
    made.close()


@pytest.fixture
def book(tmp_path):
    made = Workbook()
    fire = made.active
    fire.title = "Fire"
    rows = [
        ["Radio inventory 2026"],
        [],
        ["Tag", "Serial", "Model", "SIM PIN", None, "Tag", "Serial"],
        ["R-1", "672C1", "APX 8000", "1234", None, "204", "2"],
        ["R-2", "672C2", "APX 8000", "4321", None, "205", "2"],
        ["Total", 2, None, None],
    ]
    for row in rows:
        fire.append(row)
    police = made.create_sheet("Police")
    police.append(["Tag", "Serial"])
    kept = made.create_sheet("Kept")
    kept.sheet_state = "hidden"
    kept.append(["x"])
    made.create_chartsheet("Chart")
    path = tmp_path / "radios.xlsx"
    made.save(path)
    return path


def test_the_picture_has_the_sheets_with_why_they_are_left_alone(database, book):
    picture = take_picture(database, book, ImportOptions())
    assert picture.sheets == (
        SheetCard("Fire"),
        SheetCard("Police"),
        SheetCard("Kept", "hidden"),
        SheetCard("Chart", "chart"),
    )
    assert [card.readable for card in picture.sheets] == [True, True, True, False]
    assert picture.sheet == "Fire"


def test_the_guess_is_on_the_picture(database, book):
    picture = take_picture(database, book, ImportOptions())
    assert picture.table.header_row == 3
    assert str(picture.area) == "A3:D6"
    assert picture.skipped == {1: "title", 6: "total"}
    assert picture.table.others == ("F3:G5",)
    assert [picture.text(3, column) for column in range(3)] == ["Tag", "Serial", "Model"]
    assert picture.text(6, 1) == "2"
    assert picture.text(99, 0) == picture.text(1, 99) == ""


def test_secrets_are_not_shown(database, book):
    picture = take_picture(database, book, ImportOptions())
    assert picture.text(3, 3) == "SIM PIN"
    assert picture.text(4, 3) == HIDDEN


def test_secrets_beside_the_table_are_not_shown_either(database, book):
    picture = take_picture(database, book, ImportOptions(sheet="Fire", area="F3:G5"))
    assert picture.text(4, 3) == HIDDEN
    assert picture.text(4, 0) == "R-1"


def test_what_is_said_is_painted(database, book):
    picture = take_picture(database, book, ImportOptions(sheet="Fire", area="F3:G5"))
    assert str(picture.area) == "F3:G5"
    assert [column.heading for column in picture.table.columns] == ["Tag", "Serial"]
    assert take_picture(database, book, ImportOptions(sheet="Fire", header=4)).table.header_row == 4


def test_a_sheet_without_a_table_is_shown_with_the_reason(database, book):
    picture = take_picture(database, book, ImportOptions(sheet="Fire", header=2))
    assert picture.table is None
    assert picture.problem.code == "sheet.header"
    assert picture.text(1, 0) == "Radio inventory 2026"


def test_a_table_far_down_is_shown_where_it_is(database, tmp_path):
    path = tmp_path / "deep.csv"
    path.write_text("Tag,Serial\n" + "".join(f"A-{at},S{at}\n" for at in range(2, 900)), "utf-8")
    picture = take_picture(database, path, ImportOptions(area="A500:B600"))
    assert picture.first_row == 480
    assert picture.text(500, 0) == "A-500"
    assert picture.last_row == 679


def test_several_tables_ask(database, tmp_path):
    made = Workbook()
    for at, name in enumerate(("North", "South")):
        sheet = made.active if at == 0 else made.create_sheet(name)
        sheet.title = name
        sheet.append(["Tag", "Serial"])
        for number in range(5):
            sheet.append([f"{name}-{number}", f"S{at}{number}"])
    path = tmp_path / "two.xlsx"
    made.save(path)
    picture = take_picture(database, path, ImportOptions())
    assert picture.problem.code == "file.choose-sheet"
    assert picture.sheet == "North"
    assert picture.table.header_row == 1


def test_a_file_that_is_none_and_a_sheet_that_is_none_are_refused(database, book, tmp_path):
    with pytest.raises(InputError, match=r"file\.missing"):
        take_picture(database, tmp_path / "gone.xlsx", ImportOptions())
    with pytest.raises(UsageError, match=r"sheet\.unknown"):
        take_picture(database, book, ImportOptions(sheet="Parks"))
    with pytest.raises(UsageError, match=r"sheet\.range"):
        take_picture(database, book, ImportOptions(area="nowhere"))


def test_a_folder_gives_its_spreadsheets_by_name(tmp_path):
    for name in ("b.csv", "a.XLSX", "~$a.xlsx", "readme.md", ".hidden.csv"):
        (tmp_path / name).write_text("x", "utf-8")
    (tmp_path / "inner").mkdir()
    assert [path.name for path in spreadsheets_in(tmp_path)] == ["a.XLSX", "b.csv"]
    assert spreadsheets_in(tmp_path / "gone") == []
    assert [path.name for path in expand([tmp_path / "b.csv", tmp_path])] == ["b.csv", "a.XLSX"]
