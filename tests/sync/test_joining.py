"""A home on its way into a shared database and out again: against real servers."""

import json
import subprocess
import sys
from contextlib import closing
from functools import partial

import pytest
from psycopg.sql import SQL, Identifier

from desktop.cli import main
from models.fields.ids import new_id
from models.fields.problem import HubError, UsageError
from models.journal.entry import Edit
from models.journal.proof import differences
from models.journal.writer import Journal
from models.progress import Cancelled, Progress
from models.store.database import Database
from models.store.home import Home
from models.sync.address import kept_address, read_url
from models.sync.adopting import live_rows
from models.sync.client import SyncClient
from models.sync.joining import Joining, greet, leave
from models.sync.state import sync_state
from models.sync.wire import connect


@pytest.fixture
def home(tmp_path):
    database = Database.open(Home(tmp_path / "home"))
    yield database
    database.close()


def address(hub, login="ann"):
    return read_url(hub.url(login))[0]


def add(database, table, **values):
    row = new_id()
    Journal(database, "Ann").write(f"Add {table}", [Edit(table, row, values, new=True)])
    return row


def join(database, hub, send_mine=(), progress=None):
    progress = progress or Progress()
    with Joining(database, address(hub), None) as joining:
        joining.prepare(progress)
        return joining.finish("Ann", send_mine, progress)


def sync(database):
    with database.reading() as connection:
        known = kept_address(connection)
    return SyncClient(database, partial(connect, known)).sync()


def rows(database, table):
    with database.reading() as connection:
        assert list(differences(connection)) == []
        return live_rows(connection, table)


def unsent(database):
    with database.reading() as connection:
        state = sync_state(connection)
    return None if state is None else state.unsent


def shared(hub, table):
    with closing(hub.connect("administrator")) as link:
        asked = SQL("SELECT to_jsonb(t) FROM muster_read.{} t").format(Identifier(table))
        return {row["id"]: row for (row,) in link.execute(asked)}


def test_who_signs_on_is_told_the_role(hub):
    assert greet(address(hub), None).role == "technician"
    with pytest.raises(HubError) as met:
        greet(address(hub, "stranger"), None)
    assert met.value.problem.code == "hub.no-member"


def test_two_homes_become_one_and_what_was_here_is_kept(home, tmp_path, hub):
    place = add(home, "location", name="Engine 7", code="E7")
    add(home, "asset", kind="radio", tag="R-1", location=place)
    first = join(home, hub)
    assert unsent(home) == 2
    sync(home)
    assert unsent(home) == 0

    other = Database.open(Home(tmp_path / "other"))
    try:
        there = add(other, "location", name="Engine Seven", code="e7")
        add(other, "asset", kind="radio", tag="R-2", location=there)
        join(other, hub, {there})
        assert unsent(other) == 2
        sync(other)
        sync(home)
        assert rows(other, "location") == rows(home, "location") == {place: {"name": "Engine Seven", "code": "e7"}}
        assert rows(other, "asset") == rows(home, "asset")
        assert {row["location"] for row in rows(home, "asset").values()} == {place}
    finally:
        other.close()
    assert len(shared(hub, "asset")) == 2
    kept = Database.open(Home(tmp_path / "kept"))
    kept.close()
    first.kept.replace(kept.home.database)
    kept = Database.open(kept.home)
    try:
        with kept.reading() as connection:
            assert kept_address(connection) is None
        assert len(rows(kept, "asset")) == 1
    finally:
        kept.close()


def test_an_empty_home_needs_no_plan_and_keeps_no_backup(home, hub):
    assert join(home, hub).kept is None
    with home.reading() as connection:
        assert kept_address(connection) == address(hub)
    assert list(home.home.path.glob("connect-*")) == []
    assert list(home.home.backups.glob("*")) == []
    with pytest.raises(UsageError) as met:
        Joining(home, address(hub), None)
    assert met.value.problem.code == "hub.connected"


@pytest.mark.parametrize("stage", ["compare", "carry", "backup"])
def test_stopped_on_the_way_the_home_is_as_before(home, hub, stage):
    class Stopping(Progress):
        def at(self, word, done=0, total=0):
            if word == stage:
                self.cancelled = True
            super().at(word, done, total)

    place = add(home, "location", name="Engine 7")
    before = rows(home, "location")
    with pytest.raises(Cancelled):
        join(home, hub, progress=Stopping())
    assert rows(home, "location") == before == {place: {"name": "Engine 7"}}
    with home.reading() as connection:
        assert kept_address(connection) is None
    assert shared(hub, "location") == {}
    assert list(home.home.path.glob("connect-*")) == []


