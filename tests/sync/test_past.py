"""The whole history of a record: what the shared database tells, and what this home alone knows."""

import json

import pytest

from desktop.cli import main
from models.fields.problem import HubError
from models.journal.entry import Edit
from models.journal.writer import Journal
from models.store.database import Database
from models.store.home import Home
from models.store.local import ROLE, set_local
from models.sync.past import fetch_history, with_fetched
from tests.sync.hub import Device, deed, edit, new


@pytest.fixture
def database(tmp_path):
    made = Database.open(Home(tmp_path / "city"))
    yield made
    made.close()


def test_others_changes_and_ones_own_that_wait(hub, database):
    made = new("asset", tag="R-1", kind="radio", kmf="CITY-1")
    row = made["r"]
    with hub.connect("radio_manager") as ann, hub.connect("bob") as bob:
        Device(ann).push(deed("Import", author="Ann"), made)
        Device(bob).push(deed("Change", author="Bob", device="SHOP-2"), edit("asset", row, {"tag": "R-1"}, tag="R-2"))
        fetched = fetch_history(bob, database, "asset", row)
        assert [(event.author, event.login, event.device, event.new) for event in fetched] == [
            ("Bob", "bob", "SHOP-2", False),
            ("Ann", "radio_manager", "pc", True),
        ]
        assert fetched[0].fields == {"tag": ("R-1", "R-2")}
        assert "kmf" not in fetched[1].fields
        assert "kmf" in fetch_history(ann, database, "asset", row)[1].fields

    journal = Journal(database, "Carla")
    journal.write("Copied", [Edit("asset", row, {"kind": "radio", "tag": "R-2"}, new=True)])
    with database.writing() as connection:
        set_local(connection, ROLE, "technician")
        connection.exec_driver_sql("UPDATE entry SET position = 2")
    journal.write("Change notes", [Edit("asset", row, {"notes": "dented"})])
    with database.reading() as connection:
        events = with_fetched(connection, fetched, "asset", row)
    assert [(event.author, event.unsent) for event in events] == [("Carla", True), ("Bob", False), ("Ann", False)]


def test_a_stranger_is_told_nothing(hub, database):
    with hub.connect("stranger") as stranger, pytest.raises(HubError):
        fetch_history(stranger, database, "asset", new("asset")["r"])


def test_the_command_line_asks_the_shared_database(hub, home, capsys):
    made = new("asset", tag="R-1", kind="radio")
    with hub.connect("bob") as bob:
        Device(bob).push(deed("Add", author="Bob B.", device="SHOP-2"), made)
    assert main(["connect", hub.url("ann"), "--json"]) == 0
    capsys.readouterr()
    assert main(["history", "radio", "R-1"]) == 0
    assert "copied it from the shared database" in capsys.readouterr().out
    assert main(["history", "radio", "R-1", "--all", "--json"]) == 0
    event = json.loads(capsys.readouterr().out)["events"][0]
    assert (event["author"], event["login"], event["device"], event["new"]) == ("Bob B.", "bob", "SHOP-2", True)
    assert main(["undo"]) == 2
    assert "nothing to undo" in capsys.readouterr().err
    assert main(["set", "radio", "R-1", "notes=worn"]) == 0
    assert main(["undo"]) == 0
    assert main(["disconnect"]) == 0
    assert main(["history", "radio", "R-1", "--all"]) == 2
