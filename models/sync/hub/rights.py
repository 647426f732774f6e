"""What a login must be allowed to do before it can prepare or upgrade the shared database: looked at before anything.

What is missing is told with the command by which the administrator of the server gives it.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from models.sync.hub.names import SCHEMAS, GroupRoles, roles_here

if TYPE_CHECKING:
    import psycopg

    Connection = psycopg.Connection[tuple[Any, ...]]

OLDEST = 150_000
"""The oldest PostgreSQL that works, as it tells its version."""


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that stands in the way.

    `code` is a key of the phrases, `value` a word for its sentence, `command` what the administrator of the server
    runs (SQL; empty where no command helps).
    """

    code: str
    value: str = ""
    command: str = ""


def missing_rights(connection: "Connection") -> tuple[Missing, ...]:
    """What stands in the way of preparing or upgrading the database; nothing where all is well. Changes nothing."""
    unfit = _unfit_server(connection)
    if unfit:
        return unfit
    roles = roles_here(connection)
    return (*_schemas(connection, roles), *_group_roles(connection, roles), *_connecting(connection, roles))


def is_superuser(connection: "Connection") -> bool:
    """Whether the login may do everything."""
    return bool(_one(connection, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"))


def may_make_roles(connection: "Connection") -> bool:
    """Whether the login may make logins and roles."""
    return bool(_one(connection, "SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user"))


def can_become(connection: "Connection", role: str) -> bool:
    """Whether the login may act as that role. False where there is no such role."""
    how = "SET" if connection.info.server_version >= 160_000 else "MEMBER"
    return bool(_one(connection, "SELECT bool_or(pg_has_role(oid, %s)) FROM pg_roles WHERE rolname = %s", how, role))


def _unfit_server(connection: "Connection") -> tuple[Missing, ...]:
    if connection.info.server_version < OLDEST:
        return (Missing("hub.server-old", str(connection.info.server_version // 10_000)),)
    if _one(connection, "SELECT pg_is_in_recovery()"):
        return (Missing("hub.read-only"),)
    encoding = str(_one(connection, "SELECT current_setting('server_encoding')"))
    if encoding != "UTF8":
        return (Missing("hub.not-unicode", encoding),)
    return ()


def _schemas(connection: "Connection", roles: GroupRoles) -> tuple[Missing, ...]:
    """Schemas that somebody else has, or that the login may not make."""
    owners: dict[str, str] = dict(
        connection.execute(
            "SELECT nspname, pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname = ANY(%s)", (list(SCHEMAS),)
        ).fetchall()
    )
    taken = tuple(Missing("hub.schema-taken", name) for name, owner in owners.items() if owner != roles.owner)
    if taken or len(owners) == len(SCHEMAS):
        return taken
    if _one(connection, "SELECT has_database_privilege(current_database(), 'CREATE')"):
        return ()
    grant = _text(connection, "GRANT CREATE ON DATABASE {} TO {};", connection.info.dbname, _me(connection))
    return (Missing("hub.needs-create", connection.info.dbname, grant),)


def _group_roles(connection: "Connection", roles: GroupRoles) -> tuple[Missing, ...]:
    """Roles that are neither there nor can be made, or that the login may not use."""
    me = _me(connection)
    there = {
        str(name)
        for (name,) in connection.execute("SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", (list(roles.all),))
    }
    absent = [name for name in roles.all if name not in there]
    if absent and not may_make_roles(connection):
        return (Missing("hub.needs-createrole", me, _text(connection, "ALTER ROLE {} CREATEROLE;", me)),)
    missing: list[Missing] = []
    if roles.owner in there and not (can_become(connection, roles.owner) or _may_grant(connection, roles.owner)):
        missing.append(Missing("hub.needs-owner", roles.owner, _text(connection, "GRANT {} TO {};", roles.owner, me)))
    missing += [
        Missing(
            "hub.needs-admin-option",
            group,
            _text(connection, "GRANT {} TO {} WITH ADMIN OPTION;", group, roles.owner),
        )
        for group in (roles.members, roles.reports)
        if group in there and not (_administers(connection, roles.owner, group) or _may_grant(connection, group))
    ]
    return tuple(missing)


def _connecting(connection: "Connection", roles: GroupRoles) -> tuple[Missing, ...]:
    """Where not everybody may connect to the database, the login must be able to let the groups."""
    asked = (
        "SELECT has_database_privilege('public', current_database(), 'CONNECT')"
        " OR has_database_privilege(current_database(), 'CONNECT WITH GRANT OPTION')"
    )
    groups = (
        "SELECT count(*) FROM pg_roles WHERE rolname = ANY(%s)"
        " AND has_database_privilege(oid, current_database(), 'CONNECT')"
    )
    known = connection.execute(groups, ([roles.members, roles.reports],)).fetchone()
    if _one(connection, asked) or (known and known[0] == 2):
        return ()
    command = "GRANT CONNECT ON DATABASE {} TO {} WITH GRANT OPTION;"
    return (
        Missing(
            "hub.needs-connect",
            connection.info.dbname,
            _text(connection, command, connection.info.dbname, _me(connection)),
        ),
    )


def _may_grant(connection: "Connection", role: str) -> bool:
    """Whether the login may give membership in that role to others, and so to itself."""
    if connection.info.server_version < 160_000 and may_make_roles(connection):
        return True
    return _administers(connection, _me(connection), role)


def _administers(connection: "Connection", who: str, role: str) -> bool:
    asked = "SELECT bool_or(pg_has_role(%s, oid, 'USAGE WITH ADMIN OPTION')) FROM pg_roles WHERE rolname = %s"
    known = "SELECT count(*) FROM pg_roles WHERE rolname = %s"
    return bool(_one(connection, known, who)) and bool(_one(connection, asked, who, role))


def _me(connection: "Connection") -> str:
    return str(_one(connection, "SELECT current_user"))


def _one(connection: "Connection", query: "str", *values: str) -> Any:
    row = connection.execute(query, values).fetchone()
    return row[0] if row else None


def _text(connection: "Connection", command: str, *names: str) -> str:
    from psycopg import sql

    composed: sql.Composed = sql.SQL(command).format(*(sql.Identifier(name) for name in names))
    return composed.as_string(connection)
