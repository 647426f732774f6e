"""How the command line signs on to the shared database. A password is asked, or read from a file; never an argument."""

import getpass
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from desktop.console.session import Session
from models.fields.problem import HubError, InputError, UsageError
from models.sync.address import Address

if TYPE_CHECKING:
    import psycopg

T = TypeVar("T")
_MOST = 1_000
"""A first line that is longer is no password."""


@contextmanager
def signed_on(
    session: Session, address: Address, file: str | None, given: str | None
) -> "Iterator[psycopg.Connection[tuple[Any, ...]]]":
    """A connection: with the password of that file, else the one that the address held, else PGPASSWORD's or the
    keyring's, else one that is asked for where the server wants one and somebody sits there. Raises HubError,
    InputError("hub.password-file").
    """
    from models.sync.wire import connect, hub_errors

    connection = sign_on(session, address, file, given, lambda password: connect(address, password)).result
    with connection, hub_errors(address):
        yield connection


@dataclass(frozen=True, slots=True)
class SignedOn(Generic[T]):
    """What came of signing on, the password by which it did (None: the system's sign-on, PGPASSWORD), and whether a
    person gave it now.
    """

    result: T
    password: str | None
    typed: bool


def sign_on(
    session: Session, address: Address, file: str | None, given: str | None, attempt: Callable[[str | None], T]
) -> SignedOn[T]:
    """Try with a password as `signed_on` finds it. Raises HubError, InputError("hub.password-file")."""
    if given is not None:
        session.tell("A password on the command line can be seen by others on this machine: leave it out next time.")
    password = first_line(file) if file is not None else given or _kept(address)
    try:
        return SignedOn(attempt(password), password, file is not None or given is not None)
    except HubError as error:
        if error.problem.code != "hub.password-missing" or not sys.stdin or not sys.stdin.isatty():
            raise
    password = getpass.getpass(f"Password of {address.login} at {address.host}: ")
    return SignedOn(attempt(password), password, typed=True)


def first_line(file: str) -> str:
    """The first line of a file, or of standard input for -. Raises InputError("hub.password-file"),
    UsageError("hub.password-empty").
    """
    try:
        if file == "-":
            line = sys.stdin.readline(_MOST)
        else:
            with Path(file).open(encoding="utf-8-sig") as stream:
                line = stream.readline(_MOST)
    except (OSError, UnicodeError) as error:
        raise InputError("hub.password-file", file, reason=getattr(error, "strerror", "") or str(error)) from error
    if not line.rstrip("\r\n"):
        raise UsageError("hub.password-empty", file)
    return line.rstrip("\r\n")


def new_password(login: str) -> str:
    """A new password, typed twice. Raises UsageError("hub.password-empty", "hub.passwords-differ")."""
    first = getpass.getpass(f"New password of {login}: ")
    if not first:
        raise UsageError("hub.password-empty", login)
    if getpass.getpass("The same again: ") != first:
        raise UsageError("hub.passwords-differ")
    return first


def _kept(address: Address) -> str | None:
    """The password that the system keeps; libpq finds PGPASSWORD by itself, and who has no login needs none."""
    if os.environ.get("PGPASSWORD") or not address.login:
        return None
    from models.sync.passwords import kept_password

    return kept_password(address)
