"""Pieces of the table that need no window: the clipboard's form, selections, saved views."""

from array import array
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from desktop.grid.chosen import Chosen
from desktop.grid.clipboard import from_tsv, to_tsv
from desktop.grid.columns import squeeze
from desktop.grid.saved import SavedView, SavedViews
from desktop.memory import Memory

cell = st.text(st.characters(blacklist_categories=("Cs", "Cc"), whitelist_characters="\t\n\"'"), max_size=12)


@given(
    st.lists(st.lists(cell, min_size=2, max_size=4), min_size=1, max_size=6).filter(lambda t: len({*map(len, t)}) == 1)
)
def test_what_is_copied_can_be_pasted(table):
    assert from_tsv(to_tsv(table) + "\n") == table


def test_spreadsheets_end_their_tsv_with_a_line_break():
    assert from_tsv("a\tb\r\nc\td\r\n") == [["a", "b"], ["c", "d"]]
    assert from_tsv("") == []


def _model(*ids):
    return SimpleNamespace(ids=array("q", ids), word="radio")


def test_a_selection_is_found_again_after_the_order_changed():
    chosen = Chosen.of(_model(10, 11, 12, 13), [(1, 2)])
    assert list(chosen.numbers) == [11, 12]
    assert list(chosen.places(array("q", [12, 13, 11, 10]))) == [(0, 0), (2, 2)]


def test_all_means_also_what_comes_later():
    chosen = Chosen.of(_model(10, 11, 12), [(0, 2)])
    assert chosen.everything
    assert list(chosen.places(array("q", [9, 10, 11, 12]))) == [(0, 3)]


def test_all_but_some_stays_all_but_those():
    many = _model(*range(5000))
    chosen = Chosen.of(many, [(0, 99), (101, 4999)])
    assert chosen.everything
    assert chosen.excluded == {100}
    assert list(chosen.places(array("q", [100, 1, 2]))) == [(1, 2)]


@given(st.sets(st.integers(0, 40)), st.permutations(list(range(41))))
def test_any_selection_survives_any_order(picked, order):
    model = _model(*range(41))
    ranges = [(at, at) for at in picked]
    chosen = Chosen.of(model, ranges)
    found = {order[at] for first, last in chosen.places(array("q", order)) for at in range(first, last + 1)}
    assert found == picked


def test_views_are_kept_by_name(tmp_path):
    memory = Memory(tmp_path / "window.json")
    views = SavedViews(memory, "radio")
    views.save(SavedView("Fire", ("department:Fire",), ("tag", True), ("tag", "alias")))
    views.save(SavedView("Fire", ("department:Police",)))
    memory.save()
    again = SavedViews(Memory(tmp_path / "window.json"), "radio")
    assert [view.terms for view in again.all()] == [("department:Police",)]
    again.remove("Fire")
    assert again.all() == []


def test_a_damaged_memory_is_passed_over(tmp_path):
    (tmp_path / "window.json").write_text("{ not json")
    assert Memory(tmp_path / "window.json").get("x", 5) == 5


def test_columns_give_a_little_where_all_then_fit():
    least = {"tag": 80, "custodian": 90, "location": 90}
    widths = {"tag": 100, "custodian": 150, "location": 110}
    squeeze(widths, least, ["custodian", "location"], 325)
    assert sum(widths.values()) <= 325
    assert widths["tag"] == 100
    assert all(widths[key] >= least[key] for key in widths)
    wide = {"tag": 100, "custodian": 300, "location": 300}
    squeeze(wide, least, ["custodian", "location"], 325)  # too much to take: scrolled instead
    assert wide == {"tag": 100, "custodian": 300, "location": 300}
