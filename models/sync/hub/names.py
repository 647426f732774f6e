"""The names of what the shared database has beside its tables: schemas, and roles of its own for each database.

Roles belong to the whole server, so that those of two cities on one server must differ: their names hold the
database's.
"""

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import psycopg

SCHEMA: Final = "muster"
READ_SCHEMA: Final = "muster_read"
REPORT_SCHEMA: Final = "reporting"
SCHEMAS: Final = (SCHEMA, READ_SCHEMA, REPORT_SCHEMA)

_MOST = 63
"""Bytes that a name may have in PostgreSQL; longer ones are cut off there without a word."""


@dataclass(frozen=True, slots=True)
class GroupRoles:
    """Roles that nobody logs in as. `owner` owns everything, `members` may send and fetch, `reports` reads reports."""

    owner: str
    members: str
    reports: str

    @property
    def all(self) -> tuple[str, str, str]:
        """The three of them, the owner first."""
        return self.owner, self.members, self.reports


def roles_for(database: str) -> GroupRoles:
    """The roles that a database of that name gets when it is prepared."""
    room = _MOST - len("muster__members")
    encoded = database.encode()
    if len(encoded) > room:
        mark = hashlib.sha256(encoded).hexdigest()[:8]
        database = f"{encoded[: room - 9].decode(errors='ignore')}_{mark}"
    return _of_one_stem(f"muster_{database}")


def roles_here(connection: "psycopg.Connection[tuple[Any, ...]]") -> GroupRoles:
    """The roles of the database that is connected to.

    Those that it was prepared with, whatever it is called now (a copy restored under another name keeps them).
    """
    row = connection.execute(
        "SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = to_regclass(%s)", (f"{SCHEMA}.head",)
    ).fetchone()
    if row is None:
        return roles_for(connection.info.dbname)
    return _of_one_stem(str(row[0]).removesuffix("_owner"))


def _of_one_stem(stem: str) -> GroupRoles:
    return GroupRoles(f"{stem}_owner", f"{stem}_members", f"{stem}_reports")