def test_what_another_program_does_meanwhile_is_never_lost(home, hub):
    class Meddling(Progress):
        def at(self, word, done=0, total=0):
            if word == "backup" and not rows(home, "person"):
                add(home, "person", name="Late")
            super().at(word, done, total)

    with pytest.raises(UsageError) as met:
        join(home, hub, progress=Meddling())
    assert met.value.problem.code == "adopt.changed"
    assert [row["name"] for row in rows(home, "person").values()] == ["Late"]
    assert list(home.home.backups.glob("*")) == []


def test_leaving_keeps_the_records_and_coming_back_knows_them_again(home, hub):
    place = add(home, "location", name="Engine 7")
    join(home, hub)
    sync(home)
    assert leave(home, remove_copy=False, anyway=False) is None
    assert unsent(home) is None
    Journal(home, "Ann").write("Change", [Edit("location", place, {"name": "Engine 8"})])
    with Joining(home, address(hub), None) as joining:
        plan = joining.prepare(Progress())
        assert [dict(each.fields) for each in plan.differing] == [{"name": ("Engine 8", "Engine 7")}]
        joining.finish("Ann", {place}, Progress())
    sync(home)
    assert shared(hub, "location")[place]["name"] == "Engine 8"


def test_a_copy_with_unsent_changes_is_removed_only_when_that_is_said(home, hub):
    add(home, "location", name="Engine 7")
    join(home, hub)
    with pytest.raises(UsageError) as met:
        leave(home, remove_copy=True, anyway=False)
    assert met.value.problem.code == "hub.unsent"
    kept = leave(home, remove_copy=True, anyway=True)
    assert rows(home, "location") == {}
    assert kept.exists()
    with pytest.raises(UsageError):
        leave(home, remove_copy=True, anyway=True)


# The command line


@pytest.fixture
def run(tmp_path, capsys, monkeypatch):
    def command(*arguments):
        monkeypatch.setattr(sys, "stdin", None)
        status = main(["--home", str(tmp_path / "home"), *map(str, arguments), "--json"])
        told = capsys.readouterr()
        return status, json.loads(told.out) if told.out else None, told.err

    return command


def test_a_plan_is_shown_before_anything_is_sent(home, hub, run):
    add(home, "location", name="Engine 7")
    home.close()
    status, plan, said = run("connect", hub.url(), "--dry-run")
    assert (status, plan["connected"], plan["kept"]) == (0, False, None)
    assert plan["counts"] == [{"kind": "location", "new": 1, "same": 0, "differs": 0, "kept": 0, "doubled": 0}]
    assert "1 record here" in said
    assert run("connect")[1] == {"address": None, "connected": False}


def test_connected_and_disconnected_by_commands(home, hub, run):
    place = add(home, "location", name="Engine 7")
    home.close()
    status, done, said = run("connect", hub.url())
    assert (status, done["role"], done["connected"], done["sent"]) == (0, "technician", True, 1)
    assert shared(hub, "location")[place]["name"] == "Engine 7"
    assert "Connected" in said
    assert run("connect")[1]["address"].startswith("postgresql://ann@127.0.0.1:")
    assert run("connect", hub.url())[0] == 2
    assert run("disconnect")[0] == 0
    assert run("disconnect")[0] == 2


def test_what_cannot_be_reached_is_status_5_and_said(run):
    status, _, said = run("connect", "postgresql://ann@127.0.0.1:1/city?sslmode=disable")
    assert status == 5
    assert "no PostgreSQL answers" in said


# Killed on the way

KILLED = """
import os, sys
from pathlib import Path
from models.progress import Progress
from models.store.database import Database
from models.store.home import Home
from models.sync.address import read_url
from models.sync.joining import Joining

class Dying(Progress):
    def at(self, word, done=0, total=0):
        if word == sys.argv[3]:
            os._exit(9)

database = Database.open(Home(Path(sys.argv[1])))
with Joining(database, read_url(sys.argv[2])[0], None) as joining:
    joining.prepare(Dying())
    joining.finish("Ann", (), Dying())
"""


@pytest.mark.parametrize(("stage", "connected"), [("carry", False), ("backup", False), ("restore", True)])
def test_killed_the_home_is_as_before_or_as_after(home, hub, stage, connected):
    place = add(home, "location", name="Engine 7")
    home.close()
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(home.home.path), hub.url(), stage], check=False, timeout=60
    )
    assert killed.returncode == 9
    again = Database.open(home.home)
    try:
        with again.reading() as connection:
            assert (kept_address(connection) is not None) is connected
            found = connection.exec_driver_sql("SELECT count(*) FROM find_location WHERE text MATCH 'engine'").scalar()
        assert rows(again, "location") == {place: {"name": "Engine 7"}}
        assert found == 1
    finally:
        again.close()
