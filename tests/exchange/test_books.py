"""Workbooks of several sheets: everything in one file, and templates that people fill in."""

import datetime as dt

import openpyxl
import pytest

from desktop.phrases import books
from models.exchange.plan import State
from models.exchange.writing import write as write_module
from models.exchange.writing.books import export_all, write_template
from models.exchange.writing.muster_book import READ_ME, TITLE, sheet_kinds
from models.exchange.writing.offers import MOST_WORDS
from models.fields.problem import InputError, UsageError
from models.schema.records import record_type
from tests.exchange.register import counts

NOW = dt.datetime(2026, 11, 25, 14, 30, tzinfo=dt.UTC)


@pytest.fixture
def filled(register):
    """A register with some of most kinds."""
    motorola = register.add("manufacturer", name="Motorola")
    model = register.add("model", name="APX 8000", manufacturer=motorola)
    hall = register.add("location", name="City Hall")
    room = register.add("location", name="204", parent=hall)
    ann = register.add("person", name="Ann O'Hara", email="ann@example.com", location=room)
    register.add("custom_field", key="x_shift", label="Shift", record="radio", value_type="choice", options="A\nB\n=C")
    register.add("radio", tag="R-1", model=model, custodian=ann, location=room, secure="no", x_shift="=C")
    register.add("hardware", tag="0042", name="=1+1", notes="two\nlines", cost="-12.50")
    register.add("stock", name="Toner", quantity="3", location=hall)
    register.add("line", number="+12125550123", custodian=ann)
    register.add("alias", name="Moto", record="manufacturer", target=motorola)
    return register


def whole_book(register, path):
    export_all(register.database, path, register.settings, books.whole_register(register.settings, NOW))
    return openpyxl.load_workbook(path)


def template(register, word, path, columns=()):
    wording = books.template(record_type(word), register.settings, NOW)
    return write_template(register.database, word, path, wording, columns)


@pytest.mark.parametrize("few", [write_module.FEW_ROWS, 0])
def test_everything_is_one_workbook_that_comes_back_as_the_same(filled, tmp_path, monkeypatch, few):
    monkeypatch.setattr(write_module, "FEW_ROWS", few)
    path = tmp_path / "city.xlsx"
    book = whole_book(filled, path)
    kinds = {
        "Custom fields": "custom_field",
        "Manufacturers": "manufacturer",
        "Locations": "location",
        "People": "person",
        "Models": "model",
        "Hardware": "hardware",
        "Radios": "radio",
        "Lines": "line",
        "Stock": "stock",
    }
    assert sheet_kinds(path) == kinds
    assert [name for name in book.sheetnames if book[name].sheet_state == "visible"] == [READ_ME, *kinds]
    for name, word in kinds.items():
        plan = filled.plan(path, None, sheet=name)
        assert plan.kind == word
        assert counts(plan) == (0, 0, len(filled.values(word)), 0), name
        assert (plan.to_write, plan.made, plan.left_out) == (0, [], [])


def test_the_first_page_says_what_the_workbook_is(filled, tmp_path):
    page = whole_book(filled, tmp_path / "city.xlsx")[READ_ME]
    lines = [str(row[0]) for row in page.iter_rows(values_only=True) if row[0]]
    assert lines[0] == TITLE
    assert "2026-11-25 at 14:30" in lines[1]
    assert ("People", "person", "1") in list(page.iter_rows(values_only=True))
    assert any("muster import" in line for line in lines)


def test_cells_offer_words_to_choose_from(filled, tmp_path):
    book = whole_book(filled, tmp_path / "city.xlsx")
    lists = {
        name: [cell.value for (cell,) in book["Lists"][defined.attr_text.split("!")[1]]]
        for name, defined in book.defined_names.items()
    }
    assert book["Lists"].sheet_state == "hidden"
    assert lists["list_person"] == ["Ann O'Hara"]
    assert lists["list_location"] == ["204", "City Hall"]
    assert lists[next(name for name in lists if name.endswith("x_shift"))] == ["A", "B", "=C"]
    radios = book["Radios"]
    heads = {cell.column_letter: cell.value for cell in radios[1]}
    offered = {
        heads[str(each.sqref).split("2:")[0]]: (each.formula1, each.errorStyle)
        for each in radios.data_validations.dataValidation
    }
    assert offered["Custodian"] == ("=list_person", "warning")  # an import can make a new one
    assert offered["Encryption fitted"] == ("=list_yes_no", "stop")
    assert offered["Status"][1] == "warning"  # an open choice
    assert all(str(each.sqref).endswith("1048576") for each in radios.data_validations.dataValidation)
    assert all(cell.data_type == "s" for row in book["Lists"].iter_rows() for cell in row if cell.value is not None)


