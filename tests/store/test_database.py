"""Opening the local database, and what goes wrong with it in the world: said clearly, and nothing lost."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from models.fields.ids import new_id, new_ids
from models.fields.problem import DatabaseError
from models.journal.entry import Edit
from models.journal.writer import Journal
from models.schema import journal as _journal  # noqa: F401 (declares the journal's tables)
from models.schema.columns import Base
from models.store import database as database_module
from models.store import migrate, shares
from models.store.database import Database
from models.store.home import Home
from tests.journal.ground import assert_sound


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "city")


@pytest.fixture
def database(home):
    database = Database.open(home)
    yield database
    database.close()


def place(name):
    return Edit("location", new_id(), {"name": name}, new=True)


def radios(count):
    return [Edit("asset", row, {"kind": "radio", "tag": row, "notes": row * 20}, new=True) for row in new_ids(count)]


def names(database):
    with database.reading() as connection:
        return connection.exec_driver_sql("SELECT name FROM location ORDER BY nr").scalars().all()


def refused(home):
    with pytest.raises(DatabaseError) as caught:
        Database.open(home)
    return caught.value.problem


@pytest.mark.filterwarnings("ignore:Cannot correctly sort tables")  # departments have heads, heads departments
def test_a_new_database_is_what_the_schema_says(database):
    with database.reading() as connection:
        context = MigrationContext.configure(connection)
        differences = [each for each in compare_metadata(context, Base.metadata) if not _of_alembic_or_fts(each)]
    assert differences == []


def _of_alembic_or_fts(difference):
    return difference[0] == "remove_table" and difference[1].name.startswith(("alembic_", "find_"))


def test_its_indexes_and_references_are_word_for_word_those_of_the_schema(database, tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'plain.db'}")
    Base.metadata.create_all(engine)
    sql = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    with engine.connect() as plain, database.reading() as connection:
        wanted = dict(plain.exec_driver_sql(sql).all())
        assert dict(connection.exec_driver_sql(sql).all()) == wanted
        for table in Base.metadata.tables:
            for pragma in ("foreign_key_list", "table_xinfo"):
                here = connection.exec_driver_sql(f"PRAGMA {pragma}({table})").all()
                there = plain.exec_driver_sql(f"PRAGMA {pragma}({table})").all()
                assert sorted(row[2:] for row in here) == sorted(row[2:] for row in there), (table, pragma)
    engine.dispose()


def test_the_newest_revision_is_the_one_the_program_knows(database):
    with database.reading() as connection:
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one() == migrate.HEAD


def test_opening_again_keeps_what_is_there(home):
    for name in ("A", "B"):
        database = Database.open(home)
        Journal(database, "Test").write("Add", [place(name)])
        database.close()
    database = Database.open(home)
    assert names(database) == ["A", "B"]
    database.close()


def test_every_connection_is_durable_and_checks_references(database):
    for _ in range(2):  # a fresh connection, and one from the pool
        for opened in (database.reading, database.writing):
            with opened() as connection:
                answers = {
                    name: connection.exec_driver_sql(f"PRAGMA main.{name}").scalar_one()
                    for name in ("journal_mode", "synchronous", "foreign_keys")
                }
            assert answers == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_a_newer_database_is_refused_and_left_alone(home):
    Database.open(home).close()
    raw = sqlite3.connect(home.database)
    raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.commit()
    raw.close()
    problem = refused(home)
    assert (problem.code, problem.details["revision"]) == ("database.newer", "9999")
    raw = sqlite3.connect(home.database)
    assert raw.execute("SELECT version_num FROM alembic_version").fetchone() == ("9999",)
    raw.close()


@pytest.mark.parametrize(
    "content", [b"This is a letter to the city council.\n" * 100, b"\x00" * 5000, b"PK\x03\x04" * 999]
)
def test_what_is_no_database_is_refused_and_left_alone(home, content):
    home.make()
    home.database.write_bytes(content)
    problem = refused(home)
    assert problem.code == "database.not-a-database"
    assert problem.value == str(home.database)
    assert home.database.read_bytes() == content


@pytest.mark.parametrize("tables", ["CREATE TABLE song (name)", "CREATE TABLE alembic_version (version_num)"])
def test_the_database_of_another_program_is_refused(home, tables):
    home.make()
    raw = sqlite3.connect(home.database)
    raw.execute(tables)
    raw.commit()
    raw.close()
    problem = refused(home)
    assert problem.code == "database.not-muster"
    assert problem.value == str(home.database)


def test_an_empty_file_becomes_a_database(home):
    home.make()
    home.database.touch()
    database = Database.open(home)
    assert names(database) == []
    database.close()


def test_a_damaged_database_is_said_to_be_damaged(home):
    database = Database.open(home)
    Journal(database, "Test").write("Add", radios(200))
    database.close()
    with home.database.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (home.database.stat().st_size - 8192))
    with pytest.raises(DatabaseError) as caught:
        _read_all(home)
    assert caught.value.problem.code == "database.damaged"


def _read_all(home):
    database = Database.open(home)
    with database.reading() as connection:
        connection.exec_driver_sql("SELECT sum(length(notes)) FROM asset").scalar_one()


def test_a_file_in_the_place_of_the_folder(tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert refused(Home(tmp_path / "file" / "home")).code == "database.no-folder"


def test_a_folder_in_the_place_of_the_file(home):
    home.database.mkdir(parents=True)
    assert refused(home).code == "database.cannot-open"


_AS_NOBODY = textwrap.dedent(
    """
    import os, sys
    from pathlib import Path
    from models.fields.ids import new_id
    from models.fields.problem import DatabaseError
    from models.journal.entry import Edit
    from models.store.database import Database
    from models.store.home import Home
    from models.journal.writer import Journal

    home, modes = Home(Path(sys.argv[1])), sys.argv[2:]
    Database.open(home).close()
    if "gone" in modes:
        for each in home.path.iterdir():
            each.unlink()
    for each in home.path.iterdir():
        each.chmod(0o444)
    if "folder" in modes:
        home.path.chmod(0o555)
    if os.getuid() == 0:
        os.chown(home.path, 65534, 65534) if "folder" not in modes else None
        os.setuid(65534)  # permissions do not bind root
    try:
        database = Database.open(home)
        with database.reading() as connection:  # what can be read can be looked at
            assert connection.exec_driver_sql("SELECT count(*) FROM location").scalar_one() == 0
        Journal(database, "Test").write("Add", [Edit("location", new_id(), {"name": "A"}, new=True)])
    except DatabaseError as error:
        print(error.problem.code)
    """
)


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are others there")
@pytest.mark.parametrize(
    ("modes", "codes"),
    [
        (["file"], {"database.read-only"}),
        (["file", "folder"], {"database.read-only", "database.cannot-open"}),
        (["folder", "gone"], {"database.cannot-open"}),
    ],
)
def test_what_may_not_be_written_is_said_to_be_so(modes, codes):
    folder = Path(tempfile.mkdtemp())
    try:
        folder.chmod(0o755)
        done = subprocess.run(
            [sys.executable, "-c", _AS_NOBODY, folder / "home", *modes], check=False, capture_output=True, text=True
        )
        assert done.stdout.strip() in codes, done.stderr
    finally:
        (folder / "home").chmod(0o755)
        shutil.rmtree(folder)


def test_a_network_share_is_refused(home, monkeypatch):
    monkeypatch.setattr(database_module, "on_network_share", lambda path: path == home.path)
    problem = refused(home)
    assert (problem.code, problem.value) == ("database.network-share", str(home.path))
    assert not home.database.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="reads the mounts of Linux")
@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("/home/ana/muster", False),
        ("/mnt/share", True),
        ("/mnt/share/it/muster", True),
        ("/mnt/shared", False),
        ("/mnt/share/local/muster", False),
        ("/media/my disk/muster", True),
        ("/srv/nfs/x", True),
        ("/run/sshfs/x", True),
    ],
)
def test_which_folders_are_on_a_network_share(folder, expected, monkeypatch):
    mounts = [
        ("/", "ext4"), ("/mnt/share", "ext4"), ("/mnt/share", "cifs"), ("/mnt/share/local", "xfs"),
        ("/media/my disk", "smb3"), ("/srv/nfs", "nfs4"), ("/run/sshfs", "fuse.sshfs"), ("/proc", "proc"),
    ]  # fmt: skip
    monkeypatch.setattr(shares, "_linux_mounts", lambda: mounts)
    assert shares.on_network_share(Path(folder)) is expected


@pytest.mark.skipif(sys.platform != "linux", reason="reads the mounts of Linux")
def test_the_mounts_of_this_machine_can_be_read(tmp_path):
    # Inside a chroot "/" is no mount; where this can be read, /proc is one.
    assert ("/proc", "proc") in shares._linux_mounts()
    assert shares.on_network_share(tmp_path) is False


def test_a_full_disk_is_said_and_nothing_is_lost(database):
    journal = Journal(database, "Test")
    journal.write("Before", [place("Kept"), *radios(50)])
    with database.writing() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 40}")
    with pytest.raises(DatabaseError) as caught:
        journal.write("Too much", [place("Lost"), *radios(3000)])
    assert caught.value.problem.code == "database.full"
    assert names(database) == ["Kept"]
    assert_sound(journal)
    with database.writing() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=1000000")
    assert journal.write("Room again", [place("More"), *radios(3000)]).count == 3001
    assert_sound(journal)


_LIMITED = textwrap.dedent(
    """
    import resource, signal, sys
    from pathlib import Path
    from models.fields.problem import DatabaseError
    from models.journal.writer import Journal
    from models.store.database import Database
    from models.store.home import Home
    from tests.store.test_database import place, radios

    journal = Journal(Database.open(Home(Path(sys.argv[1]))), "Test")
    journal.write("Before", [place("Kept")])
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, resource.RLIM_INFINITY))
    try:
        journal.write("Too much", [place("Lost"), *radios(6000)])
    except DatabaseError as error:
        print(error.problem.code)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    journal.write("After", [place("More")])
    journal.database.close()
    """
)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such limits there")
def test_a_file_that_cannot_grow_is_said_and_nothing_is_lost(home):
    done = subprocess.run(
        [sys.executable, "-c", _LIMITED, home.path], check=False, capture_output=True, text=True, env={**os.environ}
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() in ("database.full", "database.disk-error")
    database = Database.open(home)
    assert names(database) == ["Kept", "More"]
    assert_sound(Journal(database, "Test"))
    database.close()


def test_another_process_that_writes_makes_it_busy(home, monkeypatch):
    monkeypatch.setattr(database_module, "BUSY_SECONDS", 0.05)
    database = Database.open(home)
    journal = Journal(database, "Test")
    journal.write("Before", [place("A")])
    other = sqlite3.connect(home.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseError) as caught:
        journal.write("Wait", [place("B")])
    assert caught.value.problem.code == "database.busy"
    assert names(database) == ["A"]  # reading goes on
    other.execute("ROLLBACK")
    other.close()
    journal.write("Now", [place("C")])
    assert names(database) == ["A", "C"]
    assert_sound(journal)
    database.close()


def test_two_programs_write_in_turn(home):
    first, second = (Journal(Database.open(home), author) for author in ("A", "B"))
    for number in range(4):
        (first, second)[number % 2].write("Add", [place(str(number))])
    assert names(first.database) == names(second.database) == ["0", "1", "2", "3"]
    assert_sound(first)
    first.database.close()
    second.database.close()


def test_threads_write_one_after_the_other_and_read_at_once(database):
    journal = Journal(database, "Test")
    failures = []

    def work(number):
        try:
            for step in range(10):
                journal.write("Add", [place(f"{number}-{step}")])
                assert f"{number}-{step}" in names(database)
        except Exception as error:  # noqa: BLE001 (told by the test's own thread)
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(names(database)) == 40
    assert_sound(journal)


def test_a_reader_sees_one_unchanging_state(database):
    journal = Journal(database, "Test")
    journal.write("Add", [place("A")])
    count = "SELECT count(*) FROM location"
    with database.reading() as connection:
        assert connection.exec_driver_sql(count).scalar_one() == 1
        journal.write("Add", [place("B")])
        assert connection.exec_driver_sql(count).scalar_one() == 1
    assert len(names(database)) == 2


def test_a_failure_while_reading_leaves_the_connection_whole(database):
    with pytest.raises(ZeroDivisionError), database.reading():
        raise ZeroDivisionError
    Journal(database, "Test").write("Add", [place("A")])
    assert names(database) == ["A"]


def test_a_failure_while_writing_leaves_nothing(database):
    def fail():
        with database.writing() as connection:
            connection.exec_driver_sql("INSERT INTO local VALUES ('x', 'y')")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM local WHERE key = 'x'").scalar_one() == 0


def test_the_home_is_named_by_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("MUSTER_HOME", str(tmp_path))
    assert Home.default().path == tmp_path
    monkeypatch.delenv("MUSTER_HOME")
    assert Home.default().path.name == "Muster"
