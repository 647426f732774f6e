"""An import taken back, at once and later: what was edited or used since is spared and told."""

import pytest

from models.exchange.log import imports
from models.exchange.options import NewField
from models.fields.ids import new_id
from models.journal.entry import Edit
from models.journal.undo import redo, undo
from models.query.names import Names
from models.services.check import check

ROWS = (
    ["Asset tag", "Manufacturer", "Model", "Location", "Shelf"],
    ["L-1", "Dell Inc.", "Latitude 5450", "Engine 7", "3"],
    ["L-2", "Dell Inc.", "Latitude 5450", "Engine 8", "4"],
    ["L-3", "Acme", "", "", ""],
)
SHELF = NewField("x_shelf", "Shelf", "number")


@pytest.fixture
def imported(register, sheet):
    """An import that makes records, a custom field and an alias, and changes a record; its action."""
    register.dell = register.add("manufacturer", name="Dell")
    register.add("hardware", tag="L-3")
    register.bring_in(
        sheet(*ROWS, name="laptops.csv"),
        "hardware",
        new_fields=(SHELF,),
        mapping={"Shelf": "x_shelf"},
        names={"manufacturer": {"Dell Inc.": register.dell, "Acme": "+"}},
    )
    return last(register)


def last(register):
    with register.database.reading() as connection:
        return imports(connection, 1)[0].action


def edit(register, word, tag, **values):
    """Changes a record that is known by its tag or its name; its id."""
    with register.database.reading() as connection:
        (row,) = Names(connection).meant(word, tag)
    register.journal.write(f"Change {tag}", [Edit(word, row, values)])
    return row


def kept(register, report):
    """What was kept, by names: the record, the field, why, and which record uses it."""
    with register.database.reading() as connection:
        names = Names(connection)
        return {
            (each.table, names.label(each.table, each.row), each.field, each.reason, names.label(*each.user))
            if each.user
            else (each.table, names.label(each.table, each.row), each.field, each.reason, "")
            for each in report.kept
        }


def everything(register):
    words = ("hardware", "manufacturer", "model", "location", "custom_field", "alias")
    return {word: register.values(word) for word in words}


def sound(register):
    return check(register.database).sound


def test_at_once_it_takes_back_all_that_it_made(register, sheet, imported):
    assert register.one("hardware", tag="L-1")["x_shelf"] == "3"
    assert register.one("hardware", tag="L-3")["manufacturer"] == "Acme"
    assert register.names("alias") == ["Dell Inc."]
    report = undo(register.journal, imported)
    assert report.kept == ()
    assert register.values("hardware") == [{"kind": "hardware", "tag": "L-3"}]
    assert register.names("manufacturer") == ["Dell"]
    assert [register.values(word) for word in ("model", "location", "custom_field", "alias")] == [[], [], [], []]
    assert "x_shelf" not in register.database.catalogue().keys("hardware")
    assert sound(register)


def test_what_is_taken_back_can_be_done_again(register, imported):
    before = everything(register)
    undo(register.journal, imported)
    redo(register.journal)
    assert everything(register) == before
    assert register.database.catalogue().keys("hardware")["x_shelf"].label == "Shelf"
    assert sound(register)


def test_a_record_that_was_edited_since_stays_with_all_that_it_needs(register, imported):
    row = edit(register, "asset", "L-1", notes="mine now")
    report = undo(register.journal, imported)
    assert kept(register, report) == {
        ("asset", "L-1", "", "changed", ""),
        ("model", "Latitude 5450", "", "in-use", "L-1"),
        ("location", "Engine 7", "", "in-use", "L-1"),
        ("custom_field", "Shelf", "", "in-use", "L-1"),
    }
    assert [each.since for each in report.kept if each.row == row] == [report_of_change(register)]
    assert register.names("hardware") == ["L-3", "L-1"]
    assert register.one("hardware", tag="L-1")["x_shelf"] == "3"
    assert register.names("location") == ["Engine 7"]
    assert sound(register)


def report_of_change(register):
    with register.database.reading() as connection:
        sql = "SELECT id FROM action WHERE title = 'Change L-1'"
        return connection.exec_driver_sql(sql).scalar_one()


def test_a_later_record_that_refers_to_a_made_one_keeps_it(register, imported):
    with register.database.reading() as connection:
        (place,) = Names(connection).meant("location", "Engine 8")
    register.add("radio", tag="R-1", location=place)
    report = undo(register.journal, imported)
    assert kept(register, report) == {("location", "Engine 8", "", "in-use", "R-1")}
    assert register.one("radio", tag="R-1")["location"] == "Engine 8"
    assert sound(register)


def test_a_value_that_was_given_to_a_made_field_since_keeps_the_field(register, imported):
    register.add("hardware", tag="L-9")
    edit(register, "asset", "L-9", x_shelf="7")
    report = undo(register.journal, imported)
    assert kept(register, report) == {("custom_field", "Shelf", "", "in-use", "L-9")}
    assert register.one("hardware", tag="L-9")["x_shelf"] == "7"
    assert sound(register)


def test_a_changed_record_keeps_the_fields_that_were_edited_since(register, sheet, imported):
    register.bring_in(sheet(["Asset tag", "Hostname", "Notes"], ["L-3", "lt-3", "imported"]), "hardware")
    second = last(register)
    edit(register, "asset", "L-3", notes="edited")
    report = undo(register.journal, second)
    assert kept(register, report) == {("asset", "L-3", "notes", "changed", "")}
    told = register.one("hardware", tag="L-3")
    assert (told["notes"], "hostname" in told) == ("edited", False)


def test_a_later_import_of_the_same_names_keeps_what_it_uses(register, sheet, imported):
    later = sheet(ROWS[0][:4], ["L-8", "Dell Inc.", "Latitude 5450", "Engine 9"], name="more.csv")
    register.bring_in(later, "hardware")
    report = undo(register.journal, imported)
    assert kept(register, report) == {("model", "Latitude 5450", "", "in-use", "L-8")}
    assert register.one("hardware", tag="L-8")["manufacturer"] == "Dell"
    assert undo(register.journal).kept == ()
    assert register.names("model") == ["Latitude 5450"]  # kept by the first undo, made by nothing that stands
    assert sound(register)


def test_a_record_deleted_since_is_not_told(register, imported):
    edit(register, "asset", "L-1", deleted="yes")
    assert undo(register.journal, imported).kept == ()
    assert register.names("hardware") == ["L-3"]


def test_undoing_an_import_of_custom_field_records_spares_those_with_values(register, sheet):
    path = sheet(
        ["Label", "Key", "Kind of record", "Type"],
        ["Bay", "x_bay", "hardware", "text"],
        ["Rack", "x_rack", "hardware", "text"],
    )
    register.bring_in(path, "custom_field")
    action = last(register)
    row = new_id()
    register.journal.write("New", [Edit("asset", row, {"kind": "hardware", "tag": "L-7", "x_bay": "2"}, new=True)])
    report = undo(register.journal, action)
    assert kept(register, report) == {("custom_field", "Bay", "", "in-use", "L-7")}
    assert register.names("custom_field") == ["Bay"]
