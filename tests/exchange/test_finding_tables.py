"""The table on a sheet is found as a person would see it, and every row of the sheet is accounted for."""

import random
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.exchange.files.sheet import Head, open_source
from models.exchange.files.wire import Chunk
from models.exchange.tables.choose import choose_sheet
from models.exchange.tables.grid import Area
from models.exchange.tables.rows import TableReader
from models.exchange.tables.table import find_table
from models.fields.problem import InputError, UsageError
from models.progress import Progress

KNOWN = {"asset tag", "serial number", "model", "location", "department", "cost", "custodian", "unit id", "alias"}


def known(heading):
    return 1.0 if heading.casefold() in KNOWN else 0.0


def unknown(_heading):
    return 0.0


def head_of(rows, first_row=1, first_column=0, merged=()):
    """Rows as the reader gives them."""
    width = max(map(len, rows), default=0)
    columns = [[row[index] if index < len(row) else None for row in rows] for index in range(width)]
    return Head(Chunk(first_row, first_column, len(rows), columns), len(rows), width, tuple(merged))


def read(head, table, headings=known):
    reader = TableReader(table, headings)
    rows = [row for chunk in reader.chunks([head.rows]) for row in chunk.rows()]
    return reader, rows


def laptops(count, start=1):
    chance = random.Random(count)  # noqa: S311 - the same in every run
    return [
        [
            f"COT-{start + n:05}",
            f"5CG{chance.randrange(10**7):07}",
            chance.choice(["Latitude 5430", "EliteBook 840"]),
            1000.0 + n,
        ]
        for n in range(count)
    ]


HEADINGS = ["Asset Tag", "Serial Number", "Model", "Cost"]


def test_headings_in_the_first_row():
    head = head_of([HEADINGS, *laptops(30)])

    table = find_table(head, unknown)
    reader, rows = read(head, table)

    assert (table.header_row, table.first_row) == (1, 2)
    assert table.headings == tuple(HEADINGS)
    assert [column.letter for column in table.columns] == ["A", "B", "C", "D"]
    assert table.columns[3].samples[:2] == (1000.0, 1001.0)
    assert len(rows) == 30
    assert rows[0][0] == 2
    assert (reader.blank, reader.skipped) == (0, [])


def test_titles_above_units_below_blank_rows_and_columns_around():
    head = head_of(
        [
            ["City of Troy - IT equipment", None, None, None, None],
            ["As of 1 March 2026", None, None, None, None],
            [None] * 5,
            [None, "Asset Tag", "Serial\nNumber ", "Model", "Cost"],
            [None, None, None, None, "(USD)"],
            *[[None, *row] for row in laptops(12)],
            [None] * 5,
            [None, "Total", None, None, 12066.0],
            [None, "Printed by J. Ruiz", None, None, None],
        ],
        first_row=3,
        first_column=1,
    )

    table = find_table(head, unknown)
    reader, rows = read(head, table)

    assert table.header_row == 6
    assert table.first_row == 8
    assert table.headings == ("Asset Tag", "Serial Number", "Model", "Cost")
    assert table.columns[0].letter == "C"
    assert [number for number, _ in rows] == list(range(8, 20))
    assert [(skipped.row, skipped.reason) for skipped in reader.skipped] == [
        (3, "title"),
        (4, "title"),
        (7, "units"),
        (21, "total"),
        (22, "note"),
    ]
    assert reader.blank == 1


def test_a_table_without_headings():
    head = head_of([[f"UTCS{n:05}", f"HEALTH{n:02}"] for n in range(3200, 3240)])

    table = find_table(head, unknown)

    assert table.header_row is None
    assert table.first_row == 1
    assert table.headings == ("Column A", "Column B")
    assert len(read(head, table)[1]) == 40


def test_words_without_headings_whose_values_come_again():
    parts = [[f"DURA12-{n}F2", maker, "Battery"] for n, maker in enumerate(["Duracell", "Duracell", "SigmasTek"] * 8)]
    assert find_table(head_of([["DC-80P", "Duracell", "Battery"], *parts]), unknown).header_row is None


