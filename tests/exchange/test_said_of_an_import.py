"""What a person says of an import: constants, custom fields, how cells are read, what empty ones do, edits of cells."""

import pytest

from desktop.phrases import say
from models.exchange.options import NewField
from models.exchange.plan import MatchUse, Sure
from models.fields.problem import Problem, UsageError
from models.journal.undo import undo
from tests.exchange.register import codes, counts

# Constants


def test_a_constant_stands_where_rows_say_nothing(register, sheet):
    path = sheet(("tag", "serial", "status"), ["A", "S1", "Spare"], ["B", "S2", ""])
    said = {"status": "in use", "location": "City Hall / 2", "cost": "$1,200", "po_number": "00812"}
    plan = register.bring_in(path, constants=said)
    assert counts(plan) == (2, 0, 0, 0)
    one, two = register.values("hardware")
    assert (one["status"], two["status"]) == ("in_stock", "in_service")
    assert all(each["location"] == "City Hall / 2" and each["cost"] == "1200.00" for each in (one, two))
    assert one["po_number"] == "00812"
    assert counts(register.plan(path, constants=said)) == (0, 0, 2, 0)


def test_a_constant_is_part_of_the_key(register, sheet):
    register.add("hardware", serial="S1", manufacturer=register.add("manufacturer", name="Dell"))
    plan = register.plan(
        sheet(("serial", "cost"), ["S1", "5"]), constants={"manufacturer": "Dell"}, match="manufacturer+serial"
    )
    assert counts(plan) == (0, 1, 0, 0)


@pytest.mark.parametrize(
    ("said", "code"), [({"cost": "much"}, "money.not-a-sum"), ({"colour_of_sky": "x"}, "field.unknown")]
)
def test_a_constant_that_cannot_be_is_refused(register, sheet, said, code):
    with pytest.raises(UsageError) as error:
        register.plan(sheet(("tag", "serial"), ["A", "S1"]), constants=said)
    assert error.value.problem.code == code


# Custom fields


def test_columns_that_nobody_knows_become_custom_fields_in_the_same_deed(register, sheet):
    path = sheet(
        ("tag", "serial", "Bay", "Side", "Calibrated", "Ready"),
        ["A", "S1", "12", "left", "3/14/2026", "yes"],
        ["B", "S2", "x", "up", "14 March", "no"],
    )
    new = (
        NewField("x_bay", "Bay", "number"), NewField("x_side", "Side", "choice", ("left", "right")),
        NewField("x_calibrated", "Calibrated", "date"), NewField("x_ready", "Ready", "yesno"),
        NewField("x_unused", "Unused"),
    )  # fmt: skip
    mapping = {"Bay": "x_bay", "Side": "x_side", "Calibrated": "x_calibrated", "Ready": "x_ready"}
    plan = register.bring_in(path, new_fields=new, mapping=mapping)
    assert sorted(code for _, _, code in codes(plan)) == ["choice.unknown", "day.not-a-day", "number.not-a-number"]
    found = register.one("hardware")
    assert (found["x_bay"], found["x_side"], found["x_calibrated"], found["x_ready"]) == (
        "12", "left", "2026-03-14", "yes"
    )  # fmt: skip
    assert register.names("custom_field") == ["Bay", "Side", "Calibrated", "Ready"]
    assert counts(register.plan(path)) == (0, 0, 1, 1)
    undo(register.journal)
    assert (register.names("custom_field"), register.names("hardware")) == ([], [])


def test_a_custom_field_that_is_there_is_not_made_again(register, sheet):
    said = {"new_fields": (NewField("x_bay", "Bay"),), "mapping": {"Bay": "x_bay"}}
    register.bring_in(sheet(("tag", "Bay"), ["A1", "12"]), **said)
    plan = register.bring_in(sheet(("tag", "Bay"), ["B1", "13"]), **said)
    assert (plan.new_fields, register.names("custom_field")) == ([], ["Bay"])


