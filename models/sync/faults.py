"""What the server, the network and libpq say, as HubError. Our own mistakes stay what they are."""

import re
from typing import TYPE_CHECKING

from models.fields.problem import HubError
from models.sync.address import Address

if TYPE_CHECKING:
    import psycopg

_SAID: tuple[tuple[str, str], ...] = (
    # libpq gives a failed connection no SQLSTATE, so its words are all there is; those of the server may be in the
    # server's language: then the last line tells what was said.
    (r"failed to resolve host|could not translate host name", "hub.host-unknown"),
    (r"timeout expired|timed out", "hub.no-answer"),
    (r"Connection refused|0x0000274D", "hub.nobody-there"),
    (r"no password supplied", "hub.password-missing"),
    (r"(password|PAM|LDAP|RADIUS) authentication failed", "hub.password-wrong"),
    (r"(Peer|Ident|GSSAPI|SSPI|certificate) authentication failed|GSSAPI|SSPI|Kerberos", "hub.sign-on"),
    (r"server does not support SSL", "hub.no-tls"),
    (r"does not match host name", "hub.certificate-name"),
    (r"certificate verify failed", "hub.certificate-untrusted"),
    (r"root certificate file", "hub.certificate-file"),
    (r"pg_hba\.conf.*no encryption", "hub.tls-wanted"),
    (r"pg_hba\.conf", "hub.not-let-in"),
    (r"database .* does not exist", "hub.no-database"),
    (r"permission denied for database", "hub.not-let-in"),
    (r"not (permitted to log in|currently accepting connections)", "hub.not-let-in"),
    (r"connection slots are reserved|too many (clients|connections)|no more connections allowed", "hub.full"),
    (r"starting up|not yet accepting connections", "hub.starting"),
    (r"shutting down", "hub.stopping"),
    (r"expected authentication request|invalid response to SSL negotiation|unsupported frontend", "hub.not-postgres"),
    (r"server closed the connection|consuming input failed|sending data|connection is (lost|closed)", "hub.cut"),
)
_STATES = {
    "28P01": "hub.password-wrong",
    "28000": "hub.not-let-in",
    "3D000": "hub.no-database",
    "25006": "hub.read-only",
    "3F000": "hub.none-here",
    "42883": "hub.none-here",
    "42P01": "hub.none-here",
    "42501": "hub.no-member",
    "53100": "hub.disk-full",
    "53200": "hub.full",
    "53300": "hub.full",
    "55P03": "hub.busy",
    "40001": "hub.busy",
    "40P01": "hub.busy",
    "57014": "hub.busy",
    "57P01": "hub.stopping",
    "57P02": "hub.cut",
    "57P03": "hub.starting",
    "57P05": "hub.cut",
    "08P01": "hub.cut",
    "XX001": "hub.damaged",
    "XX002": "hub.damaged",
}
_OURS = "MU"
"""SQLSTATEs of the conditions that the shared database's own functions raise begin so."""


def hub_error(error: "psycopg.Error", address: Address | None = None) -> HubError | None:
    """The HubError for an error of psycopg; None where it is our own mistake.

    Its value is the place (host/database), its details hold login, host, database and, as `reason`, what was said.
    """
    import psycopg

    details = {"reason": _reason(error)}
    where = ""
    if address is not None:
        where = f"{address.host}/{address.database}"
        details |= {"login": address.login or "—", "host": address.host, "database": address.database}
    state = error.sqlstate or ""
    if state.startswith(_OURS):
        return HubError(error.diag.message_primary or "hub.refused", error.diag.message_detail or where, **details)
    if state in _STATES:
        return HubError(_STATES[state], where, **details)
    if isinstance(error, psycopg.OperationalError):
        return HubError(_code_of(str(error)), where, **details)
    return None


def _code_of(text: str) -> str:
    return next((code for words, code in _SAID if re.search(words, text)), "hub.unreachable")


def _reason(error: "psycopg.Error") -> str:
    """What was said, without where: one line, which never holds a password."""
    lines = str(error).strip().splitlines()
    first = lines[0] if lines else type(error).__name__
    return first.rpartition("failed: ")[2].removeprefix("FATAL:").strip()
