"""Where a shared database is and how one signs on to it: an address without any secret."""

import json
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from urllib.parse import parse_qs, quote, unquote, urlsplit

from sqlalchemy import Connection

from models.fields.problem import UsageError
from models.store.local import HUB, local, set_local

PORT = 5432
_SCHEMES = ("postgresql", "postgres")


class Tls(StrEnum):
    """How the connection is protected."""

    VERIFIED = "verify-full"
    """Encrypted, and the server has proven by a certificate that it is the one that is meant."""
    PLAIN = "disable"
    """Not at all: an explicit choice, for a server on this machine or a network that protects by itself."""


@dataclass(frozen=True, slots=True)
class Address:
    """One shared database and one login.

    `login` is empty where the system's sign-on says who one is (Kerberos, peer). `certificate` is the file of the
    authority that signed the server's certificate; empty for those that the system trusts. `replica` (host or
    host:port) serves first copies, where there is one.
    """

    host: str
    database: str
    login: str = ""
    port: int = PORT
    tls: Tls = Tls.VERIFIED
    certificate: str = ""
    replica: str = ""

    @property
    def url(self) -> str:
        """The address as people write it, without a password."""
        who = f"{quote(self.login, safe='')}@" if self.login else ""
        port = f":{self.port}" if self.port != PORT else ""
        host = f"[{self.host}]" if ":" in self.host else quote(self.host, safe="")
        said = [("sslmode", self.tls.value)] if self.tls is not Tls.VERIFIED else []
        said += [(key, value) for key, value in (("sslrootcert", self.certificate), ("replica", self.replica)) if value]
        query = "&".join(f"{key}={quote(value, safe='/:')}" for key, value in said)
        return f"postgresql://{who}{host}{port}/{quote(self.database, safe='')}{query and '?' + query}"


def read_url(url: str) -> tuple[Address, str | None]:
    """The address that a URL names, and the password where it holds one (it is never kept with the address).

    postgresql://login@host:port/database?sslmode=verify-full|disable&sslrootcert=FILE&replica=HOST:PORT.
    Raises UsageError("hub.bad-url", "hub.tls-unknown").
    """
    parts = urlsplit(url.strip())
    try:
        port = parts.port or PORT
    except ValueError:
        raise UsageError("hub.bad-url", _without_password(url)) from None
    database = unquote(parts.path.removeprefix("/"))
    if parts.scheme not in _SCHEMES or not database or "/" in database:
        raise UsageError("hub.bad-url", _without_password(url))
    said = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    mode = said.get("sslmode", Tls.VERIFIED.value)
    if mode not in tuple(Tls):
        raise UsageError("hub.tls-unknown", mode)
    address = Address(
        unquote(said.get("host") or parts.hostname or ""),
        database,
        unquote(parts.username or ""),
        port,
        Tls(mode),
        said.get("sslrootcert", ""),
        said.get("replica", ""),
    )
    if not address.host:
        raise UsageError("hub.bad-url", _without_password(url))
    return address, unquote(parts.password) if parts.password is not None else None


def kept_address(connection: Connection) -> Address | None:
    """The shared database that this home is connected to; None where it is to none."""
    text = local(connection, HUB)
    if not text:
        return None
    known = {each.name for each in fields(Address)}
    values = {key: value for key, value in json.loads(text).items() if key in known}
    return Address(**{**values, "tls": Tls(values.get("tls", Tls.VERIFIED.value))})


def keep_address(connection: Connection, address: Address | None) -> None:
    """Remember the address in the home, within the writing transaction of the connection; None to forget it."""
    set_local(connection, HUB, json.dumps(asdict(address), ensure_ascii=False) if address else "")


def _without_password(url: str) -> str:
    """A URL as it may be shown: what stands for a password is left out, also where the URL cannot be read."""
    head, at, tail = url.rpartition("@")
    if not at:
        return url
    scheme, mark, who = head.rpartition("//")
    return f"{scheme}{mark}{who.partition(':')[0]}@{tail}"
