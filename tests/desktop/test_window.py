import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
)

from desktop.commands import Command, shortcut_text
from desktop.dialogs.palette import CommandPalette
from desktop.dialogs.shortcuts import ShortcutsDialog
from desktop.pages.places import PLACES
from models.journal.entry import Edit
from models.journal.writer import Journal


def _shown(window, qtbot, word, row=3):
    table = window.show_kind(word)
    qtbot.waitUntil(lambda: not table.model.loading and table.found > row and table.model.row(row) is not None)
    table.view.select_row(row)
    qtbot.waitUntil(lambda: window.panel.record is not None and window.panel.record.nr == table.current())
    return table


def test_the_navigation_counts_and_leads(window, qtbot):
    qtbot.waitUntil(lambda: window.navigation._counts["hardware"].text() == "40")
    assert window.navigation._counts["radio"].text() == "9"
    for place in PLACES:
        window.navigation._buttons[place.name].click()
        assert window.place == place.name


def test_home_tells_what_there_is(window):
    home = window.home
    assert "49 assets" in home._sum.text()
    assert "$94,180 at cost" in home._sum.text() or "at cost" in home._sum.text()
    assert "2028: " in home._bars.accessibleName()
    assert not home.empty


def test_an_empty_home_has_doors(empty_application):
    window = empty_application.window
    assert window.home.empty
    assert window.commands.can("file.demo")


def test_the_demo_city_comes_and_goes(empty_application, qtbot, monkeypatch):
    monkeypatch.setattr("desktop.tasks.files.DEMO_ASSETS", 500)
    window = empty_application.window
    window.commands.run("file.demo")
    qtbot.waitUntil(lambda: window.home.demo, timeout=20000)
    assert not window.home.empty
    window.home._remove.click()
    qtbot.waitUntil(lambda: window.home.empty, timeout=20000)


def test_search_looks_into_everything_while_typing(window, qtbot):
    window.ask_search()
    qtbot.keyClicks(window.search, "eng")
    qtbot.waitUntil(lambda: window.place == "search" and len(window.results.hits) > 4)
    words = {hit.word for hit in window.results.hits}
    assert words == {"radio", "location"}
    qtbot.keyClick(window.search, Qt.Key.Key_Escape)
    assert window.place == "home"


def test_a_scan_opens_the_record_and_the_next_scan_replaces_it(window, qtbot):
    window.ask_search()
    for code, tag in (("672CYX0119", "R-004471"), ("A-10007", "A-10007")):
        qtbot.keyClicks(window.search, code)
        qtbot.keyClick(window.search, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda tag=tag: window.panel.record is not None and window.panel.record.name == tag)
        assert window.search.selectedText() == code


def _entered(window, qtbot, text):
    window.ask_search()
    qtbot.keyClicks(window.search, text)
    with qtbot.waitSignal(window.results.scanned) as told:
        qtbot.keyClick(window.search, Qt.Key.Key_Return)
    return told.args[0]


def test_a_scan_of_something_unknown_says_so(window, qtbot):
    assert _entered(window, qtbot, "X-404404") == ""
    assert window.results._note.text().startswith("Unknown: nothing has this.")
    assert window.search.property("state") == "bad"
    qtbot.keyClicks(window.search, "R")
    assert window.search.property("state") == ""


def test_enter_guesses_none_of_several(window, qtbot):
    assert _entered(window, qtbot, "ENG 7") == ""
    assert "Nothing is exactly this" in window.results._note.text()
    assert window.panel.record is None


@pytest.mark.parametrize("text", ["4779", "eng 7 drv", "672cyx0119", "R-004471", "CYX0119"])
def test_a_radio_is_found_by_unit_alias_serial_and_part_of_it(window, qtbot, text):
    assert _entered(window, qtbot, text) == "radio"
    qtbot.waitUntil(lambda: window.panel.record is not None and window.panel.record.name == "R-004471")


