import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from desktop.dialogs.custom_fields import CustomFieldsDialog
from desktop.dialogs.export import export
from desktop.dialogs.import_file import ImportDialog
from desktop.dialogs.import_mapping import MappingDialog, SheetDialog
from desktop.dialogs.new_record import NewRecordDialog
from models.exchange.look import Columns, look_at
from models.exchange.options import ImportOptions
from models.exchange.plan import State

RADIOS = """Radio inventory 2026
Tag,Radio ID,Alias,Model,Serial No.,Assigned To,Location,Status
R-005101,4801,ENG 7 SPR,APX 8000,672CZA0007,T. Nakagawa,Engine 7,Active
R-004470,4778,ENG 7 FF1,APX 8000,672CYX0118,R. Quill,Engine 7,In repair
R-004471,4779,ENG 7 DRV,APX 8000,672CYX0119,T. Nakagawa,Engine 7,In service
R-005102,4802,,APX 8000,6.72E+14,M. Sandoval,Engine 7,Active
"""


@pytest.fixture
def radios(tmp_path):
    path = tmp_path / "radios.csv"
    path.write_text(RADIOS, "utf-8")
    return path


@pytest.fixture
def opened(window, desk, qtbot):
    made = []

    def open_file(path, **more):
        dialog = ImportDialog(desk, path, window)
        made.append(dialog)
        qtbot.waitUntil(lambda: not dialog.busy, timeout=20000)
        return dialog

    yield open_file
    for dialog in made:
        dialog.deleteLater()


def _table(window, qtbot, number):
    table = window.show_kind("radio")
    qtbot.waitUntil(lambda: not table.model.loading and table.found == number)
    return table


def test_the_plan_shows_every_row_before_anything_is_written(opened, radios, desk):
    dialog = opened(radios)
    plan = dialog.plan
    assert [plan.count(state) for state in State] == [1, 1, 1, 1]
    assert (
        dialog._about.text()
        == "Sheet “radios”, rows 3 to 6 · as radios · matched by asset tag, else by serial number, else by unit ID"
    )
    assert dialog._go.text() == "Import 2 rows"
    dialog.show_state(State.REFUSED)
    model = dialog._model
    assert model.rowCount() == 1
    assert model.data(model.index(0, 0)) == "6"
    assert "Serial No.: " in model.note(0)
    assert dialog._told.text().startswith("Row 6. Serial No.: ")
    dialog.show_state(State.CHANGED)
    custodian = next(at for at, column in enumerate(model.columns) if column.field.key == "custodian") + 2
    assert model.cell(0, custodian).old == "P. Whitcomb"
    assert model.cell(0, custodian).text == "R. Quill"


def test_importing_writes_the_plan_and_can_be_undone(opened, radios, window, qtbot):
    dialog = opened(radios)
    dialog._go.click()
    qtbot.waitUntil(lambda: dialog.result() == 1)
    assert "Import radios.csv" in window.toast.text
    table = _table(window, qtbot, 10)
    window.toast._deed.click()
    qtbot.waitUntil(lambda: table.found == 9)


def test_a_column_can_be_mapped_or_left_out(opened, radios, window, desk, qtbot):
    dialog = opened(radios)
    mapping = MappingDialog(desk, Columns.of(dialog.plan), ImportOptions(), window)
    mapping.choose("Alias", "")
    dialog.use(mapping.options())
    qtbot.waitUntil(lambda: not dialog.busy)
    assert dialog.plan.mapping["Alias"] is None
    assert dialog._mapping.text() == "Mapping: 7 of 8 columns"
    mapping.deleteLater()


def test_a_file_that_is_no_table_is_refused_in_words(opened, tmp_path):
    path = tmp_path / "report.xlsx"
    path.write_bytes(b"%PDF-1.7 ...")
    dialog = opened(path)
    assert dialog.trouble == "report.xlsx is not a spreadsheet. It is a PDF document."
    assert dialog.plan is None


def test_a_missing_file_is_told(opened, tmp_path):
    assert "There is no file" in opened(tmp_path / "gone.csv").trouble


def test_the_range_can_be_said(window, radios, opened, qtbot):
    dialog = opened(radios)
    sheet = SheetDialog(["radios"], ImportOptions(), 2, window)
    sheet._area.setText("A2:H4")
    dialog.use(sheet.options())
    qtbot.waitUntil(lambda: not dialog.busy)
    assert dialog.plan.rows == 2
    sheet.deleteLater()


