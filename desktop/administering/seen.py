"""What there is to see of a shared database, and deeds to it: each with a connection of its own, off the window."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from models.sync.address import Address
from models.sync.hub.members import Member, members
from models.sync.hub.preparing import Status, prepared, status
from models.sync.hub.rights import Missing, missing_rights
from models.sync.passwords import kept_password
from models.sync.wire import connect, hub_errors

if TYPE_CHECKING:
    import psycopg

    Connection = psycopg.Connection[tuple[Any, ...]]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Seen:
    """`status` is None where the database is not prepared yet; `missing` is what the login lacks to prepare it."""

    status: Status | None = None
    members: tuple[Member, ...] = ()
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True, slots=True)
class SignOn:
    """Where and as whom. `password` is empty where the system's keyring may know it, or none is needed."""

    address: Address
    password: str

    def run(self, deed: "Callable[[Connection], T]") -> T:
        """Do something there, and sign off. Raises HubError."""
        password = self.password or (kept_password(self.address) if self.address.login else None)
        with hub_errors(self.address), connect(self.address, password) as connection:
            return deed(connection)


def look(connection: "Connection") -> Seen:
    """How the database is. Raises HubError("hub.not-administrator" …)."""
    if not prepared(connection):
        return Seen(missing=missing_rights(connection))
    return Seen(status(connection), members(connection))
