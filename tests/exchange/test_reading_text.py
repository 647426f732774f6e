"""Text tables of any usual encoding, delimiter and habit."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.exchange.files.delimited import find_delimiter
from models.exchange.files.sheet import open_source
from models.fields.problem import InputError
from models.progress import Progress

TABLE = "Tag,Name,Place\n001,Müller’s café,Engine 7\n002,Zoë,City Hall\n"


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1252", "cp1252"),
    ],
)
def test_encodings(write_bytes, cells_of, encoding, told):
    path = write_bytes("list.csv", TABLE.encode(encoding))

    assert cells_of(path) == {
        1: ("Tag", "Name", "Place"),
        2: ("001", "Müller’s café", "Engine 7"),
        3: ("002", "Zoë", "City Hall"),
    }
    with open_source(path, Progress()) as source:
        assert source.encoding == told


def test_an_old_macintosh_file(write_bytes, cells_of):
    path = write_bytes("mac.csv", TABLE.replace("\n", "\r").encode("mac_roman"))

    assert cells_of(path)[2] == ("001", "Müller’s café", "Engine 7")
    assert cells_of(path)[3] == ("002", "Zoë", "City Hall")


def test_letters_that_cp1252_has_not(write_bytes, cells_of):
    lines = "Tag,Name\n" + "".join(f"{n},Ведомость оборудования отдела связи\n" for n in range(40))
    assert cells_of(write_bytes("list.csv", lines.encode("cp1251")))[2] == ("0", "Ведомость оборудования отдела связи")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(write_bytes, cells_of, end):
    assert cells_of(write_bytes("list.csv", f"a,b{end}1,2{end}{end}3,4")) == {
        1: ("a", "b"),
        2: ("1", "2"),
        3: (None, None),
        4: ("3", "4"),
    }


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters(write_bytes, cells_of, delimiter):
    rows = [["Name", "Cost", "Note"], ["A", "1,50", "x; y"], ["B", "2,25", "a, b, c"]]
    text = "\n".join(delimiter.join(f'"{cell}"' if delimiter in cell else cell for cell in row) for row in rows)

    assert list(cells_of(write_bytes("list.txt", text)).values()) == [tuple(row) for row in rows]


def test_decimal_commas_do_not_win_over_semicolons():
    assert find_delimiter(["Name;Price", "A;1,50", "B;2,75", "C;0,99"]) == ";"


def test_a_single_column_of_serials_is_a_list(write_bytes, cells_of):
    assert len(cells_of(write_bytes("serials.txt", "Serial\n5CG1234XYZ\n5CG1234XYA\n"))) == 3


def test_excels_first_line_tells_the_delimiter_and_is_no_row(write_bytes, cells_of):
    assert cells_of(write_bytes("list.csv", "sep=;\r\na;b,c\r\n1;2,5\r\n")) == {1: ("a", "b,c"), 2: ("1", "2,5")}


def test_cells_of_several_lines_are_one_row(write_bytes, cells_of):
    path = write_bytes("list.csv", 'Tag,Note\n1,"first\nsecond, line\r\nthird"\n2,x\n')
    assert cells_of(path) == {1: ("Tag", "Note"), 2: ("1", "first\nsecond, line\nthird"), 3: ("2", "x")}


def test_inch_marks_in_cells_without_quotes(write_bytes, cells_of):
    path = write_bytes("list.csv", 'Tag,Monitor,Place\n1,VIEWSONIC 19",A\n2,"Dell 24""",B\n3,5\' 11",C\n')
    assert [row[1] for row in cells_of(path).values()] == ["Monitor", 'VIEWSONIC 19"', 'Dell 24"', "5' 11\""]


def test_a_quote_that_is_never_closed_swallows_no_rows(write_bytes):
    text = 'Tag,Monitor,Place\n1,Dell,A\n2,"19 inch,B\n' + "".join(f"{n},Dell,C\n" for n in range(3, 60))
    for content in (text, text + '60,"24 inch,D\n61,x,y\n'):
        with pytest.raises(InputError) as error, open_source(write_bytes("list.csv", content), Progress()) as source:
            list(source.chunks(source.sheets[0], Progress()))
        assert error.value.problem.code == "text.open-quote"
        assert error.value.problem.details["row"] == "3"


def test_comment_lines_are_blank_rows(write_bytes, cells_of):
    path = write_bytes(
        "radios.txt", '; keep this comment\nNEXEDGE, 1, 10012, "City, Unit 12"\nNEXEDGE, 2, 10013, x\n; footer\n'
    )
    assert cells_of(path)[2] == ("NEXEDGE", "1", "10012", "City, Unit 12")
    assert cells_of(path)[1] == (None,) * 4
    assert cells_of(path)[4] == (None,) * 4


def test_a_heading_that_is_a_number_sign_is_no_comment(write_bytes, cells_of):
    assert cells_of(write_bytes("list.csv", "#,Name,Serial\n1,A,B\n"))[1] == ("#", "Name", "Serial")


def test_ragged_rows_and_trailing_delimiters(write_bytes, cells_of):
    cells = cells_of(write_bytes("list.csv", "a,b,\n1\n1,2,3,4\n"))
    assert cells == {1: ("a", "b", None, None), 2: ("1", None, None, None), 3: ("1", "2", "3", "4")}


def test_a_very_long_cell(write_bytes, cells_of):
    assert cells_of(write_bytes("hash.csv", f"Serial,Hash\n1,{'T0Ek' * 4000}\n"))[2][1] == "T0Ek" * 4000


def test_disguises_are_taken_off(write_bytes, cells_of):
    path = write_bytes("list.csv", 'Tag,Note\n="00123",\'=1+1\n"=""0456""",\'quoted\'\n\'00789,\'\'@x\n')
    assert list(cells_of(path).values())[1:] == [("00123", "=1+1"), ("0456", "'quoted'"), ("'00789", "'@x")]


def test_numbers_and_zeros_stay_text(write_bytes, cells_of):
    assert cells_of(write_bytes("list.csv", "Tag,IMEI\n000123,356938035643809\n"))[2] == ("000123", "356938035643809")


def test_many_rows_come_in_chunks(write_bytes):
    path = write_bytes("long.csv", "Tag,Name\n" + "".join(f"{n},name {n}\n" for n in range(10_000)))
    with open_source(path, Progress()) as source:
        chunks = list(source.chunks(source.sheets[0], Progress()))
        head = source.head(source.sheets[0], Progress(), first_row=9_001, count=2)
    assert max(chunk.height for chunk in chunks) <= 2_000
    assert sum(chunk.height for chunk in chunks) == 10_001
    assert list(head.rows.rows()) == [("8999", "name 8999"), ("9000", "name 9000")]


@given(st.binary(max_size=2000))
def test_any_bytes_are_read_or_refused(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(content)
    with contextlib.suppress(InputError), open_source(path, Progress()) as source:
        for chunk in source.chunks(source.sheets[0], Progress()):
            assert all(len(column) == chunk.height for column in chunk.columns)


@given(st.text(max_size=400), st.sampled_from(["utf-8", "utf-16", "cp1252"]))
def test_any_text_is_read_or_refused(tmp_path_factory, content, encoding):
    path = tmp_path_factory.getbasetemp() / "any.txt"
    path.write_bytes(content.encode(encoding, "replace"))
    with contextlib.suppress(InputError), open_source(path, Progress()) as source:
        for chunk in source.chunks(source.sheets[0], Progress()):
            assert all(len(column) == chunk.height for column in chunk.columns)
