"""The one door: entries, projection, search index and `Changes`, in one transaction or not at all."""

import json
import sqlite3

import pytest
from sqlalchemy import text as sql_text

from models.fields.ids import new_id, new_ids
from models.fields.problem import DatabaseError
from models.journal import clock
from models.journal.clock import moment, next_stamp
from models.journal.entry import Edit
from models.journal.history import deeds, history
from models.journal.reading import entries
from models.journal.writer import Journal
from models.progress import Cancelled, Progress
from tests.journal.ground import assert_sound, changed, made, opened, rows_of, text, values


@pytest.fixture
def journal(tmp_path, fresh):
    journal = opened(tmp_path, fresh)
    yield journal
    assert_sound(journal)
    journal.database.close()


def all_entries(journal):
    with journal.database.reading() as connection:
        return list(entries(connection))


def radios(count, **more):
    return [
        Edit("asset", row, {"kind": "radio", "tag": f"R-{number:05}", "notes": f"number {number}", **more}, new=True)
        for number, row in enumerate(new_ids(count))
    ]


def test_a_new_row_has_one_entry_with_all_its_set_fields(journal):
    row = made(journal, "asset", kind="radio", tag="R-1", unit_id="4779", cost="1200.50", x_vlan="7")
    (entry,) = all_entries(journal)
    assert entry.base is None
    assert entry.patch == {"kind": "radio", "tag": "R-1", "unit_id": "4779", "cost": "1200.50", "x_vlan": "7"}
    assert (entry.table, entry.row) == ("asset", row)
    assert values(journal, "asset", row) == entry.patch


def test_what_is_not_set_is_not_written(journal):
    row = new_id()
    journal.write("New", [Edit("asset", row, {"kind": "radio", "tag": None, "x_vlan": None}, new=True)])
    assert all_entries(journal)[0].patch == {"kind": "radio"}
    assert values(journal, "asset", row) == {"kind": "radio"}


def test_a_change_has_what_was_there_before(journal):
    row = made(journal, "asset", kind="radio", tag="R-1", unit_id="12", x_vlan="7", notes="old")
    changes = changed(journal, "asset", row, tag="R-1", unit_id="13", x_vlan=None, x_new="1", notes=None, cost="5.00")
    entry = all_entries(journal)[-1]
    assert entry.patch == {"unit_id": "13", "x_vlan": None, "x_new": "1", "notes": None, "cost": "5.00"}
    assert entry.base == {"unit_id": "12", "x_vlan": "7", "x_new": None, "notes": "old", "cost": None}
    assert changes.count == 1
    assert changes.new == 0
    assert changes.rows == {"asset": frozenset({row})}
    assert changes.fields == {"asset": frozenset(entry.patch)}


def test_changes_say_what_was_made_and_changed(journal):
    place = made(journal, "location", name="Station 7")
    first, second, third = radios(3)
    changes = journal.write("Mixed", [first, Edit("location", place, {"name": "Station 8"}), second, third])
    assert changes.title == "Mixed"
    assert changes.count == 4
    assert changes.new == 3
    assert changes.rows == {"asset": {first.row, second.row, third.row}, "location": {place}}
    assert changes.fields == {"asset": {"kind", "tag", "notes"}, "location": {"name"}}
    assert changes.touches("asset")
    assert not changes.touches("model")
    with journal.database.reading() as connection:
        assert deeds(connection)[0].action == changes.action


def test_an_edit_of_nothing_writes_nothing(journal):
    row = made(journal, "asset", kind="radio", tag="R-1")
    before = all_entries(journal)
    changes = changed(journal, "asset", row, tag="R-1", notes=None, x_vlan=None)
    assert changes.count == 0
    assert changes.action == ""
    assert journal.write("Nothing", []).count == 0
    assert all_entries(journal) == before


def test_one_row_twice_in_one_action(journal):
    row = new_id()
    edits = [
        Edit("asset", row, {"kind": "radio", "notes": "1"}, new=True),
        Edit("asset", row, {"notes": "2", "x_vlan": "7"}),
        Edit("asset", row, {"notes": "3", "x_vlan": None}),
        *radios(3),
    ]
    changes = journal.write("Twice", edits)
    assert changes.count == 6
    assert values(journal, "asset", row) == {"kind": "radio", "notes": "3"}
    assert [entry.base for entry in all_entries(journal) if entry.row == row] == [
        None,
        {"notes": "1", "x_vlan": None},
        {"notes": "2", "x_vlan": "7"},
    ]