def test_numbers_alone_have_no_headings():
    assert find_table(head_of([[1.0, 2.0, 3.0], [2.0, 4.0, 6.0]]), unknown).header_row is None


def test_headings_twice_and_headings_not_there():
    head = head_of([["Name", None, "Name", "name", None], ["a", 5.0, "b", "c", None], ["d", 6.0, "e", "f", None]])
    assert find_table(head, unknown).headings == ("Name", "Column B", "Name (2)", "name (3)")


def test_a_heading_that_is_named_like_a_repeated_one():
    head = head_of([["Name (2)", "Name", "Name"], ["a1", "b2", "c3"]])
    assert len({heading.casefold() for heading in find_table(head, known, header=1).headings}) == 3


def test_a_heading_that_a_repeated_one_would_be_named_like():
    head = head_of([["Name", "Name", "Name (2)"], ["a1", "b2", "c3"]])
    assert find_table(head, known, header=1).headings == ("Name", "Name (2)", "Name (2) (2)")


def test_a_heading_of_a_page_is_cut_off():
    head = head_of([["Tag", "x[" * 50_000], ["T1", 5.0], ["T2", 6.0]])
    assert len(find_table(head, known, header=1).headings[1]) == 500


def test_thousands_of_columns_with_gaps_between_are_one_table():
    head = head_of([["h", None] * 4_000, ["1", None] * 4_000, ["2", None] * 4_000])
    assert len(find_table(head, unknown).headings) == 4_000


def test_the_words_above_two_headings_tell_them_apart():
    head = head_of(
        [
            [None, None, "Purchase", None, "Warranty", None],
            ["Asset Tag", "Model", "Date", "Cost", "Date", "Vendor"],
            *[[f"T{n}", "Latitude", f"2024-01-{n:02}", 900.0, f"2027-01-{n:02}", "Dell"] for n in range(1, 9)],
        ]
    )

    table = find_table(head, lambda text: known(text) or (text == "Warranty Vendor"))

    assert table.header_row == 2
    assert table.headings == ("Asset Tag", "Model", "Purchase Date", "Cost", "Warranty Date", "Warranty Vendor")
    assert table.skipped[0].row == 1


def test_the_word_of_a_group_reaches_over_the_cells_it_is_merged_with():
    head = head_of(
        [
            [None, "Purchase", None, "Note", None],
            ["Asset Tag", "Date", "By", "Date", "By"],
            *[[f"T{n}", f"2024-01-{n:02}", "Ann", f"2027-01-{n:02}", "Bo"] for n in range(1, 9)],
        ],
        merged=[(0, 1, 0, 2)],
    )
    assert find_table(head, known).headings == ("Asset Tag", "Purchase Date", "Purchase By", "Note Date", "By")


def test_a_heading_merged_over_two_columns():
    head = head_of(
        [["Tag", "Model", None, "Cost"], ["T1", "Dell", "5430", 5.0], ["T2", "HP", "840", 6.0]], merged=[(0, 1, 0, 2)]
    )
    assert find_table(head, unknown).headings == ("Tag", "Model", "Model (2)", "Cost")


def test_the_headings_come_again_on_every_page():
    head = head_of([HEADINGS, *laptops(10), HEADINGS, *laptops(10, 11)])

    reader, rows = read(head, find_table(head, unknown))

    assert len(rows) == 20
    assert [(skipped.row, skipped.reason) for skipped in reader.skipped] == [(12, "heading-again")]


def test_a_second_table_below_is_named_and_not_mixed_in():
    radios = [["Unit ID", "Alias"], [4779.0, "Engine 7"], [4780.0, "Engine 8"]]
    head = head_of([HEADINGS, *laptops(10), [None] * 4, *radios])

    reader, rows = read(head, find_table(head, known))

    assert len(rows) == 10
    assert [(skipped.row, skipped.reason) for skipped in reader.skipped] == [(n, "other-table") for n in (13, 14, 15)]
    assert list(map(str, reader.below)) == ["A13:B15"]
    assert find_table(head, known, header=13, area=reader.below[0]).headings == ("Unit ID", "Alias")


