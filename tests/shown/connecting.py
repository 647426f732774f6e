"""Connecting to the shared database: the address, what is wrong with it, the plan of the records here, and leaving."""

from pathlib import Path

from desktop.joining.dialog import _WORK, ConnectDialog
from desktop.joining.leaving import LeaveDialog
from models.sync.address import keep_address, read_url
from models.sync.adopting import AdoptPlan, Counted, Differing
from models.sync.joining import Joined, Welcome
from models.sync.told import Told, ToldField


def take(photographer):
    desk, window = photographer.application.desk, photographer.window
    dialog = ConnectDialog(desk, window)
    photographer.take_dialog(dialog, "connect-address")
    filled = ConnectDialog(desk, window)
    filled.form.host.setText("postgresql://anna@127.0.0.1:1/muster?sslmode=disable")
    filled.go()
    photographer.settle()
    photographer.take_dialog(filled, "connect-refused")
    planned = ConnectDialog(desk, window)
    planned.form.show_address(read_url("postgresql://anna@db.city.example/muster")[0])
    planned.show_plan(*_plan())
    photographer.take_dialog(planned, "connect-plan")
    working = ConnectDialog(desk, window)
    working._show(_WORK)
    working._words.setText("Copying the shared database, 41,000 of 100,000")
    working._bar.setRange(0, 100_000)
    working._bar.setValue(41_000)
    photographer.take_dialog(working, "connect-progress")
    done = ConnectDialog(desk, window)
    done._welcome = Welcome("Springfield", "technician")
    done._finished((Joined(Path("/home/anna/Muster/backups/before-connect-20261124.musterbackup"), "technician"), ""))
    photographer.take_dialog(done, "connect-done")
    with desk.sharing.paused():
        with desk.database.writing() as connection:
            keep_address(connection, read_url("postgresql://anna@db.city.example/muster")[0])
        photographer.take_dialog(LeaveDialog(desk, window), "disconnect")
        with desk.database.writing() as connection:
            keep_address(connection, None)


def _plan():
    counts = (
        Counted("manufacturer", 1, 3, 0),
        Counted("person", 4, 211, 1),
        Counted("location", 2, 64, 0),
        Counted("radio", 12, 398, 2),
        Counted("product", kept=17, same=3),
    )
    mail = ToldField("email", "E-mail", "tn@city.example", "t.nakagawa@city.example")
    alias = ToldField("alias", "Alias", "ENG 7 DRV", "ENGINE 7 DRIVER")
    told = [
        Told("1", "person", "T. Nakagawa", (mail,)),
        Told("2", "radio", "R-004471", (alias, ToldField("location", "Location", "Engine 7", ""))),
        Told("3", "radio", "R-004470", (ToldField("status", "Status", "In repair", "In service"),)),
    ]
    differing = tuple(Differing(each.word, each.row, each.row, {}) for each in told)
    return AdoptPlan(counts, differing, {}, frozenset(), ""), told
