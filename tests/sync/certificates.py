"""Certificates for the tests, made by the openssl program."""

import shutil
import subprocess
from pathlib import Path

OPENSSL = shutil.which("openssl")


def authority(folder: Path, name: str) -> Path:
    """An authority's certificate; its key lies beside it."""
    _openssl(folder, *f"req -x509 -newkey rsa:2048 -nodes -keyout {name}.key -out {name}.pem -days 30".split(),
             "-subj", f"/CN={name}")  # fmt: skip
    return folder / f"{name}.pem"


def certificate(folder: Path, name: str, host: str, by: str, days: int = 30) -> Path:
    """A server's certificate for a host, signed by an authority of that folder; its key lies beside it."""
    _openssl(folder, *f"req -newkey rsa:2048 -nodes -keyout {name}.key -out {name}.csr".split(), "-subj", f"/CN={host}")
    (folder / "names").write_text(f"subjectAltName=DNS:{host}", encoding="utf-8")
    _openssl(folder, *f"x509 -req -in {name}.csr -CA {by}.pem -CAkey {by}.key -CAcreateserial -out {name}.pem".split(),
             *f"-extfile names -days {days}".split())  # fmt: skip
    return folder / f"{name}.pem"


def _openssl(folder: Path, *arguments: str) -> None:
    assert OPENSSL is not None
    subprocess.run([OPENSSL, *arguments], check=True, capture_output=True, cwd=folder, timeout=60)