def test_a_key_that_no_custom_field_can_have(register, sheet):
    with pytest.raises(UsageError, match=r"custom\.key"):
        register.plan(sheet(("tag", "Bay"), ["A1", "12"]), new_fields=(NewField("bay two", "Bay"),))


# Empty cells


def test_an_empty_cell_keeps_unless_it_is_said_to_clear(register, sheet):
    register.add("hardware", tag="A", cost="5.00", notes="old")
    path = sheet(("tag", "cost", "notes"), ["A", "", "-"])
    assert counts(register.plan(path)) == (0, 0, 1, 0)
    plan = register.bring_in(path, clear=frozenset({"cost", "notes"}))
    assert (counts(plan), plan.before) == ((0, 1, 0, 0), {0: {"cost": "5.00", "notes": "old"}})
    assert register.one("hardware") == {"kind": "hardware", "tag": "A"}
    assert counts(register.plan(path, clear=frozenset({"cost"}))) == (0, 0, 1, 0)


def test_what_a_record_cannot_be_without_is_not_cleared(register, sheet):
    register.add("person", name="Ann Lee", email="ann@troy.example")
    path = sheet(("E-mail", "Name"), ["ann@troy.example", ""])
    plan = register.plan(path, "person", clear=frozenset({"Name"}))
    assert codes(plan) == [(2, "name", "field.required")]


def test_words_for_nothing_are_empty_and_are_told(register, sheet):
    path = sheet(
        ("tag", "acquired on", "cost", "location", "notes"),
        ["A1", "none", "n/a", "Unknown", "none"],
        ["A2", "-", "TBD", "-", "n/a"],
        ["A3", "2024-01-05", "12.50", "Annex", "-"],
    )
    plan = register.bring_in(path)
    assert counts(plan) == (3, 0, 0, 0)
    told = {each.heading: each.details["words"] for each in plan.readings if each.code == "reading.empty"}
    assert told == {
        "acquired on": "“-” (1), “none” (1)", "cost": "“TBD” (1), “n/a” (1)", "location": "“-” (1), “Unknown” (1)",
        "notes": "“-” (1), “n/a” (1)",
    }  # fmt: skip
    assert register.values("hardware")[0] == {"kind": "hardware", "tag": "A1", "notes": "none"}


def test_such_words_are_words_in_a_column_of_which_it_is_said(register, sheet):
    register.bring_in(sheet(("tag", "notes"), ["A1", "n/a"]), readings={"notes": "text"})
    assert register.one("hardware")["notes"] == "n/a"


# How columns are read


@pytest.mark.parametrize(
    ("cells", "said", "read", "code", "for_it"),
    [
        (["3/4/2026", "25/4/2026"], {}, ["2026-04-03", "2026-04-25"], "reading.day-decided", "1"),
        (["3/4/2026", "4/25/2026"], {}, ["2026-03-04", "2026-04-25"], "reading.day-decided", "1"),
        (["3/4/2026", "5/6/2026"], {}, ["2026-03-04", "2026-05-06"], "reading.day-open", "0"),
        (["3/4/2026", "5/6/2026"], {"bought": "dmy"}, ["2026-04-03", "2026-06-05"], "reading.day-said", "0"),
    ],
)
def test_the_order_of_day_and_month_is_decided_for_the_column_and_told(
    register, sheet, cells, said, read, code, for_it
):
    plan = register.bring_in(
        sheet(("tag", "bought"), *([f"A{at}", cell] for at, cell in enumerate(cells))), readings=said
    )
    assert [values["acquired_on"] for values in register.values("hardware")] == read
    (reading,) = plan.readings
    assert (reading.heading, reading.code, reading.details["for"]) == ("bought", code, for_it)
    assert (reading.said, reading.choices) == (bool(said), ("mdy", "dmy"))
    assert "month" in say(Problem(reading.code, details=reading.details))


