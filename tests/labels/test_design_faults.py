"""A design while it is made: what is wrong is told at once, and templates are written without knowing how."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.phrases import say
from models.labels.designs import Design, RuleBox, SymbolBox, Template, TextBox, designs
from models.labels.faults import draft
from models.labels.layout import compose
from models.labels.shapes import Align
from models.labels.stocks import stocks
from models.labels.wording import Typed, field_at, insert_field, or_else

RECORD = {"tag": "R-004471", "serial": "672CYX0119", "model": "APX 8000", "manufacturer": "Motorola"} | {
    "code": "ST-7",
    "badge": "7",
}
KNOWN = set().union(*(design.keys() for design in designs()))
STOCK = stocks()[0]
BLANK = Design("Mine", "", 60, 20, ())


def text(template: str, x: float = 1, y: float = 1, width: float = 20) -> TextBox:
    return TextBox(x, y, width, 4, Template(template), 8, 5, Align.LEFT, bold=False, mono=False)


@pytest.mark.parametrize("design", [each for each in designs() if each.fits(STOCK)], ids=lambda each: each.name)
def test_a_draft_is_the_label_that_is_printed(design: Design) -> None:
    made = draft(design, STOCK, RECORD, KNOWN)
    assert made.label == compose(design, STOCK, RECORD)
    assert made.faults == ()


def test_what_cannot_be_made_is_told_and_the_rest_is_there() -> None:
    boxes = (
        text("{tag}", width=70),
        SymbolBox(1, 6, 8, 5, Template("{tag}"), "code128"),
        text("{tagg}", y=12),
        text("  ", y=15),
        SymbolBox(30, 6, 20, 5, Template("{alias}"), "qr"),
        RuleBox(1, 18, 40, 0.2),
    )
    made = draft(replace(BLANK, boxes=boxes), STOCK, RECORD, KNOWN)
    told = {(fault.index, fault.problem.code) for fault in made.faults}
    assert told == {
        (0, "design.outside"),
        (1, "label.other-symbol-fits"),
        (2, "design.unknown-field"),
        (3, "design.no-text"),
        (4, "label.nothing-to-encode"),
    }
    wide = next(fault.problem for fault in made.faults if fault.index == 1)
    assert "needs 2" in say(wide)
    assert [bool(shapes) for shapes in made.shapes] == [True, False, False, False, False, True]
    assert len(made.label.shapes) == 2


def test_a_design_that_is_larger_than_the_labels_is_told() -> None:
    made = draft(replace(BLANK, width=200), STOCK, RECORD, KNOWN)
    assert [(fault.index, fault.problem.code) for fault in made.faults] == [(None, "design.too-large")]
    assert "200.0 × 20.0 mm" in say(made.faults[0].problem)


# Templates


def test_a_field_is_put_in_at_the_cursor() -> None:
    assert insert_field(Typed("S/N ", 4), "serial") == Typed("S/N {serial}", 12)
    assert insert_field(Typed("ab", 1), "tag") == Typed("a{tag}b", 6)
    assert insert_field(Typed("{tag}", 2), "serial") == Typed("{tag}{serial}", 13), "never into another one"
    assert insert_field(Typed("{tag}", 0), "serial") == Typed("{serial}{tag}", 8)


def test_a_second_field_is_for_when_the_first_is_empty() -> None:
    assert or_else(Typed("ID {alias} x", 7), "name") == Typed("ID {alias|name} x", 15)
    assert or_else(Typed("{alias|name}", 12), "custodian").text == "{alias|name|custodian}"
    assert or_else(Typed("{alias|name}", 3), "name").text == "{alias|name}"
    assert or_else(Typed("plain", 2), "name").text == "pl{name}ain"
    assert field_at(Typed("ID {alias} x", 7)) == "alias"
    assert field_at(Typed("ID {alias} x", 1)) == ""


@given(st.text(max_size=30), st.data())
def test_whatever_stands_there_the_field_is_in_it_afterwards(written: str, data: st.DataObject) -> None:
    cursor = data.draw(st.integers(0, len(written)))
    for deed in (insert_field, or_else):
        made = deed(Typed(written, cursor), "tag")
        assert 0 <= made.cursor <= len(made.text)
        if "{" not in written and "}" not in written:
            assert Template(made.text).fields() == ("tag",)
