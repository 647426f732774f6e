"""What the shared database does with what devices send."""

import json
from collections.abc import Iterator

import psycopg
import pytest

from models.fields.ids import new_id
from models.journal.clock import next_stamp
from tests.sync.hub import Device, Hub, deed, edit, new


@pytest.fixture
def ann(hub: Hub) -> Iterator[Device]:
    with hub.connect("ann") as connection:
        yield Device(connection)


@pytest.fixture
def bob(hub: Hub) -> Iterator[Device]:
    with hub.connect("bob") as connection:
        yield Device(connection)


def test_what_is_sent_is_in_the_journal_and_in_the_tables(ann: Device, bob: Device) -> None:
    made = new("asset", tag="R-1", memory_gb="16", x_colour="red")
    row = made["r"]
    answer = ann.push(
        deed("Make"), made, edit("asset", row, {"tag": "R-1", "x_colour": "red"}, tag="R-2", x_colour=None)
    )
    assert answer["positions"] == [1, 2]
    assert answer["position"] == 2
    assert not answer["refused"]
    assert bob.rows("asset")[row] == {"kind": "radio", "tag": "R-2", "memory_gb": "16"}
    assert [(line[0], str(line[4]), line[3]) for line in bob.pull()] == [(1, row, "asset"), (2, row, "asset")]


def test_a_batch_sent_twice_takes_effect_once(ann: Device) -> None:
    lines = deed(), new("asset", tag="R-1"), new("asset", tag="R-2")
    first = ann.send(None, *lines)
    again = ann.send(None, *lines, deed(), new("asset", tag="R-3"))
    assert first["positions"] == [1, 2]
    assert again["positions"] == [1, 2, 3]
    assert len(ann.rows("asset")) == 3


def test_an_old_token_is_refused(ann: Device) -> None:
    first = ann.push(deed(), new("asset", tag="R-1"))
    ann.push(deed(), new("asset", tag="R-2"))
    with pytest.raises(psycopg.Error, match=r"hub\.token-old"):
        ann.send(first["token"], deed(), new("asset", tag="R-3"))
    assert len(ann.rows("asset")) == 2


def test_the_later_of_two_changes_stands_and_the_other_is_kept_for_review(ann: Device, bob: Device) -> None:
    made = new("asset", tag="R-1", status="stored")
    row = made["r"]
    ann.push(deed(), made)
    early, late = next_stamp(0), next_stamp(0) + 1
    bob.push(deed(stamp=late, author="Bob"), edit("asset", row, {"status": "stored"}, status="repair"))
    answer = ann.push(deed(stamp=early), edit("asset", row, {"status": "stored"}, status="missing"))
    assert answer["lost"] == {"0": {"fields": ["status"], "now": {"status": "repair"}}}
    (matter,) = ann.rows("review").values()
    assert matter["matter"] == "fork"
    assert (matter["standing"], matter["standing_by"]) == ("repair", "Bob (bob)")
    assert (matter["other"], matter["other_by"]) == ("missing", "Ann (ann)")
    assert ann.rows("asset")[row]["status"] == "repair"


def test_notes_of_two_people_are_both_kept(ann: Device, bob: Device) -> None:
    made = new("asset", notes="Dented.")
    row = made["r"]
    ann.push(deed(), made)
    bob.push(deed(), edit("asset", row, {"notes": "Dented."}, notes="Dented. Cable gone."))
    answer = ann.push(deed(), edit("asset", row, {"notes": "Dented."}, notes="Dented.\nFound."))
    assert answer["amended"]["0"]["patch"] == {"notes": "Dented. Cable gone.\nFound."}
    assert ann.rows("asset")[row]["notes"] == "Dented. Cable gone.\nFound."
    assert not ann.rows("review")


def test_what_cannot_be_taken_is_set_aside_and_blocks_nothing(ann: Device) -> None:
    good = new("asset", tag="R-1")
    answer = ann.push(
        deed(),
        '{"e": "\\u0000"}',
        "no json",
        new("product", name="Office"),
        edit("asset", new_id(), {}, tag="R-9"),
        new("asset", memory_gb="many"),
        new("asset", nonsense="1"),
        good,
    )
    codes = {key: refused["code"] for key, refused in answer["refused"].items()}
    assert codes == {
        "0": "hub.malformed",
        "1": "hub.malformed",
        "2": "hub.no-right",
        "3": "hub.no-row",
        "4": "hub.malformed",
        "5": "hub.unknown-field",
    }
    assert answer["positions"][-1] == 1
    assert list(ann.rows("asset")) == [good["r"]]
    assert {each["matter"] for each in ann.rows("review").values()} == {"refused"}
    assert len(ann.rows("review")) == 6


