"""Signing on to the shared database that a home is connected to, with what the system keeps of the password."""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from models.fields.problem import HubError
from models.store.database import Database
from models.sync.address import kept_address
from models.sync.passwords import kept_password
from models.sync.wire import connect

if TYPE_CHECKING:
    import psycopg


def signing_on(database: Database) -> "Callable[..., psycopg.Connection[tuple[Any, ...]]]":
    """What opens a connection to the home's shared database, with `replica=True` to its read replica.

    PGPASSWORD, for scripts, comes before the system's keyring; with neither, the system's sign-on decides. What is
    given raises HubError, also ("hub.not-connected").
    """

    def sign_on(*, replica: bool = False) -> "psycopg.Connection[tuple[Any, ...]]":
        with database.reading() as connection:
            address = kept_address(connection)
        if address is None:
            raise HubError("hub.not-connected")
        asked = address.login and not os.environ.get("PGPASSWORD")
        return connect(address, kept_password(address) if asked else None, replica=replica)

    return sign_on
