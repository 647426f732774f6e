"""The dialog that connects: what it asks, what it says, and that nothing happens before the plan was seen."""

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidget

from desktop.joining.dialog import ConnectDialog
from desktop.joining.leaving import LeaveDialog
from models.fields.ids import new_id
from models.journal.entry import Edit
from models.journal.writer import Journal
from models.progress import Progress
from models.store.database import Database
from models.store.home import Home
from models.sync.address import Address, Tls, kept_address, read_url
from models.sync.adopting import live_rows
from models.sync.client import SyncClient
from models.sync.joining import Joining
from models.sync.wire import connect


@pytest.fixture
def dialog(desk, qtbot):
    with desk.sharing.paused():
        made = ConnectDialog(desk)
        qtbot.addWidget(made)
        made.form.keep.setChecked(False)
        made.show()
        yield made
        desk.sharing.close()


def add(database, table, **values):
    row = new_id()
    Journal(database, "Ann").write(f"Add {table}", [Edit(table, row, values, new=True)])
    return row


def connected(desk):
    with desk.database.reading() as connection:
        return kept_address(connection)


def settled(qtbot, dialog):
    qtbot.waitUntil(lambda: not dialog._desk.jobs.busy, timeout=20000)


def test_a_pasted_address_fills_the_form(dialog):
    assert not dialog._go.isEnabled()
    dialog.form.host.setText("postgresql://anna:pw@db.city.example:6543/city?sslmode=disable&replica=copy.city.example")
    assert dialog.form.address == Address(
        "db.city.example", "city", "anna", 6543, Tls.PLAIN, replica="copy.city.example"
    )
    assert dialog.form.password.text() == "pw"
    assert dialog._go.isEnabled()
    dialog.form._sign_on.setCurrentIndex(1)
    assert dialog.form.address.login == ""
    assert not dialog.form.password.isEnabled()


def test_an_address_that_is_typed_fills_the_form_when_it_is_whole(dialog, qtbot):
    qtbot.keyClicks(dialog.form.host, "postgresql://anna@db.city.example/fairview")
    assert dialog.form.host.text() == "postgresql://anna@db.city.example/fairview"
    qtbot.keyClick(dialog.form.host, Qt.Key.Key_Tab)
    assert dialog.form.address == Address("db.city.example", "fairview", "anna")


def test_an_address_without_a_login_means_the_systems_sign_on(dialog):
    dialog.form.show_address(Address("db.city.example", "fairview"))
    assert dialog.form.complete
    assert dialog.form.address == Address("db.city.example", "fairview")


def test_what_goes_wrong_is_said_where_it_can_be_mended(dialog, qtbot):
    dialog.form.host.setText("postgresql://anna@127.0.0.1:1/city?sslmode=disable")
    dialog.go()
    settled(qtbot, dialog)
    assert "no PostgreSQL answers" in dialog.text
    assert dialog._go.isEnabled()


def test_an_empty_home_is_connected_at_once(dialog, desk, hub, qtbot):
    dialog.form.host.setText(hub.url())
    dialog.go()
    qtbot.waitUntil(lambda: dialog.connected, timeout=20000)
    assert connected(desk) is not None
    assert "technician" in dialog.text


def test_the_plan_is_seen_first_and_ticked_records_are_sent(dialog, desk, hub, tmp_path, qtbot):
    first = Database.open(Home(tmp_path / "first"))
    shared = add(first, "location", name="Engine 7", code="E7")
    with Joining(first, read_url(hub.url())[0], None) as joining:
        joining.prepare(Progress())
        joining.finish("Bob", (), Progress())
    SyncClient(first, partial(connect, read_url(hub.url())[0])).sync()
    first.close()
    add(desk.database, "location", name="Engine Seven", code="E7")
    dialog.form.host.setText(hub.url())
    dialog.go()
    settled(qtbot, dialog)
    assert connected(desk) is None
    assert "backup" in dialog.text
    (item,) = dialog.plan.findChild(QTreeWidget).findItems("Engine 7", Qt.MatchFlag.MatchContains)
    item.setCheckState(0, Qt.CheckState.Checked)
    dialog.reject()  # one step back, and forward again: what was ticked is asked anew
    dialog.go()
    settled(qtbot, dialog)
    (item,) = dialog.plan.findChild(QTreeWidget).findItems("Engine 7", Qt.MatchFlag.MatchContains)
    item.setCheckState(0, Qt.CheckState.Checked)
    dialog.go()
    qtbot.waitUntil(lambda: dialog.connected, timeout=20000)
    with desk.database.reading() as connection:
        assert live_rows(connection, "location")[shared]["name"] == "Engine Seven"
    leaving = LeaveDialog(desk)
    qtbot.addWidget(leaving)
    assert "1 change not sent" in leaving.text
    leaving.go()
    qtbot.waitUntil(lambda: connected(desk) is None)
