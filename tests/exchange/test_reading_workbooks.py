"""Cells of workbooks arrive as a person sees them, at the coordinates that a spreadsheet program shows."""

import datetime as dt
import shutil

import openpyxl
import pytest
from openpyxl.chart import BarChart
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from models.exchange.files.sheet import open_source
from models.exchange.files.shown import pad, template_of
from models.exchange.files.wire import column_index, column_letter
from models.fields.problem import UsageError
from models.progress import Progress
from tests.exchange import handmade


@pytest.fixture
def book(tmp_path):
    """Saves a workbook whose active sheet was filled by a function."""

    def make(fill, name="book.xlsx"):
        workbook = openpyxl.Workbook()
        fill(workbook.active)
        workbook.save(tmp_path / name)
        return tmp_path / name

    return make


def test_types_of_cells_arrive(book, cells_of):
    row = [
        "text",
        4779,
        12.5,
        True,
        dt.date(2024, 2, 29),
        dt.datetime.fromisoformat("2024-02-29T13:05"),
        dt.time(7, 30),
        None,
        "end",
    ]

    cells = cells_of(book(lambda sheet: sheet.append(row)))

    assert cells == {1: ("text", 4779.0, 12.5, True, dt.date(2024, 2, 29), row[5], dt.time(7, 30), None, "end")}


def test_a_span_of_more_than_a_day_arrives(book, cells_of):
    def fill(sheet):
        sheet["A1"] = dt.timedelta(hours=30, minutes=5)

    assert cells_of(book(fill)) == {1: (dt.timedelta(hours=30, minutes=5),)}


def test_row_and_column_numbers_are_those_of_the_program(book, cells_of):
    def fill(sheet):
        sheet["C5"] = "first"
        sheet["D9"] = "last"

    cells = cells_of(book(fill))

    assert cells[5] == (None, None, "first", None)
    assert cells[9] == (None, None, None, "last")
    assert min(cells) == 5
    assert max(cells) == 9


def test_the_1904_date_system(tmp_path, cells_of):
    workbook = openpyxl.Workbook()
    workbook.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    workbook.active.append([dt.date(2021, 1, 1)])
    workbook.save(tmp_path / "mac.xlsx")

    assert cells_of(tmp_path / "mac.xlsx") == {1: (dt.date(2021, 1, 1),)}


def test_error_cells_arrive_as_what_is_seen(raw_xlsx, cells_of):
    path = raw_xlsx(
        '<row r="1"><c r="A1" t="str"><v>Tag</v></c><c r="B1" t="e"><v>#REF!</v></c></row>'
        """<row r="2"><c t='e' r="A2"><f>VLOOKUP("&lt;c ",A1,1)</f><v>#N/A</v></c><c r="B2"><v>7</v></c></row>"""
    )

    assert cells_of(path) == {1: ("Tag", "#REF!"), 2: ("#N/A", 7.0)}


ERROR_CELLS = {
    1: ("Tag", "Cost", "Total"),
    2: ("T1", "#REF!", "#N/A"),
    3: ("T2", 5.0, "#DIV/0!"),
}
_CELL = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
_ODS_ERROR = (
    '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" '
    'calcext:value-type="error"><text:p>{}</text:p></table:table-cell>'
)


@pytest.mark.parametrize("kind", ["xls", "xlsb", "ods"])
def test_error_cells_of_the_other_formats(tmp_path, cells_of, kind):
    error, formula = handmade.XlsError, handmade.XlsErrorFormula
    rows = [["Tag", "Cost", "Total"], ["T1", error(0x17), formula(0x2A)], ["T2", 5.0, formula(0x07)]]
    if kind == "ods":
        table = "".join(
            "<table:table-row>" + "".join(cells) + "</table:table-row>"
            for cells in [
                [_CELL.format("Tag"), _CELL.format("Cost"), _CELL.format("Total")],
                [_CELL.format("T1"), _ODS_ERROR.format("#REF!"), _ODS_ERROR.format("#N/A")],
                [_CELL.format("T2"), '<table:table-cell office:value-type="float" office:value="5"/>',
                 _ODS_ERROR.format("#DIV/0!")],
            ]
        )  # fmt: skip
        content = handmade.ods(f'<table:table table:name="x">{table}</table:table>')
    else:
        content = (handmade.xls if kind == "xls" else handmade.xlsb)(rows)
    path = tmp_path / f"errors.{kind}"
    path.write_bytes(content)

    assert cells_of(path) == ERROR_CELLS