LETTERS = (
    "1.10", "1.1", "007", "1e5", " 1", "NULL", "null", '"', "\\", "é", "\u2028", "0x10", "9" * 400, "true", "%s", "{}",
)  # fmt: skip


@pytest.mark.parametrize("key", ["tag", "cost", "po_number", "notes", "x_vlan"])
def test_texts_are_kept_to_the_letter(journal, key):
    row = made(journal, "asset", kind="radio", **{key: LETTERS[-1]})
    for value in LETTERS:
        assert changed(journal, "asset", row, **{key: value}).count == 1
        assert values(journal, "asset", row)[key] == value
        assert all_entries(journal)[-1].patch == {key: value}
        made(journal, "asset", kind="radio", **{key: value})
        assert all_entries(journal)[-1].patch == {"kind": "radio", key: value}


@pytest.mark.parametrize("value", ["0", "1", "16777215", str(2**53 + 1)])
def test_whole_numbers_come_back_as_their_digits(journal, value):
    row = made(journal, "asset", kind="radio", unit_id=value)
    assert values(journal, "asset", row)["unit_id"] == value
    assert changed(journal, "asset", row, unit_id=value).count == 0
    with journal.database.reading() as connection:
        kinds = connection.exec_driver_sql("SELECT typeof(unit_id) FROM asset").scalars().all()
    assert kinds == ["integer"]


def test_rows_with_different_fields_in_one_batch(journal):
    first, second = new_ids(2)
    journal.write(
        "Sparse",
        [
            Edit("asset", first, {"kind": "radio", "unit_id": "5", "x_a": "1", "x_100%": "%d"}, new=True),
            Edit("asset", second, {"notes": "n", "kind": "hardware", "hostname": "h"}, new=True),
        ],
    )
    assert values(journal, "asset", first) == {"kind": "radio", "unit_id": "5", "x_a": "1", "x_100%": "%d"}
    assert values(journal, "asset", second) == {"kind": "hardware", "hostname": "h", "notes": "n"}
    with journal.database.reading() as connection:
        extras = connection.exec_driver_sql("SELECT extra FROM asset ORDER BY nr").scalars().all()
    assert json.loads(extras[0]) == {"x_a": "1", "x_100%": "%d"}
    assert extras[1] is None


@pytest.mark.parametrize(
    "bad",
    [
        Edit("asset", "no-such-row", {"tag": "x"}),
        Edit("asset", "new", {"kind": "radio", "no_such_field": "x"}, new=True),
        Edit("asset", "new", {"kind": "radio", "nr": "5"}, new=True),
        Edit("no_table", "new", {"name": "x"}, new=True),
        Edit("entry", "new", {"patch": "x"}, new=True),
    ],
)
def test_a_mistake_in_the_last_edit_leaves_nothing(journal, bad):
    kept = made(journal, "asset", kind="radio", tag="KEPT")
    before = all_entries(journal)
    with pytest.raises(KeyError):
        journal.write("Fail", [Edit("asset", kept, {"tag": "LOST"}), *radios(2500), bad])
    assert all_entries(journal) == before
    assert values(journal, "asset", kept) == {"kind": "radio", "tag": "KEPT"}
    assert rows_of(journal, "asset") == 1
    assert text(journal, "asset", kept) is not None
    assert "LOST" not in (text(journal, "asset", kept) or "")


def test_a_reference_to_nothing_leaves_nothing(journal):
    with pytest.raises(Exception, match="FOREIGN KEY"):
        journal.write("Fail", radios(3, location=new_id()))
    assert all_entries(journal) == []
    assert rows_of(journal, "asset") == 0


def test_a_child_may_come_before_its_parent(journal):
    child, parent = new_ids(2)
    journal.write(
        "Both",
        [
            Edit("location", child, {"name": "101", "parent": parent}, new=True),
            Edit("location", parent, {"name": "Hall"}, new=True),
        ],
    )
    assert "Hall" in (text(journal, "location", child) or "")