def test_an_identity_on_two_records_is_left_to_the_person(window, desk, qtbot):
    with desk.database.reading() as connection:
        row = connection.exec_driver_sql("SELECT id FROM asset WHERE tag = 'R-004469'").scalar_one()
    Journal(desk.database, "x").write("x", [Edit("asset", row, {"unit_id": "4779"})])
    assert _entered(window, qtbot, "4779") == ""
    assert window.results._note.text() == "2 records have exactly this. Choose one of them."


def test_the_first_page_leads_to_just_the_warranties_that_it_counts(window, desk, qtbot):
    today = dt.datetime.now().astimezone().date()
    with desk.database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT id FROM asset WHERE tag LIKE 'A-1000%'").scalars().all()
    soon = (today + dt.timedelta(days=20)).isoformat()
    edits = [Edit("asset", row, {"warranty_end": soon}) for row in rows[:5]]
    edits.append(Edit("asset", rows[0], {"status": "retired"}))
    Journal(desk.database, "x").write("x", edits)
    desk.look_again()
    links = lambda: [link for link in window.home.findChildren(QAbstractButton) if link.text() == "Hardware"]  # noqa: E731
    qtbot.waitUntil(lambda: len(links()) == 2 and int(window.home._warranty.text()) >= 4)
    links()[1].click()
    table = window.table
    qtbot.waitUntil(lambda: not table.model.loading and table.found == 4)


def test_f4_closes_and_opens_the_panel(window, qtbot):
    _shown(window, qtbot, "radio")
    assert window.panel.isVisible()
    window.commands.run("view.panel")
    assert not window.panel.isVisible()
    window.commands.run("view.panel")
    assert window.panel.isVisible()


def test_the_form_checks_as_it_is_typed_and_saves_as_one_deed(window, desk, qtbot):
    _shown(window, qtbot, "radio")
    form = window.panel.form
    line = form.editor("unit_id").line
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, "four")
    assert "not a radio number" in form.note("unit_id")
    assert window.panel._bar.isVisible()
    line.selectAll()
    qtbot.keyClicks(line, "4991")
    assert form.note("unit_id") == ""
    alias = form.editor("alias").line
    alias.selectAll()
    qtbot.keyClicks(alias, "ENG 9 DRV")
    window.commands.run("record.save")
    qtbot.waitUntil(lambda: "Change 2 fields of R-004471" in window.status.words())
    qtbot.waitUntil(lambda: window.panel.record.values["alias"] == "ENG 9 DRV")
    assert not form.dirty


def test_history_reads_like_sentences(window, desk, qtbot):
    table = _shown(window, qtbot, "radio")
    with desk.database.reading() as connection:
        place = connection.exec_driver_sql("SELECT id FROM location WHERE name = 'Medic 25'").scalar_one()
    row = window.panel.record.id
    Journal(desk.database, "J. Ruiz").write(
        "Import laptops.xlsx", [Edit("asset", row, {"location": place, "status": "lost"})]
    )
    table.model.refresh()
    window.panel._tabs.setCurrentIndex(1)
    qtbot.waitUntil(lambda: len(window.panel.history.sentences()) == 2)
    newest, oldest = window.panel.history.sentences()
    assert newest.startswith(
        "J. Ruiz moved it from Engine 7 to Medic 25 and changed its status from In service to Lost, "
    )
    assert newest.endswith("Import laptops.xlsx")
    assert "added it" in oldest


def test_unsaved_changes_are_saved_when_the_person_goes_on(window, desk, qtbot):
    table = _shown(window, qtbot, "radio")
    line = window.panel.form.editor("alias").line
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, "ENG 8 DRV")
    table.view.select_row(4)
    qtbot.waitUntil(lambda: table.model.row(3) is not None and "ENG 8 DRV" in table.model.row(3).texts.values())


def test_ctrl_z_takes_back_and_ctrl_shift_z_brings_back(window, desk, qtbot):
    table = _shown(window, qtbot, "radio")
    window.commands.run("record.delete-shown")
    qtbot.waitUntil(lambda: table.found == 8)
    assert "Delete R-004471" in window.toast.text
    window.commands.run("edit.undo")
    qtbot.waitUntil(lambda: table.found == 9)
    assert window.toast.text == "Undone: Delete R-004471."
    window.commands.run("edit.redo")
    qtbot.waitUntil(lambda: table.found == 8)