def test_closing_while_the_file_is_read_stops_the_reading(window, desk, radios, qtbot):
    dialog = ImportDialog(desk, radios, window)
    dialog.reject()
    qtbot.waitUntil(lambda: not dialog.busy)
    assert dialog.plan is None or dialog.result() == 0
    dialog.deleteLater()


@pytest.mark.parametrize("name", ["radios.xlsx", "radios.csv"])
def test_what_was_exported_comes_back_as_all_the_same(window, desk, qtbot, tmp_path, opened, name):
    table = _table(window, qtbot, 9)
    path = tmp_path / name
    export(desk, table, path, chosen_only=False, every_column=True)
    qtbot.waitUntil(lambda: window.toast.text == f"Exported 9 rows to {name}.", timeout=20000)
    dialog = opened(path)
    assert dialog.trouble == ""
    assert dialog.plan.count(State.SAME) == 9


def test_a_dropped_file_is_imported(application, window, radios, monkeypatch):
    asked = []
    monkeypatch.setattr("desktop.dialogs.import_file.ask_import", lambda *words: asked.append(words[2]))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(radios))])
    where, deed, left = QPointF(50, 50), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    window._drop.eventFilter(window, QDropEvent(where, deed, data, left, Qt.KeyboardModifier.NoModifier))
    assert asked == [radios]


def test_a_new_record_needs_what_is_required(window, desk, qtbot):
    dialog = NewRecordDialog(desk, "person", window)
    dialog.show()
    dialog._add()
    assert dialog.result() == 0
    assert dialog.form.note("name") == "This may not be left empty."
    qtbot.keyClicks(dialog.form.editor("name").line, "A. Okafor")
    dialog._add()
    assert dialog.result() == 1
    assert dialog.values() == {"name": "A. Okafor"}
    dialog.deleteLater()


def test_a_custom_field_is_made_and_is_then_everywhere(window, desk, qtbot):
    dialog = CustomFieldsDialog(desk, window)
    dialog.show()
    dialog.form.editor("label").line.setFocus()
    qtbot.keyClicks(dialog.form.editor("label").line, "Holster side")
    dialog.form.editor("record").put("Radios")
    dialog.form.editor("record").changed.emit()
    dialog.form.editor("value_type").put("Choice")
    dialog.form.editor("value_type").changed.emit()
    dialog.save()
    assert "Choices" in dialog._note.text()
    dialog.form.editor("options").box.setPlainText("Left\nRight")
    dialog.save()
    qtbot.waitUntil(lambda: dialog.names == ["Holster side"])
    field = desk.catalogue.field("radio", "x_holster_side")
    assert field.kind.parse("left", []) == "Left"
    assert "x_holster_side" not in desk.catalogue.keys("hardware")
    dialog.close()
    table = window.show_kind("radio")
    assert "Holster side" in [each.label for each in table.fields]
    dialog.deleteLater()


def test_refused_rows_are_saved_with_what_to_mend(opened, radios, tmp_path, qtbot):
    dialog = opened(radios)
    dialog.show()
    assert dialog._keep.isVisible()
    dialog.save_refused(tmp_path / "mend.csv")
    qtbot.waitUntil(lambda: "Saved 1 refused row" in dialog._foot.text())
    assert "Serial No.: " in (tmp_path / "mend.csv").read_text("utf-8-sig")


def test_a_table_without_headings_is_mapped_by_hand(opened, window, desk, tmp_path, qtbot):
    path = tmp_path / "bare.csv"
    path.write_text("KN-1,5CG0001,Laptop\nKN-2,5CG0002,Laptop\nKN-3,5CG0003,Dock\n", "utf-8")
    dialog = opened(path)
    assert "headings" in dialog.trouble
    assert dialog._trouble._by_hand.isVisibleTo(dialog)
    columns = look_at(desk.database, path, ImportOptions())
    mapping = MappingDialog(desk, columns, ImportOptions(), window)
    first, second, *_ = columns.headings
    mapping.choose(first, "tag")
    mapping.choose(second, "serial")
    dialog.use(mapping.options())
    qtbot.waitUntil(lambda: not dialog.busy)
    assert dialog.trouble == ""
    assert dialog.plan.count(State.NEW) == 3
    mapping.deleteLater()
