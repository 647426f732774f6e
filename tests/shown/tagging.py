"""The tag run: before the first scan, in its middle, a wrong code, its end; the sheet of command cards."""

import time


def take(photographer):
    """Take the pictures."""
    window = photographer.window
    window.show_place("tagging")
    page = window.own_page("tagging")
    view = page.run
    window.resize(1280, 800)
    photographer.take(window, "tag-run-empty")
    model = view.setup.form.editor("model")
    _type(photographer, model, "Latitude 5450")
    _type(photographer, view.setup.form.editor("location"), "City Hall 204")
    for raw in ("A-20001", "5CG9990001", "A-20002", "5CG9990002", "5CG0000003", "A-20003", "5CG9990003", "A-20004"):
        view.take_scan(raw)
    photographer.take(window, "tag-run")
    view.take_scan("5CG0000007")
    photographer.take(window, "tag-run-known")
    view.take_scan("356938035643809")
    photographer.take(window, "tag-run-wrong")
    view.take_scan("MUSTER LOCATION")
    view.take_scan("Radio shop")
    photographer.take(window, "tag-run-sticks")
    view.take_scan("MUSTER UNDO")
    view.take_scan("MUSTER UNDO")
    photographer.take(window, "tag-run-undone")
    view.labels.on.setChecked(True)
    view.take_scan("MUSTER END")
    photographer.take(window, "tag-run-end")
    view.labels.on.setChecked(False)
    from desktop.dialogs.command_cards import CommandCardsDialog

    dialog = CommandCardsDialog(photographer.application.desk, window)
    dialog.show()
    photographer.settle()
    photographer.take(dialog, "command-cards")
    dialog.hide()
    dialog.deleteLater()


def _type(photographer, editor, text):
    editor.line.setText(text)
    editor.line.textEdited.emit(text)
    editor.line.editingFinished.emit()
    photographer.settle()
    time.sleep(0.1)
    photographer.settle()
