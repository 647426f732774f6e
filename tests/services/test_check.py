import contextlib
import sqlite3

import pytest

from models.fields.ids import new_id
from models.journal.entry import Edit
from models.journal.undo import undo
from models.journal.writer import Journal
from models.services.check import check
from models.store.database import Database
from models.store.home import Home


@pytest.fixture
def database(tmp_path):
    database = Database.open(Home(tmp_path / "home"))
    journal = Journal(database, "J. Ruiz")
    maker, place = new_id(), new_id()
    journal.write(
        "Start",
        [
            Edit("manufacturer", maker, {"name": "Motorola"}, new=True),
            Edit("location", place, {"name": "Engine 7"}, new=True),
            *(
                Edit(
                    "asset",
                    new_id(),
                    {
                        "kind": "radio",
                        "tag": f"R-{number}",
                        "serial": f"672X{number}",
                        "manufacturer": maker,
                        "location": place,
                        "unit_id": str(4000 + number),
                        "x_vlan": "7",
                    },
                    new=True,
                )
                for number in range(30)
            ),
        ],
    )
    yield database
    database.close()


def break_in(database, sql, *values):
    """Write past the one door, as damage does."""
    with database.writing() as connection:
        connection.exec_driver_sql(sql, tuple(values))


def row_of(database, tag):
    with database.reading() as connection:
        return connection.exec_driver_sql("SELECT id FROM asset WHERE tag = ?", (tag,)).scalar_one()


def test_what_went_through_the_door_is_sound(database):
    journal = Journal(database, "J. Ruiz")
    row = row_of(database, "R-3")
    journal.write("Change", [Edit("asset", row, {"alias": "ENG 7", "x_vlan": None, "unit_id": None})])
    journal.write("Again", [Edit("asset", row, {"alias": None, "x_port": "3", "unit_id": "5000"})])
    undo(journal)
    undo(journal)
    report = check(database)
    assert (report.sound, report.findings) == (True, [])
    assert report.rows == 32
    assert report.entries == 36


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("UPDATE asset SET alias = 'X' WHERE tag = 'R-3'", "check.row-unequal"),
        ("UPDATE asset SET unit_id = 1 WHERE tag = 'R-3'", "check.row-unequal"),
        ("UPDATE asset SET extra = NULL WHERE tag = 'R-3'", "check.row-unequal"),
        ("UPDATE asset SET deleted = 'yes' WHERE tag = 'R-3'", "check.row-unequal"),
        ("DELETE FROM asset WHERE tag = 'R-3'", "check.row-missing"),
        ("DELETE FROM entry WHERE patch LIKE '%\"R-3\"%'", "check.row-unknown"),
        ("UPDATE location SET deleted = 'yes'", "check.dangling"),
    ],
)
def test_damage_is_found(database, sql, code):
    break_in(database, sql)
    report = check(database)
    assert not report.sound
    assert code in report.counts


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM find_asset WHERE rowid = 3",
        "INSERT INTO find_asset (rowid, text) VALUES (99, 'stray')",
        "UPDATE find_asset SET text = 'other' WHERE rowid = 3",
    ],
)
def test_an_index_that_is_out_of_step_is_found(database, sql):
    with contextlib.closing(sqlite3.connect(database.home.search)) as index:
        index.execute(sql)
        index.commit()
    assert check(database).counts == {"check.index": 1}


def test_a_difference_says_which_fields(database):
    break_in(database, "UPDATE asset SET alias = 'X', unit_id = NULL WHERE tag = 'R-3'")
    found = next(each for each in check(database).findings if each.code == "check.row-unequal")
    assert found.value == row_of(database, "R-3")
    assert set(found.details["fields"].split(", ")) == {"alias", "unit_id"}


def test_shared_identities_are_told_and_no_fault(database):
    journal = Journal(database, "J. Ruiz")
    patch = {"kind": "radio", "tag": "r-3", "serial": "672X4", "unit_id": "4005"}
    journal.write("Clone", [Edit("asset", new_id(), patch, new=True)])
    report = check(database)
    assert report.sound
    # The serial is another maker's, the unit ID of radios without a system is told.
    assert {each.field: each.details["records"] for each in report.findings} == {
        "tag": "R-3, r-3",
        "unit_id": "R-5, r-3",
    }


def test_many_findings_are_counted_and_some_named(database):
    journal = Journal(database, "J. Ruiz")
    journal.write("More", [Edit("asset", new_id(), {"kind": "radio", "tag": f"S-{n}"}, new=True) for n in range(150)])
    break_in(database, "UPDATE asset SET alias = 'X' WHERE tag LIKE 'S-%'")
    report = check(database)
    assert report.counts["check.row-unequal"] == 150
    assert len(report.findings) < 120
