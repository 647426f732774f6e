"""Any sequence of edits, undos, redos and restarts: tables equal the fold, a shadow, and what was there before."""

import atexit
import copy
import shutil
import tempfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, precondition, rule

from models.fields.ids import new_id
from models.fields.problem import UsageError
from models.journal.entry import Edit
from models.journal.fold import fold
from models.journal.history import last_redoable, last_undoable
from models.journal.proof import differences
from models.journal.reading import entries
from models.journal.undo import redo, undo
from models.store.search import index_faults
from tests.journal.ground import assert_sound, opened

VALUES = st.sampled_from(
    ("1", "1.10", "1.1", "Engine 7", "é ß İ", 'say "hi"', "a\nb", "%s", "{}", "null", "\\", "\u2028")
)
FIELDS = {
    "asset": ("tag", "notes", "status", "x_vlan", "x_größe", "cost"),
    "location": ("name", "notes", "code"),
    "model": ("name", "x_vlan"),
}
WHOLE = st.integers(0, 99999).map(str)


@cache
def _fresh():
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder)
    opened(folder).database.close()
    return folder


class JournalMachine(RuleBasedStateMachine):
    rows = Bundle("rows")

    @initialize()
    def start(self):
        self.folder = Path(tempfile.mkdtemp())
        self.journal = opened(self.folder, _fresh())
        self.shadow = {}
        #: The shadow after each action that stands, for undo in order; and what redo can bring back.
        self.past, self.future = [], []

    def teardown(self):
        assert_sound(self.journal)
        self.journal.database.close()
        shutil.rmtree(self.folder)

    def _write(self, title, edits, shadow):
        changes = self.journal.write(title, edits)
        if shadow == self.shadow:
            assert changes.count == 0
            assert not changes.action
            return
        assert changes.count > 0
        differing = {key for key in {**shadow, **self.shadow} if shadow.get(key) != self.shadow.get(key)}
        assert {(table, row) for table, ids in changes.rows.items() for row in ids} >= differing
        self.past.append(copy.deepcopy(self.shadow))
        self.future.clear()
        self.shadow = shadow

    @rule(target=rows, table=st.sampled_from(tuple(FIELDS)), data=st.data())
    def make(self, table, data):
        row = new_id()
        patch = self._patch(table, data)
        if table == "asset":
            patch["kind"] = data.draw(st.sampled_from(("radio", "hardware")))
        shadow = copy.deepcopy(self.shadow)
        shadow[table, row] = {key: value for key, value in patch.items() if value is not None}
        self._write("Make", [Edit(table, row, patch, new=True)], shadow)
        return table, row

    @rule(several=st.lists(rows, min_size=1, max_size=4), data=st.data())
    def change(self, several, data):
        shadow, edits = copy.deepcopy(self.shadow), []
        for table, row in several:  # the same row may come twice in one action
            patch = self._patch(table, data)
            edits.append(Edit(table, row, patch))
            self._apply(shadow, table, row, patch)
        # An action that ends where it began still wrote entries: the shadow cannot say so, so it is left out.
        if shadow == self.shadow and len(several) != len(set(several)):
            return
        self._write("Change", edits, shadow)

    @rule(row=rows, place=rows)
    def place(self, row, place):
        if row[0] != "asset" or place[0] != "location":
            return
        shadow = copy.deepcopy(self.shadow)
        self._apply(shadow, *row, {"location": place[1]})
        self._write("Move", [Edit(*row, {"location": place[1]})], shadow)

    @rule(row=rows, deleted=st.sampled_from(("yes", None)))
    def delete(self, row, deleted):
        shadow = copy.deepcopy(self.shadow)
        self._apply(shadow, *row, {"deleted": deleted})
        self._write("Delete", [Edit(*row, {"deleted": deleted})], shadow)

    @rule(count=st.integers(1, 3), data=st.data())
    def failing(self, count, data):
        """An action that fails halfway leaves nothing."""
        edits = [Edit("asset", new_id(), {"kind": "radio", "tag": "T"}, new=True) for _ in range(count)]
        edits.append(
            data.draw(st.sampled_from((Edit("asset", new_id(), {"tag": "x"}), Edit("asset", "x", {"no": "1"}, True))))
        )
        with pytest.raises(KeyError):
            self.journal.write("Fail", edits)

    @rule()
    def take_back(self):
        if not self.past:
            return
        report = undo(self.journal)
        assert report.kept == ()
        assert report.title in ("Make", "Change", "Move", "Delete")
        self.future.append(self.shadow)
        self.shadow = self._with_deleted_rows(self.past.pop())

    @rule()
    def bring_back(self):
        if not self.future:
            with self.journal.database.reading() as connection:
                assert last_redoable(connection) is None
            return
        report = redo(self.journal)
        assert report.kept == ()
        self.past.append(self.shadow)
        self.shadow = self.future.pop()

    @precondition(lambda self: not self.past)
    @rule()
    def nothing_to_take_back(self):
        with self.journal.database.reading() as connection:
            assert last_undoable(connection) is None
        with pytest.raises(UsageError, match=r"undo\.nothing"):
            undo(self.journal)

    @rule()
    def restart(self):
        self.journal.database.close()
        self.journal = opened(self.folder)

    @invariant()
    def holds(self):
        if not hasattr(self, "journal"):
            return
        with self.journal.database.reading() as connection:
            assert fold(entries(connection)) == self.shadow
            assert list(differences(connection)) == []
            assert [index_faults(connection, table) for table in FIELDS] == [(0, 0)] * len(FIELDS)

    def _with_deleted_rows(self, before):
        """What was there before, and what has been made since, deleted."""
        since = {key: {**row, "deleted": "yes"} for key, row in self.shadow.items() if key not in before}
        return before | since

    def _patch(self, table, data):
        keys = data.draw(st.lists(st.sampled_from(FIELDS[table]), unique=True, max_size=3))
        patch = {key: data.draw(VALUES | st.none()) for key in keys}
        if table == "asset" and data.draw(st.booleans()):
            patch["unit_id"] = data.draw(WHOLE | st.none())
        return patch

    @staticmethod
    def _apply(shadow, table, row, patch):
        now = shadow[table, row]
        for key, value in patch.items():
            if value is None:
                now.pop(key, None)
            else:
                now[key] = value


JournalMachine.TestCase.settings = settings(max_examples=15, stateful_step_count=20, deadline=None)
TestJournal = JournalMachine.TestCase