def test_a_cell_against_the_order_that_was_said_is_refused(register, sheet):
    plan = register.plan(sheet(("tag", "bought"), ["A1", "3/25/2026"], ["A2", "3/4/2026"]), readings={"bought": "dmy"})
    assert codes(plan) == [(2, "acquired_on", "day.order")]


def test_the_decimal_mark_is_decided_for_the_column_and_can_be_said(register, sheet):
    path = sheet(("tag", "cost"), ["A1", "1.200,50"], ["A2", "1.200"])
    plan = register.plan(path)
    assert [column.values for column in plan.columns][1] == ["1200.50", "1200.00"]
    assert [(each.code, each.chosen) for each in plan.readings] == [("reading.decimal-decided", ",")]
    path = sheet(("tag", "cost"), ["A1", "1.200"], ["A2", "2.500"])
    assert register.plan(path).columns[1].values == ["1.20", "2.50"]
    plan = register.plan(path, readings={"cost": ","})
    assert (plan.columns[1].values, plan.readings[0].code) == (["1200.00", "2500.00"], "reading.decimal-said")


def test_shares_between_nothing_and_one_are_hundredths(register, sheet):
    path = sheet(("tag", "federal share"), ["A1", "0.25"], ["A2", "1"])
    plan = register.plan(path)
    assert (plan.columns[1].values, plan.readings[0].chosen) == (["25", "100"], "fraction")
    assert register.plan(path, readings={"federal share": "percent"}).columns[1].values == ["0.25", "1"]
    assert register.plan(sheet(("tag", "federal share"), ["A1", "0.5%"], ["A2", "25"])).columns[1].values == [
        "0.5",
        "25",
    ]


def test_a_column_that_leaves_it_open_is_read_as_the_others_of_its_sheet(register, sheet):
    path = sheet(
        ("tag", "bought", "warranty", "cost", "sale price"),
        ["A1", "01-04-2025", "31-12-2028", "1.200,50", "2.500"],
        ["A2", "05-06-2025", "01-02-2029", "7,5", "1.000"],
    )
    plan = register.bring_in(path)
    assert plan.all_problems() == []
    found = [(each["acquired_on"], each["warranty_end"], each["sale_price"]) for each in register.values("hardware")]
    assert found == [("2025-04-01", "2028-12-31", "2500.00"), ("2025-06-05", "2029-02-01", "1000.00")]
    beside = {each.heading: each.details["heading"] for each in plan.readings if each.code.endswith("-beside")}
    assert beside == {"bought": "warranty", "sale price": "cost"}
    plan = register.plan(path, readings={"warranty": "dmy", "bought": "mdy"})
    assert plan.columns[1].values == ["2025-01-04", "2025-05-06"]


# Edits of cells


def test_a_cell_is_edited_in_place_of_the_file(register, sheet):
    path = sheet(("tag", "serial", "cost"), ["A", "S1", "much"], ["B", "6.72E+14", "5"], ["C", "S3", "many"])
    assert counts(register.plan(path)) == (0, 0, 0, 3)
    plan = register.bring_in(path, cells={"cost": {2: "$12", 4: ""}, "serial": {3: "672000000000012"}})
    assert counts(plan) == (3, 0, 0, 0)
    found = [(values["serial"], values.get("cost")) for values in register.values("hardware")]
    assert found == [("S1", "12.00"), ("672000000000012", "5.00"), ("S3", None)]


# How the columns came to their fields, and rows to their records


def test_a_plan_says_how_sure_each_column_is(register, sheet):
    path = sheet(("Asset tag", "S/N", "Rumour", "SIM PIN", "Price"), ["A1", "S1", "x", "1234", "5"])
    plan = register.plan(path, mapping={"Rumour": "notes"})
    assert [(each.heading, each.letter, each.field, each.sure) for each in plan.sheet_columns] == [
        ("Asset tag", "A", "tag", Sure.LABEL), ("S/N", "B", "serial", Sure.KNOWN), ("Rumour", "C", "notes", Sure.SAID),
        ("SIM PIN", "D", None, Sure.NONE), ("Price", "E", "cost", Sure.KNOWN),
    ]  # fmt: skip
    assert [each.samples for each in plan.sheet_columns] == [("A1",), ("S1",), ("x",), (), ("5",)]
    assert [each.secret for each in plan.sheet_columns] == [False, False, False, True, False]


