"""A shared database of the tests, and what a client says to it, without a client."""

import json
from dataclasses import dataclass, field
from typing import Any

import psycopg
import psycopg.sql

from models.fields.ids import new_id
from models.journal.clock import next_stamp
from models.rules.rights import ROLES
from models.sync.hub.members import add_member
from models.sync.hub.names import roles_for
from models.sync.hub.preparing import prepare
from tests.sync.postgres import Cluster

TEMPLATE = "hub_template"
OWNER = roles_for(TEMPLATE).owner
#: login -> role: one for each role by its word, and two more technicians.
LOGINS = {**{word: word for word in ROLES}, "ann": "technician", "bob": "technician"}


@dataclass
class Hub:
    """One shared database; the logins of `LOGINS` are its members."""

    cluster: Cluster
    database: str

    def url(self, login: str = "ann") -> str:
        return self.cluster.url(self.database, login)

    def connect(self, login: str = "ann") -> psycopg.Connection:
        return self.cluster.connect(self.database, login)


def make_template(cluster: Cluster, name: str) -> None:
    """A database with everything installed, to make others from. Roles belong to the whole server."""
    with cluster.connect() as server:
        for login in (*LOGINS, "stranger"):
            server.execute(f"CREATE ROLE {login} LOGIN")
        server.execute(f"CREATE DATABASE {name}")
    with cluster.connect(name) as inside:
        prepare(inside, "Springfield")
        for login, role in LOGINS.items():
            add_member(inside, login, role)


@dataclass
class Device:
    """Sends lines as one device; keeps its token."""

    connection: psycopg.Connection
    id: str = field(default_factory=new_id)
    token: str | None = None
    cursor: int = 0

    def push(self, *lines: dict[str, Any] | str) -> dict[str, Any]:
        answer = self.send(self.token, *lines)
        self.token = answer["token"]
        return answer

    def send(self, token: str | None, *lines: dict[str, Any] | str) -> dict[str, Any]:
        text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
        asked = self.connection.execute("SELECT muster.push(%s, %s, %s, %s)", (self.id, token, self.cursor, text))
        return asked.fetchone()[0]  # type: ignore[index,no-any-return]

    def pull(self, after: int = 0, wanted: int = 10_000) -> list[tuple[Any, ...]]:
        return self.connection.execute("SELECT * FROM muster.pull(%s, %s)", (after, wanted)).fetchall()

    def rows(self, table: str) -> dict[str, dict[str, str]]:
        """What the table holds, as the journal would write it."""
        name = psycopg.sql.Identifier(table)
        found = self.connection.execute(
            psycopg.sql.SQL("SELECT to_jsonb(t) FROM muster_read.{} t").format(name)
        ).fetchall()
        return {row.pop("id"): _texts(row) for (row,) in found}


def deed(title: str = "Deed", stamp: int | None = None, **said: Any) -> dict[str, Any]:
    """The line of an action."""
    action = {"a": new_id(), "title": title, "source": None, "author": "Ann", "device": "pc"}
    return {**action, "stamp": next_stamp(0) if stamp is None else stamp, "undoes": None, "details": None, **said}


def new(table: str, row: str | None = None, **patch: str | None) -> dict[str, Any]:
    """The line of an entry that makes a row; an asset is a radio unless told."""
    row = row or new_id()
    if table == "asset":
        patch = {"kind": "radio", **patch}
    return {"e": row, "t": table, "r": row, "p": patch, "b": None}


def edit(table: str, row: str, base: dict[str, str | None], **patch: str | None) -> dict[str, Any]:
    """The line of an entry that changes a row."""
    return {"e": new_id(), "t": table, "r": row, "p": patch, "b": {key: base.get(key) for key in patch}}


def _texts(row: dict[str, Any]) -> dict[str, str]:
    extra = row.pop("extra") or {}
    return {key: str(value) for key, value in {**row, **extra}.items() if value is not None}