def test_nothing_to_undo_is_said(empty_application, qtbot):
    window = empty_application.window
    window.commands.run("edit.undo")
    qtbot.waitUntil(lambda: window.toast.text == "There is nothing to undo.")


def test_what_another_process_wrote_is_seen(application, window, qtbot):
    table = _shown(window, qtbot, "radio")
    Journal(application.database, "K. Ito").write(
        "Elsewhere", [Edit("asset", window.panel.record.id, {"alias": "FROM AFAR"})]
    )
    application._look_for_others()
    qtbot.waitUntil(lambda: table.model.row(3) is not None and "FROM AFAR" in table.model.row(3).texts.values())


def test_the_status_line_speaks_of_saving_and_undo_only(window, qtbot):
    qtbot.waitUntil(lambda: "Undo: Import city.xlsx" in window.status.words())
    assert window.status.words().startswith("All saved")
    assert "sync" not in window.status.words().lower()


def test_each_command_has_its_own_shortcut_and_the_page_shows_them(window):
    commands = window.commands.all()
    keys = [command.shortcut for command in commands if command.shortcut]
    assert len(keys) == len(set(keys))
    dialog = ShortcutsDialog(window.commands, window)
    texts = {widget.text() for widget in dialog.findChildren(type(window.status._saved))}
    assert {shortcut_text(command) for command in commands if command.shortcut} <= texts
    with pytest.raises(ValueError, match=r"edit\.twice"):
        window.commands.add([Command("edit.twice", "Twice", print, "Ctrl+Z")])


def test_the_palette_finds_a_command_by_its_words(window, qtbot):
    palette = CommandPalette(window.commands, window)
    qtbot.keyClicks(palette._box, "short")
    qtbot.keyClick(palette._box, Qt.Key.Key_Return)
    assert palette.chosen == "help.shortcuts"
    palette.deleteLater()


def test_tab_goes_round_the_window_and_is_never_trapped(window, qtbot):
    _shown(window, qtbot, "radio")
    window.activateWindow()
    window.search.setFocus()
    seen = []
    for _ in range(200):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        if window.focusWidget() is window.search:
            break
        seen.append(window.focusWidget())
    else:
        pytest.fail("Tab does not come round")
    assert any(widget is window.table.view for widget in seen)
    assert any(window.panel.isAncestorOf(widget) for widget in seen)
    assert len(seen) == len(set(seen))


def test_f6_goes_from_pane_to_pane(window, qtbot):
    _shown(window, qtbot, "radio")
    window.activateWindow()
    window.search.setFocus()
    window.commands.run("view.next-pane")
    assert window.navigation.isAncestorOf(window.focusWidget())
    window.commands.run("view.next-pane")
    assert window.focusWidget() is window.table.view


def _nameless(root):
    kinds = (
        QLineEdit,
        QPlainTextEdit,
        QComboBox,
        QAbstractSpinBox,
        QCheckBox,
        QAbstractItemView,
        QAbstractButton,
        QTabBar,
    )
    buddies = {label.buddy() for label in root.findChildren(QLabel) if label.buddy()}
    buddies |= {buddy.focusProxy() for buddy in buddies}
    for widget in root.findChildren(object):
        if isinstance(widget, kinds) and widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
            named = widget.accessibleName() or widget in buddies or getattr(widget, "text", lambda: "")()
            above = [widget.parent(), widget.parent() and widget.parent().parent()]  # a combo's own line and list
            inner = any(isinstance(each, (QComboBox, QAbstractSpinBox)) for each in above)
            if not named and not inner and not widget.objectName().startswith("qt_"):
                yield f"{type(widget).__name__} {widget.objectName()} in {type(widget.parent()).__name__}"


def test_every_control_of_the_window_has_a_name(window, qtbot):
    for word in ("radio", "product"):
        window.show_kind(word)
    _shown(window, qtbot, "hardware", 0)
    assert list(_nameless(window)) == []