class CancelAt(Progress):
    """Cancels when the work comes to a stage."""

    def __init__(self, stage, done=0):
        super().__init__()
        self._when = stage, done

    def at(self, stage, done=0, total=0):
        if (stage, done) >= self._when and stage == self._when[0]:
            self.cancel()
        super().at(stage, done, total)


@pytest.mark.parametrize("stage", ["write", "index", "commit"])
def test_cancelled_at_any_stage_nothing_is_left(journal, stage):
    place = made(journal, "location", name="Station 7")
    before = all_entries(journal)
    edits = [Edit("location", place, {"name": "Elsewhere"}), *radios(4500)]
    with pytest.raises(Cancelled):
        journal.write("Cancel", edits, progress=CancelAt(stage, 4000 if stage == "write" else 0), total=4501)
    assert all_entries(journal) == before
    assert rows_of(journal, "asset") == 0
    assert values(journal, "location", place) == {"name": "Station 7"}
    assert_sound(journal)
    assert journal.write("Again", edits).count == 4501


def test_progress_is_told(journal):
    seen = []

    class Watch(Progress):
        def at(self, stage, done=0, total=0):
            super().at(stage, done, total)  # a commit that takes its time says its own stage again
            seen.append((stage, done, total))

    journal.write("Watch", radios(4500), progress=Watch(), total=4500)
    writing = [step for step in seen if step[0] == "write"]
    assert writing == [("write", done, 4500) for done in (1000, 2000, 3000, 4000, 4500)]
    assert [step[0] for step in seen if step[0] != "commit"][-1] == "index"


def test_edits_may_look_at_the_database_first(journal):
    made(journal, "asset", kind="radio", tag="R-1")

    def edits(connection):
        for row in connection.execute(sql_text("SELECT id FROM asset")).scalars().all():
            yield Edit("asset", row, {"notes": "seen"})

    assert journal.write("Look", edits).count == 1


def test_stamps_rise_even_when_the_wall_clock_goes_back(journal, monkeypatch):
    now = [2_000_000_000_000]
    monkeypatch.setattr(clock.time, "time_ns", lambda: now[0] * 1_000_000)
    row = made(journal, "asset", kind="radio", tag="0")
    for step, jump in enumerate((0, -86_400_000, 1, -5, 86_400_000, 0), start=1):
        now[0] += jump
        changed(journal, "asset", row, tag=str(step))
    stamps = [entry.stamp for entry in all_entries(journal)]
    assert stamps == sorted(set(stamps))
    assert moment(stamps[0]).timestamp() == 2_000_000_000
    assert moment(stamps[-1]).timestamp() == now[0] / 1000 or stamps[-1] == stamps[-2] + 1


def test_the_counter_flows_over_into_the_time():
    stamp = next_stamp(0, now_ms=1000)
    for _ in range(70_000):
        stamp = next_stamp(stamp, now_ms=1000)
    assert stamp == (1000 << 16) + 70_000


def test_new_ids_rise_and_are_of_version_7():
    ids = [*new_ids(5000), new_id(), *new_ids(3)]
    assert ids == sorted(set(ids))
    import uuid

    assert {uuid.UUID(each).version for each in ids} == {7}
    assert {uuid.UUID(each).variant for each in ids} == {uuid.RFC_4122}
    assert new_ids(0) == []


def test_history_tells_who_when_and_what(journal):
    row = made(journal, "asset", kind="radio", tag="R-1")
    other = Journal(journal.database, "A. Chen")
    other.write("Import radios.xlsx", [Edit("asset", row, {"tag": "R-2", "x_vlan": "7"})], source="radios.xlsx")
    with journal.database.reading() as connection:
        latest, first = history(connection, "asset", row)
        deed = deeds(connection)[0]
    assert latest.author == "A. Chen"
    assert latest.title == "Import radios.xlsx"
    assert latest.source == "radios.xlsx"
    assert latest.fields == {"tag": ("R-1", "R-2"), "x_vlan": (None, "7")}
    assert not latest.new
    assert first.new
    assert first.author == "J. Ruiz"
    assert first.fields == {"kind": (None, "radio"), "tag": (None, "R-1")}
    assert latest.when >= first.when
    assert (deed.action, deed.count, deed.undone_by) == (latest.action, 1, None)


