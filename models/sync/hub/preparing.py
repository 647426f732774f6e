"""The shared database is prepared and upgraded: roles and schemas, tables and functions, the views for reports.

All of it is one transaction, so that people who are connected see the old or the new, never a part.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from models.fields.problem import HubError
from models.store.migrate import HEAD
from models.sync.hub.install import install
from models.sync.hub.names import SCHEMA, SCHEMAS, GroupRoles, roles_here
from models.sync.hub.reporting import open_views
from models.sync.hub.rights import Missing, can_become, is_superuser, missing_rights
from models.sync.wire import hub_errors

if TYPE_CHECKING:
    import psycopg

    Connection = psycopg.Connection[tuple[Any, ...]]

_WAIT = "20s"
"""So long an upgrade waits for those who are pushing."""


@dataclass(frozen=True, slots=True)
class Status:
    """How the shared database is. Times in milliseconds since 1970.

    `schema` is the revision that it knows, `newest` the one of this program. `set_aside` counts what was refused.
    """

    city: str
    server: str
    schema: str
    newest: str
    position: int
    floor: int
    made_at: int
    members: int
    devices: int
    last_seen: int | None
    set_aside: int
    bytes: int
    owner: str

    @property
    def behind(self) -> bool:
        """Whether it must be upgraded before this program can send to it."""
        return self.schema < self.newest


class RightsMissing(HubError):
    """The login may not do what is needed; `missing` tells each thing and the command that gives it."""

    def __init__(self, missing: tuple[Missing, ...]) -> None:
        super().__init__("hub.rights-missing", str(len(missing)))
        self.missing = missing


def prepared(connection: "Connection") -> bool:
    """Whether the database is a shared database already."""
    with hub_errors():
        row = connection.execute(
            "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = %s AND c.relname = 'head'",
            (SCHEMA,),
        ).fetchone()
    return bool(row and row[0])


def prepare(connection: "Connection", city: str = "") -> GroupRoles:
    """Make the connected database a shared database; the roles that it has now.

    Raises RightsMissing, HubError("hub.prepared") where it is one already.
    """
    if prepared(connection):
        raise HubError("hub.prepared", connection.info.dbname)

    def named() -> None:
        connection.execute("UPDATE muster.head SET city = %s", (city or connection.info.dbname,))

    return _install(connection, named)


def upgrade(connection: "Connection") -> GroupRoles:
    """Bring the shared database up to this program: what it lacks is added, functions and views are made anew.

    Raises RightsMissing, HubError("hub.none-here", "hub.newer" …).
    """
    if not prepared(connection):
        raise HubError("hub.none-here", database=connection.info.dbname)
    return _install(connection, lambda: None)


def status(connection: "Connection") -> Status:
    """How it is. Raises HubError("hub.not-administrator", "hub.none-here" …)."""
    if not prepared(connection):
        raise HubError("hub.none-here", database=connection.info.dbname)
    with hub_errors():
        row = connection.execute("SELECT muster.status()").fetchone()
    found: dict[str, Any] = row[0] if row else {}
    return Status(newest=HEAD, **{key: value for key, value in found.items() if key in Status.__dataclass_fields__})


def compact(connection: "Connection", before: dt.date) -> int:
    """Move the months of the journal before that day to the archive; the position up to which it is archived now.

    History still reads them; a computer that has not synced since copies anew. Raises
    HubError("hub.not-administrator", "hub.busy" …).
    """
    with hub_errors():
        row = connection.execute("SELECT muster.compact(%s)", (before,)).fetchone()
    return int(row[0]) if row else 0


def check_rights(connection: "Connection") -> None:
    """See whether the login may prepare or upgrade. Raises RightsMissing, HubError."""
    with hub_errors():
        missing = missing_rights(connection)
    if missing:
        raise RightsMissing(missing)


def _install(connection: "Connection", finish: Callable[[], None]) -> GroupRoles:
    check_rights(connection)
    with hub_errors():
        roles = roles_here(connection)
        with connection.transaction():
            connection.execute(f"SET LOCAL lock_timeout = '{_WAIT}'")
            connection.execute("SET LOCAL client_min_messages = warning")
            # Bodies that are read while they are made must not see what somebody has put into another schema.
            connection.execute("SET LOCAL search_path = pg_catalog, pg_temp")
            _make_roles(connection, roles)
            _make_schemas(connection, roles)
            _let_connect(connection, roles)
            _refuse_newer(connection)
            install(connection, owner=roles.owner, group=roles.members)
            _keep_names(connection, roles)
            open_views(connection, roles.reports)
            finish()
    return roles


def _refuse_newer(connection: "Connection") -> None:
    """Nobody may push meanwhile, and an older program may not undo what a newer one has made."""
    if not prepared(connection):
        return
    row = connection.execute("SELECT schema FROM muster.head FOR UPDATE").fetchone()
    if row and str(row[0]) > HEAD:
        raise HubError("hub.newer", str(row[0]))


def _make_roles(connection: "Connection", roles: GroupRoles) -> None:
    """The three roles, and what they are to each other; where they are there, what is missing."""
    from psycopg import sql

    there = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
    for name in roles.all:
        if name not in there:
            connection.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(name)))
    owner = sql.Identifier(roles.owner)
    if not (is_superuser(connection) or can_become(connection, roles.owner)):
        connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(owner))
    for name in (roles.members, roles.reports):
        # So that an administrator of Muster can let logins in without any right on the server.
        administers = connection.execute(
            "SELECT pg_has_role(%s::name, %s::name, 'USAGE WITH ADMIN OPTION')", (roles.owner, name)
        ).fetchone()
        if not (administers and administers[0]):
            connection.execute(sql.SQL("GRANT {} TO {} WITH ADMIN OPTION").format(sql.Identifier(name), owner))


def _make_schemas(connection: "Connection", roles: GroupRoles) -> None:
    """By the login itself: the owner need not be allowed to make any in this database."""
    from psycopg import sql

    there = {name for (name,) in connection.execute("SELECT nspname FROM pg_namespace")}
    for name in SCHEMAS:
        if name not in there:
            command = sql.SQL("CREATE SCHEMA {} AUTHORIZATION {}")
            connection.execute(command.format(sql.Identifier(name), sql.Identifier(roles.owner)))


def _let_connect(connection: "Connection", roles: GroupRoles) -> None:
    """Where not everybody may connect to the database, the groups may."""
    from psycopg import sql

    for name in (roles.members, roles.reports):
        row = connection.execute(
            "SELECT has_database_privilege(%s::name, current_database(), 'CONNECT')", (name,)
        ).fetchone()
        if row and not row[0]:
            command = sql.SQL("GRANT CONNECT ON DATABASE {} TO {}")
            connection.execute(command.format(sql.Identifier(connection.info.dbname), sql.Identifier(name)))


def _keep_names(connection: "Connection", roles: GroupRoles) -> None:
    """The names that the functions for administrators must know. Runs as the owner."""
    for what, role in (("members", roles.members), ("reports", roles.reports)):
        connection.execute(
            "INSERT INTO muster.group_role VALUES (%s, %s) ON CONFLICT (what) DO UPDATE SET name = excluded.name",
            (what, role),
        )
