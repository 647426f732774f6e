"""What the import makes of each odd file that the wild has shown: see `oddities`."""

import pytest

from models.exchange.files.sheet import open_source
from models.exchange.tables.table import find_table
from models.fields.problem import InputError
from models.progress import Progress
from tests.exchange import handmade
from tests.exchange.oddities import TEXTS, WORKBOOKS

ALL = [*WORKBOOKS, *TEXTS]


def unknown(_heading):
    return 0.0


def cut(cells):
    """Rows without what is empty at their end, and without empty rows."""
    found = {}
    for number, row in cells.items():
        kept = list(row)
        while kept and kept[-1] is None:
            kept.pop()
        if kept:
            found[number] = tuple(kept)
    return found


@pytest.mark.parametrize("odd", ALL, ids=lambda odd: odd.name)
def test_an_oddity(odd, write_bytes, cells_of):
    path = write_bytes(odd.name, odd.content)
    if odd.code:
        with pytest.raises(InputError) as error:
            cells_of(path)
        assert error.value.problem.code == odd.code
        return
    if odd.cells is not None:
        assert cut(cells_of(path)) == cut(odd.cells)
        assert [list(map(type, row)) for row in cut(cells_of(path)).values()] == [
            list(map(type, row)) for row in cut(odd.cells).values()
        ]
    with open_source(path, Progress()) as source:
        shown = [sheet for sheet in source.sheets if sheet.kind == "worksheet" and sheet.visible]
        if odd.sheets:
            assert tuple(sheet.name for sheet in shown) == odd.sheets
        if odd.headings:
            table = find_table(source.head(shown[0], Progress()), unknown)
            assert (table.headings, table.header_row) == (odd.headings, odd.header_row)


def brought_in(register, write_bytes, name, content):
    """The plan of a list of hardware, applied; and its values by tag."""
    plan = register.bring_in(write_bytes(name, content), "hardware")
    return plan, {values["tag"]: values for values in register.values("hardware")}


def test_days_of_every_kind(register, write_bytes):
    """The day that never was, a time of day left off, text, a day before all days, and a number that may be a day."""
    days = [(60, 1), (45000.5, 2), ("1985-03-11 13:00:00", None), (-1, 1), ("45000", None)]
    cells = "".join(
        f'<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>T{row}</t></is></c>'
        + (
            f'<c r="B{row}" t="inlineStr"><is><t>{value}</t></is></c></row>'
            if style is None
            else f'<c r="B{row}" s="{style}"><v>{value}</v></c></row>'
        )
        for row, (value, style) in enumerate(days, 2)
    )
    content = handmade.xlsx(
        handmade.row_xml(1, "Asset Tag", "Acquired") + cells,
        styles=handmade.number_formats("yyyy-mm-dd", "yyyy-mm-dd hh:mm"),
    )

    plan, found = brought_in(register, write_bytes, "days.xlsx", content)

    assert {tag: values["acquired_on"] for tag, values in found.items()} == {
        "T2": "1900-02-28",
        "T3": "2023-03-15",
        "T4": "1985-03-11",
    }
    assert [(each.row, each.problem.code) for each in plan.all_problems()] == [
        (5, "day.not-a-day"),
        (6, "day.not-a-day"),
    ]


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_the_currency_of_a_number_format_counts(register, write_bytes, kind):
    formats = ["[$€-407] #,##0.00", "#,##0 [$CHF]", '"£"#,##0.00', "$#,##0.00", "[$-409]0.00"]
    amounts = [0.5, 10000.0, 1.125, 7.0, 8.0]
    if kind == "xlsx":
        cells = "".join(
            f'<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>T{row}</t></is></c>'
            f'<c r="B{row}" s="{row - 1}"><v>{amount}</v></c></row>'
            for row, amount in enumerate(amounts, 2)
        )
        content = handmade.xlsx(
            handmade.row_xml(1, "Asset Tag", "Cost") + cells, styles=handmade.number_formats(*formats)
        )
        told = ["0.50 EUR", "10000.00 CHF", "1.125 GBP", "7.00", "8.00"]
    else:
        rows = [["Asset Tag", "Cost"], ["T2", 0.5], ["T3", 10000.0]]
        content, told = handmade.xls(rows, formats=["#,##0.00 [$EUR]"], styles={1: 1}), ["0.50 EUR", "10000.00 EUR"]

    _, found = brought_in(register, write_bytes, f"money.{kind}", content)

    assert [values["cost"] for values in found.values()] == told


