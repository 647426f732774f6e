"""Which authorities this system trusts, as a file for libpq, and why a server's certificate was not taken."""

import socket
import ssl
import sys
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path

#: Where systems keep the authorities that they trust, where Python does not know better.
_BUNDLES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
)
#: OpenSSL's numbers for what is wrong with a certificate (X509_V_ERR_…), and our codes.
_FAULTS = {
    9: "hub.certificate-early",
    10: "hub.certificate-expired",
    62: "hub.certificate-name",
    64: "hub.certificate-name",
}
_UNTRUSTED = "hub.certificate-untrusted"
_SSL_REQUEST = bytes((0, 0, 0, 8, 4, 210, 22, 47))
"""What a client of PostgreSQL says to ask for TLS."""


@cache
def system_authorities() -> str:
    """A file of the authorities that this system trusts; "system" where none is found, which leaves it to libpq.

    libpq comes with an OpenSSL of its own, which looks in a folder that this system does not have; on Windows the
    authorities are in the system's store, those that a city gives to its computers too.
    """
    if sys.platform == "win32":
        return _of_windows()
    paths = ssl.get_default_verify_paths()
    found = (path for path in (paths.cafile, *_BUNDLES) if path and Path(path).is_file())
    return next(found, "system")


def _of_windows() -> str:
    """The store's authorities, written to a file of this process: they are public."""
    known = ssl.create_default_context().get_ca_certs(binary_form=True)
    if not known:
        return "system"
    with tempfile.NamedTemporaryFile("w", prefix="muster-ca-", suffix=".pem", delete=False) as file:
        file.write("".join(ssl.DER_cert_to_PEM_cert(each) for each in known))
    return file.name


def certificate_fault(host: str, port: int, authorities: str, patience: float) -> str:
    """The code for why the server's certificate is not taken: libpq says only that it is not.

    hub.certificate-expired, -early, -name or -untrusted; the last as well where the server cannot be asked.
    """
    with suppress(OSError, ValueError):
        context = ssl.create_default_context(cafile=None if authorities == "system" else authorities)
        with socket.create_connection((host, port), timeout=patience) as link:
            link.sendall(_SSL_REQUEST)
            if link.recv(1) != b"S":
                return _UNTRUSTED
            try:
                context.wrap_socket(link, server_hostname=host).close()
            except ssl.SSLCertVerificationError as error:
                return _FAULTS.get(error.verify_code, _UNTRUSTED)
    return _UNTRUSTED
