"""Yes or no, and one of some words."""

import pytest

from models.fields.kinds import Choice, YesNo
from models.fields.problem import BadValue, Problem, Severity

STATUS = Choice({"in_stock": ("In stock", "spare", "ready to deploy"), "retired": ("Retired", "archived")}, open=True)


@pytest.mark.parametrize("cell", ["yes", "Y", "TRUE", "x", "X", "1", 1.0, True, "ja", "Sí", "oui", "✓", " Yes "])
def test_yes(cell: object) -> None:
    assert YesNo().from_cell(cell, []) == "yes"


@pytest.mark.parametrize("cell", ["no", "N", "false", "0", 0.0, False, "Nein", "non", "☐"])
def test_no(cell: object) -> None:
    assert YesNo().from_cell(cell, []) == "no"


@pytest.mark.parametrize("cell", ["maybe", "-", "2", "n/a"])
def test_neither(cell: str) -> None:
    with pytest.raises(BadValue) as bad:
        YesNo().from_cell(cell, [])
    assert bad.value.problem.code == "yesno.unknown"


def test_yes_and_no_are_shown_and_valued() -> None:
    assert (YesNo().format("yes"), YesNo().format("no")) == ("Yes", "No")
    assert (YesNo().value("yes"), YesNo().value("no")) == (True, False)


@pytest.mark.parametrize("text", ["in_stock", "In stock", "IN-STOCK", " in  Stock", "Spare", "ready to deploy"])
def test_a_choice_knows_its_words(text: str) -> None:
    assert STATUS.parse(text, []) == "in_stock"
    assert STATUS.format("in_stock") == "In stock"


def test_an_open_choice_keeps_other_words() -> None:
    assert STATUS.parse("On loan to  County", []) == "On loan to County"
    assert STATUS.format("On loan to County") == "On loan to County"


def test_an_open_choice_warns_of_slips() -> None:
    choice = Choice({"in_service": ("In service", "in use"), "lost": "Lost"}, open=True)
    notes: list[Problem] = []
    assert choice.parse("In Servcie", notes) == "In Servcie"
    assert [(note.code, note.severity, note.details["near"]) for note in notes] == [
        ("choice.near", Severity.WARNING, "In service")
    ]
    for word in ("Somewhere else", "In service", "IN_USE", "los"):
        choice.parse(word, others := [])
        assert others == []


def test_a_closed_choice_says_what_there_is() -> None:
    with pytest.raises(BadValue) as bad:
        Choice({"a": "Alpha", "b": "Beta"}).parse("Gamma", [])
    assert bad.value.problem.code == "choice.unknown"
    assert bad.value.problem.details == {"options": "Alpha, Beta"}


def test_a_code_outranks_a_label_and_a_label_a_synonym() -> None:
    choice = Choice({"one": ("Two", "three"), "two": ("One", "four"), "three": "Three"})
    assert [choice.parse(word, []) for word in ("one", "two", "three", "four")] == ["one", "two", "three", "two"]
