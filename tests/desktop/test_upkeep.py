"""Backups, restores and the check, from the File menu."""

import pytest
from PySide6.QtGui import QGuiApplication

from desktop.dialogs.upkeep import CheckDialog, RestoreDialog
from desktop.phrases.upkeep import size_of
from models.journal.entry import Edit
from models.journal.writer import Journal


@pytest.fixture
def files(application):
    return application.tasks.files


def test_a_backup_is_written_and_restored(files, window, desk, qtbot, tmp_path):
    place = tmp_path / "Muster.musterbackup"
    files.back_up_to(place)
    qtbot.waitUntil(lambda: window.toast.text.startswith("Backed up to Muster.musterbackup, "))
    table = window.show_kind("radio")
    qtbot.waitUntil(lambda: table.found == 9)
    window.commands.run("edit.undo")
    qtbot.waitUntil(lambda: table.found == 0 and not desk.jobs.busy)
    dialog = RestoreDialog(desk, place, window)
    qtbot.waitUntil(lambda: dialog.text.startswith("Restored."))
    assert "before-restore" in dialog.text
    qtbot.waitUntil(lambda: table.found == 9)
    qtbot.waitUntil(lambda: "Import city.xlsx" in window.status.words())
    dialog.deleteLater()


def test_a_file_that_is_no_backup_is_told_and_changes_nothing(desk, window, qtbot, tmp_path):
    place = tmp_path / "notes.musterbackup"
    place.write_text("not a database")
    dialog = RestoreDialog(desk, place, window)
    qtbot.waitUntil(lambda: "is not a backup of Muster" in dialog.text)
    assert dialog._close.text() == "Close"
    dialog.deleteLater()


def test_a_restore_is_asked_for_first(files, window, monkeypatch, tmp_path):
    place = tmp_path / "a.musterbackup"
    monkeypatch.setattr("desktop.tasks.files.QFileDialog.getOpenFileName", lambda *_: (str(place), ""))
    asked, begun = [], []
    monkeypatch.setattr("desktop.tasks.files.confirm", lambda *words: asked.append(words[2]) or len(asked) > 1)
    monkeypatch.setattr(files, "restore_from", begun.append)
    files.restore()
    assert begun == []
    files.restore()
    assert begun == [place]
    assert asked[0] == "Put a.musterbackup in the place of all records?"


def test_the_check_of_a_sound_database_says_so(desk, window, qtbot):
    dialog = CheckDialog(desk, window)
    qtbot.waitUntil(lambda: dialog.text.startswith("All is sound."))
    assert "records and" in dialog.text
    assert not dialog._list.isVisibleTo(dialog)
    dialog.deleteLater()


def test_the_check_lists_shared_identities_and_faults_in_sentences(desk, city, window, qtbot):
    with city.reading() as connection:
        row = connection.exec_driver_sql("SELECT id FROM asset WHERE tag = 'R-004469'").scalar_one()
    Journal(city, "x").write("x", [Edit("asset", row, {"tag": "R-004468"})])
    dialog = CheckDialog(desk, window)
    qtbot.waitUntil(lambda: dialog.text.startswith("All is sound. 1 identity is on more than one record."))
    assert dialog.found == ["Asset tag R-004468 is on 2 records: R-004468, R-004468."]
    dialog.deleteLater()
    with city.writing() as connection:
        connection.exec_driver_sql("UPDATE asset SET alias = 'X' WHERE tag = 'R-004471'")
    dialog = CheckDialog(desk, window)
    qtbot.waitUntil(lambda: "found. " in dialog.text and "fault" in dialog.text)
    assert any(line.startswith("In Assets, record ") and "alias" in line for line in dialog.found)
    dialog._copy.click()
    assert QGuiApplication.clipboard().text().splitlines()[1:] == dialog.found
    dialog.deleteLater()


def test_sizes_are_told_as_people_say_them():
    assert [size_of(number) for number in (1, 900, 1_500, 12_400_000, 3 * 10**9)] == [
        "1 byte", "900 bytes", "1.5 kB", "12.4 MB", "3.0 GB",
    ]  # fmt: skip
