"""What the shared database does with what devices send."""

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
    assert bob.rows("asset")[row] == {"tag": "R-2", "memory_gb": "16"}
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
