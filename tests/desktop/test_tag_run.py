"""The tag run in the window: twenty scans a second through real keys, what sticks, undo, the ways out of a run."""

import time

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit

from desktop.app import Application
from models.fields.ids import new_id
from models.journal.entry import Edit
from models.printers.queue import Added
from models.scanning.answer import Outcome
from models.scanning.scan import Command
from models.scanning.things import State
from models.store.database import Database

SCANS_A_SECOND = 20
KEY_APART = 2
"""Milliseconds between two keys of a scan."""


@pytest.fixture
def page(application, qtbot):
    application.settings["sounds"] = "no"
    window = application.window
    window.show_place("tagging")
    qtbot.waitUntil(lambda: not application.jobs.busy)
    window.activateWindow()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is window.windowHandle())
    return window.own_page("tagging")


@pytest.fixture
def view(page):
    return page.run


@pytest.fixture
def answers(view):
    made = []
    view.runner.told.connect(lambda told: made.append(told.answer) if told.answer else None)
    return made


@pytest.fixture
def scan(view, answers, application, qtbot):
    """Takes scans and waits for their answers."""

    def take(*raws):
        before = len(answers)
        for raw in raws:
            view.take_scan(raw)
        qtbot.waitUntil(lambda: len(answers) == before + len(raws) and not application.jobs.busy, timeout=20000)
        return answers[before:]

    return take


def tags_and_serials(database):
    with database.reading() as connection:
        sql = "SELECT tag, serial FROM asset WHERE tag LIKE 'A-3%' AND deleted IS NULL ORDER BY nr"
        return [tuple(row) for row in connection.exec_driver_sql(sql)]


def rows(view):
    lines = view.list.lines
    return [[lines.data(lines.index(row, at)) for at in range(4)] for row in range(lines.rowCount())]


def stick(view, qtbot, key, text):
    editor = view.setup.form.editor(key)
    editor.line.setText(text)
    editor.line.textEdited.emit(text)
    editor.line.editingFinished.emit()
    qtbot.waitUntil(lambda: editor.problem is None and not view._desk.jobs.busy)


def type_scans(codes, press):
    """Type codes as a scanner does, an Enter after each, so many a second."""
    begin = time.monotonic()
    for number, code in enumerate(codes):
        while time.monotonic() < begin + number / SCANS_A_SECOND:
            QGuiApplication.processEvents()
        for at, character in enumerate((*code, "\r")):
            press(character, 1 + round(number * 1000 / SCANS_A_SECOND) + KEY_APART * at)


def into_the_line(view):
    """Keys that the scan line gets itself."""
    return lambda key, _stamp: QTest.keyClick(view.scan, Qt.Key.Key_Return if key == "\r" else key)


def into_the_window(window):
    """Keys as they come from the system, with its time stamps: a busy computer is no slower scanner."""

    def press(key, stamp):
        code = Qt.Key.Key_Return if key == "\r" else Qt.Key(ord(key))
        for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier, key)
            event.setTimestamp(stamp)
            event.ignore()
            QGuiApplication.sendEvent(window.windowHandle(), event)

    return press


@pytest.mark.parametrize("where", ["into the scan line", "wherever the focus is"])
def test_twenty_scans_a_second_are_neither_lost_nor_mixed(view, answers, application, qtbot, where):
    things = [(f"A-3{number:04}", f"5CG8{number:06}") for number in range(20)]
    codes = [code for thing in things for code in thing]
    if where == "into the scan line":
        type_scans(codes, into_the_line(view))
    else:
        application.window.navigation.focus()
        type_scans(codes, into_the_window(application.window))
    qtbot.waitUntil(lambda: len(answers) == len(codes) and not application.jobs.busy, timeout=20000)
    assert tags_and_serials(application.database) == things
    assert [each.text for each in answers[1::2]] == [tag for tag, _ in things], "each answered in its turn"
    assert {each.outcome for each in answers} == {Outcome.OK, Outcome.BEGUN}
    assert [row[1] for row in rows(view)] == [tag for tag, _ in reversed(things)], "newest on top"
    assert view.banner.answer == answers[-1]


def test_what_sticks_is_in_each_record_and_survives_a_restart(view, scan, application, qtbot, qapp):
    stick(view, qtbot, "model", "Latitude 5450")
    stick(view, qtbot, "location", "City Hall 204")
    scan("A-30001", "5CG8000001")
    with application.database.reading() as connection:
        sql = (
            "SELECT m.name, l.name, f.name FROM asset a JOIN model m ON m.id = a.model "
            "JOIN location l ON l.id = a.location "
            "JOIN manufacturer f ON f.id = a.manufacturer WHERE a.tag = 'A-30001'"
        )
        assert tuple(connection.exec_driver_sql(sql).one()) == ("Latitude 5450", "City Hall 204", "Dell")
    assert rows(view)[0] == ["New", "A-30001", "5CG8000001", "Latitude 5450"]
    application.memory.save()
    again = Application(qapp, application.database.home, Database.open(application.database.home))
    try:
        again.window.show_place("tagging")
        other = again.window.own_page("tagging").run
        assert other.setup.form.text("location") == "City Hall 204"
        qtbot.waitUntil(lambda: other.list.lines.rowCount() == 1 and not again.jobs.busy)
        assert rows(other)[0] == ["New", "A-30001", "5CG8000001", "Latitude 5450"], "the run goes on"
    finally:
        again.window.close()
        again.close()
        again.window.deleteLater()


def test_a_place_that_is_scanned_shows_on_the_left(view, scan):
    assert [each.outcome for each in scan(Command.LOCATION.code, "Radio shop")] == [Outcome.STICKS] * 2
    assert view.setup.form.text("location") == "Radio shop"
    scan(Command.UNDO.code)
    assert view.setup.form.text("location") == ""


