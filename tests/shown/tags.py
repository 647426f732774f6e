"""Tag numbers, and the check of printed labels."""

from desktop.tagging.check_view import CheckLabelsView
from models.journal.entry import Edit
from models.journal.writer import Journal


def take(photographer):
    _checks(photographer)


def _checks(photographer):
    desk = photographer.application.desk
    view = CheckLabelsView(desk)
    view.resize(1040, 700)
    view.show()
    photographer.settle()
    photographer.take(view, "check-labels-none")
    with desk.database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT id FROM asset WHERE kind = 'radio' ORDER BY tag").scalars().all()
    stamp = {"label_printed": "2026-11-20T08:00:00Z"}
    desk.announce(Journal(desk.database, "J. Ruiz").write("Print", [Edit("asset", row, stamp) for row in rows]))
    view.reload()
    photographer.settle()
    for raw in ("R-004468", "R-004469"):
        view.take_scan(raw)
    photographer.settle()
    photographer.take(view, "check-labels")
    view.device.setChecked(True)
    for raw in ("R-004470", "672CYX0119"):
        view.take_scan(raw)
    photographer.settle()
    photographer.take(view, "check-labels-swapped")
    view.close()