def test_a_renamed_record_is_found_by_its_new_name_wherever_it_is_named(journal):
    maker = made(journal, "manufacturer", name="Motorola")
    model = made(journal, "model", name="APX 8000", manufacturer=maker)
    hall = made(journal, "location", name="City Hall")
    room = made(journal, "location", name="204", parent=hall)
    person = made(journal, "person", name="J. Ruiz")
    fire = made(journal, "department", name="Fire")
    vendor = made(journal, "vendor", name="Supply Co")
    dock = made(journal, "asset", kind="hardware", tag="DOCK-1")
    radio = made(
        journal, "asset", kind="radio", tag="R-1", model=model, manufacturer=maker, location=room, custodian=person,
        department=fire, vendor=vendor, parent=dock,
    )  # fmt: skip
    for table, row, key, new in (
        ("manufacturer", maker, "name", "Kenwood"),
        ("model", model, "name", "NX-5000"),
        ("location", room, "name", "Basement"),
        ("location", hall, "name", "Old Town Hall"),
        ("person", person, "name", "A. Chen"),
        ("department", fire, "name", "Rescue"),
        ("vendor", vendor, "name", "Warehouse Inc"),
        ("asset", dock, "tag", "DOCK-2"),
    ):
        old = values(journal, table, row)[key]
        assert old in text(journal, "asset", radio)
        changed(journal, table, row, **{key: new})
        assert new in text(journal, "asset", radio)
        assert old not in text(journal, "asset", radio).splitlines()
    annex = made(journal, "location", name="Annex")
    changed(journal, "location", room, parent=annex)
    assert "Annex" in text(journal, "asset", radio)
    assert "Old Town Hall" not in text(journal, "asset", radio)


def test_a_record_made_and_what_it_is_named_after_changed_in_one_action(journal):
    place = made(journal, "location", name="Station 7")
    row = new_id()
    journal.write(
        "Both",
        [
            Edit("asset", row, {"kind": "radio", "location": place}, new=True),
            Edit("location", place, {"name": "Station 8"}),
            Edit("asset", row, {"notes": "afterwards"}),
        ],
    )
    assert text(journal, "asset", row).splitlines()[:2] == ["afterwards", "Station 8"]


def test_deleted_records_are_not_in_the_index(journal):
    row = made(journal, "asset", kind="radio", tag="R-1")
    changed(journal, "asset", row, deleted="yes")
    assert text(journal, "asset", row) is None
    changed(journal, "asset", row, deleted=None)
    assert "R-1\n" in text(journal, "asset", row)


def test_a_custom_field_is_known_at_once(journal):
    assert "x_vlan" not in journal.database.catalogue().keys("asset")
    made(journal, "custom_field", key="x_vlan", label="VLAN", record="asset", value_type="text")
    assert journal.database.catalogue().field("radio", "x_vlan").label == "VLAN"


def test_nobody_else_writes(journal):
    made(journal, "asset", kind="radio", tag="R-1")
    with pytest.raises(DatabaseError, match="read-only"), journal.database.reading() as connection:
        connection.exec_driver_sql("UPDATE asset SET tag = 'x'")
    with journal.database.session() as session:
        from models.schema.radio import Radio

        radio = session.query(Radio).one()
        radio.tag = "x"
        with pytest.raises(TypeError, match=r"journal\.writer"):
            session.flush()
        session.expunge_all()
        session.add(Radio(id=new_id()))
        with pytest.raises(TypeError, match=r"journal\.writer"):
            session.commit()
        session.expunge_all()
    made(journal, "asset", kind="radio", tag="R-2")  # the connection that read may write again


def test_another_process_sees_what_is_written(journal):
    version = journal.database.data_version()
    other = sqlite3.connect(journal.database.home.database)
    assert journal.database.data_version() == version
    made(journal, "asset", kind="radio", tag="R-1")
    assert journal.database.data_version() != version
    assert other.execute("SELECT tag FROM asset").fetchall() == [("R-1",)]
    other.close()
