"""The search index's own file: lost, spoilt, behind or busy, it never costs the register anything."""

import sqlite3

import pytest

from models.fields.ids import new_ids
from models.fields.problem import DatabaseError
from models.journal.entry import Edit
from models.journal.writer import Journal
from models.query.window import find_ids
from models.store import searchfile
from models.store.database import Database
from models.store.home import Home
from models.store.searchfile import IndexWriter
from tests.journal.ground import assert_sound, changed, made


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "city")


def opened(home):
    return Journal(Database.open(home), "Test")


def found(journal, query):
    with journal.database.reading() as connection:
        return len(find_ids(connection, journal.database.catalogue(), "asset", query))


def radios(count):
    return [Edit("asset", row, {"kind": "radio", "tag": f"R-{row}"}, new=True) for row in new_ids(count)]


@pytest.fixture
def radio(home):
    journal = opened(home)
    place = made(journal, "location", name="Station 7")
    row = made(journal, "asset", kind="radio", tag="R-1", location=place)
    journal.database.close()
    return row


@pytest.mark.parametrize("spoil", ["delete", "garbage", "empty", "other", "older"])
def test_it_is_made_anew_where_it_is_of_no_use(home, radio, spoil):
    match spoil:
        case "delete":
            home.search.unlink()
        case "garbage":
            home.search.write_bytes(b"no database at all " * 1000)
        case "empty":
            home.search.write_bytes(b"")
        case "other":
            home.search.unlink()
            raw = sqlite3.connect(home.search)
            raw.execute("CREATE TABLE song (name)")
            raw.commit()
            raw.close()
        case "older":
            raw = sqlite3.connect(home.search)
            raw.execute("PRAGMA user_version=0")
            raw.close()
    journal = opened(home)
    assert found(journal, "station") == 1
    assert_sound(journal)
    changed(journal, "asset", radio, notes="new words")
    assert found(journal, "words") == 1
    journal.database.close()


@pytest.mark.parametrize("count", [1, 3, 700])
def test_what_a_crash_kept_from_it_is_caught_up(home, radio, count, monkeypatch):
    journal = opened(home)
    with monkeypatch.context() as patched:
        patched.setattr(IndexWriter, "commit", _fail)
        assert journal.write("Behind", radios(count)).count == count  # it is saved
        place = _place(journal)
        changed(journal, "location", place, name="Engine House")
        journal.write("Gone", [Edit("asset", radio, {"notes": "x"})])
    journal.database.close()
    journal = opened(home)
    assert found(journal, "R-") == count + 1
    assert found(journal, '"engine house"') == 1
    assert_sound(journal)
    journal.database.close()


def test_the_next_write_catches_up_too(home, radio, monkeypatch):
    journal = opened(home)
    with monkeypatch.context() as patched:
        patched.setattr(IndexWriter, "commit", _fail)
        journal.write("Behind", radios(5))
    journal.write("Next", radios(1))
    assert found(journal, "R-") == 7
    assert_sound(journal)
    journal.database.close()


def test_a_copy_of_an_older_day_is_caught_up(home, radio):
    older = home.search.read_bytes()
    journal = opened(home)
    changed(journal, "asset", radio, tag="R-2")
    changed(journal, "asset", radio, deleted="yes")
    journal.write("More", radios(3))
    journal.database.close()
    for ending in ("-wal", "-shm"):
        home.search.with_name(home.search.name + ending).unlink(missing_ok=True)
    home.search.write_bytes(older)
    journal = opened(home)
    assert found(journal, "R-") == 3
    assert_sound(journal)
    journal.database.close()


def test_an_index_of_another_register_is_made_anew(home, radio, tmp_path):
    other = Home(tmp_path / "other")
    stranger = opened(other)
    made(stranger, "asset", kind="radio", tag="STRANGER")
    stranger.database.close()
    home.search.write_bytes(other.search.read_bytes())
    journal = opened(home)
    assert found(journal, "stranger") == 0
    assert found(journal, "R-1") == 1
    assert_sound(journal)
    journal.database.close()


def test_two_programs_keep_one_index(home, radio):
    first, second = opened(home), opened(home)
    for number in range(3):
        made(first, "asset", kind="radio", tag=f"FIRST-{number}")
        made(second, "asset", kind="radio", tag=f"SECOND-{number}")
    assert found(first, "second") == found(second, "first") == 3
    assert_sound(first)
    first.database.close()
    second.database.close()


def test_a_failure_of_the_index_thread_leaves_nothing(home, radio, monkeypatch):
    journal = opened(home)
    real = IndexWriter._write

    def fail_later(writer, table, gone, texts):
        if len(texts) > searchfile._MUCH_TEXT:
            raise sqlite3.OperationalError("database or disk is full")
        real(writer, table, gone, texts)

    with monkeypatch.context() as patched:
        patched.setattr(IndexWriter, "_write", fail_later)
        with pytest.raises(sqlite3.OperationalError):
            journal.write("Import", radios(2500))
    assert found(journal, "") == 1
    assert_sound(journal)
    assert journal.write("Again", radios(1000)).count == 1000
    assert_sound(journal)
    journal.database.close()


def _fail(_writer, _action):
    raise sqlite3.OperationalError("disk I/O error")


def _place(journal):
    with journal.database.reading() as connection:
        return connection.exec_driver_sql("SELECT id FROM location").scalar_one()


def test_damage_inside_it_is_told_and_mended_by_the_next_start(home):
    journal = opened(home)
    rows = radios(800)
    journal.write("Make radios", rows)
    # FTS5 keeps its structure in row 10 of %_data; what stands there now is none.
    with sqlite3.connect(home.search) as raw:
        raw.execute("UPDATE find_asset_data SET block = x'00' WHERE id > 10")
    raw.close()
    journal.database.close()
    journal = opened(home)
    with pytest.raises(DatabaseError) as told:
        found(journal, "R-0")
    assert told.value.problem.code == "database.search-damaged"
    journal.database.close()
    journal = opened(home)
    assert_sound(journal)
    changed(journal, "asset", rows[0].row, notes="other words")
    assert found(journal, "other words") == 1
    journal.database.close()
