"""Clients as processes of their own, killed at any moment; and many at once."""

import os
import random
import signal
import subprocess
import sys
import threading
import time

import pytest

from models.fields.ids import new_id
from models.journal.entry import Edit

_CLIENT = "tests.sync.client_process"


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL there")
def test_clients_killed_at_any_moment_lose_nothing(world, tmp_path):
    """The server crashes, too, while they work."""
    clients = [world.join() for _ in range(2)]
    for client in clients:
        world.sync(client)
        client.stop()
    chance = random.Random(7)  # noqa: S311 (a game, not a secret)
    for turn in range(2):
        running = [_process(world, client, tmp_path / f"committed {client.name} {turn}") for client in clients]
        for process in running:
            assert process.stdout.readline()
        if turn == 1:
            world.cluster.stop("immediate")
            world.cluster.start()
            for process in running:
                _read_until(process, "hub.")
                _read_until(process, "synced")
        # A moment that nobody has chosen.
        time.sleep(chance.random() / 2)
        for process in running:
            os.kill(process.pid, signal.SIGKILL)
            process.communicate()
    for client in clients:
        client.start()
    world.rest()
    accepted = {each.entry.id for each in world.journal()}
    committed = {line for path in tmp_path.glob("committed *") for line in path.read_text().split("\n")[:-1]}
    assert len(committed) > 100
    assert committed <= accepted


def _read_until(process, beginning):
    for line in process.stdout:
        if line.startswith(beginning):
            return
    raise AssertionError(f"the client ended before it said {beginning}")


def _process(world, client, committed):
    command = [sys.executable, "-m", _CLIENT, client.folder, client.url, client.name, committed]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def test_twenty_clients_at_once_leave_no_gap_and_nobody_waits(world):
    """Each syncs deeds of ten entries for some seconds: positions have no gaps, no sync takes more than two seconds."""
    clients = [world.join() for _ in range(20)]
    for client in clients:
        world.sync(client)
    waits, failures = [], []
    end = time.monotonic() + 2

    def work(client):
        try:
            while time.monotonic() < end:
                rows = [Edit("asset", new_id(), {"kind": "radio"}, new=True) for _ in range(10)]
                client.journal.write("Work", rows)
                began = time.monotonic()
                client.sync.sync()
                waits.append(time.monotonic() - began)
        except Exception as error:  # noqa: BLE001 (told by the test itself)
            failures.append(error)

    threads = [threading.Thread(target=work, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(waits) >= 40
    assert max(waits) < 2
    for client in clients[4:]:
        world.leave(client)
    world.rest()
