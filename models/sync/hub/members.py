"""Who belongs to the shared database: logins, their roles, and taking access away again.

An administrator of Muster gives roles to logins that are there. Making a login, and locking one, needs the right to
make roles on the server as well.
"""

import secrets
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from models.fields.problem import HubError, UsageError
from models.rules.rights import ROLES
from models.sync.hub.rights import can_become, is_superuser, may_make_roles
from models.sync.wire import hub_errors

if TYPE_CHECKING:
    import psycopg

    Connection = psycopg.Connection[tuple[Any, ...]]

REPORT = "report"
"""The word of a login that only reads the reporting views."""
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""What passwords are made of: nothing that is read wrongly from paper."""
_GROUPS, _EACH = 5, 5
_LONGEST = 63


@dataclass(frozen=True, slots=True)
class Member:
    """One login. Times in milliseconds since 1970, None where unknown.

    `role` is a word of ROLES or `report`. `can_login`: the server knows it and lets it in. `made`: Muster made the
    login. `in_group`: it is in one of the groups of this database.
    """

    login: str
    role: str
    added_at: int | None
    added_by: str | None
    revoked_at: int | None
    can_login: bool
    made: bool
    last_seen: int | None
    devices: int
    in_group: bool

    @property
    def active(self) -> bool:
        """Whether it has access."""
        return self.revoked_at is None


class Login(StrEnum):
    """What became of the login when a member was added."""

    MADE = "made"
    THERE = "there"
    """It was there before, and keeps its password."""
    OPENED = "opened"
    """It had been locked, and has the new password."""


@dataclass(frozen=True, slots=True)
class Removed:
    """What was done when access was taken away. `open_sessions` could not be ended; they may do nothing any more.

    `still_in_group`: somebody else on the server put it into the group; it may do nothing there.
    """

    locked: bool
    open_sessions: int
    still_in_group: bool


def members(connection: "Connection") -> tuple[Member, ...]:
    """Everybody with access, then those whose access was taken away. Raises HubError("hub.not-administrator" …)."""
    with hub_errors():
        return tuple(Member(*row) for row in connection.execute("SELECT * FROM muster.membership()"))


def login_state(connection: "Connection", login: str) -> bool | None:
    """Whether the server lets that login in; None where there is no such login."""
    row = connection.execute("SELECT rolcanlogin FROM pg_roles WHERE rolname = %s", (login,)).fetchone()
    return None if row is None else bool(row[0])


def made_password() -> str:
    """A new password that nobody has to think of: 25 letters and figures, about 120 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(_EACH)) for _ in range(_GROUPS))


def add_member(connection: "Connection", login: str, role: str, password: str | None = None) -> Login:
    """Give a login a role. One that is not there is made, with this password; None: it signs on without one.

    A login that is there keeps the password that it has. Raises UsageError("hub.role-unknown", "hub.login-bad"),
    HubError("hub.not-administrator", "hub.needs-createrole-for", "hub.last-administrator" …).
    """
    if role not in ROLES and role != REPORT:
        raise UsageError("hub.role-unknown", role)
    # Names that the server cuts, or that mean something in its language, name somebody else than was said.
    reserved = login.startswith("pg_") or login.lower() in ("public", "none", "current_user", "session_user")
    if not login.strip() or reserved or len(login.encode()) > _LONGEST or "\0" in login:
        raise UsageError("hub.login-bad", login)
    with hub_errors(), connection.transaction():
        state = login_state(connection, login)
        done = Login.THERE
        if state is not True:
            _need_administrator(connection)
            if not may_make_roles(connection):
                raise HubError("hub.needs-createrole-for", login)
            _let_in(connection, login, password, new=state is None, known=_known(connection, login))
            done = Login.MADE if state is None else Login.OPENED
        connection.execute("SELECT muster.admit(%s, %s, %s)", (login, role, done is not Login.THERE))
    return done


def set_role(connection: "Connection", login: str, role: str) -> None:
    """Give a member another role. Raises UsageError("hub.role-unknown"), HubError as `add_member`."""
    if role not in ROLES and role != REPORT:
        raise UsageError("hub.role-unknown", role)
    with hub_errors(), connection.transaction():
        connection.execute("SELECT muster.admit(%s, %s, false)", (login, role))


def remove_member(connection: "Connection", login: str) -> Removed:
    """Take a login's access away at once; a login that Muster made is locked, and its sessions are ended, where the
    administrator's rights on the server allow that.

    Raises HubError("hub.not-a-member", "hub.not-administrator", "hub.last-administrator" …).
    """
    with hub_errors():
        made = any(each.made for each in members(connection) if each.login == login)
        dismissed = connection.execute("SELECT muster.dismiss(%s)", (login,)).fetchone()
        if not dismissed or not dismissed[0]:
            raise HubError("hub.not-a-member", login)
        locked = made and _lock(connection, login)
        _end_sessions(connection, login)
        left = [each for each in members(connection) if each.login == login]
        return Removed(locked, _open_sessions(connection, login), any(each.in_group for each in left))


def _known(connection: "Connection", login: str) -> bool:
    """Whether that login was made by Muster for this database."""
    return any(each.made for each in members(connection) if each.login == login)


def _need_administrator(connection: "Connection") -> None:
    connection.execute("SELECT muster.membership()")


def _let_in(connection: "Connection", login: str, password: str | None, *, new: bool, known: bool) -> None:
    """Make the login, or open one that Muster had locked. A role of others that may not log in is left alone."""
    from psycopg import sql

    if not new and not known:
        raise HubError("hub.role-no-login", login)
    # The server gets what proves the password, never the password: statements stand in its log.
    secret = sql.SQL("")
    if password is not None:
        proof = connection.pgconn.encrypt_password(password.encode(), login.encode(), b"scram-sha-256").decode()
        secret = sql.SQL(" PASSWORD {}").format(sql.Literal(proof))  # type: ignore[assignment]
    begin = sql.SQL(
        "CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE INHERIT" if new else "ALTER ROLE {} LOGIN"
    )
    connection.execute(begin.format(sql.Identifier(login)) + secret)


def _lock(connection: "Connection", login: str) -> bool:
    """Let the login in no more, where that may be done."""
    import psycopg
    from psycopg import sql

    try:
        with connection.transaction():
            connection.execute(sql.SQL("ALTER ROLE {} NOLOGIN").format(sql.Identifier(login)))
    except psycopg.errors.InsufficientPrivilege:
        return False
    return True


def _end_sessions(connection: "Connection", login: str) -> None:
    """End what the login has open in this database, where that may be done: one must be able to act as it."""
    import psycopg
    from psycopg import sql

    name = sql.Identifier(login)
    try:
        with connection.transaction():
            lent = not is_superuser(connection) and not can_become(connection, login)
            if lent:
                connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(name))
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE usename = %s AND datname = current_database() AND pid <> pg_backend_pid()",
                (login,),
            )
            if lent:
                connection.execute(sql.SQL("REVOKE {} FROM CURRENT_USER").format(name))
    except psycopg.errors.InsufficientPrivilege:
        return


def _open_sessions(connection: "Connection", login: str) -> int:
    """Sessions of the login in this database; a moment is left to those that were told to end."""
    left = 0
    for _ in range(20):
        row = connection.execute(
            "SELECT count(*), pg_sleep(0.02) FROM pg_stat_activity WHERE usename = %s AND datname = current_database()"
            " AND pid <> pg_backend_pid()",
            (login,),
        ).fetchone()
        left = int(row[0]) if row else 0
        if not left:
            break
    return left