def test_a_long_list_is_not_offered(register, tmp_path, monkeypatch):
    monkeypatch.setattr("models.exchange.writing.offers.MOST_WORDS", 2)
    for name in ("A", "B", "C"):
        register.add("vendor", name=name)
    register.add("hardware", tag="1")
    assert "list_vendor" not in whole_book(register, tmp_path / "city.xlsx").defined_names
    assert MOST_WORDS > 1000


def test_headings_tell_what_belongs_below_them(filled, tmp_path):
    sheet = whole_book(filled, tmp_path / "city.xlsx")["Stock"]
    heads = {cell.value: cell for cell in sheet[1]}
    assert heads["Name"].comment.text.startswith("Each row needs it.")
    assert "Order more" in heads["Minimum"].comment.text
    assert "The name of a location." in heads["Location"].comment.text
    assert heads["Name"].fill.fgColor.rgb != heads["Minimum"].fill.fgColor.rgb


@pytest.mark.parametrize("word", ["radio", "person", "stock", "department", "asset", "custom_field"])
def test_a_template_filled_in_needs_no_mapping(filled, tmp_path, word):
    path = tmp_path / "fill in.xlsx"
    keys = template(filled, word, path)
    assert len(keys) == len(set(keys)) > 3
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[1]
    assert sheet.max_row == 1
    values = {"tag": "R-77", "kind": "Radio", "name": "New one", "status": "In service", "department": "Fire"}
    values |= {"label": "Wattage", "key": "x_w", "record": "radio", "value_type": "Number"}
    for at, key in enumerate(keys, 1):
        if key in values:
            sheet.cell(2, at, values[key])
    book.save(path)

    plan = filled.bring_in(path)

    assert plan.kind == word
    assert [each.problem for each in plan.all_problems() if each.refuses] == []
    assert plan.count(State.NEW) == 1


def test_a_template_of_some_columns(register, tmp_path):
    keys = template(register, "radio", tmp_path / "t.xlsx", ["Asset tag", "unit_id"])
    assert keys == ("tag", "unit_id")
    with pytest.raises(UsageError, match=r"field\.unknown"):
        template(register, "radio", tmp_path / "t.xlsx", ["shelf"])


def test_an_empty_template_says_that_there_is_nothing(register, tmp_path):
    template(register, "radio", tmp_path / "t.xlsx")
    with pytest.raises(InputError) as error:
        register.plan(tmp_path / "t.xlsx")
    assert error.value.problem.code == "sheet.no-rows"


@pytest.mark.parametrize("name", ["city.csv", "city.xls", "city"])
def test_only_a_workbook_holds_everything(register, tmp_path, name):
    for write in (whole_book, lambda register, path: template(register, "radio", path)):
        with pytest.raises(UsageError) as error:
            write(register, tmp_path / name)
        assert error.value.problem.code == "export.all-format"
    assert list(tmp_path.glob("city*")) == []


def test_a_readme_of_somebody_else_tells_no_kinds(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = READ_ME
    for row in ([TITLE], ["Sheet", "Kind"], ["Radios", "radio"], ["Gone", "radio"], ["Others", "DROP TABLE"]):
        book.active.append(row)
    book.create_sheet("Radios").append(["Tag"])
    book.create_sheet("Others").append(["Tag"])
    book.save(tmp_path / "a.xlsx")
    assert sheet_kinds(tmp_path / "a.xlsx") == {"Radios": "radio"}
    book[READ_ME]["A1"] = "Our workbook"
    book.save(tmp_path / "b.xlsx")
    assert sheet_kinds(tmp_path / "b.xlsx") is None
    (tmp_path / "Read me.csv").write_text("Muster workbook\nSheet,Kind\n")
    assert sheet_kinds(tmp_path / "Read me.csv") == {}