def test_several_tables_below_each_with_headings_that_nobody_knows():
    codes = [["Code", "Meaning", "Since"], ["A", "Active", 2020.0], ["R", "Retired", 2021.0]]
    rooms = [[None, "Room", "Floor"], [None, "204", 2.0], [None, "305", 3.0]]
    head = head_of([HEADINGS, *laptops(10), [None] * 4, *codes, [None] * 4, [None] * 4, *rooms])

    reader, rows = read(head, find_table(head, known))

    assert len(rows) == 10
    assert list(map(str, reader.below)) == ["A13:C15", "B18:C20"]


@pytest.mark.parametrize(
    "row",
    [
        ["N/A", "TBD", "Latitude", None],
        ["missing", "unknown", None, None],
        ["T11", "Zebra", "TC52", None],
        ["T11", None, None, None],
    ],
)
def test_rows_with_words_after_a_gap_are_still_rows(row):
    head = head_of([HEADINGS, *laptops(10), [None] * 4, row, *laptops(3, 20)])
    reader, rows = read(head, find_table(head, known))
    assert not reader.below
    assert len(rows) + len(reader.skipped) == 14


def test_a_table_above_is_named_too():
    codes = [["Code", "Meaning"], ["A", "Active"], ["R", "Retired"], ["D", "Disposed"]]
    head = head_of([["Fire Department"], [None], *codes, [None], HEADINGS, *laptops(20)])

    table = find_table(head, known)
    _, rows = read(head, table)

    assert table.header_row == 8
    assert table.others == ("A3:B6",)
    assert [(skipped.row, skipped.reason) for skipped in table.skipped] == [
        (1, "title"), *((row, "other-table") for row in (3, 4, 5, 6))
    ]  # fmt: skip
    assert len(rows) == 20


def test_a_table_beside_goes_on_to_the_end_of_the_sheet():
    right = [[None, None], ["Code", "Meaning"], *[[f"C{n}", f"Meaning {n}"] for n in range(300)]]
    rows = [[*left, None, *right[n]] for n, left in enumerate([HEADINGS, *laptops(250)])]
    whole = head_of(rows)
    head = Head(Chunk(1, 0, 200, [list(column)[:200] for column in whole.rows.columns]), 251, 7)
    assert find_table(head, known).others == ("F2:G251",)


def test_the_better_table_of_two_side_by_side():
    left = [["Unit ID", "Alias", "Department"], *[[4779.0 + n, f"Engine {n}", "Fire"] for n in range(12)]]
    right = [["Code", "Meaning"], ["A", "Active"], ["R", "Retired"]]
    rows = [[*row, None, *(right[index - 2] if 2 <= index < 5 else [None, None])] for index, row in enumerate(left)]

    table = find_table(head_of(rows), known)

    assert table.headings == ("Unit ID", "Alias", "Department")
    assert table.others == ("E3:F5",)


def test_a_blank_column_inside_a_table_is_no_border():
    head = head_of([["Asset Tag", "Model", None, "Location"], ["T1", "Dell", None, "Hall"], ["T2", "HP", None, "Hall"]])
    assert find_table(head, known).headings == ("Asset Tag", "Model", "Location")


def test_data_beside_the_table_is_counted():
    rows = [HEADINGS, *laptops(250)]
    rows[230] = [*rows[230], "look at this one"]
    head = head_of(rows)
    first = Head(Chunk(1, 0, 200, [list(column)[:200] for column in head.rows.columns[:4]]), 251, 5)

    reader, found = read(head, find_table(first, unknown))

    assert len(found) == 250
    assert reader.beside == 1


def test_totals_are_told_from_products_named_total():
    head = head_of(
        [
            ["Product", "Publisher", "Seats"],
            *[[f"Product {n}", "Adobe", 5.0] for n in range(8)],
            ["Total", "Total Software", 3.0],
            ["Grand Total:", None, 43.0],
            [None, "TOTAL", 43.0],
        ]
    )
    reader, rows = read(head, find_table(head, unknown))
    assert [skipped.row for skipped in reader.skipped] == [11, 12]
    assert len(rows) == 9


