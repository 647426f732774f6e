"""Scans fill in the form of a new device and of the one that is shown; what another has is told."""

import pytest

from desktop.dialogs.new_record import NewRecordDialog
from models.fields.ids import new_id
from models.journal.entry import Edit
from models.journal.writer import Journal
from models.scanning.answer import Outcome
from models.scanning.modes import Mode
from models.services.tags import void_tag

IMEI, EID = "353918052107063", "89049032123451234512345678901235"


@pytest.fixture
def dialog(desk, window, qtbot):
    made = NewRecordDialog(desk, "mobile", window)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.close()
    made.deleteLater()


def _answered(qtbot, banner, code):
    qtbot.waitUntil(lambda: banner.answer is not None and banner.answer.code == code)
    return banner.answer


def test_a_box_is_scanned_into_a_new_device(dialog, desk, qtbot):
    for raw in (IMEI, EID, "SF2LXK1ABCD"):
        desk.scans.deliver(raw)
    qtbot.waitUntil(lambda: dialog.form.text("serial") == "F2LXK1ABCD")
    assert (dialog.form.text("imei"), dialog.form.text("eid")) == (IMEI, EID)
    assert dialog.values() == {"imei": IMEI, "eid": EID, "serial": "F2LXK1ABCD"}
    answer = _answered(qtbot, dialog._banner, "box.filled-without")
    assert (answer.outcome, answer.details["field"]) == (Outcome.OK, "Serial number")
    desk.scans.deliver(IMEI)
    assert _answered(qtbot, dialog._banner, "box.same").outcome is Outcome.KNOWN


def test_several_codes_in_one_are_told_together(dialog, desk, qtbot):
    desk.scans.deliver(f"{IMEI}\t{EID}\tSF2LXK1ABCD")
    assert _answered(qtbot, dialog._banner, "box.several").details["fields"] == "IMEI, EID, Serial number"
    desk.scans.deliver(f"{IMEI}\t1PMQ8X3LL/A")
    assert _answered(qtbot, dialog._banner, "box.several-left").outcome is Outcome.WRONG


def test_what_another_asset_has_is_told_and_not_filled_in(dialog, desk, qtbot):
    desk.scans.deliver("672CYX0119")
    answer = _answered(qtbot, dialog._banner, "box.known")
    assert (answer.outcome, answer.details["record"]) == (Outcome.KNOWN, "R-004471")
    assert dialog.form.text("serial") == ""


@pytest.fixture
def shown(window, qtbot):
    """The panel with the radio R-004472, which has no alias, and the keyboard in that field."""
    window.activateWindow()
    table = window.show_kind("radio")
    qtbot.waitUntil(lambda: table.found == 9 and window.isActiveWindow())
    table.view.select_row(4)
    qtbot.waitUntil(lambda: window.panel.record is not None and window.panel.record.name == "R-004472")
    window.panel.form.focus("alias")
    return window.panel


def test_a_scan_goes_into_the_field_of_the_panel_that_the_person_is_in(shown, desk, qtbot):
    desk.scans.deliver("ENG 9 DRV")
    qtbot.waitUntil(lambda: shown.form.text("alias") == "ENG 9 DRV")
    assert shown.form.dirty
    shown._show_again()


def test_the_label_of_another_device_shows_that_one(shown, desk, qtbot, window):
    desk.scans.deliver("R-004468")
    qtbot.waitUntil(lambda: shown.record is not None and shown.record.name == "R-004468")
    assert shown.form.patch() == {}


def test_without_the_keyboard_in_the_form_scans_go_to_the_scan_box(shown, desk, qtbot, window):
    window.table.view.setFocus()
    desk.scans.deliver("NOBODY-1")
    qtbot.waitUntil(lambda: window.search.text() == "NOBODY-1")
    assert shown.form.patch() == {}


def test_while_scans_act_they_do_so_whatever_field_has_the_keyboard(shown, desk, window, monkeypatch):
    got = []
    monkeypatch.setattr(window.modes, "take", got.append)
    window.modes.switch(Mode.LIST)
    desk.scans.deliver("R-004468")
    assert got == ["R-004468"]
    window.modes.switch(Mode.SHOW)
    desk.scans.deliver("MUSTER UNDO")
    assert got == ["R-004468", "MUSTER UNDO"]
    assert shown.form.patch() == {}


def test_a_command_barcode_means_nothing_in_the_form_of_a_new_device(dialog, desk, qtbot):
    desk.scans.deliver("MUSTER UNDO")
    assert _answered(qtbot, dialog._banner, "box.no-field").outcome is Outcome.WRONG


def test_a_void_tag_and_a_mistyped_one_are_told_where_they_are_scanned(window, city, qtbot):
    journal = Journal(city, "x")
    void_tag(journal, "R-009999", "Spoilt")
    scheme = {"name": "Checked", "prefix": "C-", "width": "6", "check_character": "mod_11_2"}
    journal.write("x", [Edit("tag_scheme", new_id(), scheme, new=True)])
    window.activateWindow()
    window.take_scan("R-009999")
    qtbot.waitUntil(lambda: window.panel.record is not None and window.panel.record.word == "void_tag")
    window.take_scan("C-0000071")
    qtbot.waitUntil(lambda: "check character" in window.results._note.text())
