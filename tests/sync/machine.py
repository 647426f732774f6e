"""Any sequence of deeds, syncs and faults: a Hypothesis state machine over a World."""

from collections.abc import Callable

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, multiple, rule

from models.fields.ids import new_id
from models.journal.entry import Edit
from models.journal.project import current
from tests.sync.breaking import How
from tests.sync.clients import Client
from tests.sync.world import World

_VALUES = st.sampled_from(("1", "1.10", "1.1", "Engine 7", "é ß İ", 'say "hi"', "a\nb", "%s", "\\", "\u2028", "{}"))
_TEXTS = {
    "asset": ("tag", "notes", "name", "serial", "status", "x_vlan", "x_größe", "key_reference", "deleted"),
    "location": ("name", "notes", "code", "deleted"),
    "person": ("name", "notes", "deleted"),
}
_GONE = st.sampled_from(("yes", None))
_WHOLE = st.integers(0, 99999).map(str)
_DAYS = 86_400_000
_MOST = 4
#: More steps than a sync of a few entries has: beyond its last one nothing happens.
_STEPS = st.integers(0, 30)

#: What no window would write, but a damaged or a hostile home may hold.
_POISON = (
    {"label_prints": "many"},
    {"name": "a\x00b"},
    {"name": "x" * 2_000_000},
    {"kind": "radio", "name": "\ud7ff\uffff\U0010ffff"},
)


class SyncMachine(RuleBasedStateMachine):
    """`begin` makes the world; it is set by whoever runs the machine."""

    begin: Callable[[], World]
    rows = Bundle("rows")
    backups = Bundle("backups")
    dumps = Bundle("dumps")

    @initialize()
    def start(self):
        self.world = type(self).begin()
        for _ in range(2):
            self.world.sync(self.world.join())

    def teardown(self):
        if not hasattr(self, "world"):
            return
        try:
            self.world.rest()
        finally:
            self.world.close()

    def _client(self, data) -> Client:
        return self.world.clients[data.draw(st.integers(0, len(self.world.clients) - 1), label="client")]

    @rule(target=rows, table=st.sampled_from(tuple(_TEXTS)), number=st.integers(1, 3), data=st.data())
    def make(self, table, number, data):
        client = self._client(data)
        made = [Edit(table, new_id(), self._new(table, data), new=True) for _ in range(number)]
        self.world.write(client, "Make", made)
        return multiple(*((table, edit.row) for edit in made))

    @rule(several=st.lists(rows, min_size=1, max_size=4), data=st.data())
    def change(self, several, data):
        """Some rows may come twice in one deed; a client changes only what it has."""
        client = self._client(data)
        edits = [Edit(*row, self._patch(row[0], data)) for row in several if _has(client, *row)]
        self.world.write(client, "Change", edits)

    @rule(row=rows, other=rows, data=st.data())
    def refer(self, row, other, data):
        client = self._client(data)
        key = {("asset", "location"): "location", ("asset", "person"): "custodian"}.get((row[0], other[0]))
        if key and _has(client, *row) and _has(client, *other):
            self.world.write(client, "Hand out", [Edit(*row, {key: other[1]})])

    @rule(row=rows, first=st.sampled_from(("b", "c")), second=st.sampled_from(("d", "e")), data=st.data())
    def meet(self, row, first, second, data):
        """Two change one field of a row apart from each other."""
        here, there = self._client(data), self._client(data)
        for client, value in ((here, first), (there, second)):
            if _has(client, *row):
                self.world.write(client, "Meet", [Edit(*row, {"name": value, "notes": value})])

    @rule(data=st.data())
    def take_back(self, data):
        self.world.take_back(self._client(data))

    @rule(row=rows, patch=st.sampled_from(_POISON), data=st.data())
    def poison(self, row, patch, data):
        client = self._client(data)
        if row[0] == "asset" and _has(client, *row):
            self.world.write(client, "Poison", [Edit(*row, patch)])

    @rule(data=st.data())
    def sync(self, data):
        self.world.sync(self._client(data))

    @rule(at=_STEPS, how=st.sampled_from(How), data=st.data())
    def disturbed(self, at, how, data):
        self.world.disturbed(self._client(data), at, how)

    @rule(days=st.sampled_from((-1, 0, 1)), data=st.data())
    def clock(self, days, data):
        self._client(data).off = days * _DAYS

    @rule(data=st.data())
    def join(self, data):
        if len(self.world.clients) < _MOST:
            self.world.disturbed(self.world.join(), data.draw(_STEPS), How.KILL)

    @rule(target=backups, data=st.data())
    def keep(self, data):
        client = self._client(data)
        return client, self.world.keep(client)

    @rule(backup=backups)
    def put_back(self, backup):
        self.world.put_back(*backup)

    @rule(data=st.data())
    def clone(self, data):
        if len(self.world.clients) < _MOST:
            self.world.clone(self._client(data))

    @rule()
    def server_ends_connections(self):
        self.world.disconnect()

    @rule(target=dumps)
    def dump(self):
        return self.world.dump()

    @rule(dump=consumes(dumps))
    def restore(self, dump):
        self.world.restore(dump)

    @rule()
    def rest(self):
        self.world.rest()

    @staticmethod
    def _new(table, data):
        values = {"name": data.draw(_VALUES)} if table != "asset" else {"kind": "radio"}
        return values | {key: value for key, value in SyncMachine._patch(table, data).items() if value is not None}

    @staticmethod
    def _patch(table, data):
        keys = data.draw(st.lists(st.sampled_from(_TEXTS[table]), unique=True, max_size=3))
        patch = {key: data.draw(_GONE if key == "deleted" else _VALUES | st.none()) for key in keys}
        if table == "asset" and data.draw(st.booleans()):
            patch["label_prints"] = data.draw(_WHOLE | st.none())
        return patch


def _has(client: Client, table: str, row: str) -> bool:
    with client.database.reading() as connection:
        return bool(current(connection, table, [row], []))