def test_lists_of_tags_alone_are_rows():
    head = head_of([["Asset Tag", "Model", "Location", "Cost"], *[[f"T{n}", None, None, None] for n in range(9)]])
    assert len(read(head, find_table(head, known))[1]) == 9


def test_years_may_be_headings():
    head = head_of([["Department", 2023.0, 2024.0], ["Fire", 5.0, 6.0], ["Police", 7.0, 8.0]])
    assert find_table(head, unknown).headings == ("Department", "2023", "2024")


def test_headings_without_rows():
    table = find_table(head_of([HEADINGS]), known)
    assert table.header_row == 1
    assert table.rows_seen == 0


def test_a_form_is_not_a_table():
    rows = [[None] * 7 for _ in range(40)]
    for number, text in [
        (0, "Appendix 71"),
        (2, "PROPERTY ACKNOWLEDGMENT RECEIPT"),
        (5, "Entity Name:"),
        (6, "Fund Cluster:"),
    ]:
        rows[number][0] = text
    rows[8] = ["QTY.", "Unit", "Description", "Property No.", "Date Acquired", "Unit Cost", "Amount"]
    rows[9] = [1.0, "UNIT", "Portable jack", None, "2023-04-13", 15000.0, 15000.0]
    for number, text in [(30, "Received by:"), (31, "A. Person"), (32, "Signature"), (33, "Position"), (35, "Date")]:
        rows[number][0] = rows[number][3] = text
    merged = [(n, 0, n, 2) for n in (2, 5, 6, 30, 31, 32, 33, 35)] + [(n, 3, n, 6) for n in (30, 31, 32, 33, 35)]

    with pytest.raises(InputError) as error:
        find_table(head_of(rows, merged=merged), unknown)

    assert error.value.problem.code == "sheet.form"


def test_merged_banners_in_a_table_do_not_make_it_a_form():
    rows, merged = [HEADINGS], []
    for station in range(10):
        merged.append((len(rows), 0, len(rows), 3))
        rows += [[f"Station {station}"], *laptops(3, station * 10)]

    reader, found = read(head_of(rows), find_table(head_of(rows, merged=merged), known))

    assert len(found) == 30
    assert {skipped.reason for skipped in reader.skipped} == {"note"}


def test_nothing_on_the_sheet():
    for rows in ([], [[None, " "], [None, "\u00a0"]]):
        with pytest.raises(InputError) as error:
            find_table(head_of(rows), known)
        assert error.value.problem.code == "sheet.empty"


def test_the_person_says_where_the_headings_are():
    head = head_of([["a", "b"], ["Asset Tag", "Model"], ["T1", "x"], ["T2", "y"]])

    table = find_table(head, known, header=1)
    assert (table.header_row, table.headings) == (1, ("a", "b"))

    table = find_table(head, known, header=0)
    assert (table.header_row, table.first_row, len(read(head, table)[1])) == (None, 1, 4)

    with pytest.raises(InputError) as error:
        find_table(head, known, header=9)
    assert error.value.problem.code == "sheet.header"


def test_the_person_says_where_the_table_is():
    head = head_of([["x"] * 6, ["x", *HEADINGS, "x"], *[["x", *row, "x"] for row in laptops(20)]])

    table = find_table(head, known, area=Area.parse("B2:D11"))
    reader, rows = read(head, table)

    assert table.headings == ("Asset Tag", "Serial Number", "Model")
    assert [number for number, _ in rows] == list(range(3, 12))
    assert reader.beside == 0


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("A5:H90", Area(5, 0, 90, 7)),
        ("$b$2:$aa$3", Area(2, 1, 3, 26)),
        ("A:H", Area(1, 0, 1_048_576, 7)),
        ("5:90", Area(5, 0, 90, 16_383)),
        ("C7", Area(7, 2)),
        ("5", Area(5)),
    ],
)
def test_ranges(text, area):
    assert Area.parse(text) == area
    assert Area.parse(str(area)) == area


