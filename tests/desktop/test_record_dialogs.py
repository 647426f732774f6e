from desktop.dialogs.custom_fields import CustomFieldsDialog
from desktop.dialogs.new_record import NewRecordDialog


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
    assert not dialog.form.editor("options").isVisible()
    dialog.form.editor("value_type").put("Choice")
    dialog.form.editor("value_type").changed.emit()
    assert dialog.form.editor("options").isVisible()
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
