"""The sync beside the window, with a real shared database: what is done here arrives there, and the other way round."""

import select
import socket
import time
from functools import partial

import pytest
from PySide6.QtWidgets import QPushButton

from models.journal.entry import Edit
from models.sync.address import keep_address, read_url
from models.sync.hub.members import add_member
from tests.sync.conftest import cluster, hub, hub_template  # noqa: F401 (fixtures)
from tests.sync.hub import Device, deed, edit, new

_PATIENCE = 15_000


def _connect(desk, url):
    """What the dialog does at its end."""
    with desk.database.writing() as connection:
        keep_address(connection, read_url(url)[0])
    desk.sharing.look()


def _line(window):
    return window.status._sync.text()


@pytest.fixture
def shared(empty_application, hub, qtbot):  # noqa: F811
    """A window over an empty home, connected as ann, after its first sync."""
    window, desk = empty_application.window, empty_application.desk
    _connect(desk, hub.url("ann"))
    qtbot.waitUntil(lambda: "last sync just now" in _line(window), timeout=_PATIENCE)
    return window, desk, hub


def test_what_is_done_here_and_there_meets(shared, qtbot):
    window, desk, there = shared
    assert _line(window) == "All sent · last sync just now"
    assert desk.role == "technician"
    with there.connect("bob") as bob:
        device, made = Device(bob), new("asset", tag="R-1", kind="radio", serial="S-1")
        device.push(deed("Add R-1", author="Bob B.", device="SHOP-2"), made)
        window.commands.run("file.sync")
        table = window.show_kind("radio")
        qtbot.waitUntil(lambda: table.found == 1 and table.model.row(0) is not None, timeout=_PATIENCE)
        assert "Synced" in window.toast.text

        row = made["r"]
        desk.write(
            "Move", lambda journal, _task: journal.write("Note", [Edit("asset", row, {"notes": "n"})]), owner=desk
        )
        read = "SELECT notes FROM muster_read.asset WHERE id = %s"
        qtbot.waitUntil(lambda: bob.execute(read, (row,)).fetchone()[0] == "n", timeout=_PATIENCE)
        qtbot.waitUntil(lambda: _line(window).startswith("All sent"), timeout=_PATIENCE)

        window.show_record("radio", table.model.ids[0])
        qtbot.waitUntil(lambda: window.panel.record is not None)
        window.panel._tabs.setCurrentWidget(window.panel.history)
        told = window.panel.history.sentences
        qtbot.waitUntil(lambda: any(each.startswith("Bob B. (bob) added it") for each in told()), timeout=_PATIENCE)
        assert any("on SHOP-2" in each for each in told())
        ways = window.panel.history.findChildren(QPushButton)
        assert [way.accessibleName() for way in ways] == ["Take back: Note"]
        window.commands.run("edit.undo")  # one's own note, and not what Bob did
        qtbot.waitUntil(lambda: bob.execute(read, (row,)).fetchone()[0] is None, timeout=_PATIENCE)
        window.commands.run("edit.undo")
        qtbot.waitUntil(lambda: "nothing to undo" in window.toast.text)


def test_an_administrator_takes_back_what_others_did(empty_application, hub, qtbot):  # noqa: F811
    window, desk = empty_application.window, empty_application.desk
    with hub.connect("bob") as bob:
        device, made = Device(bob), new("asset", tag="R-1", kind="radio")
        device.push(deed("Add R-1"), made)
        device.push(deed("Spoil it"), edit("asset", made["r"], {"tag": "R-1"}, tag="R-X"))
    _connect(desk, hub.url("administrator"))
    qtbot.waitUntil(lambda: "just now" in _line(window), timeout=_PATIENCE)
    with hub.connect("bob") as bob:
        device.connection = bob
        device.push(deed("Spoil it again"), edit("asset", made["r"], {"tag": "R-X"}, tag="R-Y"))
        window.commands.run("file.sync")
        table = window.show_kind("radio")
        qtbot.waitUntil(lambda: table.found == 1 and table.model.text(0, 0) == "R-Y", timeout=_PATIENCE)
        window.show_record("radio", table.model.ids[0])
        window.panel._tabs.setCurrentWidget(window.panel.history)
        ways = partial(window.panel.history.findChildren, QPushButton)
        # What was before the first copy only the shared database knows.
        qtbot.waitUntil(lambda: [each.text() for each in ways()] == ["Take back"], timeout=_PATIENCE)
        ways()[0].click()
        read = "SELECT tag FROM muster_read.asset"
        qtbot.waitUntil(lambda: bob.execute(read).fetchone()[0] == "R-X", timeout=_PATIENCE)


def test_offline_and_back(shared, qtbot):
    window, desk, there = shared
    with desk.database.writing() as connection:
        keep_address(connection, read_url("postgresql://ann@127.0.0.1:1/city?sslmode=disable")[0])
    window.commands.run("file.sync")
    qtbot.waitUntil(lambda: _line(window).startswith("Offline since"), timeout=_PATIENCE)
    add = [Edit("asset", new("asset")["r"], {"kind": "radio", "tag": "R-9"}, new=True)]
    desk.write("Add", lambda journal, _task: journal.write("Add", add), owner=desk)
    qtbot.waitUntil(lambda: _line(window).endswith("everything is saved here · 1 to send"), timeout=_PATIENCE)
    assert "127.0.0.1" in window.status._sync.toolTip()
    _connect(desk, there.url("ann"))
    window.commands.run("file.sync")
    qtbot.waitUntil(lambda: _line(window) == "All sent · last sync just now", timeout=_PATIENCE)
    with there.connect("bob") as bob:
        assert bob.execute("SELECT count(*) FROM muster_read.asset").fetchone() == (1,)


def test_another_role_is_heard_of(shared, qtbot):
    window, desk, there = shared
    assert window.top._deeds["record.new"].isVisible()
    with there.cluster.connect(there.database) as owner:
        add_member(owner, "ann", "viewer")
    window.commands.run("file.sync")
    qtbot.waitUntil(lambda: desk.role == "viewer", timeout=_PATIENCE)
    assert not window.top._deeds["record.new"].isVisible()


def test_it_closes_within_a_second_though_the_server_says_nothing(empty_application, qtbot):
    desk = empty_application.desk
    with socket.create_server(("127.0.0.1", 0)) as silent:
        _connect(desk, f"postgresql://ann@127.0.0.1:{silent.getsockname()[1]}/city?sslmode=disable")
        qtbot.waitUntil(lambda: select.select([silent], [], [], 0)[0] == [silent])
        began = time.monotonic()
        desk.sharing.close()
        assert time.monotonic() - began < 1.5


def test_a_home_of_its_own_has_no_thread_and_says_nothing(empty_application):
    assert empty_application.desk.sharing._thread is None
    assert _line(empty_application.window) == ""
    assert not empty_application.window.commands.can("file.sync")
