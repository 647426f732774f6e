"""What is written reads back as the same cells, does nobody harm, and is there whole or not at all."""

import datetime as dt
import errno

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.exchange.files.formulas import guard
from models.exchange.files.sheet import open_source
from models.exchange.writing import write as write_module
from models.exchange.writing.outgoing import Look, OutColumn, OutSheet
from models.exchange.writing.write import write, write_csv, write_xlsx
from models.fields.kinds import Day, Imei, Moment, Money, Serial, Tag, Text, Whole, YesNo
from models.fields.problem import InputError, UsageError
from models.progress import Cancelled, Progress

COLUMNS = [
    OutColumn("Asset tag", Tag()),
    OutColumn("IMEI", Imei()),
    OutColumn("Cost", Money()),
    OutColumn("Acquired", Day()),
    OutColumn("Seen", Moment()),
    OutColumn("Ports", Whole()),
    OutColumn("Leased", YesNo()),
]
ROW = [
    "000123",
    "004401234567890",
    -12.5,
    dt.date(2024, 2, 29),
    dt.datetime.fromisoformat("2024-02-29T13:05"),
    48,
    True,
]


@pytest.fixture(params=["openpyxl", "rust"])
def either_writer(request, monkeypatch):
    """Both writers of .xlsx, which nobody should be able to tell apart."""
    if request.param == "rust":
        monkeypatch.setattr(write_module, "FEW_ROWS", 0)
    return request.param


def cells(path):
    with open_source(path, Progress()) as source:
        return [row for chunk in source.chunks(source.sheets[0], Progress()) for row in chunk.rows()]


def test_a_workbook_as_people_want_it(tmp_path, either_writer):
    path = tmp_path / "export.xlsx"
    assert write(path, OutSheet("Assets", COLUMNS, iter([ROW] * 3)), Progress()) == 3

    sheet = openpyxl.load_workbook(path).active
    assert sheet.title == "Assets"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:G4"
    assert sheet["A1"].font.bold
    assert sheet["A1"].fill.fgColor.rgb == "FFDCE6F1" or sheet["A1"].fill.fgColor.rgb == "00DCE6F1"
    assert [cell.number_format for cell in sheet[2]] == [
        "@",
        "@",
        "#,##0.00",
        "yyyy-mm-dd",
        "yyyy-mm-dd hh:mm",
        "General",
        "@",
    ]
    assert [cell.value for cell in sheet[2]] == [
        "000123",
        ROW[1],
        -12.5,
        dt.datetime.fromisoformat("2024-02-29"),
        ROW[4],
        48,
        "yes",
    ]
    assert 12 <= sheet.column_dimensions["D"].width < 20


def test_what_is_read_back_is_what_was_written(tmp_path, either_writer):
    path = tmp_path / "export.xlsx"
    write(path, OutSheet("Assets", COLUMNS, [ROW, [None] * 7]), Progress())
    assert cells(path)[1] == ("000123", ROW[1], -12.5, ROW[3], ROW[4], 48.0, "yes")


def test_text_as_csv(tmp_path):
    path = tmp_path / "export.csv"
    write(path, OutSheet("Assets", COLUMNS, [ROW, [None] * 7]), Progress())

    raw = path.read_bytes()
    assert raw.startswith("\ufeffAsset tag,IMEI,Cost,Acquired,Seen,Ports,Leased\r\n".encode())
    assert raw.endswith(b"000123,004401234567890,-12.5,2024-02-29,2024-02-29 13:05,48,yes\r\n,,,,,,\r\n")
    assert cells(path)[1] == ("000123", ROW[1], "-12.5", "2024-02-29", "2024-02-29 13:05", "48", "yes")


NASTY = st.one_of(
    st.text(min_size=1, max_size=30),
    st.from_regex(r"\A['=+\-@\t#;_][x0-9A-F=+\-@'\"_,;| ]{0,9}\Z"),
    st.sampled_from(
        [
            "=1+1",
            "'=x",
            "''",
            '="007"',
            "-",
            "sep=;",
            "#REF!",
            "_x0041_",
            "_x000D_",
            "a_x0041_",
            "\u00a0x",
            "TRUE",
            "1E5",
            "03/04",
            "\ufeff",
        ]
    ),
)


