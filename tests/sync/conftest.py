"""The server that the tests of the shared database use."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.desk import Desk
from desktop.jobs import Jobs
from desktop.memory import Memory
from desktop.theme import Look
from models.settings import Settings
from models.store.database import Database
from models.store.home import Home
from tests.sync.clients import fresh_home
from tests.sync.homes import OneHome
from tests.sync.hub import OWNER, TEMPLATE, Hub, make_template
from tests.sync.postgres import Cluster
from tests.sync.world import World

_numbers = count(1)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """One PostgreSQL for all tests of this process."""
    made = Cluster.make()
    yield made
    made.close()


@pytest.fixture(scope="session")
def hub_template(cluster: Cluster) -> str:
    """The name of a database with everything installed and the members of `tests.sync.hub.LOGINS`."""
    make_template(cluster, TEMPLATE)
    return TEMPLATE


@pytest.fixture
def hub(cluster: Cluster, hub_template: str) -> Hub:
    """A shared database of the test's own."""
    name = f"hub_{next(_numbers)}"
    with cluster.connect() as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE {hub_template} OWNER {OWNER}")
    with cluster.connect(name) as inside:
        inside.execute("UPDATE muster.head SET epoch = gen_random_uuid()")
    return Hub(cluster, name)


@pytest.fixture
def desk(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    """What dialogs are given, over an empty home."""
    home = Home(tmp_path / "home")
    database = Database.open(home)
    made = Desk(database, Settings(home.settings), Jobs(), Look(qapp), Memory(home.path / "window.json"))
    faults: list[object] = []
    made.jobs.broke.connect(faults.append)
    yield made
    made.sharing.close()
    qtbot.waitUntil(lambda: not made.jobs.busy)
    made.printing.close()
    made.jobs.close()
    database.close()
    made.look.deleteLater()
    assert faults == []


@pytest.fixture
def desks(tmp_path, hub):
    """Opens homes of one shared database, by the login of each."""
    opened = []

    def open_desk(login="ann", address=None):
        opened.append(OneHome(tmp_path / f"home {len(opened)}", hub, login, address))
        return opened[-1]

    yield open_desk
    for each in opened:
        each.database.close()


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an empty home that nobody has open."""
    return fresh_home(tmp_path_factory.mktemp("empty"))


@pytest.fixture
def world(cluster: Cluster, hub_template: str, empty_home: Path) -> Iterator[World]:
    """A shared database with clients of the test's own."""
    made = World(cluster, hub_template, empty_home)
    yield made
    made.close()