def test_a_plan_says_what_came_of_each_key(register, sheet):
    register.add("hardware", tag="A1")
    register.add("hardware", tag="X", serial="S3")
    path = sheet(("tag", "serial"), ["A1", "S1"], ["A2", "S1"], ["", "S3"])
    plan = register.plan(path)
    assert plan.match == (("tag",), ("serial",))
    assert plan.match_uses == [MatchUse(("tag",), 2, 2, 2, 1), MatchUse(("serial",), 3, 2, 1, 1)]
    assert [use.key for use in register.plan(path, match="serial").match_uses] == [("serial",), ("tag",)]


def test_the_same_file_again_is_known_again(register, sheet):
    path = sheet(("tag", "serial"), ["A", "S1"])
    assert register.plan(path).before_this is None
    register.bring_in(path)
    before = register.plan(path).before_this
    assert (before.author, before.undone) == ("J. Ruiz", False)
    undo(register.journal)
    assert register.plan(path).before_this.undone


# Several values in one cell

IMEI, OTHER = "490154203237518", "356938035643809"


def test_a_telephone_has_two_imeis_and_a_field_for_each(register, sheet):
    path = sheet(("tag", "IMEI"), ["A1", f"{IMEI} / {OTHER}"], ["A2", f"{IMEI[:-1]}0"])
    plan = register.bring_in(path, "mobile")
    assert codes(plan) == [(2, "imei", "cell.two-values"), (3, "imei", "imei.check-digit")]
    assert (register.one("mobile")["imei"], register.one("mobile")["imei2"]) == (IMEI, OTHER)
    assert counts(register.plan(path, "mobile")) == (0, 0, 1, 1)
    path = sheet(("tag", "IMEI", "IMEI 2"), ["A3", f"{IMEI}\n{OTHER}", ""])
    assert codes(register.plan(path, "mobile")) == [(2, "imei", "cell.several")]


@pytest.mark.parametrize(
    ("heading", "cell", "value", "code"),
    [
        ("serial", "S1; S2", None, "cell.several"),
        ("serial", "S1\nS2", None, "cell.several"),
        ("serial", "S1;S1;", "S1", None),
        ("serial", "S/1, A", "S/1, A", None),
        ("MAC", "00:1B:44:11:3A:B7, 00:1B:44:11:3A:B8", "00:1B:44:11:3A:B7", "cell.first-of-several"),
        ("MAC", "00:1B:44:11:3A:B7 and more", None, "mac.not-a-mac"),
        ("notes", "one; two", "one; two", None),
    ],
)
def test_several_values_in_one_cell(register, sheet, heading, cell, value, code):
    plan = register.plan(sheet(("tag", heading), ["A1", cell], ["A2", ""]), "hardware")
    assert plan.columns[1].values[0] == value
    assert [each for _, _, each in codes(plan)] == ([code] if code else [])


def test_a_key_does_not_come_in_by_a_custom_field(register, sheet):
    key = "0123456789ABCDEF"
    path = sheet(("tag", "Key note"), ["A1", "slot 3"], ["A2", key], ["A3", f"old: {key}"])
    plan = register.bring_in(path, new_fields=(NewField("x_key", "Key note"),), mapping={"Key note": "x_key"})
    assert codes(plan) == [(3, "x_key", "secret.key-material"), (4, "x_key", "secret.key-material")]
    assert not any(key in line for line in register.database_text())
    assert all(key not in str(each) for each in plan.all_problems())
