"""Two homes and a shared database: what one does, the other has; what met, both see; and what nobody may, goes."""

import pytest

from models.fields.ids import new_id
from models.fields.problem import HubError
from models.journal.entry import Edit
from models.journal.undo import undo
from models.sync.state import cursor, unsent
from tests.journal.ground import assert_sound, changed, made, values


def test_what_one_does_the_other_has(desks):
    ann, bob = desks(), desks("bob")
    place = made(ann.journal, "location", name="Engine 7")
    row = made(ann.journal, "asset", kind="radio", tag="R-1", location=place, unit_id="4779", x_vlan="é\t\\n\n2")
    assert ann.sync().sent == 2
    assert bob.sync().copied == 2
    changed(bob.journal, "asset", row, tag="R-2", location=None)
    assert bob.sync().sent == 1
    assert ann.sync().received == 1
    assert values(ann.journal, "asset", row) == values(bob.journal, "asset", row)
    assert values(ann.journal, "asset", row)["tag"] == "R-2"
    undo(bob.journal)
    bob.sync()
    ann.sync()
    assert values(ann.journal, "asset", row)["tag"] == "R-1"
    assert values(ann.journal, "asset", row)["x_vlan"] == "é\t\\n\n2"


def test_nothing_to_do_moves_nothing(desks):
    ann = desks()
    made(ann.journal, "location", name="Engine 7")
    ann.sync()
    report = ann.sync()
    assert (report.sent, report.received, report.copied) == (0, 0, 0)
    assert not report.changes.rows


def test_two_changes_that_met(desks):
    ann, bob = desks(), desks("bob")
    row = made(ann.journal, "asset", kind="radio", tag="R-1", notes="Seat 1")
    ann.sync()
    bob.sync()
    changed(ann.journal, "asset", row, alias="ENG 7 A", notes="Seat 1\nBattery new")
    changed(bob.journal, "asset", row, alias="ENG 7 B", notes="Seat 1\nCase broken")
    ann.sync()
    bob.sync()
    ann.sync()
    for each in (ann, bob):
        now = values(each.journal, "asset", row)
        assert now["alias"] == "ENG 7 B"
        assert now["notes"] == "Seat 1\nBattery new\nCase broken"
        (matter,) = each.rows("review").values()
        assert (matter["matter"], matter["standing"], matter["other"]) == ("fork", "ENG 7 B", "ENG 7 A")
    report = undo(bob.journal)
    assert (report.title, report.kept) == ("Change asset", ())
    assert values(bob.journal, "asset", row)["alias"] == "ENG 7 A"


def test_what_the_role_may_not_do_is_refused_with_all_that_hangs_on_it(desks, hub):
    ann = desks()
    system = new_id()
    radio = new_id()
    ann.journal.write("Both", [Edit("system", system, {"name": "P25"}, new=True)])
    ann.journal.write("And", [Edit("asset", radio, {"kind": "radio", "tag": "R-1", "system": system}, new=True)])
    changed(ann.journal, "system", system, name="P25 county")
    report = ann.sync()
    assert (report.sent, report.lost, report.refused) == (3, 1, 2)
    assert report.changes.rows["system"] == {system}
    assert report.changes.rows["asset"] == {radio}
    assert ann.rows("system") == {}
    assert values(ann.journal, "asset", radio) == {"kind": "radio", "tag": "R-1"}
    assert {each["matter"] for each in ann.rows("review").values()} == {"refused"}
    with ann.database.reading() as connection:
        assert unsent(connection) == 0


def test_an_action_larger_than_a_batch_arrives_whole(desks):
    ann, bob = desks(), desks("bob")
    bob.sync()
    rows = [Edit("location", new_id(), {"name": f"Room {number}"}, new=True) for number in range(9001)]
    ann.journal.write("Import rooms.xlsx", rows)
    assert ann.sync().sent == 9001
    assert bob.sync().received == 9001
    assert ann.rows("location") == bob.rows("location")
    with bob.database.reading() as connection:
        assert cursor(connection)[0] == 9001


def test_restricted_fields_stay_with_those_who_may_read_them(desks):
    fire, ann = desks("radio_manager"), desks()
    row = made(fire.journal, "asset", kind="radio", tag="R-1", key_reference="CKR 12", otar="yes")
    fire.sync()
    ann.sync()
    assert values(ann.journal, "asset", row) == {"kind": "radio", "tag": "R-1"}
    changed(fire.journal, "asset", row, key_reference="CKR 13")
    fire.sync()
    ann.sync()
    assert values(ann.journal, "asset", row) == {"kind": "radio", "tag": "R-1"}


def test_another_role_sees_other_fields_from_then_on(desks, hub):
    fire, ann = desks("radio_manager"), desks()
    row = made(fire.journal, "asset", kind="radio", tag="R-1", key_reference="CKR 12")
    fire.sync()
    ann.sync()
    with hub.cluster.connect(hub.database) as server:
        server.execute("UPDATE muster.member SET role = 'radio_manager' WHERE login = 'ann'")
    assert ann.sync().copied
    assert values(ann.journal, "asset", row)["key_reference"] == "CKR 12"
    with hub.cluster.connect(hub.database) as server:
        server.execute("UPDATE muster.member SET role = 'technician' WHERE login = 'ann'")
    ann.sync()
    assert "key_reference" not in values(ann.journal, "asset", row)


def test_another_shared_database_is_not_taken_for_this_one(desks, hub):
    ann = desks()
    made(ann.journal, "location", name="Engine 7")
    ann.sync()
    made(ann.journal, "location", name="Engine 8")
    with hub.cluster.connect(hub.database) as server:
        server.execute("UPDATE muster.head SET epoch = gen_random_uuid()")
    with pytest.raises(HubError, match=r"hub\.other"):
        ann.sync()
    with ann.database.reading() as connection:
        assert unsent(connection) == 1


def test_an_older_shared_database_is_told_and_nothing_is_sent(desks, hub):
    ann = desks()
    made(ann.journal, "location", name="Engine 7")
    with hub.cluster.connect(hub.database) as server:
        server.execute("UPDATE muster.head SET schema = '0003'")
    with pytest.raises(HubError, match=r"hub\.older"):
        ann.sync()
    with ann.database.reading() as connection:
        assert unsent(connection) == 1


def test_a_home_that_leaves_keeps_its_records(desks):
    ann = desks()
    made(ann.journal, "location", name="Engine 7")
    ann.sync()
    ann.client.forget()
    with ann.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT key FROM local WHERE key LIKE 'hub%'").all() == []
    assert len(ann.rows("location")) == 1
    assert_sound(ann.journal)
