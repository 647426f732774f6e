"""The shared database in the window: how the sync stands, what a viewer is offered, and who did what."""

import time

from desktop.sharing.sign_on import SignOnDialog
from desktop.sharing.standing import Standing
from models.fields.ids import new_id
from models.fields.problem import Problem
from models.journal.entry import Edit
from models.journal.writer import Journal
from models.store.local import READS, ROLE, set_local
from models.sync.address import Address, keep_address


def take(photographer):
    desk = photographer.application.desk
    with desk.sharing.paused():
        _connect(desk, "city")
        _city(photographer, photographer.window)
        _connect(desk, None)
    _empty(photographer)


def _city(photographer, window):
    """Every state of the sync, the history, and what a viewer sees."""
    desk = photographer.application.desk
    table = window.show_kind("radio")
    photographer.settle()
    _history(desk, table)
    _become(desk, "technician")
    table.view.selectRow(2)
    photographer.settle()
    window.panel._tabs.setCurrentWidget(window.panel.history)
    now = time.time()
    wrong = Problem("hub.password-wrong", details={"login": "jruiz"})
    well = Standing("city", "jruiz", "technician", 12, 3, now - 250)
    for name, standing in (
        ("history", well),
        ("offline", Standing("city", "jruiz", "technician", 12, 0, now - 4000, now - 3900, Problem("hub.no-answer"))),
        ("signing", Standing("city", "jruiz", "technician", 12, 0, now - 90, now, wrong)),
        ("not-taken", Standing("city", "jruiz", "technician", 12, 0, now - 90, now, Problem("hub.no-member"))),
        ("upgrade", Standing("city", "jruiz", "technician", 12, 0, now - 90, now, Problem("hub.older"))),
    ):
        desk.sharing.standing = standing
        desk.sharing.stood.emit()
        photographer.settle()
        photographer.take(window, f"sharing-{name}")
    window.panel._tabs.setCurrentWidget(window.panel.form)
    _become(desk, "viewer")
    photographer.settle()
    desk.sharing.standing = Standing("city", "jruiz", "viewer", 0, 0, now - 3)
    desk.sharing.stood.emit()
    photographer.settle()
    photographer.take(window, "sharing-viewer")
    window.top._menu.menu().aboutToShow.emit()
    record = next(action.menu() for action in window.top._menu.menu().actions() if action.text() == "Record")
    record.popup(window.mapToGlobal(window.rect().center()))
    photographer.take(record, "sharing-viewer-menu")
    record.close()
    window.top._menu.menu().aboutToHide.emit()
    _become(desk, "")


def _connect(desk, database):
    with desk.database.writing() as connection:
        keep_address(connection, Address("db.example.gov", database, "jruiz") if database else None)


def _empty(photographer):
    """What a viewer and an administrator see of a shared database in which nothing is yet; and the sign-on."""
    desk, window = photographer.empty.desk, photographer.empty.window
    window.resize(photographer.window.size())
    window.show()
    for role in ("viewer", "administrator"):
        _become(desk, role)
        photographer.settle()
        photographer.take(window, f"sharing-empty-{role}")
    _become(desk, "")
    with desk.database.writing() as connection:
        keep_address(connection, Address("db.example.gov", "city", "jruiz"))
    trouble = Problem("hub.password-wrong", details={"login": "jruiz", "host": "db.example.gov"})
    photographer.take_dialog(SignOnDialog(desk, trouble, window), "sharing-sign-on")
    with desk.database.writing() as connection:
        keep_address(connection, None)
    window.hide()


def _become(desk, role):
    with desk.database.writing() as connection:
        set_local(connection, ROLE, role)
        set_local(connection, READS, "")
    desk.look_again()


def _history(desk, table):
    """The third radio was changed by several people, on several computers."""
    journal = Journal(desk.database, "J. Ruiz")
    with desk.database.reading() as connection:
        sql = "SELECT id FROM asset WHERE nr = ?"
        row = connection.exec_driver_sql(sql, (table.model.ids[2],)).scalar_one()
    for title, author, login, device, patch in (
        ("Radios.xlsx", "N. Khan", "nkhan", "SHOP-02", {"firmware": "R22.00"}),
        ("Return R-004470", "M. Sandoval", "msandoval", "FIRE-LT-07", {"status": "in_service"}),
        ("Change notes of R-004470", "J. Ruiz", None, "HERE", {"notes": "Antenna replaced"}),
    ):
        journal.author = author
        changes = journal.write(title, [Edit("asset", row, patch)])
        with desk.database.writing() as connection:
            run = connection.exec_driver_sql
            run("UPDATE action SET login = ?, device = ? WHERE id = ?", (login, device, changes.action))
            if login:
                run("UPDATE action SET device_id = ? WHERE id = ?", (new_id(), changes.action))
                run("UPDATE entry SET position = seq WHERE action <= (SELECT max(nr) FROM action)")
    with desk.database.writing() as connection:
        connection.exec_driver_sql("""UPDATE entry SET lost = '["status"]' WHERE patch LIKE '{"status"%'""")
