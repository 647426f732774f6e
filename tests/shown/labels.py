"""The page of labels with its tabs, and the dialogs of printing, printers and stocks."""


def queue(photographer, page):
    """The queue with a job in each state: what it lists is given here, no printer is asked."""
    from models.fields.problem import Problem
    from models.printers.request import JobState, QueuedJob

    window, made = photographer.window, "2026-11-25T16:30:00Z"
    out, broke = Problem("printer.paper-out", "Zebra 2"), Problem("printer.broke-off", "Zebra 3")
    jobs = [
        QueuedJob(number, title, printer, made, "J. Ruiz", state, labels, printed, unsure, 2, problem, 0)
        for number, title, printer, state, labels, printed, unsure, problem in (
            (5, "12 labels, Tag on Zebra 2 × 1 in", "Zebra 2", JobState.WAITING, 12, 7, 0, out),
            (4, "1 label, Radio on Avery 5160", "Office", JobState.PRINTING, 1, 0, 0, None),
            (3, "3 labels, Tag on Zebra 2 × 1 in", "Zebra 3", JobState.HELD, 3, 1, 1, broke),
            (2, "40 labels, Room card on Avery 5163", "Office", JobState.DONE, 40, 40, 0, None),
            (1, "2 labels, Tag on Avery 5160", "Office", JobState.CANCELLED, 2, 0, 0, None),
        )
    ]
    page.show_tab("Queue")
    photographer.settle()
    page.queue._show(jobs)
    photographer.application.tasks.labels._tell(jobs)
    photographer.take(window, "labels-queue-held")
    page.queue.shelf.choose("5")
    photographer.take(window, "labels-queue-waits")


def take(photographer):
    from desktop.dialogs.print_labels import PrintLabelsDialog
    from desktop.labelling.adjust_dialog import AdjustDialog
    from desktop.labelling.printer_dialog import PrinterDialog
    from desktop.labelling.records import label_records
    from desktop.labelling.stock_dialog import ROLL, StockDialog
    from models.labels.layout import Nudge
    from models.labels.stocks import find_stock
    from models.printers.printer import LabelPrinter, Language, keep_printer

    window, desk = photographer.window, photographer.application.desk
    window.show_place("printing")
    page = window.own_page("printing")
    photographer.take(window, "labels-queue-empty")
    page.show_tab("Printers")
    photographer.take(window, "labels-printers-empty")
    zebra = LabelPrinter("Zebra 2", Language.ZPL, "tcp://127.0.0.1:1", 203, Nudge(0.6, -0.4), 18, 4)
    keep_printer(desk.settings, zebra)
    keep_printer(desk.settings, LabelPrinter("Brother", Language.BROTHER, "tcp://127.0.0.1", 300, model="QL-820NWB"))
    for tab in ("Printers", "Stocks", "Designs"):
        page.show_tab(tab)
        page.wake()
        photographer.settle()
        page.tab.shelf.choose(page.tab.shelf.items[2].key if tab != "Printers" else "Zebra 2")
        photographer.take(window, f"labels-{tab.lower()}")
    queue(photographer, page)
    table = window.show_kind("radio")
    photographer.settle()
    with desk.database.reading() as connection:
        records, word = label_records(connection, desk, "radio", table.model.ids)
    for stock in ("Avery 5160", "Zebra 2 × 1 in"):
        desk.memory.put("labels.stock.radio", stock)
        desk.memory.put("labels.printer", "Zebra 2")
        photographer.take_dialog(PrintLabelsDialog(desk, records, word, window), f"print-{stock.split()[0].lower()}")
    photographer.take_dialog(PrinterDialog(desk, zebra, window), "printer")
    photographer.take_dialog(PrinterDialog(desk, None, window), "printer-new")
    photographer.take_dialog(AdjustDialog(desk, zebra, window), "printer-adjust")
    photographer.take_dialog(StockDialog(desk.look, find_stock("Avery 5160"), (), window), "stock")
    roll = StockDialog(desk.look, None, (), window)
    roll.kind.setCurrentIndex(roll.kind.findData(ROLL))
    photographer.take_dialog(roll, "stock-roll")
