"""What cells suggest for a column that no heading tells: a field, and the type of a custom field."""

import datetime as dt

import pytest

from models.exchange.meaning.suggest import Suggestion, suggest
from models.schema.catalogue import Catalogue

CATALOGUE = Catalogue()
IMEIS = ["490154203237518", "356938035643809", "357152089213340"]


def _field(word, heading, cells, taken=frozenset()):
    return suggest(CATALOGUE, word, heading, cells, taken).field


@pytest.mark.parametrize(
    ("word", "heading", "cells", "field"),
    [
        ("mobile", "Number A", ["490154203237518", "356938035643809"], "imei"),
        ("mobile", "Number A", ["49-015420-323751-8", None, "-", "356938035643809"], "imei"),
        ("mobile", "Number A", ["490154203237519", "356938035643808"], ""),
        ("line", "Card", ["8901260232345678903", "89148000001234567898"], "iccid"),
        ("hardware", "Net", ["00:1A:2B:00:11:22", "A0-BB-CC-00-11-23"], "mac"),
        ("hardware", "Net", ["10.1.2.3", "10.1.2.4"], "ip"),
        ("hardware", "Net", ["AABBCC001122", "A0BBCC001123"], ""),
        ("person", "Write to", ["alee@city.gov", "bday@city.gov"], "email"),
        ("person", "Call", ["(313) 555-0123", "313-555-0124 x12"], "phone"),
        ("person", "Code", ["3135550123", "3135550124"], ""),
        ("radio", "Our radio id", ["4779", "4780", 4781], "unit_id"),
        ("radio", "Our radio id", ["4779", "4779"], ""),
        ("radio", "Shelf", ["4779", "4780"], ""),
        ("hardware", "Our radio id", ["4779", "4780"], ""),
        ("hardware", "Thing", [], ""),
    ],
)
def test_cells_suggest_a_field_only_where_hardly_anything_else_looks_so(word, heading, cells, field):
    assert _field(word, heading, cells) == field


def test_a_field_that_another_column_means_is_not_suggested():
    assert _field("mobile", "Second", IMEIS[:2], {"imei"}) == "imei2"
    assert _field("mobile", "Third", IMEIS[:2], {"imei", "imei2"}) == ""


@pytest.mark.parametrize("heading", ["SIM PIN", "adminPassword"])
def test_nothing_is_said_of_secrets(heading):
    assert suggest(CATALOGUE, "mobile", heading, ["1234", "2345"] * 9, frozenset()) == Suggestion()


@pytest.mark.parametrize(
    ("cells", "new_type", "choices"),
    [
        (["12", "7.5", "1,200"], "number", ()),
        ([12, 7.5], "number", ()),
        (["0012", "0013"], "text", ()),
        (["8901260232345678902"], "text", ()),
        (["3/14/2026", "12/1/2025"], "date", ()),
        ([dt.date(2026, 3, 14), dt.date(2026, 3, 15)], "date", ()),
        (["14 March 2026"], "date", ()),
        (["yes", "No", "YES"], "yesno", ()),
        ([True, False], "yesno", ()),
        (["red", "blue", "red", "red", "blue", "blue", "red", "blue"], "choice", ("red", "blue")),
        (["red", "blue", "red"], "text", ()),
        (["red"] * 20, "text", ()),
        ([f"n{n}" for n in range(100)], "text", ()),
        (["0A1B2C3D4E", "1A1B2C3D4E"] * 8, "text", ()),
        ([], "text", ()),
    ],
)
def test_the_type_of_a_custom_field_holds_all_cells(cells, new_type, choices):
    found = suggest(CATALOGUE, "hardware", "Ours", cells, frozenset())
    assert (found.new_type, found.choices) == (new_type, choices)


def test_a_plan_suggests_for_what_is_not_mapped_and_never_takes_it(register, sheet):
    path = sheet(
        ("Asset tag", "Carrier", "Third", "Side"),
        *([f"P-{at}", "FirstNet", number, "left"] for at, number in enumerate(IMEIS)),
    )
    plan = register.plan(path, "mobile")
    column = next(each for each in plan.sheet_columns if each.heading == "Third")
    assert (column.field, column.suggestion) == (None, "imei")
    assert plan.mapping["Third"] is None
    assert {each.heading: each.suggestion for each in plan.sheet_columns if each.field} == {
        "Asset tag": "",
        "Carrier": "",
    }
