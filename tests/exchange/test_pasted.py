import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.exchange.files.pasted import html_table, pasted_text
from models.exchange.files.sheet import open_source
from models.progress import Progress

EXCEL = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style>td {mso: 1}</style></head><body>
<table><!--StartFragment--><col width=64><tr><td>Tag</td><td>Serial
  No.</td></tr><tr><td>007</td><td>A&amp;B<br>second</td></tr><!--EndFragment--></table></body></html>"""


def _read(tmp_path, text):
    path = tmp_path / "Clipboard"
    path.write_text(text, "utf-8")
    with open_source(path, Progress()) as source:
        rows = [row for chunk in source.chunks(source.sheets[0], Progress()) for row in chunk.rows()]
        return source.sheets[0].name, rows


def test_a_table_of_html_is_read_cell_by_cell(tmp_path):
    assert html_table(EXCEL) == [["Tag", "Serial No."], ["007", "A&B\nsecond"]]
    assert _read(tmp_path, pasted_text("Tag\tSerial", EXCEL)) == (
        "Clipboard",
        [("Tag", "Serial No."), ("007", "A&B\nsecond")],
    )


def test_cells_over_several_rows_and_columns_keep_the_others_in_place():
    html = "<table><tr><td rowspan=2>A<td colspan='2'>B<tr><td>C<td>D</table>"
    assert html_table(html) == [["A", "B", ""], ["", "C", "D"]]


def test_the_table_in_a_letter_is_the_one_with_the_most_cells():
    inner = "<table><tr><td>Tag<td>Name<tr><td>1<td>x</table>"
    assert html_table(f"<table><tr><td>Hello<p>{inner}</td></tr></table>") == [["Tag", "Name"], ["1", "x"]]


@pytest.mark.parametrize("html", ["", "<p>Only words</p>", "<table></table>", "<table><tr><td> </td></table>"])
def test_without_a_table_the_text_is_taken(html):
    assert pasted_text("Tag;Serial\n1;2\n", html) == "Tag;Serial\n1;2\n"


def test_nothing_is_nothing():
    assert pasted_text(" \n", "<p></p>") == ""


def test_spans_make_no_cells_beyond_measure():
    row = "<tr>" + "<td colspan=1000 rowspan=1000>x" * 900
    assert html_table("<table>" + row + "<tr><td>y" * 400 + "</table>") == []


@given(
    st.lists(st.lists(st.text(alphabet="ab;,\t\"'= \n", max_size=6), min_size=2, max_size=4), min_size=1, max_size=5)
)
def test_cells_come_back_as_they_were_but_for_blanks(tmp_path_factory, rows):
    from html import escape

    table = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    found = html_table(f"<table>{table}</table>")
    wanted = [[" ".join(cell.split()) for cell in row] for row in rows]
    while wanted and not any(wanted[-1]):
        wanted.pop()
    width = max(map(len, wanted), default=0)
    assert found == [row + [""] * (width - len(row)) for row in wanted]


@given(st.text(alphabet="<>tablrdh/ =\"'&;x10", max_size=300))
def test_no_html_is_too_broken(html):
    width = {len(row) for row in html_table(html)}
    assert len(width) <= 1
