"""muster hub …: the shared database administered on the command line."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from desktop.cli import main
from models.rules.rights import ROLES
from models.store.database import Database
from models.store.home import Home
from models.sync.address import keep_address, read_url
from tests.sync.hub import OWNER, Device, Hub, deed, new
from tests.sync.postgres import Cluster


class Muster:
    """Runs a command on a home of the test's own."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.home = Home(folder / "home")
        self._capsys, self._patch = capsys, monkeypatch

    def __call__(self, *arguments: str, typed: str = "") -> tuple[int, str, str]:
        self._patch.setattr(sys, "stdin", io.StringIO(typed))
        status = main(["--home", str(self.home.path), *arguments])
        return status, *self._capsys.readouterr()

    def asked(self, *arguments: str, typed: str = "") -> dict[str, Any]:
        status, out, told = self(*arguments, "--json", typed=typed)
        assert status == 0, told
        found = json.loads(out)
        assert isinstance(found, dict)
        return found

    def connected(self, url: str) -> None:
        database = Database.open(self.home)
        with database.writing() as connection:
            keep_address(connection, read_url(url)[0])
        database.close()


@pytest.fixture
def muster(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Muster:
    monkeypatch.delenv("PGPASSWORD", raising=False)
    return Muster(tmp_path, capsys, monkeypatch)


def test_it_is_prepared_filled_with_people_and_told_of(muster: Muster, cluster: Cluster, tmp_path: Path) -> None:
    with cluster.connect() as server:
        server.execute("CREATE DATABASE hub_cli")
        server.execute("CREATE ROLE hub_cli_dba LOGIN CREATEROLE")
        server.execute("CREATE ROLE hub_cli_there LOGIN")
    url = cluster.url("hub_cli", "hub_cli_dba")
    secret = tmp_path / "password"
    secret.write_text("correct horse\r\nbattery\n", "utf-8")

    status, out, told = muster("hub", "create", url, "--check", "--password-file", str(secret))
    assert (status, out) == (5, 'GRANT CREATE ON DATABASE "hub_cli" TO "hub_cli_dba";\n')
    assert "may not make schemas" in told
    with cluster.connect() as server:
        server.execute(out.encode())
    assert muster.asked("hub", "create", url, "--check") == {"address": url, "missing": [], "prepared": False}
    made = muster.asked("hub", "create", url, "--city", "Springfield")
    assert (made["prepared"], made["roles"]["owner"]) == (True, "muster_hub_cli_owner")
    assert muster("hub", "create", url)[0] == 5

    # Each home that is connected means its own; the login may be another one.
    muster.connected(cluster.url("hub_cli", "hub_cli_there"))
    as_dba = ("--login", "hub_cli_dba")
    assert "Nobody has access yet" in muster("hub", "users", *as_dba)[2]
    status, password, told = muster("hub", "add-user", "hub_cli_boss", "--role", "administrator", *as_dba)
    assert status == 0
    assert password.strip() not in told
    assert len(password.strip()) == 29
    there = muster.asked("hub", "add-user", "hub_cli_there", "--role", "viewer", *as_dba)
    assert there == {"login": "hub_cli_there", "role": "viewer", "done": "there"}
    named = muster.asked(
        "hub", "add-user", "hub_cli_bi", "--role", "report", "--new-password-file", str(secret), *as_dba
    )
    assert named == {"login": "hub_cli_bi", "role": "report", "done": "made"}
    assert (
        muster.asked("hub", "add-user", "hub_cli_sso", "--role", "technician", "--no-password", *as_dba)["done"]
        == "made"
    )

    users = muster.asked("hub", "users", *as_dba)["users"]
    assert {each["login"].removeprefix("hub_cli_"): each["role"] for each in users} == {
        "boss": "administrator", "there": "viewer", "bi": "report", "sso": "technician",
    }  # fmt: skip
    boss = ("--login", "hub_cli_boss", "--password-file", "-")
    status, out, _ = muster("hub", "status", *boss, typed=password)
    assert status == 0
    assert "Springfield" in out
    assert muster.asked("hub", "status", *boss, typed=password)["members"] == 3
    assert muster("hub", "users")[0] == 5
    assert "no administrator" in muster("hub", "users")[2]
    gone = muster.asked("hub", "remove-user", "hub_cli_sso", *as_dba)
    assert gone == {"login": "hub_cli_sso", "locked": True, "open_sessions": 0, "still_in_group": False}
    assert muster("hub", "remove-user", "hub_cli_sso", *as_dba)[0] == 5
    assert "Taken away" in muster("hub", "users", *as_dba)[1]


def test_it_is_upgraded_and_says_when_it_must_be(muster: Muster, hub: Hub) -> None:
    where = ("--url", hub.url("administrator"))
    with hub.cluster.connect(hub.database) as server:
        server.execute("UPDATE muster.head SET schema = '0001'")
    status, out, told = muster("hub", "status", *where)
    assert status == 1
    assert "0001" in out
    assert "hub upgrade" in told
    # An administrator of Muster is none of the server.
    status, out, told = muster("hub", "upgrade", *where)
    assert status == 5
    assert "lacks" in told
    assert out == f'GRANT "{OWNER}" TO "administrator";\n'
    assert muster("hub", "upgrade", "--url", hub.url("postgres"))[0] == 0
    assert muster.asked("hub", "status", *where)["behind"] is False


def test_old_months_are_archived(muster: Muster, hub: Hub) -> None:
    with hub.connect() as connection:
        Device(connection).push(deed(), new("asset", tag="R-1"))
    where = ("--url", hub.url("administrator"))
    assert muster.asked("hub", "compact", "--before", "2020-01-01", *where) == {"floor": 0}
    assert muster("hub", "compact", "--before", "last year", *where)[0] == 2
    assert muster("hub", "compact", "--before", "2020-01-01", "--url", hub.url())[0] == 5


def test_what_is_missing_is_said_before_anything_is_asked(muster: Muster, tmp_path: Path) -> None:
    assert "connected to no shared database" in muster("hub", "status")[2]
    url = "postgresql://x@127.0.0.1:1/y?sslmode=disable"
    empty = tmp_path / "empty"
    empty.write_text("\n", "utf-8")
    for file, status, said in ((tmp_path / "none", 3, "cannot be read"), (empty, 2, "no password")):
        ran = muster("hub", "create", url, "--password-file", str(file))
        assert (ran[0], said in ran[2]) == (status, True), ran
    roles = muster.asked("hub", "roles")["roles"]
    assert {each["role"] for each in roles} == set(ROLES)
    assert "radio_manager" in muster("hub", "roles")[1]
