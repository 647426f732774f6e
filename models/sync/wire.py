"""A connection to the shared database, and its errors in our words. psycopg is loaded with the first connection."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from models.fields.problem import HubError
from models.sync.address import Address, Tls

if TYPE_CHECKING:
    import psycopg

#: Seconds until a host that does not answer counts as not reachable.
PATIENCE = 8


def connect(
    address: Address, password: str | None = None, *, replica: bool = False
) -> "psycopg.Connection[tuple[Any, ...]]":
    """A connection to the shared database, which commits each statement by itself outside of `transaction()`.

    It keeps nothing in the session (no prepared statements), so that a pooler may give each transaction another one.
    `replica`: to the read replica where the address names one. Raises HubError.
    """
    import psycopg

    host, port = _place(address, replica=replica)
    said: dict[str, str | int] = {
        "host": host,
        "port": port,
        "dbname": address.database,
        "sslmode": address.tls.value,
        "connect_timeout": PATIENCE,
        "application_name": "Muster",
        # A half-open connection is noticed while nothing is sent, and while something is.
        "keepalives_idle": 15,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": 30_000,
    }
    if address.tls is Tls.VERIFIED:
        said["sslrootcert"] = _authorities(address)
    if address.login:
        said["user"] = address.login
    if password is not None:
        said["password"] = password
    try:
        with hub_errors(address):
            return psycopg.connect("", autocommit=True, prepare_threshold=None, **said)  # type: ignore[arg-type]
    except HubError as error:
        raise _with_certificate(error, address, host, port) from error


@contextmanager
def hub_errors(address: Address | None = None) -> Iterator[None]:
    """Turn what the server and the network say into HubError; leave our own mistakes as they are."""
    import psycopg

    from models.sync.faults import hub_error

    try:
        yield
    except psycopg.Error as error:
        known = hub_error(error, address)
        if known is None:
            raise
        raise known from error


def _authorities(address: Address) -> str:
    from models.sync.trust import system_authorities

    return address.certificate or system_authorities()


def _with_certificate(error: HubError, address: Address, host: str, port: int) -> HubError:
    """The error, with the reason found out where a certificate was not taken: libpq does not tell it."""
    if error.problem.code != "hub.certificate-untrusted":
        return error
    from models.sync.trust import certificate_fault

    code = certificate_fault(host, port, _authorities(address), PATIENCE)
    return HubError(code, error.problem.value, **error.problem.details)


def _place(address: Address, *, replica: bool) -> tuple[str, int]:
    if not (replica and address.replica):
        return address.host, address.port
    host, _, port = address.replica.partition(":")
    return host, int(port) if port.isdecimal() else address.port