def test_the_unfinished_thing_is_shown(view, scan):
    scan("A-30001")
    assert view._wanted.text() == "Unfinished: Asset tag A-30001. Wanted: serial number."
    scan(Command.UNDO.code)
    assert view._wanted.text() == "Scan the asset tag of the next thing."


def test_undo_takes_the_last_thing_off_the_list_and_ctrl_z_too(view, scan, application, qtbot):
    scan("A-30001", "5CG8000001", "A-30002", "5CG8000002", "A-30003", "5CG8000003")
    view.cards[Command.UNDO].click()
    qtbot.waitUntil(lambda: view.list.lines.rowCount() == 2 and not application.jobs.busy)
    application.window.commands.run("edit.undo")
    qtbot.waitUntil(lambda: view.list.lines.rowCount() == 1 and not application.jobs.busy)
    assert tags_and_serials(application.database) == [("A-30001", "5CG8000001")]


def test_known_things_stand_in_the_list(view, scan):
    scan("5CG0000003")
    assert rows(view)[0] == ["Known", "A-10003", "5CG0000003", "Latitude 5450"]
    assert view.list.lines.line(0).state is State.KNOWN


def test_the_end_tells_what_was_done_and_opens_doors(page, view, scan, application, qtbot):
    scan("A-30001", "5CG8000001", "5CG0000003", "356938035643809")
    assert not view.setup.kind.isEnabled()
    scan(Command.END.code)
    assert view.summary.isVisible()
    assert view.summary.sentences().startswith("The run is over. 2 things")
    assert "1 new, 0 completed, 1 known before." in view.summary.sentences()
    assert view.setup.kind.isEnabled()
    view.summary.doors["show"].click()
    qtbot.waitUntil(lambda: application.window.place == "hardware")
    qtbot.waitUntil(lambda: application.window.table.found == 2 and not application.jobs.busy)
    application.window.show_place("tagging")
    view.summary.doors["check"].click()
    qtbot.waitUntil(lambda: page.tabs.currentIndex() == 1 and page.check.settled and not application.jobs.busy)
    assert len(page.check.session.left) == 2
    page.show_run()
    scan("A-30002", "5CG8000002")
    assert [row[1] for row in rows(view)] == ["A-30002"], "another run"
    assert not view.summary.isVisible()


def test_a_double_click_opens_the_record_and_esc_comes_back(view, scan, application, qtbot):
    scan("A-30001", "5CG8000001")
    view.list.opened.emit(view.list.lines.line(0).row)
    panel = application.window.panel
    qtbot.waitUntil(lambda: panel.isVisible() and panel.record is not None and not application.jobs.busy)
    assert panel.record.values["tag"] == "A-30001"
    QTest.keyClick(application.window, Qt.Key.Key_Escape)
    assert view.isVisible()
    assert not panel.isVisible()


def test_what_cannot_stick_is_pointed_out(view, application, qtbot):
    field = {"record": "asset", "key": "x_lease", "label": "Lease", "value_type": "text", "required": "yes"}
    application.desk.write(
        "Field",
        lambda journal, _task: journal.write("Field", [Edit("custom_field", new_id(), field, new=True)]),
        owner=view,
    )
    qtbot.waitUntil(lambda: not application.jobs.busy)
    view.take_scan("A-30001")
    qtbot.waitUntil(lambda: view.banner.answer is not None and not application.jobs.busy)
    assert view.banner.answer.outcome is Outcome.WRONG
    assert not view.runner.begun
    assert tags_and_serials(application.database) == []


def test_each_control_has_a_name_and_the_keyboard_goes_to_the_scan_line(page, view):
    for control in [*page.findChildren(QAbstractButton), *view.findChildren(QLineEdit), *view.findChildren(QComboBox)]:
        if control.isVisible() and not control.objectName().startswith("qt_") and control.parent() is not page.tabs:
            assert control.accessibleName() or getattr(control, "text", lambda: "")(), control
    assert view.scan.hasFocus()
    QTest.keyClicks(view.scan, "A-3")
    QTest.keyClick(view.scan, Qt.Key.Key_Escape)
    assert view.scan.text() == ""


def test_tags_that_the_program_gives(view, scan, application, qtbot):
    scheme = {"name": "Laptops", "prefix": "A-3", "width": "4"}
    application.desk.write(
        "Scheme",
        lambda journal, _task: journal.write("Scheme", [Edit("tag_scheme", new_id(), scheme, new=True)]),
        owner=view,
    )
    view.setup.wants.setCurrentIndex(view.setup.wants.findData("next"))
    scan("5CG8000001", "5CG8000002")
    assert tags_and_serials(application.database) == [("A-30001", "5CG8000001"), ("A-30002", "5CG8000002")]
    assert view._wanted.text() == "Scan the serial number of the next thing. It gets the tag A-30003."


def test_labels_are_printed_as_it_goes(view, scan, application, qtbot, monkeypatch):
    asked = []

    def ask(printer, request, done, **_more):
        asked.append(request)
        done(Added(None, 1, ()))

    monkeypatch.setattr(application.desk.printing, "ask", ask)
    view.labels.wake("hardware")
    qtbot.waitUntil(lambda: view.labels.stock.count() > 0)
    view.labels.on.setChecked(True)
    scan("A-30001", "5CG8000001", "5CG0000003", Command.PRINT.code)
    qtbot.waitUntil(lambda: len(asked) == 2)
    assert [request.records[0].texts["tag"] for request in asked] == ["A-30001", "A-10003"]