def test_a_stamp_in_the_future_is_stamped_down(ann: Device) -> None:
    line = deed(stamp=next_stamp(0) + (86_400_000 << 16))
    answer = ann.push(line, new("asset", tag="R-1"))
    assert answer["stamps"][line["a"]] < line["stamp"]
    (action,) = ann.connection.execute("SELECT stamp, claim FROM muster.pull_actions(0, 9)").fetchall()
    assert action == (answer["stamps"][line["a"]], line["stamp"])


def test_two_records_of_one_thing_are_told_once(ann: Device) -> None:
    first, second = new("asset", tag="R-1"), new("asset", tag="r-1")
    ann.push(deed(), first, second)
    (matter,) = ann.rows("review").values()
    assert (matter["matter"], matter["field"]) == ("duplicate", "tag")
    assert {matter["target"], matter["second"]} == {first["r"], second["r"]}
    ann.push(deed(), edit("asset", first["r"], {"tag": "R-1"}, tag="r-1"))
    assert len(ann.rows("review")) == 1


def test_a_matter_that_was_settled_and_is_found_again_is_a_new_one(ann: Device) -> None:
    first, second = new("asset", tag="R-1"), new("asset", tag="R-1")
    ann.push(deed(), first, second)
    (told,) = ann.rows("review")
    ann.push(deed(), edit("review", told, {}, outcome="third"), edit("asset", second["r"], {"tag": "R-1"}, tag="R-2"))
    assert len(ann.rows("review")) == 1
    ann.push(deed(), edit("asset", second["r"], {"tag": "R-2"}, tag="R-1"))
    assert sorted(each.get("outcome", "open") for each in ann.rows("review").values()) == ["open", "third"]


def test_a_unit_id_is_the_same_only_within_its_system(hub: Hub) -> None:
    with hub.connect("radio_manager") as connection:
        device = Device(connection)
        one, two = new("system", name="North"), new("system", name="South")
        device.push(deed(), one, two, *(new("asset", unit_id="471", system=each["r"]) for each in (one, two)))
        assert not device.rows("review")
        device.push(deed(), new("asset", unit_id="471", system=one["r"]))
        assert [each["field"] for each in device.rows("review").values()] == ["unit_id"]


def test_a_value_that_many_records_share_makes_no_flood_of_reviews(ann: Device) -> None:
    ann.push(deed(), *(new("asset", serial="N/A") for _ in range(60)))
    ann.push(deed(), *(new("asset", serial="N/A") for _ in range(60)))
    assert len(ann.rows("review")) == 1


def test_a_thing_that_is_handed_out_after_it_was_retired_elsewhere_is_told(ann: Device, bob: Device) -> None:
    person, made = new("person", name="Eve"), new("asset", tag="R-1", status="stored")
    row = made["r"]
    ann.cursor = ann.push(deed(), person, made)["position"]
    bob.push(deed(author="Bob"), edit("asset", row, {"status": "stored"}, status="retired"))
    ann.push(deed(), edit("asset", row, {}, custodian=person["r"]))
    (matter,) = ann.rows("review").values()
    assert (matter["matter"], matter["standing"], matter["other"]) == ("custody", "retired", "stored")
    assert (matter["standing_by"], matter["other_by"]) == ("Bob (bob)", "Ann (ann)")


def test_more_seats_than_were_bought_are_told(hub: Hub) -> None:
    with hub.connect("licence_manager") as connection:
        device = Device(connection)
        bought = new("entitlement", name="CAD", quantity="1")
        device.push(deed(), bought, new("seat", entitlement=bought["r"]))
        assert not device.rows("review")
        device.push(deed(), new("seat", entitlement=bought["r"]))
        (matter,) = device.rows("review").values()
        assert (matter["matter"], matter["standing"], matter["other"]) == ("seats", "1", "2")


def test_tag_numbers_are_lent_above_all_that_are_known(ann: Device, bob: Device) -> None:
    scheme = new("tag_scheme", name="Radios", prefix="R-", width="6")
    ann.push(deed(), scheme, new("asset", tag="r-000041"), new("asset", tag="R-99"), new("asset", tag="R-000900x"))

    def lease(device: Device) -> tuple[int, int]:
        asked = device.connection.execute("SELECT muster.lease(%s, %s, 10)", (device.id, scheme["r"])).fetchone()
        return asked[0]["first"], asked[0]["last"]  # type: ignore[index]

    assert [lease(ann), lease(bob)] == [(42, 51), (52, 61)]
    blocks = ann.rows("tag_block")
    assert sorted((each["first"], each["device"]) for each in blocks.values()) == [("42", ann.id), ("52", bob.id)]
    answer = bob.push(deed(), new("tag_block", use="block", scheme=scheme["r"], first="61", last="70"))
    assert answer["refused"]["0"]["code"] == "hub.range-taken"


