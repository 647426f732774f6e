"""Tables that are no spreadsheets: web pages under a spreadsheet's name, and the YAML of device types."""

import contextlib
import time

import pytest

from models.exchange.files.sheet import open_source
from models.fields.problem import InputError
from models.progress import Progress

PAGE = """\ufeff <html xmlns:x='urn:schemas-microsoft-com:office:excel'><head><style>td {mso: "x"}</style></head><body>
<table><tr><td>Printed 1 March</td></tr></table>
<table border=1><tr><th>Asset&nbsp;Tag</th><th>Serial<br>Number</th><th>Cost</th></tr>
<tr><td>000123</td><td>5CG1</td><td x:num="1200">$1,200.00</td></tr>
<tr><td>000124<td rowspan=2>5CG2 &amp; co<td></tr><tr><td>000125</td></tr></table></body></html>"""

SWITCH = """---
# a comment
manufacturer: Cisco
model: Catalyst 9300-48P
part_number: 00123
u_height: 1.0
is_full_depth: true
airflow: ~
comments: |
  two
  lines
console-ports:
  - name: con 0
  - name: usb
weight: {value: 7, unit: kg}
"""


def refused(path):
    with pytest.raises(InputError) as error, open_source(path, Progress()) as source:
        source.head(source.sheets[0], Progress())
    return error.value.problem.code, error.value.problem.details.get("what")


@pytest.mark.parametrize(
    ("name", "encoding"), [("report.xls", "utf-8"), ("report.html", "utf-16"), ("r.xlsx", "utf-8")]
)
def test_the_largest_table_of_a_web_page(write_bytes, cells_of, name, encoding):
    assert cells_of(write_bytes(name, PAGE.encode(encoding))) == {
        1: ("Asset Tag", "Serial\nNumber", "Cost"),
        2: ("000123", "5CG1", "$1,200.00"),
        3: ("000124", "5CG2 & co", None),
        4: ("000125", None, None),
    }


def test_a_page_of_old_letters(write_bytes, cells_of):
    page = "<table><tr><td>Tag<td>Café</tr><tr><td>1<td>“x”</tr></table>".encode("cp1252")
    assert cells_of(write_bytes("report.xls", page)) == {1: ("Tag", "Café"), 2: ("1", "“x”")}


def test_a_page_that_is_not_what_it_seems(write_bytes):
    assert refused(write_bytes("a.xls", b"<html><table>\0\0\0" + bytes(range(256)))) == (
        "file.not-spreadsheet",
        "binary",
    )


def test_one_device_type(write_bytes, cells_of):
    keys = ("manufacturer", "model", "part_number", "u_height", "is_full_depth", "airflow", "comments")
    assert cells_of(write_bytes("switch.yaml", SWITCH)) == {
        1: (*keys, "console-ports (count)"),
        2: ("Cisco", "Catalyst 9300-48P", "00123", "1.0", "true", None, "two\nlines\n", 2),
    }


def test_several_documents_and_lists_of_things_are_rows(write_bytes, cells_of):
    text = (
        "manufacturer: A\nmodel: 1\n---\n- manufacturer: B\n  model: 2\n  slug: b-2\n- model: '~'\n  manufacturer: C\n"
    )
    assert cells_of(write_bytes("types.yml", text)) == {
        1: ("manufacturer", "model", "slug"),
        2: ("A", "1", None),
        3: ("B", "2", "b-2"),
        4: ("C", "~", None),
    }


def test_a_device_type_becomes_a_model(write_bytes, register):
    plan = register.bring_in(write_bytes("switch.yaml", SWITCH))
    assert plan.kind == "model"
    assert register.one("model")["name"] == "Catalyst 9300-48P"
    assert register.one("model")["number"] == "00123"


@pytest.mark.parametrize(
    "text",
    [
        "services:\n  web:\n    image: x\nversion: '3'\n",
        "- a\n- b\n",
        "just words\n",
        "a: 1\nb: [1, 2\n",
        "a: 1\n\tb: 2\n",
        "!!python/object/apply:os.system ['true']\n",
        "{}\n",
        "a: &x 1\nb: *y\n",
    ],
)
def test_other_yaml_is_configuration(write_bytes, text):
    assert refused(write_bytes("config.yaml", text)) == ("file.not-spreadsheet", "code")


def test_aliases_are_not_followed(write_bytes, cells_of):
    """The laughs by the billion: each list is told by its length."""
    lines = ["manufacturer: A", "model: B", "a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    lines += ["m0: &m0 {k: v}"] + [f"m{n}: &m{n} {{<<: [{', '.join([f'*m{n - 1}'] * 9)}]}}" for n in range(1, 12)]

    cells = cells_of(write_bytes("laughs.yaml", "\n".join(lines)))

    assert cells[2] == ("A", "B", *[10] * 12)


def test_yaml_that_is_too_deep_or_too_long(write_bytes):
    assert refused(write_bytes("deep.yaml", "a: 1\nb: 2\nc: " + "[" * 5_000 + "]" * 5_000))[0] == "file.damaged"
    assert refused(write_bytes("long.yaml", "manufacturer: A\nmodel: B\n" + "# x\n" * 600_000))[0] == "file.too-big"


@pytest.mark.parametrize("piece", ["<!", "<!--", "<?", "<![CDATA[", "<td colspan=1000 rowspan=1000>"])
def test_pages_that_keep_a_parser_busy(write_bytes, piece):
    page = "<table><tr><td>Tag</td></tr><tr><td>T1</td>" + piece * 20_000
    begun = time.perf_counter()
    with contextlib.suppress(InputError), open_source(write_bytes("page.html", page), Progress()) as source:
        list(source.chunks(source.sheets[0], Progress()))
    assert time.perf_counter() - begun < 10