def test_every_control_of_the_dialogs_has_a_name(window, desk, qtbot):
    from array import array

    from desktop.dialogs.about import AboutDialog
    from desktop.dialogs.bulk_edit import BulkEditDialog
    from desktop.dialogs.custom_fields import CustomFieldsDialog
    from desktop.dialogs.export import ExportDialog
    from desktop.dialogs.new_record import NewRecordDialog
    from desktop.dialogs.settings import SettingsDialog
    from desktop.dialogs.template import TemplateDialog
    from desktop.grid.columns import ColumnDialog
    from desktop.grid.filters import FilterDialog
    from models.exchange.writing.saved import SavedExport

    table = _shown(window, qtbot, "radio")
    dialogs: list[QDialog] = [
        AboutDialog(desk, window),
        BulkEditDialog(desk, "radio", array("q", table.model.ids), table.fields[:8], window),
        ColumnDialog(table.fields, table.model.columns, window),
        CommandPalette(window.commands, window),
        CustomFieldsDialog(desk, window),
        ExportDialog(table, [SavedExport("Radios", "radio")], window),
        TemplateDialog(table, window),
        FilterDialog(table.fields, window),
        NewRecordDialog(desk, "radio", window),
        SettingsDialog(desk, window),
        ShortcutsDialog(window.commands, window),
    ]
    nameless = {type(dialog).__name__: list(_nameless(dialog)) for dialog in dialogs}
    qtbot.waitUntil(lambda: not desk.jobs.busy)
    for dialog in dialogs:
        dialog.deleteLater()
    assert not any(nameless.values()), nameless


def test_names_out_of_a_spreadsheet_are_no_markup(window, desk, qtbot):
    table = _shown(window, qtbot, "radio")
    row = window.panel.record.id
    Journal(desk.database, "x").write("x", [Edit("asset", row, {"tag": "<b>R&1</b>"})])
    table.model.refresh()
    window.panel._load()
    qtbot.waitUntil(lambda: window.panel.record.name == "<b>R&1</b>")
    assert window.panel._name.textFormat() == Qt.TextFormat.PlainText


def test_the_window_remembers_its_panel_and_size(application, window, qtbot):
    window.resize(1111, 777)
    window.close()
    assert application.memory.get("window")
    window.show()


def test_an_identity_that_another_record_has_too_is_pointed_out(window, desk, qtbot):
    _shown(window, qtbot, "radio")
    assert not window.panel._notices.isVisible()
    Journal(desk.database, "x").write("x", [Edit("asset", window.panel.record.id, {"unit_id": "4776"})])
    window.panel._load()
    qtbot.waitUntil(window.panel._notices.isVisible)
    assert window.panel._notice.text() == "■ Unit ID: 4776 is also on R-004468."


def test_how_many_are_chosen_is_said(window, qtbot):
    table = _shown(window, qtbot, "radio")
    table.view.selectAll()
    page = window._stack.currentWidget()
    assert page._count.text() == "9 · 9 chosen"


def test_enter_opens_the_record_in_full_and_esc_goes_back(window, qtbot):
    table = _shown(window, qtbot, "radio")
    table.view.setFocus()
    qtbot.keyClick(table.view, Qt.Key.Key_Return)
    assert not table.isVisible()
    assert window.panel.isVisible()
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert table.isVisible()
    assert window.focusWidget() is table.view


def test_keys_reach_the_table(window, qtbot):
    table = _shown(window, qtbot, "radio", 0)
    window.activateWindow()
    table.view.setFocus()
    qtbot.keyClick(table.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert table.chosen_count() == 9
    qtbot.keyClick(table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.toast.text == "Copied 9 rows.")


def test_ctrl_z_in_an_untouched_box_undoes_the_last_deed(window, qtbot):
    table = _shown(window, qtbot, "radio")
    window.activateWindow()
    window.commands.run("record.delete-shown")
    qtbot.waitUntil(lambda: table.found == 8)
    window.search.setFocus()
    qtbot.keyClick(window.search, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: table.found == 9)
    qtbot.keyClicks(window.search, "x")
    qtbot.keyClick(window.search, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.search.text() == ""
    assert table.found == 9