def as_written(text):
    """What of a text a file can hold: LF line ends, no control characters, no half letters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (letter for letter in text if letter in "\t\n" or (ord(letter) >= 32 and letter not in "\x7f\ufffe\uffff"))
    whole = "".join("\ufffd" if 0xD800 <= ord(letter) < 0xE000 else letter for letter in kept)
    return whole if whole.strip("\t\n ") else None


@settings(max_examples=40)
@given(
    st.lists(st.lists(NASTY, min_size=3, max_size=3), min_size=1, max_size=8),
    st.sampled_from(["small.xlsx", "fast.xlsx", "a.csv", "a.tsv"]),
)
def test_any_text_comes_back(tmp_path_factory, rows, name):
    path = tmp_path_factory.getbasetemp() / name
    columns = [OutColumn(name, Text()) for name in ("Tag", "Serial", "Notes")]
    few = write_module.FEW_ROWS
    write_module.FEW_ROWS = 0 if name == "fast.xlsx" else few
    try:
        write(path, OutSheet("S", columns, rows), Progress())
    finally:
        write_module.FEW_ROWS = few

    found = [tuple(cell if cell and cell.strip("\t\n ") else None for cell in row) for row in cells(path)[1:]]
    found = [row for row in found if any(row)]

    assert found == [row for row in (tuple(map(as_written, row)) for row in rows) if any(row)]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "@SUM(A1)",
        "+cmd|' /C calc'!A0",
        "-2+3+cmd|x",
        "\t=1",
        "\r=1",
        "'=1",
        '="007"',
        "=HYPERLINK(A1)",
        "\uff1d1+1",
        "\uff0b1",
        "\uff0d2",
        "\uff20x",
        "  =1+1",
        "\n=1+1",
        "\u00a0@x",
        "=DDE(0;0)",
        "'\uff1dx",
    ],
)
def test_formulas_are_disarmed(tmp_path, text, either_writer):
    assert guard(text) == f"'{text}"
    path = tmp_path / "export.xlsx"
    write(path, OutSheet("S", [OutColumn("Notes", Text())], [[text]]), Progress())
    cell = openpyxl.load_workbook(path).active["A2"]
    assert cell.data_type == "s"
    assert cell.number_format == "@"


def test_cells_that_look_like_formulas_stay_text_when_they_are_edited(tmp_path):
    path = tmp_path / "export.xlsx"
    write(path, OutSheet("S", [OutColumn("Notes", Text())], [["=1+1"], ["plain"]]), Progress())
    sheet = openpyxl.load_workbook(path).active
    assert [sheet["A2"].quotePrefix, sheet["A3"].quotePrefix] == [True, False]


def test_numbers_below_zero_stay_numbers(tmp_path, either_writer):
    columns = [OutColumn("Cost", Money()), OutColumn("Ports", Whole())]
    for name in ("a.xlsx", "a.csv"):
        write(tmp_path / name, OutSheet("S", columns, [[-12.5, -3]]), Progress())
    row = openpyxl.load_workbook(tmp_path / "a.xlsx").active[2]
    assert [(cell.value, cell.data_type) for cell in row] == [(-12.5, "n"), (-3, "n")]
    assert (tmp_path / "a.csv").read_text("utf-8-sig").splitlines()[1] == "-12.5,-3"


@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_lines_end_as_on_windows_and_cells_are_kept_whole(tmp_path, delimiter):
    path = tmp_path / ("a.csv" if delimiter == "," else "a.tsv")
    cells_there = ['a"b', "x,y", "p\tq", "two\nlines", "=1"]
    write(path, OutSheet("S", [OutColumn(str(at), Text()) for at in range(5)], [cells_there]), Progress())
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\r\n") == 2
    assert raw.count(delimiter.encode()) == 8 + 1
    assert list(cells(path)[1]) == cells_there


@pytest.mark.parametrize("text", ["-5", "-", "+1 555 010 0199", "(5)", "plain", "a=b", "'quoted'", ""])
def test_what_calculates_nothing_stays_as_it_is(text):
    assert guard(text) == text


def test_headings_that_are_alike_are_all_written(tmp_path, either_writer):
    path = tmp_path / "export.xlsx"
    write(path, OutSheet("S", [OutColumn("Name"), OutColumn("Name"), OutColumn("")], [["a", "b", "c"]]), Progress())
    assert cells(path)[1] == ("a", "b", "c")


def test_names_of_sheets_that_excel_would_not_take(tmp_path, either_writer):
    names = ["Fire / EMS [2024]: all?*", "x" * 40, "x" * 40 + "y", "History", "''", "a"]
    path = tmp_path / "export.xlsx"
    write_xlsx(path, [OutSheet(name, [OutColumn("Tag")], [["1"]]) for name in names], Progress())

    found = openpyxl.load_workbook(path).sheetnames

    assert len({name.casefold() for name in found}) == len(names)
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in found)
    assert found[0] == "Fire   EMS  2024   all"


def test_a_cell_that_no_spreadsheet_holds(tmp_path, either_writer):
    sheet = OutSheet("S", [OutColumn("Tag"), OutColumn("Notes")], [["1", "x" * 32_767], ["2", "\U0001f692" * 16_384]])
    with pytest.raises(InputError) as error:
        write(tmp_path / "export.xlsx", sheet, Progress())
    assert error.value.problem.code == "file.cell-too-long"
    assert error.value.problem.details["row"] == "3"
    assert error.value.problem.details["heading"] == "Notes"
    assert list(tmp_path.iterdir()) == []
    write(tmp_path / "export.csv", sheet, Progress())


def test_more_rows_than_a_spreadsheet_holds(tmp_path, monkeypatch, either_writer):
    monkeypatch.setattr("models.exchange.writing.outgoing.MOST_ROWS", 10)
    with pytest.raises(InputError) as error:
        write(tmp_path / "export.xlsx", OutSheet("S", [OutColumn("Tag")], [["1"]] * 10), Progress())
    assert error.value.problem.code == "file.too-many-rows"
    assert list(tmp_path.iterdir()) == []
    assert write(tmp_path / "export.xlsx", OutSheet("S", [OutColumn("Tag")], [["1"]] * 9), Progress()) == 9


@pytest.mark.parametrize("name", ["export.xlsx", "export.csv"])
def test_cancelling_leaves_the_old_file(tmp_path, name, either_writer):
    path = tmp_path / name
    path.write_text("what was there")
    progress = Progress()

    def rows():
        for number in range(2000):
            if number == 1200:
                progress.cancel()
            yield [str(number)]

    with pytest.raises(Cancelled):
        write(path, OutSheet("S", [OutColumn("Tag")], rows()), progress)

    assert path.read_text() == "what was there"
    assert [file.name for file in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("name", ["export.xlsx", "export.csv"])
def test_an_error_of_the_caller_comes_through(tmp_path, name, either_writer):
    def rows():
        yield ["1"]
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write(tmp_path / name, OutSheet("S", [OutColumn("Tag")], rows()), Progress())

    assert list(tmp_path.iterdir()) == []


def test_where_nothing_can_be_written(tmp_path, either_writer):
    for path in (tmp_path / "no folder" / "export.xlsx", tmp_path / "folder.csv"):
        (tmp_path / "folder.csv").mkdir(exist_ok=True)
        with pytest.raises(InputError) as error:
            write(path, OutSheet("S", [OutColumn("Tag")], [["1"]]), Progress())
        assert error.value.problem.code == "file.cannot-write"
    assert [file.name for file in tmp_path.iterdir()] == ["folder.csv"]


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "file.disk-full"),
        (PermissionError(errno.EACCES, "in use"), "file.cannot-write"),
    ],
)
def test_a_full_disk_and_a_file_that_is_open_elsewhere(tmp_path, monkeypatch, problem, code):
    def refuse(*_):
        raise problem

    (tmp_path / "export.csv").write_text("old")
    monkeypatch.setattr("pathlib.Path.replace", refuse)

    with pytest.raises(InputError) as error:
        write_csv(tmp_path / "export.csv", OutSheet("S", [OutColumn("Tag")], [["1"]]), Progress())

    assert error.value.problem.code == code
    assert [file.name for file in tmp_path.iterdir()] == ["export.csv"]
    assert (tmp_path / "export.csv").read_text() == "old"


def test_another_ending(tmp_path):
    with pytest.raises(UsageError) as error:
        write(tmp_path / "export.pdf", OutSheet("S", [OutColumn("Tag")], []), Progress())
    assert error.value.problem.code == "file.export-format"


def test_an_export_without_rows(tmp_path, either_writer):
    for name in ("export.xlsx", "export.csv"):
        assert write(tmp_path / name, OutSheet("S", COLUMNS, []), Progress()) == 0
        assert cells(tmp_path / name) == [tuple(column.heading for column in COLUMNS)]


def test_looks_of_kinds():
    kinds = [Tag(), Serial(), Imei(), Text(), Money(), Day(), Moment(), Whole(), YesNo(), None]
    assert [Look.of(kind) for kind in kinds] == [
        *[Look.TEXT] * 4, Look.MONEY, Look.DAY, Look.MOMENT, Look.NUMBER, Look.TEXT, Look.TEXT,
    ]  # fmt: skip


def test_large_exports_go_row_by_row(tmp_path):
    rows = ([f"COT-{n:06}", n % 48] for n in range(6000))
    columns = [OutColumn("Tag", Tag()), OutColumn("Ports", Whole())]
    assert write(tmp_path / "large.xlsx", OutSheet("S", columns, rows), Progress()) == 6000
    assert cells(tmp_path / "large.xlsx")[6000][0] == "COT-005999"
