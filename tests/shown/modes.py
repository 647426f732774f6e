"""Scan to act: the strip with its answers, the toast, the choices, the dialogs."""

from array import array


def take(photographer):
    """Issue, move and return by scans, and what each dialog of it asks."""
    from desktop.dialogs.add_scanned import AddScannedDialog
    from desktop.dialogs.choose_scanned import ChooseScannedDialog
    from desktop.dialogs.scan_print import ScanPrintDialog
    from desktop.dialogs.scanned_list import ScannedListDialog
    from desktop.dialogs.target import TargetDialog
    from models.scanning.named import Named

    window, desk = photographer.window, photographer.application.desk

    def scan(*codes):
        for code in codes:
            window.take_scan(code)
            photographer.settle()

    table = window.show_kind("radio")
    photographer.settle()
    table.view.select_row(3)
    photographer.take(window, "mode-show")
    window.commands.run("scan.issue")
    photographer.take(window, "mode-issue-first")
    scan("R-004472", "R-004473")
    photographer.take(window, "mode-issue-waits")
    scan("K. Brandt", "R-004471")
    photographer.take(window, "mode-issue-done")
    scan("R-004471")
    photographer.take(window, "mode-issue-known")
    scan("R-004485")
    photographer.take(window, "mode-issue-lost")
    scan("UNKNOWN-77")
    photographer.take(window, "mode-issue-unknown")
    scan("MUSTER UNDO")
    photographer.take(window, "mode-issue-undone")
    window.commands.run("scan.move")
    scan("City Hall 204", "R-004472")
    photographer.take(window, "mode-move")
    window.commands.run("scan.list")
    scan("R-004472", "R-004473", "A-10000", "Medic 25", "R-004479", "K. Brandt")
    photographer.take(window, "mode-list")
    listed = ScannedListDialog(desk, window.modes, window)
    photographer.settle()
    listed.view.selectRow(2)
    photographer.take_dialog(listed, "mode-scanned-list")
    window.modes.scanned.remove([each.row for each in window.modes.scanned.rows()])
    empty = ScannedListDialog(desk, window.modes, window)
    photographer.take_dialog(empty, "mode-scanned-empty")
    photographer.take_dialog(ScanPrintDialog(desk, None, window), "mode-printer")
    window.modes.leave()
    target = TargetDialog(desk, "person", "Issue 3 radios", "Issue", window)
    target.editor.put("Nak")
    target.editor._ask()
    photographer.settle()
    target._take()
    photographer.take_dialog(target, "mode-target")
    photographer.take_dialog(AddScannedDialog(desk.look, "S672CZA0099", "672CZA0099", "radio", window), "mode-add")
    with desk.database.reading() as connection:
        from desktop.grid.model import fetch

        rows = fetch(connection, desk, "radio", array("q", table.model.ids[:2]), [])
    records = [Named("radio", row.nr, row.id, "R-004468", "tag", "R-004468") for row in rows]
    dialog = ChooseScannedDialog(desk, "2 records have “R-004468”. Choose one; nothing was done.", records, window)
    photographer.take_dialog(dialog, "mode-choose")
    window.toast.hide()
