"""Exports that are kept under a name, to be made again."""

import datetime as dt

import pytest

from models.exchange.writing.saved import SavedExport, find_saved, remove_saved, save_export, saved_exports
from models.fields.problem import UsageError
from models.journal.undo import undo
from models.services.registry import BadFields

NOW = dt.datetime(2026, 11, 25, 5, 7, tzinfo=dt.UTC)
RADIOS = SavedExport("Radios", "radio", "status:-retired -tag:{x}", ("tag", "unit_id"), "/out/{date}/radios {time}.csv")


def named(register):
    return [each.name for each in saved_exports(register.database)]


def test_what_is_saved_is_found_again(register):
    save_export(register.journal, RADIOS, register.settings)
    found = find_saved(register.database, "  radios ")
    assert (found.name, found.record, found.query, found.columns, found.file) == (
        RADIOS.name,
        RADIOS.record,
        RADIOS.query,
        RADIOS.columns,
        RADIOS.file,
    )


def test_date_and_time_stand_in_the_name_of_the_file():
    assert RADIOS.path(NOW).as_posix() == "/out/2026-11-25/radios 05-07.csv"
    assert SavedExport("x", "radio", file="{0} {settings}.csv").path(NOW).name == "{0} {settings}.csv"
    with pytest.raises(UsageError, match=r"saved-export\.no-file"):
        SavedExport("x", "radio").path(NOW)


def test_the_same_name_is_the_same_export(register):
    save_export(register.journal, RADIOS, register.settings)
    save_export(register.journal, SavedExport("RADIOS", "line", file="a.csv"), register.settings)
    (found,) = saved_exports(register.database)
    assert (found.record, found.query, found.columns, found.file) == ("line", "", (), "a.csv")


def test_removing_is_a_deed_that_can_be_undone(register):
    save_export(register.journal, RADIOS, register.settings)
    save_export(register.journal, SavedExport("All", "all", file="a.xlsx"), register.settings)
    remove_saved(register.journal, "radios")
    assert named(register) == ["All"]
    with pytest.raises(UsageError) as error:
        remove_saved(register.journal, "radios")
    assert error.value.problem.details["names"] == "All"
    undo(register.journal)
    assert named(register) == ["All", "Radios"]


def test_an_export_needs_a_name(register):
    with pytest.raises(BadFields):
        save_export(register.journal, SavedExport("  ", "radio"), register.settings)
    assert named(register) == []