def test_error_cells_that_an_ods_repeats_and_a_text_that_only_looks_like_one(ods, cells_of):
    row = "<table:table-row{}>{}</table:table-row>"
    empty = '<table:table-cell table:number-columns-repeated="2"/>'
    repeated = _ODS_ERROR.format("Err:502").replace(
        "<table:table-cell", '<table:table-cell table:number-columns-repeated="2"'
    )
    other = '<table:table table:name="other">' + row.format("", _ODS_ERROR.format("#NUM!")) + "</table:table>"
    path = ods(
        '<table:table table:name="x">'
        + row.format("", _CELL.format("Tag") + empty + _CELL.format("#N/A"))
        + row.format(' table:number-rows-repeated="2"', _CELL.format("T1") + repeated + _CELL.format("end"))
        + "</table:table>"
        + other
    )

    assert cells_of(path) == {
        1: ("Tag", None, None, "#N/A"),
        2: ("T1", "Err:502", "Err:502", "end"),
        3: ("T1", "Err:502", "Err:502", "end"),
    }
    assert cells_of(path, sheet=1) in ({1: ("#NUM!",)}, {})


def test_error_cells_of_a_long_old_workbook(tmp_path, cells_of):
    """Long enough for a file whose table of sectors has several sectors itself."""
    rows = [
        ["Tag", "Cost"],
        *[[f"T{n:04} {'x' * 40}", float(n)] for n in range(2_000)],
        ["last", handmade.XlsError(0x24)],
    ]
    path = tmp_path / "long.xls"
    path.write_bytes(handmade.xls(rows))

    assert path.stat().st_size > 128 * 512
    assert cells_of(path)[2_002] == ("last", "#NUM!")


def test_zeros_that_only_the_number_format_shows_in_an_old_workbook(tmp_path, cells_of):
    path = tmp_path / "zeros.xls"
    path.write_bytes(
        handmade.xls([[12.0, 7.0, 3.0], ["x", 1.5, 2.0]], formats=["00000", '"T-"000'], styles={0: 1, 1: 2})
    )

    assert cells_of(path) == {1: ("00012", "T-007", 3.0), 2: ("x", 1.5, 2.0)}


def test_error_cells_under_a_prefix_and_far_apart(raw_xlsx, cells_of):
    many = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>{"x" * 500}</t></is></c></row>' for n in range(1, 5000)
    )
    path = raw_xlsx(many + '<row r="5000"><c r="A5000" t="e"><v>#DIV/0!</v></c></row>')

    cells = cells_of(path)

    assert len(cells) == 5000
    assert cells[5000] == ("#DIV/0!",)


def test_zeros_that_only_the_number_format_shows(book, cells_of):
    def fill(sheet):
        for row, (value, number_format) in enumerate(
            [
                (12, "00000"),
                (12, '"COT-"00000'),
                (412345678, r"000\-00\-0000"),
                (12, "0"),
                (12.5, "00000"),
                (-3, "00000"),
            ],
            1,
        ):
            sheet.cell(row, 1, value).number_format = number_format

    assert [row[0] for row in cells_of(book(fill)).values()] == ["00012", "COT-00012", "412-34-5678", 12.0, 12.5, -3.0]


@pytest.mark.parametrize(
    "code", ["0", "0.00", "#,##0", "00%", "General", "@", "mm-dd-yy", "[h]:mm", '0" GB"', "00E+00"]
)
def test_formats_that_do_not_pad(code):
    assert template_of(code) is None


def test_more_digits_than_places_stay():
    template = template_of('"T-"000')

    assert template
    assert pad(template, 12345) == "T-12345"
    assert pad(template, 7) == "T-007"


def test_a_cell_merged_downwards_holds_in_every_row_it_spans(book, cells_of):
    def fill(sheet):
        sheet.append(["Location", "Tag"])
        for number in range(5):
            sheet.append(["Engine 7" if number == 1 else None, f"T{number}"])
        sheet.merge_cells("A3:A5")

    column = [row[0] for row in cells_of(book(fill)).values()]

    assert column == ["Location", None, "Engine 7", "Engine 7", "Engine 7", None]


def test_a_merge_that_goes_on_in_the_next_chunk(book, cells_of):
    def fill(sheet):
        sheet.append(["Location", "Tag"])
        for number in range(2500):
            sheet.append(["Station 1" if number == 1500 else None, number])
        sheet.merge_cells("A1502:A2300")

    cells = cells_of(book(fill))

    assert [row for row, value in cells.items() if value[0] == "Station 1"] == list(range(1502, 2301))


