"""A whole copy of the database in one file, and the way back. Both by SQLite's online backup, while others work."""

import contextlib
import datetime as dt
import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from models.fields.problem import DatabaseError, InputError, KnownError
from models.progress import Progress
from models.store.database import BUSY_SECONDS, Database
from models.store.errors import sqlite_errors
from models.store.home import Home
from models.store.migrate import bring_up_to_date

#: The ending of backups that Muster names itself.
SUFFIX = ".musterbackup"
_PAGES = 2000  # copied in one step: 8 MB
_MAGIC = b"SQLite format 3\x00"
#: What SQLite keeps beside a database that is in use.
_BESIDE = ("-wal", "-shm")
#: What a database can be that is to be replaced just because of it.
_LOST = frozenset(("database.damaged", "database.not-a-database", "database.not-muster", "database.newer"))


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did: `kept` is the copy of what was there before, None where nothing was."""

    kept: Path | None


def backup(database: Database, file: Path, progress: Progress | None = None) -> int:
    """Write everything into one file, whole or not at all; its size in bytes. Others may go on working.

    Raises KnownError("backup.cannot-write", "backup.itself"); DatabaseError; Cancelled.
    """
    if file.exists() and file.samefile(database.home.database):
        raise KnownError("backup.itself", str(file))
    with _writing_to(file), _beside(file) as copy:
        with sqlite_errors(file):
            _copy(database.home.database, copy, progress or Progress(), "backup")
            # One file that needs no other beside it, fit for a read-only disk.
            with contextlib.closing(sqlite3.connect(copy)) as raw:
                raw.execute("PRAGMA journal_mode=DELETE")
        _to_disk(copy)
        size = copy.stat().st_size
        copy.replace(file)
    return size


def restore(home: Home, file: Path, progress: Progress | None = None) -> Restored:
    """Put a backup in the place of the home's database, after keeping a copy of that in `home.backups`.

    The present database is overwritten within one transaction, so windows that have it open see it change as by any
    other edit. One that cannot be read any more is set aside whole. Raises InputError where the file is no backup
    (backup.missing, backup.not-a-backup, backup.damaged, backup.newer); DatabaseError("database.busy" …); Cancelled.
    """
    progress = progress or Progress()
    home.make()
    restored = Restored(_replace(home, file, progress))
    progress.at("index")
    Database.open(home).close()  # brings the search index up to what is there now
    return restored


def replace_by(
    home: Home, other: Path, why: str, progress: Progress, agree: Callable[[Connection], None] | None = None
) -> Path:
    """Put another database in the place of the home's, which is kept in `home.backups`; where that is.

    `other` is sound, of this version and closed. `why` is the beginning of the kept file's name. It changes all at
    once, as by `restore`. `agree` looks at what is there at the last moment; what it raises leaves all as it is.
    Raises DatabaseError, KnownError("backup.cannot-write"), Cancelled.
    """
    kept = home.backups / f"{why}-{_stamp()}{SUFFIX}"
    home.backups.mkdir(parents=True, exist_ok=True)
    database = Database.open(home)
    try:
        backup(database, kept, progress)
        if agree is not None:
            with database.reading() as connection:
                agree(connection)
    except BaseException:
        kept.unlink(missing_ok=True)
        raise
    finally:
        database.close()
    _forget_index(home)  # before, so that none is taken for right where this ends between the two
    with sqlite_errors(home.database):
        _copy(other, home.database, progress, "restore")
    _forget_index(home)  # and after, since somebody may have made it meanwhile
    progress.at("index")
    Database.open(home).close()
    return kept


def _forget_index(home: Home) -> None:
    """Have the search index made anew: it may know the same deeds and yet other numbers of rows."""
    with contextlib.closing(sqlite3.connect(home.search, timeout=BUSY_SECONDS)) as raw, sqlite_errors(home.search):
        raw.execute("UPDATE upto SET action = 'another database'")
        raw.commit()


def _stamp() -> str:
    return dt.datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")


def _replace(home: Home, file: Path, progress: Progress) -> Path | None:
    """Put the backup in the place of the database; where that was kept."""
    with tempfile.TemporaryDirectory(prefix="restore-", dir=home.path, ignore_cleanup_errors=True) as folder:
        copy = _checked_copy(file, Home(Path(folder)), progress)
        if not home.database.exists():
            for ending in _BESIDE:  # left over from a database that somebody deleted: not this one's
                Path(f"{home.database}{ending}").unlink(missing_ok=True)
            copy.replace(home.database)
            return None
        kept = home.backups / f"before-restore-{_stamp()}{SUFFIX}"
        home.backups.mkdir(parents=True, exist_ok=True)
        try:
            database = Database.open(home)
        except DatabaseError as error:
            if error.problem.code not in _LOST:
                raise
            return _set_aside(home, copy, kept)
        try:
            backup(database, kept, progress)
        finally:
            database.close()
        with sqlite_errors(home.database):
            _copy(copy, home.database, progress, "restore")
        return kept


def _checked_copy(file: Path, aside: Home, progress: Progress) -> Path:
    """The backup, copied into the folder `aside` and proven to be a sound database of this Muster or an older one."""
    try:
        with file.open("rb") as stream:
            head = stream.read(len(_MAGIC))
        if head != _MAGIC:
            raise InputError("backup.not-a-backup", str(file))
        shutil.copyfile(file, aside.database)
        beside = Path(f"{file}-wal")  # somebody's plain copy of a database may come in two parts
        if beside.exists():
            shutil.copyfile(beside, f"{aside.database}-wal")
    except OSError as error:
        code = "backup.missing" if isinstance(error, FileNotFoundError) else "backup.cannot-read"
        raise InputError(code, str(file), reason=error.strerror or str(error)) from error
    progress.at("restore")
    try:
        with contextlib.closing(sqlite3.connect(aside.database)) as raw, sqlite_errors(aside.database):
            if not raw.execute("SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'").fetchone()[0]:
                raise InputError("backup.not-a-backup", str(file))
            if raw.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise InputError("backup.damaged", str(file))
        database = Database(aside)  # not opened in full: the copy needs no search index
        try:
            bring_up_to_date(database)
        finally:
            database.close()
    except DatabaseError as error:
        code = "backup.newer" if error.problem.code == "database.newer" else "backup.damaged"
        raise InputError(code, str(file), **error.problem.details) from error
    return aside.database


def _set_aside(home: Home, copy: Path, kept: Path) -> Path:
    """Move a database that cannot be read out of the way, with all that lies beside it."""
    kept = kept.with_suffix(".damaged")
    home.database.replace(kept)
    for ending in _BESIDE:
        with contextlib.suppress(FileNotFoundError):
            Path(f"{home.database}{ending}").replace(f"{kept}{ending}")
    copy.replace(home.database)
    return kept


def _copy(source: Path, target: Path, progress: Progress, stage: str) -> None:
    """Copy one database over another, which changes all at once at the end."""
    # Waiting for a lock is counted by the watch, not by SQLite.
    with (
        contextlib.closing(sqlite3.connect(source)) as raw,
        contextlib.closing(sqlite3.connect(target, timeout=0.1)) as other,
    ):
        other.execute("PRAGMA synchronous=FULL")
        raw.backup(other, pages=_PAGES, progress=_watch(target, progress, stage), sleep=0.05)


def _watch(target: Path, progress: Progress, stage: str) -> Callable[[int, int, int], None]:
    """Called after each step: tells how far it is, and gives up when another process keeps the file locked."""
    since = time.monotonic()

    def watch(status: int, remaining: int, total: int) -> None:
        nonlocal since
        progress.at(stage, total - remaining, total)
        if status not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            since = time.monotonic()
        elif time.monotonic() - since > BUSY_SECONDS:
            raise DatabaseError("database.busy", str(target))

    return watch


@contextlib.contextmanager
def _beside(file: Path) -> Iterator[Path]:
    """A file beside `file` to write to, gone again unless it was moved."""
    handle, name = tempfile.mkstemp(prefix=f".{file.stem[:40]}-", suffix=".part", dir=file.parent)
    os.close(handle)
    copy = Path(name)
    try:
        yield copy
    finally:
        for ending in ("", "-wal", "-shm", "-journal"):
            with contextlib.suppress(OSError):
                Path(f"{copy}{ending}").unlink()


@contextlib.contextmanager
def _writing_to(file: Path) -> Iterator[None]:
    """Turn what goes wrong with the target file into a KnownError."""
    try:
        yield
    except OSError as error:
        raise KnownError("backup.cannot-write", str(file), reason=error.strerror or str(error)) from error


def _to_disk(file: Path) -> None:
    with file.open("rb+") as stream:
        os.fsync(stream.fileno())