def test_a_large_action_comes_in_parts_and_is_seen_whole(ann: Device) -> None:
    lines = [deed("Import"), *(new("asset", tag=f"R-{number}") for number in range(50))]
    for part, start in enumerate(range(0, len(lines), 20)):
        text = "\n".join(map(json.dumps, lines[start : start + 20]))
        ann.connection.execute("SELECT muster.stage(%s, %s, %s, %s)", (ann.id, lines[0]["a"], part, text))
    assert not ann.rows("asset")
    answer = ann.push({"staged": lines[0]["a"], "parts": 3}, deed(), new("asset", tag="last"))
    assert answer["positions"] == list(range(1, 52))
    with pytest.raises(psycopg.Error, match=r"hub\.stage-missing"):
        ann.push({"staged": new_id(), "parts": 2})


def test_a_page_ends_with_the_last_entry_of_an_action(ann: Device) -> None:
    ann.push(deed(), *(new("asset", tag=f"R-{number}") for number in range(5)), deed(), new("asset", tag="x"))
    assert len(ann.pull(0, 2)) == 5
    assert len(ann.pull(0, 5)) == 5
    assert len(ann.pull(5, 1)) == 1


def test_fields_that_a_role_may_not_read_do_not_reach_it(hub: Hub, ann: Device) -> None:
    made = new("asset", tag="R-1", key_reference="K-17")
    with hub.connect("radio_manager") as connection:
        keeper = Device(connection)
        keeper.push(deed(), made)
        assert keeper.rows("asset")[made["r"]]["key_reference"] == "K-17"
        assert "K-17" in keeper.pull()[0][5]
    assert "key_reference" not in ann.rows("asset")[made["r"]]
    answer = ann.push(deed(), edit("asset", made["r"], {}, key_reference="mine", tag=None))
    assert answer["lost"]["0"] == {"fields": ["key_reference"], "now": {"key_reference": None}}
    assert not any("K-17" in repr(line) for line in ann.pull())
    assert all("K-17" not in repr(each) and "mine" not in repr(each) for each in ann.rows("review").values())


def test_months_that_left_the_hot_journal_are_still_history(hub: Hub, ann: Device) -> None:
    made = new("asset", tag="R-1", status="stored")
    lines = deed(), made
    ann.push(*lines)
    with hub.connect("postgres") as server:
        # As if the server had taken it years ago.
        server.execute("CREATE TABLE muster.entry_2020_01 (LIKE muster.entry INCLUDING ALL)")
        owner = "SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = 'muster.entry'::regclass"
        (name,) = server.execute(owner).fetchone() or ("",)
        server.execute(f'ALTER TABLE muster.entry_2020_01 OWNER TO "{name}"')
        attach = "ATTACH PARTITION muster.entry_2020_01 FOR VALUES FROM ('2020-01-01') TO ('2020-02-01')"
        server.execute(f"ALTER TABLE muster.entry {attach}")
        server.execute("UPDATE muster.entry SET month = '2020-01-01'")
        server.execute("UPDATE muster.month SET first = NULL")
        server.execute("INSERT INTO muster.month VALUES ('2020-01-01', 1)")
        server.execute("INSERT INTO muster.early VALUES (%s) ON CONFLICT DO NOTHING", (made["r"],))
    later = deed(), edit("asset", made["r"], {"status": "stored"}, status="repair")
    ann.push(*later)
    with pytest.raises(psycopg.Error, match=r"hub\.not-administrator"):
        ann.connection.execute("SELECT muster.compact('2021-01-01')")
    with hub.connect("administrator") as connection:
        assert connection.execute("SELECT muster.compact('2021-01-01')").fetchone() == (1,)
    assert [line[0] for line in ann.pull(1)] == [2]
    history = ann.connection.execute("SELECT * FROM muster.history('asset', %s)", (made["r"],)).fetchall()
    assert [line[0] for line in history] == [1, 2]
    hello = ann.connection.execute("SELECT muster.hello(%s, 1, %s)", (ann.id, made["e"])).fetchone()
    assert hello is not None
    assert (hello[0]["floor"], hello[0]["confirmed"]) == (1, True)
    # What is in the archive is neither taken twice, nor forgotten where two changes meet.
    answer = ann.push(*lines, deed(stamp=1), edit("asset", made["r"], {"tag": "R-0"}, tag="R-2"))
    assert answer["positions"] == [1, 3]
    assert answer["lost"] == {"1": {"fields": ["tag"], "now": {"tag": "R-1"}}}


def test_no_asset_is_without_its_kind(hub):
    with hub.connect() as connection:
        device = Device(connection)
        row = new("asset", kind="radio", tag="R-1")
        answer = device.push(
            deed(), new("asset", kind=None, tag="R-2"), row, edit("asset", row["r"], {"kind": "radio"}, kind=None)
        )
        assert [told["code"] for told in answer["refused"].values()] == ["hub.malformed"] * 2
        assert set(answer["refused"]) == {"0", "2"}
        assert list(device.rows("asset")) == [row["r"]]
