import shutil
import sqlite3

import pytest

from models.fields.ids import new_id
from models.fields.problem import DatabaseError, InputError, KnownError
from models.journal.entry import Edit
from models.journal.writer import Journal
from models.progress import Cancelled, Progress
from models.store.backup import backup, restore
from models.store.database import Database
from models.store.home import Home


@pytest.fixture
def home(tmp_path):
    home = Home(tmp_path / "home")
    add(home, "Engine 7")
    return home


def add(home, name):
    database = Database.open(home)
    Journal(database, "J. Ruiz").write(f"Add {name}", [Edit("location", new_id(), {"name": name}, new=True)])
    database.close()


def names(home):
    database = Database.open(home)
    with database.reading() as connection:
        found = connection.exec_driver_sql("SELECT name FROM location ORDER BY nr").scalars().all()
    database.close()
    return found


def back_up(home, file):
    database = Database.open(home)
    try:
        return backup(database, file)
    finally:
        database.close()


def test_a_backup_comes_back(home, tmp_path):
    file = tmp_path / "city.musterbackup"
    assert back_up(home, file) == file.stat().st_size > 0
    assert [path.name for path in tmp_path.iterdir() if path.name != "home"] == [file.name]
    add(home, "Engine 8")
    kept = restore(home, file).kept
    assert names(home) == ["Engine 7"]
    restore(home, kept)
    assert names(home) == ["Engine 7", "Engine 8"]


def test_it_is_restored_where_nothing_was(home, tmp_path):
    back_up(home, tmp_path / "b")
    other = Home(tmp_path / "other" / "place")
    assert restore(other, tmp_path / "b").kept is None
    assert names(other) == ["Engine 7"]


def test_a_window_that_is_open_sees_what_was_restored(home, tmp_path):
    back_up(home, tmp_path / "b")
    add(home, "Engine 8")
    open_elsewhere = Database.open(home)
    seen = open_elsewhere.data_version()
    restore(home, tmp_path / "b")
    assert open_elsewhere.data_version() != seen
    with open_elsewhere.reading() as connection:
        assert connection.exec_driver_sql("SELECT name FROM location").scalars().all() == ["Engine 7"]
    open_elsewhere.close()


def test_one_who_writes_is_not_disturbed(home, tmp_path, monkeypatch):
    monkeypatch.setattr("models.store.backup.BUSY_SECONDS", 0.2)
    back_up(home, tmp_path / "b")
    writer = sqlite3.connect(home.database, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("UPDATE location SET name = 'Engine 9'")
    with pytest.raises(DatabaseError) as error:
        restore(home, tmp_path / "b")
    assert error.value.problem.code == "database.busy"
    writer.execute("COMMIT")
    writer.close()
    assert names(home) == ["Engine 9"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "backup.missing"),
        (b"", "backup.not-a-backup"),
        (b"Asset tag,Serial\r\nR-1,2\r\n", "backup.not-a-backup"),
        (b"SQLite format 3\x00" + b"x" * 4000, "backup.damaged"),
    ],
)
def test_what_is_no_backup_is_refused(home, tmp_path, content, code):
    file = tmp_path / "b"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(InputError) as error:
        restore(home, file)
    assert error.value.problem.code == code
    assert names(home) == ["Engine 7"]
    assert not list(home.path.glob("restore-*"))


def test_other_peoples_databases_and_newer_ones_are_refused(home, tmp_path):
    other = sqlite3.connect(tmp_path / "other.db")
    other.execute("CREATE TABLE asset (id)")
    other.close()
    back_up(home, tmp_path / "newer.db")
    newer = sqlite3.connect(tmp_path / "newer.db")
    newer.execute("UPDATE alembic_version SET version_num = '9999'")
    newer.commit()
    newer.close()
    for name, code in (("other.db", "backup.not-a-backup"), ("newer.db", "backup.newer")):
        with pytest.raises(InputError) as error:
            restore(home, tmp_path / name)
        assert error.value.problem.code == code


def test_a_database_that_cannot_be_read_is_set_aside(home, tmp_path):
    back_up(home, tmp_path / "b")
    home.database.write_bytes(b"not a database any more" * 1000)
    kept = restore(home, tmp_path / "b").kept
    assert names(home) == ["Engine 7"]
    assert kept.read_bytes().startswith(b"not a database")


def test_a_plain_copy_with_its_log_is_restored_whole(home, tmp_path):
    database = Database.open(home)
    Journal(database, "J. Ruiz").write("Add", [Edit("location", new_id(), {"name": "Engine 8"}, new=True)])
    for ending in ("", "-wal"):
        shutil.copy(f"{home.database}{ending}", tmp_path / f"copy.db{ending}")
    database.close()
    other = Home(tmp_path / "other")
    restore(other, tmp_path / "copy.db")
    assert names(other) == ["Engine 7", "Engine 8"]


def test_a_backup_is_whole_or_not_there(home, tmp_path):
    database = Database.open(home)
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        backup(database, tmp_path / "b", progress)
    with pytest.raises(KnownError) as error:
        backup(database, tmp_path / "no" / "folder" / "b")
    assert error.value.problem.code == "backup.cannot-write"
    with pytest.raises(KnownError) as error:
        backup(database, home.database)
    assert error.value.problem.code == "backup.itself"
    database.close()
    assert [path.name for path in tmp_path.iterdir()] == ["home"]
