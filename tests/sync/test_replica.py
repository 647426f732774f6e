"""A streaming replica gives out first copies, also while it lags behind; changes go to the main server."""

import time
from dataclasses import replace

import pytest

from models.fields.problem import HubError
from models.sync.address import Address, Tls
from tests.journal.ground import changed, made, values
from tests.sync.homes import OneHome
from tests.sync.hub import Hub, make_template
from tests.sync.postgres import Cluster

#: Seconds after which the replica should have followed by far.
_PATIENCE = 20


@pytest.fixture
def primary():
    """A server of its own: roles and all databases are copied to a replica."""
    made = Cluster.make()
    yield made
    made.close()


@pytest.fixture
def standby(primary):
    make_template(primary, "hub")
    made = primary.replica()
    yield made
    made.close()


def _follow(primary, standby):
    """Wait until the replica has all that the main server has written."""
    until = time.monotonic() + _PATIENCE
    with primary.connect() as main, standby.connect() as other:
        (written,) = main.execute("SELECT pg_current_wal_lsn()").fetchone()
        while True:
            (there,) = other.execute("SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn", (written,)).fetchone()
            if there:
                return
            assert time.monotonic() < until, "the replica does not follow"


def test_a_first_copy_comes_from_the_replica_and_changes_go_to_the_main_server(primary, standby, tmp_path):
    hub = Hub(primary, "hub")
    address = Address("127.0.0.1", "hub", "ann", primary.port, Tls.PLAIN, replica=f"127.0.0.1:{standby.port}")
    ann = OneHome(tmp_path / "ann", hub, "ann", replace(address, replica=""))
    homes = [ann]
    try:
        row = made(ann.journal, "asset", kind="radio", tag="R-1", alias="ENG 7")
        ann.sync()
        _follow(primary, standby)
        with standby.connect() as other:
            other.execute("SELECT pg_wal_replay_pause()")
        changed(ann.journal, "asset", row, alias="ENG 8")
        made(ann.journal, "asset", kind="radio", tag="R-2")
        ann.sync()

        bob = OneHome(tmp_path / "bob", hub, "bob", replace(address, login="bob"))
        homes.append(bob)
        report = bob.sync()
        # The replica knew of one radio, as it was; the rest came from the main server.
        assert (report.copied, report.received) == (1, 2)
        assert bob.rows("asset") == ann.rows("asset")
        changed(bob.journal, "asset", row, alias="ENG 9")
        assert bob.sync().sent == 1
        ann.sync()
        assert values(ann.journal, "asset", row)["alias"] == "ENG 9"

        with primary.connect("hub") as main, standby.connect() as other:
            main.execute("UPDATE muster.head SET floor = position")  # as `muster hub compact` leaves it
            eve = OneHome(tmp_path / "eve", hub, "bob", replace(address, login="bob"))
            homes.append(eve)
            # What is between the replica's state and the floor cannot be fetched: not now, rather than a gap.
            with pytest.raises(HubError) as caught:
                eve.sync()
            assert caught.value.problem.code == "hub.busy"
            other.execute("SELECT pg_wal_replay_resume()")
        _follow(primary, standby)
        eve.sync()
        assert eve.rows("asset") == ann.rows("asset")

        lost = OneHome(tmp_path / "lost", hub, "bob", replace(address, login="bob", port=standby.port, replica=""))
        homes.append(lost)
        made(lost.journal, "location", name="Engine 7")
        with pytest.raises(HubError) as caught:
            lost.sync()
        assert caught.value.problem.code == "hub.read-only"
    finally:
        for each in homes:
            each.database.close()
