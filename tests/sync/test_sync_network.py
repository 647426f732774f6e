"""The network at its worst, through a proxy: late, cut, silent, reset in the middle of the first copy."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from models.fields.ids import new_id
from models.fields.problem import HubError
from models.journal.entry import Edit
from tests.sync.proxy import FINE, Proxy, Weather

_GONE = r"hub\.(cut|unreachable|nobody-there)"


@pytest.fixture
def proxy(cluster):
    with Proxy(cluster.port) as proxy:
        yield proxy


@pytest.fixture
def through(world, proxy):
    """A client that reaches the server by the proxy, and knows the register; beside it stands one without a proxy."""
    direct = world.join()
    row = world.make(direct, "asset", {"kind": "radio", "name": "a"})
    people = [{"name": f"Person {number}", "notes": "long " * 100} for number in range(300)]
    world.write(direct, "People", [Edit("person", new_id(), values, new=True) for values in people])
    world.sync(direct)
    return world.join(port=proxy.port), row


def test_the_first_copy_is_reset_after_any_number_of_bytes(world, proxy, through):
    client, _ = through
    for limit in (0, 100, 2_000, 20_000, 60_000, 120_000):
        proxy.weather = Weather(reset_after=limit)
        with pytest.raises(HubError, match=_GONE):
            world.sync(client)
        client.faults.disconnect()
    proxy.weather = FINE
    world.sync(client)
    world.rest()


def test_a_connection_that_is_cut_while_nothing_happens_is_made_anew(world, proxy, through):
    client, row = through
    world.sync(client)
    proxy.cut()
    world.write(client, "Change", [Edit("asset", row, {"name": "b"})])
    with suppress(HubError):
        # It may be noticed only when something is sent.
        world.sync(client)
    world.sync(client)
    world.rest()


@pytest.mark.parametrize("silent", [0, 600])
def test_a_half_open_connection_stops_nobody(world, proxy, through, silent):
    """No answer comes, and no end: the home stays open for work, others go on, and what waits is sent later."""
    client, row = through
    world.sync(client)
    world.write(client, "Change", [Edit("asset", row, {"name": "b"})])
    proxy.weather = Weather(silent=silent)
    with ThreadPoolExecutor() as threads:
        hanging = threads.submit(client.sync.sync)
        assert proxy.swallowed.wait(10)
        world.write(client, "Meanwhile", [Edit("asset", row, {"notes": "c"})])
        world.sync(world.clients[0])
        assert not hanging.done()
        # What the system does when keep-alive packets are not answered.
        proxy.cut()
        assert isinstance(hanging.exception(10), HubError)
    proxy.weather = FINE
    world.rest()
    assert world.rows(world.clients[0])["asset", row] == {"kind": "radio", "name": "b", "notes": "c"}


def test_late_answers_are_answers(world, proxy, through):
    client, row = through
    world.sync(client)
    proxy.weather = Weather(delay=0.02)
    world.write(client, "Change", [Edit("asset", row, {"name": "b"})])
    world.sync(client)
    world.rest()


def test_a_server_that_refuses_connections_is_told_and_the_work_is_kept(world, proxy, through):
    client, row = through
    world.sync(client)
    proxy.weather = Weather(closed=True)
    proxy.cut()
    client.faults.disconnect()
    world.write(client, "Change", [Edit("asset", row, {"name": "b"})])
    with pytest.raises(HubError, match=_GONE):
        world.sync(client)
    assert len(client.unsent()) == 1
    proxy.weather = FINE
    world.sync(client)
    world.rest()
