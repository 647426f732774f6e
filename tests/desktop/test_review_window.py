"""Review in the window: the list, side by side, settling, the banner of a record, merging; by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from desktop.reviewing.merge_dialog import MergeDialog
from desktop.reviewing.merging import Merging, read_pair
from models.fields.ids import new_id
from models.journal.entry import Edit
from models.journal.writer import Journal
from models.services.merging import Pick
from models.services.settling import Way, settle
from models.store.local import ROLE, set_local


class Office:
    """The window over the small city, and what waits for review in it."""

    def __init__(self, application, qtbot):
        self.qtbot = qtbot
        self.desk, self.window = application.desk, application.window
        self.journal = Journal(self.desk.database, "A. Soto")
        self.window.show()

    def ids(self, *tags):
        with self.desk.database.reading() as connection:
            found = dict(connection.exec_driver_sql("SELECT tag, id FROM asset").all())
        return [found[tag] for tag in tags]

    def value(self, tag, field):
        with self.desk.database.reading() as connection:
            return dict(connection.exec_driver_sql(f"SELECT tag, {field} FROM asset").all()).get(tag)  # noqa: S608

    def matter(self, **values):
        row = new_id()
        (radio,) = self.ids("R-004471")
        patch = {
            "name": "R-004471", "matter": "fork", "record": "asset", "target": radio, "field": "status",
            "standing": "in_service", "standing_by": "A. Soto", "other": "in_repair", "other_by": "J. Ruiz",
            "other_at": "2026-11-24T09:14:00Z", "other_device": "ENG7-TABLET", **values,
        }  # fmt: skip
        self.journal.write("Found while sending", [Edit("review", row, patch, new=True)])
        return row

    def page(self, shown=None):
        """The page, with that many things listed."""
        self.desk.look_again()
        self.window.show_place("review")
        page = self.window.own_page("review")
        if shown is not None:
            self.until(lambda: len(page.list.items) == shown)
        if shown:
            self.until(lambda: page.view.shown is not None)
        return page

    def until(self, holds):
        self.qtbot.waitUntil(lambda: bool(holds()), timeout=5000)


@pytest.fixture
def office(application, qtbot):
    return Office(application, qtbot)


def test_an_empty_page_says_what_comes_there(office):
    page = office.page()
    office.until(lambda: page.empty == "Nothing waits for review")
    page.tabs.setCurrentIndex(1)
    office.until(lambda: page.empty == "Nothing was settled yet")


def test_a_fork_is_shown_side_by_side_and_the_other_is_taken_by_keyboard(office):
    fork = office.matter()
    page = office.page(1)
    office.until(lambda: office.window.status.words().count("1 to review"))
    words = page.view.words()
    for part in ("R-004471", "Radio · Changed twice", "Status: In service | In repair", "J. Ruiz", "ENG7-TABLET"):
        assert part in words
    office.until(page.view.button(Way.OTHER).isVisible)
    page.enter()
    assert page.list.hasFocus()
    office.qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert page.view.button(Way.STANDS).hasFocus()
    office.qtbot.keyClick(page.view.button(Way.STANDS), Qt.Key.Key_Escape)
    assert page.list.hasFocus()
    page.view.enter()
    office.qtbot.keyClick(page.view.button(Way.STANDS), Qt.Key.Key_Tab)
    assert page.view.button(Way.OTHER).hasFocus()
    office.qtbot.keyClick(page.view.button(Way.OTHER), Qt.Key.Key_Space)
    office.until(lambda: page.empty)
    assert office.value("R-004471", "status") == "in_repair"
    office.until(lambda: "to review" not in office.window.status.words())
    page.tabs.setCurrentIndex(1)
    office.until(lambda: page.view.shown is not None and page.view.shown.matter.id == fork)
    assert "The other was taken" in page.view.words()
    office.window.commands.run("edit.undo")
    office.until(lambda: page.empty)
    assert office.value("R-004471", "status") == "in_service"


def test_something_else_is_written_once_it_can_be_taken(office):
    office.matter(field="custodian", matter="custody", standing=None, other=None)
    page = office.page(1)
    page.view.editor.fill("Nobody of this name")
    page.view.button(Way.THIRD).click()
    assert page.list.items
    page.view.editor.fill("K. Brandt")
    office.until(page.view.editor.check)
    page.view.button(Way.THIRD).click()
    office.until(lambda: page.empty)
    with office.desk.database.reading() as connection:
        sql = "SELECT name FROM person WHERE id = ?"
        assert connection.exec_driver_sql(sql, (office.value("R-004471", "custodian"),)).scalar_one() == "K. Brandt"


def test_what_is_typed_stays_while_other_things_change(office):
    office.matter()
    page = office.page(1)
    page.view.editor.fill("Retired")
    office.journal.write("Elsewhere", [Edit("asset", office.ids("R-004468")[0], {"alias": "X"})])
    second = office.matter(name="Another")
    office.desk.look_again()
    office.until(lambda: len(page.list.items) == 2)
    assert page.view.editor.text() == "Retired"
    page.show_matter(second)
    office.until(lambda: page.list.key == second)


def test_what_somebody_else_settled_meanwhile_is_told_and_not_settled_again(office):
    fork = office.matter()
    page = office.page(1)
    settle(office.journal, fork, Way.OTHER)
    said = []
    office.desk.said.connect(said.append)
    page.view.button(Way.STANDS).click()
    office.until(lambda: said)
    assert "A. Soto" in said[0]
    office.until(lambda: page.empty)


def test_who_may_not_settle_is_offered_nothing(office):
    office.matter()
    with office.desk.database.writing() as connection:
        set_local(connection, ROLE, "viewer")
    office.desk.look_again()
    page = office.page(1)
    assert "In repair" in page.view.words()
    with pytest.raises(KeyError):
        page.view.button(Way.STANDS)
    assert not office.window.commands.may("record.merge")


def test_a_record_says_what_waits_and_leads_there(office):
    office.matter()
    fork = office.matter(matter="refused", field="alias", other="BN 2", reason="hub.no-right")
    with office.desk.database.reading() as connection:
        number = connection.exec_driver_sql("SELECT nr FROM asset WHERE tag = 'R-004471'").scalar_one()
    office.window.show_kind("radio")
    office.window.show_record("radio", number)
    banner = office.window.panel.review
    office.until(lambda: "1 matter more" in banner.words)
    banner.press()
    page = office.window.own_page("review")
    office.until(lambda: len(page.list.items) == 2)
    office.until(lambda: page.view.shown is not None)
    page.list.choose(fork)
    office.until(lambda: page.view.shown.matter.id == fork)
    assert page.view.button(Way.OTHER).text() == "Make the change"


def test_a_duplicate_is_compared_and_merged(office, monkeypatch):
    first, second = office.ids("R-004471", "R-004473")
    office.journal.write("Same", [Edit("asset", second, {"serial": "672CYX0119", "notes": "Antenna bent."})])
    page = office.page(1)
    assert page.view.shown.heads == ("R-004471", "R-004473")
    assert "Serial number: 672CYX0119 | 672CYX0119" in page.view.words()
    assert "Notes: (empty) | Antenna bent." in page.view.words()

    def choose(dialog):
        dialog.pick("tag", Pick.SECOND)
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(MergeDialog, "exec", choose)
    page.view.button(Way.MERGED).click()
    office.until(lambda: page.empty)
    with office.desk.database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT tag, deleted FROM asset WHERE id IN (?, ?)", (first, second)).all()
    assert sorted(rows, key=str) == [("R-004473", "yes"), ("R-004473", None)]
    office.window.commands.run("edit.undo")
    office.until(lambda: not page.empty)


def test_the_dialog_keeps_the_choice_when_the_sides_are_swapped(office):
    first, second = office.ids("R-004471", "R-004473")
    office.journal.write("Notes", [Edit("asset", row, {"notes": row}) for row in (first, second)])
    with office.desk.database.reading() as connection:
        pair = read_pair(connection, office.desk, "asset", first, second)
    dialog = MergeDialog(office.desk, pair, office.window)
    office.qtbot.addWidget(dialog)
    assert (dialog.picks()["tag"], dialog.picks()["notes"]) == (Pick.FIRST, Pick.BOTH)
    dialog.pick("alias", Pick.SECOND)
    dialog.swap()
    assert (dialog.first, dialog.second) == (second, first)
    assert (dialog.picks()["tag"], dialog.picks()["alias"]) == (Pick.SECOND, Pick.FIRST)
    dialog.take_all(Pick.FIRST)
    assert set(dialog.picks().values()) == {Pick.FIRST}


def test_two_chosen_rows_of_any_table_are_merged(office, monkeypatch):
    asked = []
    monkeypatch.setattr(Merging, "ask", lambda self, table, first, second: asked.append((table, {first, second})))
    table = office.window.show_kind("person")
    office.until(lambda: table.found == 7)
    said = []
    office.desk.said.connect(said.append)
    table.view.selectRow(0)
    office.window.commands.run("record.merge")
    assert said
    table.view.selectAll()
    for place in range(2, table.found):
        table.view.selectionModel().select(
            table.model.index(place, 0),
            table.view.selectionModel().SelectionFlag.Deselect | table.view.selectionModel().SelectionFlag.Rows,
        )
    office.until(lambda: table.chosen_count() == 2)
    office.window.commands.run("record.merge")
    office.until(lambda: asked)
    assert (asked[0][0], len(asked[0][1])) == ("person", 2)


def test_a_merge_that_cannot_be_is_told(office):
    radio, laptop = office.ids("R-004471", "A-10000")
    said = []
    office.desk.said.connect(said.append)
    Merging(office.desk, office.window).ask("asset", radio, laptop)
    office.until(lambda: said)
    assert "one kind" in said[0]
