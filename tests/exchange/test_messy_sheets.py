"""Whatever stands on a sheet: every row is accounted for, nothing is written twice, nobody sees a traceback."""

import datetime as dt
import itertools
import shutil
import tempfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from models.exchange.files.sheet import Head
from models.exchange.files.wire import Chunk
from models.exchange.meaning.fields import sheet_fields
from models.exchange.plan import State
from models.exchange.tables.rows import TableReader
from models.exchange.tables.table import find_table
from models.fields.problem import KnownError
from models.journal.proof import differences
from models.schema.catalogue import Catalogue
from models.schema.records import RECORDS
from tests.exchange.register import Register, counts, write_csv

UNKNOWN = ["Shelf", "Colour of lid", "x", "2024", "Total", "SIM PIN", "Foo (2)", "=A1", "Ünïcode", "Quantity"]
CELLS = st.one_of(
    st.none(),
    st.sampled_from([
        "", " ", "-", "n/a", "none", "L-1", "L-2", "l-1", "S1", "Ann Lee", "Lee, Ann", "ann@example.com", "Dell", "204",
        "City Hall / 2", "5440", "3.56E+14", "#REF!", "=1+1", "'x", "$1,200.50", "(5)", "1/2/2024", "31 Feb", "yes",
        "maybe", "490154203237518", "2125550123", "4779", "0042", "a\nb", "Total", "\u00a0x", "\u202e", "𝄞",
        "active", "radio", "A" * 300,
    ]),
    st.integers(-10, 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(dt.date(1900, 3, 1), dt.date(2100, 1, 1)),
    st.datetimes(dt.datetime(1900, 3, 1), dt.datetime(2100, 1, 1)),  # noqa: DTZ001 (spreadsheets know no zones)
    st.text(max_size=10),
)  # fmt: skip


@st.composite
def headings(draw, word):
    """Headings of a kind's fields in all their words, some that nobody knows, some twice."""
    fields = list(sheet_fields(Catalogue(), word).values())
    known = draw(st.lists(st.sampled_from(fields), min_size=1, max_size=8))
    said = [draw(st.sampled_from((field.label, field.key, *field.headings))) for field in known]
    others = draw(st.lists(st.sampled_from(UNKNOWN), max_size=3))
    return draw(st.permutations([*said, *others]))


def written(path, rows):
    if path.suffix == ".csv":
        return write_csv(path, *([str(cell) if cell is not None else "" for cell in row] for row in rows))
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([cell if not isinstance(cell, str) else clean(cell) for cell in row])
    book.save(path)
    return path


def clean(text):
    return openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.sub("", text.encode("utf-8", "ignore").decode()) or None


@pytest.fixture(scope="module")
def folders():
    """Gives a new folder for each example."""
    with tempfile.TemporaryDirectory() as above:
        number = itertools.count()
        yield lambda: Path(above) / str(next(number))


@pytest.mark.parametrize("word", RECORDS)
@settings(max_examples=4, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(data=st.data())
def test_a_messy_sheet_comes_in_once(word, data, folders, empty_home):
    folder = folders()
    register = Register(folder, empty_home)
    try:
        head = data.draw(headings(word))
        rows = data.draw(st.lists(st.lists(CELLS, min_size=len(head), max_size=len(head)), min_size=1, max_size=12))
        path = written(folder / data.draw(st.sampled_from(["mess.csv", "mess.csv", "mess.xlsx"])), [head, *rows])
        kind = data.draw(st.sampled_from([word, word, None]))
        try:
            first = register.bring_in(path, kind)
        except KnownError:  # a sentence, and nothing written
            assert not any(register.names(each) for each in RECORDS)
            return
        assert (
            first.rows + first.blank + sum(each.row > (first.header_row or 0) for each in first.skipped)
            <= len(rows) + 1
        )
        again = register.plan(path, kind)
        refused = first.count(State.REFUSED)
        assert counts(again) == (0, 0, first.rows - refused, refused)
        assert again.made == []
        with register.database.reading() as connection:
            assert list(differences(connection)) == []
    finally:
        register.close()
        shutil.rmtree(folder)


TABLE_HEADINGS = ["Asset Tag", "Serial Number", "Model", "Cost"]


@st.composite
def surroundings(draw):
    """A sheet with one real table, and around it what people put there; with the numbers of the table's rows."""
    sheet, left = [], draw(st.integers(0, 2))
    for title in draw(st.lists(st.sampled_from(["City of Troy", "IT equipment", "As of 1 March 2026"]), max_size=3)):
        sheet += [[title]] + [[]] * draw(st.integers(0, 1))
    if draw(st.booleans()):
        sheet += [["Code", "Meaning"], ["A", "Active"], ["R", "Retired"], ["D", "Disposed"], []]
    sheet.append([None] * left + TABLE_HEADINGS)
    header, numbers = len(sheet), []
    if draw(st.booleans()):
        sheet.append([None] * left + [None, None, None, "(USD)"])
    for number in range(draw(st.integers(8, 30))):
        if number and draw(st.integers(0, 9)) == 0:
            sheet.append(draw(st.sampled_from([[], [None] * left + TABLE_HEADINGS])))
        model = draw(st.sampled_from(["Latitude 5430", "EliteBook 840", None]))
        sheet.append([None] * left + [f"COT-{number:05}", f"5CG{number * 7919:07}", model, 900.0 + number])
        numbers.append(len(sheet))
    if draw(st.booleans()):
        sheet.append([None] * left + ["Total", None, None, 12_066.0])
    below = 0
    if draw(st.booleans()):
        sheet += [[], []]
        below = len(sheet) + 1
        sheet += [[None] * left + row for row in (["Room", "Keeper"], ["Annex", "Ann Lee"], ["Depot", "Bo Díaz"])]
    if draw(st.booleans()):
        sheet += [[], [None] * left + ["Printed by J. Ruiz"]]
    return sheet, header, numbers, below


def known_heading(text):
    return float(text in TABLE_HEADINGS)


@settings(max_examples=150)
@given(surroundings())
def test_a_table_is_found_whatever_stands_around_it(drawn):
    sheet, header, numbers, below = drawn
    width = max(map(len, sheet))
    columns = [[row[at] if at < len(row) else None for row in sheet] for at in range(width)]
    head = Head(Chunk(1, 0, len(sheet), columns), len(sheet), width)

    table = find_table(head, known_heading)
    reader = TableReader(table, known_heading)
    found = [number for chunk in reader.chunks([head.rows]) for number in chunk.numbers]

    assert (table.header_row, list(table.headings)) == (header, TABLE_HEADINGS)
    assert found == numbers
    assert [area.first_row for area in reader.below] == ([below] if below else [])
    told = sorted([header, *found, *(skipped.row for skipped in reader.skipped)])
    assert told == [number for number, row in enumerate(sheet, 1) if any(cell is not None for cell in row)]
