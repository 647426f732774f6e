"""Scan to act in the window: the mode, the target, the answer, the way back; and the same for chosen rows."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from sqlalchemy import text

from desktop.dialogs.add_scanned import AddScannedDialog
from desktop.dialogs.choose_scanned import ChooseScannedDialog
from desktop.dialogs.new_record import NewRecordDialog
from desktop.dialogs.scan_print import ScanPrintDialog
from desktop.dialogs.target import TargetDialog
from models.journal.writer import Journal
from models.labels.own import keep_stock
from models.printers.printer import keep_printer
from models.scanning.answer import Outcome
from models.scanning.modes import Mode
from tests.desktop.test_print_dialog import ROLL_2X1, ZEBRA


@pytest.fixture
def scan(window, qtbot):
    """Scans codes one by one, as a scanner whose codes nobody waits for, and gives the last answer."""

    def scanned(*codes):
        for code in codes:
            with qtbot.waitSignal(window.modes.answered) as answered:
                window.take_scan(code)
        return answered.args[0]

    return scanned


@pytest.fixture
def asset(city):
    """The custodian, the place and the status of an asset, by their names."""

    def found(tag):
        with city.reading() as connection:
            sql = (
                "SELECT p.name, l.name, a.status FROM asset a LEFT JOIN person p ON p.id = a.custodian "
                "LEFT JOIN location l ON l.id = a.location WHERE a.tag = :tag"
            )
            return tuple(connection.execute(text(sql), {"tag": tag}).one())

    return found


@pytest.fixture
def look(desk):
    return desk.look


def _type(qtbot, window, typed):
    window.ask_search()
    window.search.clear()
    qtbot.keyClicks(window.search, typed)
    qtbot.keyClick(window.search, Qt.Key.Key_Return)


def test_a_scan_shows_as_long_as_no_other_mode_is_chosen(window, qtbot):
    window.take_scan("R-004472")
    qtbot.waitUntil(lambda: window.panel.record is not None and window.panel.record.name == "R-004472")
    assert (window.place, window.search.text(), window.search.selectedText()) == ("search", "R-004472", "R-004472")
    assert not window.strip.isVisible()


def test_a_serial_number_with_its_makers_prefix_shows_too(window, qtbot):
    window.take_scan("S5CG0000003")
    qtbot.waitUntil(lambda: window.panel.record is not None and window.panel.record.name == "A-10003")


def test_issue_by_scans(window, qtbot, scan, asset):
    window.show_place("radio")
    window.commands.run("scan.issue")
    assert (window.strip.isVisible(), window.strip.words) == (True, "Issue")
    taken = scan("R-004472")
    assert taken.answer.outcome is Outcome.STICKS
    scan("K. Brandt")
    assert window.strip.words == "Issue to K. Brandt"
    assert asset("R-004472") == ("K. Brandt", "Radio shop", "in_service")
    assert window.strip.banner.answer.outcome is Outcome.OK
    assert window.toast.text == "R-004472 is issued to K. Brandt."
    assert scan("R-004472").answer.outcome is Outcome.KNOWN
    assert window.place == "radio"
    qtbot.mouseClick(window.toast._deed, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: asset("R-004472")[0] is None)


def test_what_is_typed_acts_as_a_scan_does_and_escape_leaves_the_mode(window, qtbot, asset):
    window.commands.run("scan.move")
    for typed in ("Battalion 2", "R-004472"):
        with qtbot.waitSignal(window.modes.answered):
            _type(qtbot, window, typed)
        assert window.place == "home"
    assert asset("R-004472")[1] == "Battalion 2"
    assert window.search.selectedText() == "R-004472"
    qtbot.keyClick(window.search, Qt.Key.Key_Escape)
    assert (window.modes.mode, window.strip.isVisible()) == (Mode.SHOW, False)
    _type(qtbot, window, "R-004472")
    qtbot.waitUntil(lambda: window.panel.record is not None and window.panel.record.name == "R-004472")
    assert window.place == "search"


def test_a_card_changes_the_mode_and_the_next_scan_goes_by_it(window, qtbot, asset):
    with qtbot.waitSignals([window.modes.answered] * 4):
        for code in ("MUSTER MOVE", "Battalion 2", "R-004472", "MUSTER RETURN"):
            window.take_scan(code)  # faster than the first is done
    assert asset("R-004472")[1] == "Battalion 2"
    assert (window.modes.mode, window.modes.target) == (Mode.RETURN, None)
    assert window.strip.words == "Return"


def test_twenty_scans_at_once_are_neither_lost_nor_mixed(window, qtbot, asset):
    window.commands.run("scan.move")
    tags = [f"A-{10000 + number}" for number in range(20)]
    told = []
    window.modes.answered.connect(lambda taken: told.append(taken.answer.details["name"]))
    for code in ("Medic 25", *tags):
        window.take_scan(code)
    qtbot.waitUntil(lambda: len(told) == 21)
    assert told[1:] == tags
    assert {asset(tag)[1] for tag in tags} == {"Medic 25"}


def test_the_target_can_be_chosen_by_hand(window, qtbot, monkeypatch, asset, scan):
    def choose(dialog):
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.editor.setFocus()
        qtbot.keyClicks(dialog.editor.line, "k. brandt")
        qtbot.waitUntil(lambda: dialog.editor.check() is not None)
        dialog._yes.click()
        return dialog.result()

    monkeypatch.setattr(TargetDialog, "exec", choose)
    window.commands.run("scan.issue")
    with qtbot.waitSignal(window.modes.answered):
        window.commands.run("scan.target")
    assert window.strip.words == "Issue to K. Brandt"
    scan("R-004472")
    assert asset("R-004472")[0] == "K. Brandt"


def test_what_is_lost_is_issued_after_a_further_word_only(window, qtbot, scan, asset):
    window.commands.run("scan.issue")
    taken = scan("K. Brandt", "R-004485")
    assert taken.answer.outcome is Outcome.REFUSED
    assert asset("R-004485")[0] == "N. Petrov"
    assert window.toast._deed.text() == "Issue anyway"
    qtbot.mouseClick(window.toast._deed, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: asset("R-004485") == ("K. Brandt", "District 1", "lost"))


def test_the_undo_card_takes_back_the_last_scan(window, scan, asset):
    window.commands.run("scan.return")
    scan("R-004471")
    assert asset("R-004471")[::2] == (None, "in_stock")
    taken = scan("MUSTER UNDO")
    assert taken.answer.outcome is Outcome.UNDONE
    assert asset("R-004471")[::2] == ("T. Nakagawa", "in_service")
    assert window.modes.mode is Mode.RETURN


@pytest.mark.parametrize("mode", ["show", "move"])
def test_an_unknown_code_can_be_added(window, qtbot, monkeypatch, mode):
    offered = []

    def of_kind(dialog):
        qtbot.addWidget(dialog)
        dialog._kind.setCurrentIndex(dialog._kind.findData("radio"))
        dialog._serial.setChecked(True)
        return QDialog.DialogCode.Accepted

    def form(dialog):
        qtbot.addWidget(dialog)
        offered.append(dict(dialog.values()))
        return QDialog.DialogCode.Rejected

    monkeypatch.setattr(AddScannedDialog, "exec", of_kind)
    monkeypatch.setattr(NewRecordDialog, "exec", form)
    window.commands.run(f"scan.{mode}")
    window.take_scan("ZZTOP99")
    qtbot.waitUntil(lambda: window.toast.isVisible() and "ZZTOP99" in window.toast.text)
    qtbot.mouseClick(window.toast._deed, Qt.MouseButton.LeftButton)
    assert offered == [{"serial": "ZZTOP99"}]


def test_a_makers_prefix_is_no_part_of_the_serial_number(look, qtbot):
    dialog = AddScannedDialog(look, "S5CG1234567", "5CG1234567", "hardware")
    qtbot.addWidget(dialog)
    assert (dialog.field, dialog.value) == ("serial", "5CG1234567")
    dialog._tag.setChecked(True)
    assert (dialog.field, dialog.value) == ("tag", "S5CG1234567")


def test_a_toast_never_offers_to_undo_what_was_not_the_last(window, qtbot, scan):
    window.commands.run("scan.move")
    scan("Medic 25", "R-004472")
    assert window.toast.isVisible()
    window.commands.run("scan.issue")
    scan("R-004473")  # it waits for a badge
    assert not window.toast.isVisible()


def test_of_several_with_one_code_the_person_chooses(window, qtbot, city, scan, asset):
    from models.fields.ids import new_id
    from models.journal.entry import Edit
    from models.journal.writer import Journal

    twin = Edit("asset", new_id(), {"kind": "hardware", "tag": "TWIN", "serial": "R-004472"}, new=True)
    Journal(city, "J. Ruiz").write(
        "Add TWIN", [twin, Edit("asset", new_id(), {"kind": "radio", "tag": "R-004472"}, True)]
    )
    window.commands.run("scan.move")
    scan("Medic 25")
    taken = scan("R-004472")
    assert (taken.answer.code, taken.changes.count) == ("custody.several", 0)
    dialog = next(each for each in window.findChildren(ChooseScannedDialog) if each.isVisible())
    first = dialog._list.item(0).text().splitlines()[0]
    qtbot.waitUntil(lambda: "Radio shop" in dialog._list.item(0).text() + dialog._list.item(1).text())
    with qtbot.waitSignal(window.modes.answered) as answered:
        qtbot.keyClick(dialog._list, Qt.Key.Key_Return)
    assert answered.args[0].answer.details["name"] == first


def test_the_next_mode_comes_by_one_key(window, qtbot):
    for mode in (*list(Mode)[1:], Mode.SHOW):
        qtbot.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        assert window.modes.mode is mode
        assert window.commands.action(f"scan.{mode.value}").isChecked()


def test_chosen_rows_are_issued_moved_and_returned(window, qtbot, monkeypatch, asset):
    table = window.show_kind("radio")
    qtbot.waitUntil(lambda: table.found == 9)
    asked = []

    def choose(dialog):
        qtbot.addWidget(dialog)
        asked.append(dialog.windowTitle())
        dialog.editor.put("K. Brandt" if "Issue" in dialog.windowTitle() else "Medic 25")
        dialog.editor._ask()
        qtbot.waitUntil(lambda: dialog.editor.check() is not None)
        dialog._take()
        return dialog.result()

    monkeypatch.setattr(TargetDialog, "exec", choose)
    table.view.selectAll()
    window.commands.run("record.issue")
    qtbot.waitUntil(lambda: asset("R-004472")[0] == "K. Brandt")
    qtbot.waitUntil(window.toast.isVisible)
    assert asked == ["Issue 9 radios"]
    assert asset("R-004485")[0] == "N. Petrov"
    assert window.toast.text.startswith("8 issued to K. Brandt, 1 refused.")
    table.view.selectRow(4)
    qtbot.waitUntil(lambda: window.panel.record is not None and window.panel.record.name == "R-004472")
    window.commands.run("record.move")
    qtbot.waitUntil(lambda: asset("R-004472")[1] == "Medic 25")
    assert asked[1] == "Move R-004472"
    window.commands.run("record.return")
    qtbot.waitUntil(lambda: asset("R-004472") == (None, "Medic 25", "in_stock"))
    qtbot.waitUntil(lambda: window.toast.text == "R-004472 is back from K. Brandt.")
    qtbot.mouseClick(window.toast._deed, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: asset("R-004472")[0] == "K. Brandt")


def _queued(desk, qtbot):
    found = []
    desk.printing.jobs(found.append)
    qtbot.waitUntil(lambda: bool(found))
    return [job.labels for job in found[0]]


def test_labels_of_what_is_scanned_go_to_the_queue_and_the_printer_is_asked_for_once(
    window, desk, qtbot, monkeypatch, scan
):
    asked = []

    def choose(dialog):
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(lambda: dialog.chosen is not None)
        assert all(
            dialog.stock.itemData(at) is None or dialog.stock.itemData(at).roll for at in range(dialog.stock.count())
        )
        asked.append(dialog.chosen)
        dialog.accept()
        return dialog.result()

    monkeypatch.setattr(ScanPrintDialog, "exec", choose)
    keep_printer(desk.settings, ZEBRA)
    keep_stock(Journal(desk.database, "J. Ruiz"), ROLL_2X1)
    window.commands.run("scan.print")
    assert scan("R-004472").answer.outcome is Outcome.OK
    qtbot.waitUntil(lambda: _queued(desk, qtbot) == [1])
    scan("A-10000")
    qtbot.waitUntil(lambda: _queued(desk, qtbot) == [1, 1])
    assert [each.printer for each in asked] == ["Zebra 2"]
    assert window.strip._waiting.text().startswith("Zebra 2 · ")
    assert scan("MUSTER UNDO").answer.code == "custody.printed"


def test_without_a_printer_no_label_is_printed_and_it_is_said(window, desk, qtbot, monkeypatch, scan):
    monkeypatch.setattr(ScanPrintDialog, "exec", lambda dialog: QDialog.DialogCode.Rejected)
    window.commands.run("scan.print")
    scan("R-004472")
    assert window.toast.text == "No printer is chosen. The label of R-004472 is not printed."
    assert _queued(desk, qtbot) == []
