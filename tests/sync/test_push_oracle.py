"""The shared database against the rules in plain Python, and its tables against the fold of its journal."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.fields.field import Merge
from models.fields.ids import new_id
from models.journal.entry import Entry
from models.journal.fold import fold
from models.schema.catalogue import Catalogue
from tests.sync.hub import OWNER, Device, Hub, deed
from tests.sync.postgres import Cluster

_FIELDS = Catalogue().table_keys("asset")
_VALUES = {
    "status": ["stored", "repair", None],
    "notes": ["n", "n and more", "else", None],
    "last_seen": ["2026-01-01T00:00:00Z", "2026-02-02T00:00:00Z"],
    "memory_gb": ["8", "16", None],
    "x_shelf": ["1", "2", None],
    "manufacturer": ["good", "gone", None],
    "kmf": ["secret"],
}
_PATCH = st.fixed_dictionaries({}, optional={key: st.sampled_from(values) for key, values in _VALUES.items()})
#: A line: which of three rows, whether it is made, its patch, and what the device believes to be there.
_LINE = st.tuples(st.integers(0, 2), st.booleans(), _PATCH, _PATCH)
#: A batch: which of two devices, how early its actions are, their lines, and whether the answer got lost.
_BATCH = st.tuples(
    st.integers(0, 1), st.lists(st.tuples(st.integers(1, 4), st.lists(_LINE, max_size=4)), max_size=3), st.booleans()
)


@dataclass
class Oracle:
    """What the rules make of the lines, one after the other."""

    maker: str
    rows: dict[str, dict[str, str]] = field(default_factory=dict)
    setters: dict[tuple[str, str], int] = field(default_factory=dict)
    forks: int = 0

    def take(self, line: dict[str, Any], stamp: int) -> str | set[str]:
        """The code by which a line is refused, or the fields that it loses."""
        row, base = line["r"], line["b"]
        if base is None and row in self.rows:
            return "hub.row-exists"
        if base is not None and row not in self.rows:
            return "hub.no-row"
        lost = {key for key, value in line["p"].items() if key == "kmf" or (key == "manufacturer" and self.gone(value))}
        now = self.rows.setdefault(row, {})
        before = dict(now)
        for key, value in line["p"].items():
            if key not in lost and (base is None or self.wins(row, key, (base[key], value), stamp, before, lost)):
                self.set(row, key, value, stamp)
        return lost

    def wins(
        self, row: str, key: str, change: tuple[str | None, str | None], stamp: int, now: dict[str, str], lost: set[str]
    ) -> bool:
        """Whether the value takes effect as it is; what takes its place is set, what loses is added to `lost`."""
        base, value = change
        stands = now.get(key)
        merge = _FIELDS[key].merge if key in _FIELDS else Merge.FORK
        if stands in (base, value):
            return True
        if merge is Merge.APPEND:
            self.set(row, key, _appended(stands, base, value), stamp)
            return False
        last = self.setters.get((row, key))
        wins = last is None or stamp >= last
        if merge is Merge.FORK and last is not None:
            self.forks += 1
        if not wins:
            lost.add(key)
        return wins

    def set(self, row: str, key: str, value: str | None, stamp: int) -> None:
        self.setters[row, key] = stamp
        if value is None:
            self.rows[row].pop(key, None)
        else:
            self.rows[row][key] = value

    def gone(self, value: str | None) -> bool:
        return value is not None and value != self.maker


def _appended(stands: str | None, base: str | None, value: str | None) -> str | None:
    if value is None or stands is None:
        return stands if value is None else value
    return stands + value[len(base) :] if base is not None and value.startswith(base) else f"{stands}\n{value}"


@pytest.fixture(scope="module")
def devices(cluster: Cluster, hub_template: str) -> Iterator[tuple[Device, Device, str]]:
    """Two devices, and a manufacturer; one database for all examples, which use rows of their own."""
    with cluster.connect() as server:
        server.execute(f"CREATE DATABASE hub_oracle TEMPLATE {hub_template} OWNER {OWNER}")
    hub = Hub(cluster, "hub_oracle")
    with hub.connect("ann") as ann, hub.connect("bob") as bob:
        maker = new_id()
        first = Device(ann)
        first.push(deed(), {"e": maker, "t": "manufacturer", "r": maker, "p": {"name": "Acme"}, "b": None})
        yield first, Device(bob), maker


def _line(rows: list[str], maker: str, said: tuple[int, bool, dict[str, Any], dict[str, Any]]) -> dict[str, Any]:
    number, made, patch, believed = said
    words = {"good": maker, "gone": new_id()}
    patch = {key: words.get(value, value) for key, value in patch.items()}
    if made:
        patch["kind"] = "radio"
    base = None if made else {key: words.get(believed.get(key) or "", believed.get(key)) for key in patch}
    return {"e": new_id(), "t": "asset", "r": rows[number], "p": patch, "b": base}


@settings(max_examples=60)
@given(batches=st.lists(_BATCH, min_size=1, max_size=5))
def test_the_shared_database_follows_the_rules(devices: tuple[Device, Device, str], batches: list[Any]) -> None:
    maker = devices[2]
    rows = [new_id() for _ in range(3)]
    oracle = Oracle(maker)
    start = int(devices[0].push()["position"])
    for who, actions, answer_lost in batches:
        device = devices[who]
        assert isinstance(device, Device)
        lines: list[dict[str, Any]] = []
        expected: list[str | set[str]] = []
        for stamp, said in actions:
            lines.append(deed(stamp=stamp))
            for each in said:
                line = _line(rows, maker, each)
                lines.append(line)
                expected.append(oracle.take(line, stamp))
        token = device.token
        answer = device.push(*lines)
        if answer_lost and expected:
            again = device.send(token, *lines)
            device.token = again["token"]
            same = ("positions", "lost", "amended", "refused")
            assert {key: again[key] for key in same} == {key: answer[key] for key in same}
        assert {int(key): each["code"] for key, each in answer["refused"].items()} == {
            number: each for number, each in enumerate(expected) if isinstance(each, str)
        }
        assert {int(key): set(each["fields"]) for key, each in answer["lost"].items()} == {
            number: each for number, each in enumerate(expected) if isinstance(each, set) and each
        }
    entries = devices[0].pull(start)
    assert [each[0] for each in entries] == list(range(start + 1, start + len(entries) + 1))
    folded = fold(_entry(each) for each in entries)
    here = {row: values for (table, row), values in folded.items() if table == "asset"}
    stands = devices[0].rows("asset")
    assert here == {row: stands[row] for row in here} == oracle.rows
    reviews = [values for (table, _), values in folded.items() if table == "review"]
    assert sum(each["matter"] == "fork" for each in reviews) == oracle.forks


def _entry(line: tuple[Any, ...]) -> Entry:
    position, entry, _, table, row, patch, base, lost = line
    before = None if base is None else json.loads(base)
    return Entry(str(entry), table, str(row), json.loads(patch), before, 0, position, frozenset(lost or ()))
