"""Void tags in spreadsheets: refused with the reason; mistyped ones warned of; the ledger travels in the workbook."""

import datetime as dt

from desktop.phrases import books
from models.exchange.writing.books import export_all
from models.journal.entry import Edit
from models.rules.tag_forms import Scheme, write_tag
from models.services.tags import next_tags, void_tag
from tests.exchange.register import codes, counts

NOW = dt.datetime(2026, 11, 25, 14, 30, tzinfo=dt.UTC)


def test_a_row_with_a_void_tag_is_refused(register, sheet):
    register.add("radio", tag="R-1", serial="1A")
    void_tag(register.journal, "R-1", "Peeled off")
    plan = register.plan(sheet(("tag", "serial"), ["r-1", "1A"], ["R-2", "2B"]), "radio")
    assert counts(plan) == (1, 0, 0, 1)
    (refused,) = plan.all_problems()
    assert (refused.problem.code, refused.problem.details["reason"]) == ("tag.voided", "Peeled off")
    register.bring_in(sheet(("tag", "serial"), ["r-1", "1A"], ["R-2", "2B"]), "radio")
    assert {radio.get("tag") for radio in register.values("radio")} == {None, "R-2"}


def test_a_mistyped_tag_is_warned_of_and_comes_in(register, sheet):
    scheme = Scheme(register.add("tag_scheme", name="Radios", prefix="R-", width="6", check_character="mod_37_2"), "")
    right = write_tag(Scheme(scheme.id, "Radios", "R-", 6, "mod_37_2"), 4471)
    plan = register.plan(sheet(("tag",), [right], [right.replace("44", "45")]), "radio")
    assert counts(plan) == (2, 0, 0, 0)
    assert codes(plan) == [(3, "tag", "tag.check-character")]


def test_the_ledger_and_the_schemes_come_back_as_the_same(register, tmp_path):
    register.add("tag_scheme", name="Radios", prefix="R-", width="6", check_character="mod_37_2", record="radio")
    register.add("radio", tag="R-1", serial="1A")
    register.add("radio", tag="R-2", alias="ENG 7")
    next_tags(register.journal, "radio")
    for tag in ("R-1", "R-2", "X"):
        void_tag(register.journal, tag, "Peeled off")
    gone = register.add("radio", tag="R-3", serial="3C")
    void_tag(register.journal, "R-3", "Sold with it")
    register.journal.write("Delete", [Edit("asset", gone, {"deleted": "yes"})])
    path = tmp_path / "city.xlsx"
    export_all(register.database, path, register.settings, books.whole_register(register.settings, NOW))
    for name, rows in (("Tag schemes", 1), ("Tag ranges", 1), ("Voided tags", 4), ("Radios", 2)):
        plan = register.plan(path, None, sheet=name)
        assert counts(plan) == (0, 0, rows, 0), name
