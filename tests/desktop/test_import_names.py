import pytest
from PySide6.QtCore import QItemSelectionModel, Qt

from desktop.importing.steps import Step
from models.exchange.options import Decide
from models.exchange.plan import State
from tests.desktop.wizards import calm

LIST = """Tag,Radio ID,Model,Serial No.,Assigned To,Location
R-1,4801,APX8000,672CZA1,T. Nakagawa,Engine 7
R-2,4802,APX8000,672CZA2,T. Nakagawa,Engine 7
R-3,4803,APX 8000,672CZA3,Q. Newcomer,Engine 7
R-4,4804,APX 8000,672CZA4,T. Nakagawa,Enginee 7
"""


@pytest.fixture
def wizard(opened, tmp_path):
    path = tmp_path / "radios.csv"
    path.write_text(LIST, "utf-8")
    return opened(path)


def _select(wizard, *names):
    page = wizard.pages.names
    page.view.clearSelection()
    flags = QItemSelectionModel.SelectionFlag
    for at, each in enumerate(page.model.names):
        if each.name in names:
            page.view.selectionModel().select(page.model.index(at, 0), flags.Select | flags.Rows)


def _told(wizard):
    page = wizard.pages.names
    return {each.name: page.model.told(at)[0] for at, each in enumerate(page.model.names)}


def test_names_that_are_much_like_known_ones_are_decided_first(wizard):
    assert wizard.step is Step.NAMES
    assert _told(wizard) == {"APX8000": "To decide", "Enginee 7": "To decide", "Q. Newcomer": "Made new"}
    assert "2 need a decision" in wizard.pages.names._words.text()
    assert wizard.run.plan.count(State.REFUSED) == 3
    assert "2 names to decide" in wizard.foot.words.text()


def test_a_suggestion_is_taken_by_a_click(wizard, qtbot):
    _select(wizard, "APX8000")
    (suggestion,) = wizard.pages.names.suggestions()
    assert suggestion.text() == "It is “APX 8000”"
    suggestion.click()
    assert _told(wizard)["APX8000"] == "Is “APX 8000”"
    calm(qtbot, wizard)
    assert wizard.run.plan.count(State.REFUSED) == 1
    assert "model" not in wizard.run.plan.made_by_table()


def test_the_keys_decide(wizard, qtbot):
    view = wizard.pages.names.view
    assert view.hasFocus()
    for name in ("Enginee 7", "APX8000", "Q. Newcomer"):
        assert wizard.pages.names.chosen()[0].name == name
        qtbot.keyClick(view, {"A": Qt.Key.Key_1, "E": Qt.Key.Key_N, "Q": Qt.Key.Key_E}[name[0]])
        calm(qtbot, wizard)
        qtbot.keyClick(view, Qt.Key.Key_Down)
    assert _told(wizard) == {"APX8000": "Is “APX 8000”", "Enginee 7": "Made new", "Q. Newcomer": "Left empty"}
    assert wizard.run.plan.count(State.REFUSED) == 0
    assert wizard.run.plan.made_by_table() == {"location": ["Enginee 7"]}


def test_rows_are_refused_by_choice(wizard, qtbot):
    _select(wizard, "Q. Newcomer")
    wizard.pages.names.refuse.click()
    calm(qtbot, wizard)
    assert _told(wizard)["Q. Newcomer"] == "Refused"
    assert wizard.run.plan.count(State.REFUSED) == 4


def test_another_record_is_found_by_part_of_its_name(wizard, qtbot):
    _select(wizard, "Enginee 7")
    search = wizard.pages.names.search
    search.setFocus()
    qtbot.keyClicks(search, "Radio sh")
    qtbot.waitUntil(lambda: search._names.rowCount() == 1)
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert _told(wizard)["Enginee 7"] == "Is “Radio shop”"
    calm(qtbot, wizard)
    assert wizard.run.plan.count(State.REFUSED) == 2


def test_first_suggestions_are_taken_for_all_chosen(wizard, qtbot):
    wizard.pages.names.view.selectAll()
    wizard.pages.names.take_all.click()
    calm(qtbot, wizard)
    assert _told(wizard) == {"APX8000": "Is “APX 8000”", "Enginee 7": "Is “Engine 7”", "Q. Newcomer": "Made new"}
    assert wizard.run.plan.count(State.REFUSED) == 0


def test_what_was_decided_is_remembered(wizard, opened, qtbot):
    wizard.pages.names.view.selectAll()
    wizard.pages.names.take_all.click()
    calm(qtbot, wizard)
    wizard.go(Step.PLAN)
    wizard.foot.next.click()
    qtbot.waitUntil(lambda: wizard.step is Step.DONE)
    again = opened(wizard.run.path)
    assert again.step is Step.PLAN
    assert again.run.plan.count(State.SAME) == 4


def test_what_was_decided_is_forgotten_where_that_is_said(wizard, qtbot):
    wizard.pages.names.remember.click()
    wizard.pages.names.view.selectAll()
    wizard.pages.names.take_all.click()
    calm(qtbot, wizard)
    assert not wizard.run.plan.aliases


def test_a_decision_is_taken_back(wizard, qtbot):
    _select(wizard, "APX8000")
    wizard.pages.names.make.click()
    calm(qtbot, wizard)
    assert wizard.run.options.names["model"]["APX8000"] == Decide.MAKE
    wizard.foot.undo.click()
    calm(qtbot, wizard)
    assert _told(wizard)["APX8000"] == "To decide"