def test_money_as_people_write_it(register, write_bytes):
    rows = [("T1", "€ 0,50"), ("T2", "CHF 10.000,00"), ("T3", 12.5), ("T4", "(1.200,00)")]
    content = handmade.xlsx(
        handmade.row_xml(1, "Asset Tag", "Cost")
        + "".join(handmade.row_xml(number, *row) for number, row in enumerate(rows, 2))
    )

    _, found = brought_in(register, write_bytes, "money.xlsx", content)

    assert [values["cost"] for values in found.values()] == ["0.50 EUR", "10000.00 CHF", "12.50", "-1200.00"]


def test_words_for_nothing_count_as_nothing_where_a_name_is_wanted(register, write_bytes):
    content = b"Asset Tag,Serial,Notes\nT1,N/A,none\nT2,-,N/A\nT3,S1, \n"

    _, found = brought_in(register, write_bytes, "na.csv", content)

    assert [values.get("serial") for values in found.values()] == [None, None, "S1"]
    assert [values.get("notes") for values in found.values()] == ["none", None, None]


def test_blanks_around_a_tag_are_not_kept(register, write_bytes):
    content = handmade.xlsx(
        handmade.row_xml(1, " Asset Tag", "Serial Number\u00a0:") + handmade.row_xml(2, " T1 ", "\u00a0S1\t")
    )
    _, found = brought_in(register, write_bytes, "blanks.xlsx", content)
    assert found["T1"]["serial"] == "S1"


def test_error_cells_refuse_their_rows(register, write_bytes):
    error, formula = handmade.XlsError, handmade.XlsErrorFormula
    rows = [["Asset Tag", "Cost"], ["T1", error(0x17)], ["T2", 5.0], ["T3", 6.0], ["T4", 7.0], [formula(0x2A), 1.0]]

    plan, found = brought_in(register, write_bytes, "errors.xls", handmade.xls(rows))

    assert list(found) == ["T2", "T3", "T4"]
    assert [(each.row, each.problem.code, each.problem.value) for each in plan.all_problems()] == [
        (2, "cell.error", "#REF!"),
        (6, "cell.error", "#N/A"),
    ]


def test_the_longest_old_workbook(register, write_bytes):
    """65,536 rows, of which only the last two hold anything."""
    rows = [[None]] * 65_534 + [["Asset Tag"], ["T1"]]

    plan, found = brought_in(register, write_bytes, "long.xls", handmade.xls(rows))

    assert (plan.header_row, list(plan.numbers), list(found)) == (65_535, [65_536], ["T1"])


def test_a_list_that_counts_things_asks_for_the_kind(register, write_bytes):
    odd = next(odd for odd in WORKBOOKS if odd.name == "a table by name.xlsx")
    plan = register.plan(write_bytes(odd.name, odd.content))
    assert (plan.kind, plan.header_row) == ("stock", 1)


def test_hidden_and_filtered_rows_and_columns_are_read(register, write_bytes):
    rows = handmade.row_xml(1, "Asset Tag", "Serial Number") + "".join(
        handmade.row_xml(number, f"T{number}", f"S{number}").replace("<row ", '<row hidden="1" ', number % 2)
        for number in range(2, 8)
    )
    sheet = handmade.xlsx_parts(rows, after='<autoFilter ref="A1:B7"/>')
    columns = '<cols><col min="2" max="2" hidden="1" width="0"/></cols><sheetData>'
    sheet["xl/worksheets/sheet1.xml"] = str(sheet["xl/worksheets/sheet1.xml"]).replace("<sheetData>", columns)

    plan, found = brought_in(register, write_bytes, "hidden.xlsx", handmade.zipped(sheet))

    assert plan.rows == 6
    assert found["T3"]["serial"] == "S3"