@pytest.mark.parametrize("text", ["", "H90:A5", "A0:B2", "A1:B9999999", "A1:B2:C3", "Sheet1!A1", "ZZZZ1", "XFE1", ":"])
def test_what_is_no_range(text):
    with pytest.raises(UsageError) as error:
        Area.parse(text)
    assert error.value.problem.code == "sheet.range"


def _book(tmp_path, sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(tmp_path / "book.xlsx")
    return tmp_path / "book.xlsx"


def choose(path, headings=known):
    with open_source(path, Progress()) as source:
        return choose_sheet(source, headings, Progress())


def test_the_one_sheet_with_assets_is_taken(tmp_path):
    path = _book(
        tmp_path,
        {
            "Read me": [["How to fill in this workbook"], ["Write one row for each asset."]],
            "Lists": [["Department"], *[[f"Department {n}"] for n in range(40)]],
            "Assets": [HEADINGS, *laptops(25)],
        },
    )

    choice = choose(path)

    assert choice.sheet.name == "Assets"
    assert choice.table.headings == tuple(HEADINGS)
    assert set(choice.others) == {"Read me", "Lists"}


def test_two_sheets_as_good_are_a_question(tmp_path):
    path = _book(tmp_path, {"Laptops": [HEADINGS, *laptops(25)], "Desktops": [HEADINGS, *laptops(30)]})

    with pytest.raises(InputError) as error:
        choose(path)

    assert error.value.problem.code == "file.choose-sheet"
    assert error.value.problem.details["sheets"] == "Laptops\nDesktops"


def test_hidden_and_pivot_sheets_are_left_out(tmp_path):
    path = _book(
        tmp_path,
        {
            "Pivot": [["Row Labels", "Cost"], ["Dell", 5], ["HP", 6]],
            "Old": [HEADINGS, *laptops(9)],
            "Now": [HEADINGS, *laptops(9)],
        },
    )
    book = openpyxl.load_workbook(path)
    book["Old"].sheet_state = "hidden"
    book.save(path)
    # openpyxl writes no pivot table of its own; to be told from the others, its relation is enough.
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/pivotTable"
    relation = f'<Relationship Id="rId1" Type="{kind}" Target="../pivotTables/pivotTable1.xml"/>'
    spaces = "http://schemas.openxmlformats.org/package/2006/relationships"
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(
            "xl/worksheets/_rels/sheet1.xml.rels", f'<Relationships xmlns="{spaces}">{relation}</Relationships>'
        )

    choice = choose(path)

    assert choice.sheet.name == "Now"
    assert choice.others == ()


def test_a_workbook_without_any_table(tmp_path):
    with pytest.raises(InputError) as error:
        choose(_book(tmp_path, {"A": [], "B": []}))
    assert error.value.problem.code == "file.no-table"


CELLS = st.one_of(
    st.none(), st.text(max_size=12), st.floats(allow_nan=False), st.booleans(), st.dates(), st.sampled_from(HEADINGS)
)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=6), max_size=30))
def test_every_row_is_accounted_for(rows):
    head = head_of(rows)
    try:
        table = find_table(head, known)
    except InputError as error:
        code = error.problem.code
    else:
        code = ""
        reader, found = read(head, table)
        above = [
            row
            for row in rows[: table.first_row - 1]
            if any(str(cell).strip("\0 \n\t") for cell in row if cell is not None)
        ]
        assert len(found) == reader.rows
        named = {skipped.row for skipped in reader.skipped}
        assert len(named) == len(reader.skipped)
        below = len(rows) - (table.first_row - 1)
        assert reader.rows + reader.blank + sum(row >= table.first_row for row in named) == below
        assert len(above) >= sum(row < table.first_row for row in named)
        assert len({heading.casefold() for heading in table.headings}) == len(table.headings)
    assert code in {"", "sheet.empty", "sheet.no-table", "sheet.form"}