def test_sheets_are_named_with_what_they_are(tmp_path):
    workbook = openpyxl.Workbook()
    workbook.active.title = "Inventory µ"
    workbook.active.append(["Tag"])
    workbook.create_sheet("Lists").sheet_state = "hidden"
    workbook.create_chartsheet("Chart").add_chart(BarChart())
    workbook.create_sheet("Empty")
    workbook.save(tmp_path / "several.xlsx")

    with open_source(tmp_path / "several.xlsx", Progress()) as source:
        found = [(sheet.name, sheet.kind, sheet.visible) for sheet in source.sheets]
        assert source.sheet("inventory µ ").index == 0
        assert source.sheet("3").name == "Chart"
        with pytest.raises(UsageError) as problem:
            source.sheet("Radios")

    assert found == [
        ("Inventory µ", "worksheet", True),
        ("Lists", "worksheet", False),
        ("Chart", "chartsheet", True),
        ("Empty", "worksheet", True),
    ]
    assert problem.value.problem.code == "sheet.unknown"
    assert "Lists" in problem.value.problem.details["sheets"]


def test_style_and_comments_alone_are_no_cells(book, cells_of):
    def fill(sheet):
        sheet.append(["Tag"])
        sheet["A40"].fill = PatternFill("solid", fgColor="FFFF00")
        sheet["C2"].comment = Comment("look here", "me")

    cells = {row: values for row, values in cells_of(book(fill)).items() if any(values)}

    assert cells == {1: ("Tag",)} or cells == {1: ("Tag", None, None)}


def test_line_breaks_and_blanks_stay_in_cells(book, cells_of):
    texts = ["two\nlines", "  around ", "_x0041_", "=not a formula", "\u00a0nbsp"]

    def fill(sheet):
        for row, text in enumerate(texts, 1):
            sheet.cell(row, 1, text.replace("_x0041_", "_x005F_x0041_")).data_type = "s"

    assert [row[0] for row in cells_of(book(fill)).values()] == texts


def test_content_counts_and_not_the_ending(book, tmp_path, cells_of):
    path = book(lambda sheet: sheet.append(["Tag", 5]))
    for name in ("export.xls", "export.csv", "export", "export.ods"):
        assert cells_of(shutil.copy(path, tmp_path / name)) == {1: ("Tag", 5.0)}


def test_an_old_xls(old_xls, cells_of):
    path = old_xls([["Alias", "Unit ID"], ["Engine 7", 4779.0], [None, None], ["Brücke", 1.5]])

    cells = cells_of(path)

    assert cells[1] == ("Alias", "Unit ID")
    assert cells[2] == ("Engine 7", 4779.0)
    assert cells[4] == ("Brücke", 1.5)


def test_an_ods(ods, cells_of):
    path = ods(
        '<table:table table:name="Phones">'
        '<table:table-row><table:table-cell office:value-type="string"><text:p>IMEI</text:p></table:table-cell>'
        '<table:table-cell office:value-type="string"><text:p>Bought</text:p></table:table-cell></table:table-row>'
        '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
        '<table:table-row><table:table-cell office:value-type="string"><text:p>004401</text:p></table:table-cell>'
        '<table:table-cell office:value-type="date" office:date-value="2024-03-01"/>'
        "</table:table-row></table:table>"
    )

    cells = cells_of(path)

    assert cells[1] == ("IMEI", "Bought")
    assert cells[4][0] == "004401"
    assert cells[4][1] in {dt.date(2024, 3, 1), dt.datetime.fromisoformat("2024-03-01")}


def test_a_head_from_any_row(book):
    def fill(sheet):
        for number in range(1, 3001):
            sheet.append([number])

    with open_source(book(fill), Progress()) as source:
        head = source.head(source.sheets[0], Progress(), first_row=2500, count=3)

    assert head.rows.first_row == 2500
    assert [row[0] for row in head.rows.rows()] == [2500.0, 2501.0, 2502.0]
    assert (head.height, head.width) == (3000, 1)


def test_reading_that_is_left_early_can_begin_again(book):
    def fill(sheet):
        for number in range(1, 5001):
            sheet.append([number])

    with open_source(book(fill), Progress()) as source:
        for _ in source.chunks(source.sheets[0], Progress()):
            break
        total = sum(chunk.height for chunk in source.chunks(source.sheets[0], Progress()))

    assert total == 5000


@pytest.mark.parametrize(
    ("index", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")]
)
def test_letters_of_columns(index, letter):
    assert column_letter(index) == letter
    assert column_index(letter) == index
