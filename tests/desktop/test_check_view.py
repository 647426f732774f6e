"""Checking labels in the window: scans, lists, the way back."""

import pytest
from PySide6.QtCore import Qt

from desktop.tagging.check_view import CheckLabelsView
from models.journal.entry import Edit
from models.journal.writer import Journal
from models.scanning.answer import Outcome

PRINTED = {"label_printed": "2026-11-20T08:00:00Z"}


@pytest.fixture
def radios(desk):
    """The ids of three radios whose labels were printed, by tag."""
    with desk.database.reading() as connection:
        found = dict(
            connection.exec_driver_sql("SELECT tag, id FROM asset WHERE kind = 'radio' ORDER BY tag LIMIT 3").all()
        )
    changes = Journal(desk.database, "J. Ruiz").write("Print", [Edit("asset", row, PRINTED) for row in found.values()])
    desk.announce(changes)
    return found


@pytest.fixture
def view(desk, radios, qtbot):
    made = CheckLabelsView(desk)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    qtbot.waitUntil(lambda: made.settled)
    return made


def stamp(desk, row):
    with desk.database.reading() as connection:
        return connection.exec_driver_sql("SELECT label_checked FROM asset WHERE id = ?", (row,)).scalar_one()


def test_scans_are_ticked_off(view, desk, radios, qtbot):
    assert len(view.session.left) == 3
    view.take_scan("R-004468")
    qtbot.waitUntil(lambda: view.settled and stamp(desk, radios["R-004468"]) is not None)
    assert view.banner.answer.outcome is Outcome.OK
    assert view.checked.topLevelItem(0).text(0) == "R-004468"
    assert [each.code for each in view.session.left] == ["R-004469", "R-004470"]


def test_a_burst_of_scans_is_answered_in_order(view, desk, radios, qtbot):
    answers = []
    view.banner.show_answer = answers.append
    for raw in ("R-004469", "R-004469", "R-004470", "R-9", "R-004468"):
        view.take_scan(raw)
    qtbot.waitUntil(lambda: view.settled and len(answers) == 5)
    assert [each.outcome.value for each in answers] == ["ok", "known", "ok", "unknown", "ok"]
    assert view.summary == "3 labels checked. None is left."
    qtbot.waitUntil(lambda: all(stamp(desk, row) for row in radios.values()))


def test_what_is_typed_is_taken_with_enter(view, desk, radios, qtbot):
    view.enter()
    qtbot.keyClicks(view.scan, "r-004468")
    qtbot.keyClick(view.scan, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.settled and bool(view.session.checked))
    assert view.scan.text() == ""
    qtbot.waitUntil(lambda: stamp(desk, radios["R-004468"]) is not None)


def test_a_check_is_taken_back_by_button_and_by_card(view, desk, radios, qtbot):
    view.take_scan("R-004468")
    view.take_scan("MUSTER UNDO")
    qtbot.waitUntil(lambda: view.settled and view.banner.answer is not None and not view.session.checked)
    assert view.banner.answer.outcome is Outcome.UNDONE
    assert stamp(desk, radios["R-004468"]) is None
    view.take_scan("R-004468")
    qtbot.waitUntil(lambda: view.settled and bool(view.session.checked))
    qtbot.mouseClick(view.take_back, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.settled and not view.session.checked)
    view.take_scan("MUSTER UNDO")
    qtbot.waitUntil(lambda: view.banner.answer.code == "label-check.nothing-to-undo")


def test_swapped_labels_stand_beside_each_other(view, qtbot):
    view.device.setChecked(True)
    for raw in ("R-004468", "672CYX0117"):
        view.take_scan(raw)
    qtbot.waitUntil(lambda: view.settled and view.banner.answer is not None)
    assert view.banner.answer.outcome is Outcome.WRONG
    item = view.left.currentItem()
    assert (item.text(0), item.text(2)) == ("R-004468", "is on R-004469")


def test_what_is_printed_meanwhile_comes_in(view, desk, qtbot):
    def work(journal, _task):
        row = "SELECT id FROM asset WHERE tag = 'R-004473'"
        with desk.database.reading() as connection:
            return journal.write("Print", [Edit("asset", connection.exec_driver_sql(row).scalar_one(), PRINTED)])

    desk.write("Print", work, owner=view)
    qtbot.waitUntil(lambda: len(view.session.left) == 4)


def test_chosen_rows_are_checked_whether_printed_or_not(desk, qtbot):
    with desk.database.reading() as connection:
        numbers = connection.exec_driver_sql("SELECT nr FROM asset WHERE kind = 'hardware' LIMIT 2").scalars().all()
    view = CheckLabelsView(desk, "asset", numbers)
    qtbot.addWidget(view)
    view.show()
    qtbot.waitUntil(lambda: view.settled)
    assert len(view.session.left) == 2


def test_where_nothing_is_left_it_says_what_to_do(desk, qtbot):
    view = CheckLabelsView(desk)
    qtbot.addWidget(view)
    view.show()
    qtbot.waitUntil(lambda: view.settled)
    assert view.left.topLevelItemCount() == 0
    assert not view.take_back.isEnabled()
