"""The dialog of command cards."""

import pypdfium2
import zxingcpp

from desktop.dialogs.command_cards import CommandCardsDialog
from models.printers.queue import Added
from models.scanning.scan import Command


def shown(dialog, application, qtbot):
    qtbot.waitUntil(
        lambda: dialog._sheets is not None and not dialog._timer.isActive() and not application.jobs.busy, timeout=10000
    )
    return dialog._sheets


def test_cards_of_commands_and_places_as_pdf(application, qtbot, tmp_path):
    dialog = CommandCardsDialog(application.desk, application.window)
    qtbot.addWidget(dialog)
    assert shown(dialog, application, qtbot).count == len(Command)
    dialog.queries["location"].setText("engine")
    assert shown(dialog, application, qtbot).count == len(Command) + 1
    dialog.commands.setChecked(False)
    assert shown(dialog, application, qtbot).count == 1
    dialog.write(tmp_path / "cards.pdf")
    qtbot.waitUntil(lambda: (tmp_path / "cards.pdf").exists() and not application.jobs.busy)
    pdf = pypdfium2.PdfDocument(tmp_path / "cards.pdf")
    assert [each.text for each in zxingcpp.read_barcodes(pdf[0].render(scale=4).to_pil())] == ["Engine 7"]
    pdf.close()


def test_nothing_chosen_prints_nothing(application, qtbot):
    dialog = CommandCardsDialog(application.desk, application.window)
    qtbot.addWidget(dialog)
    shown(dialog, application, qtbot)
    dialog.commands.setChecked(False)
    shown(dialog, application, qtbot)
    assert not dialog.save.isEnabled()
    assert not dialog.print.isEnabled()


def test_labels_go_to_the_print_queue(application, qtbot, monkeypatch):
    asked = []

    def ask(printer, request, done, **_more):
        asked.append(request)
        done(Added(1, len(request.records), ()))

    monkeypatch.setattr(application.desk.printing, "ask", ask)
    dialog = CommandCardsDialog(application.desk, application.window)
    qtbot.addWidget(dialog)
    shown(dialog, application, qtbot)
    dialog.stock.setCurrentIndex(dialog.stock.findText("Avery 5160"))
    dialog.print.click()
    assert [(request.stock, len(request.records)) for request in asked] == [("Avery 5160", len(Command))]
