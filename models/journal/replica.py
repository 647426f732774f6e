"""The other side of the one door: what the shared database decided and sent is written here, and nowhere else.

Everything keeps the rule that the tables are what the entries add up to: a row that an answer concerns is folded anew
from its own entries, and a page of pulled entries is applied in the order of positions.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection

from models.journal.arrived import Decided, Pulled, PulledAction, Sent
from models.journal.entry import Changes, NewRows
from models.journal.history import COPIED as FIRST_COPY
from models.journal.outcome import Outcome
from models.journal.project import write_new_entries
from models.journal.tables import Tables
from models.schema.records import TABLES, references
from models.store.database import Database
from models.store.local import REFOLDED, local, set_local

COPY_TITLE = "Copied from the shared database"
"""The title of the deed under which a first copy stands."""
ELSEWHERE = 1 << 60
"""Positions from here on are of entries that only others may send again to a shared database that was put back."""
#: Rows of a first copy that are written together.
COPIED = 5_000
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_ENTRY = "INSERT INTO entry (id, action, tbl, row, patch, base, position, lost) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_ACTION = (
    "INSERT INTO action "
    "(nr, id, title, source, author, device, stamp, undoes, count, details, login, device_id, claim) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)

#: What was refused, unless the review that tells it was made up to that position.
_REFUSED_SINCE = (
    "SELECT seq, tbl, row FROM entry WHERE refused IS NOT NULL AND id NOT IN (SELECT r.entry FROM review r "
    "JOIN entry e ON e.row = r.id AND e.tbl = 'review' WHERE r.entry IS NOT NULL AND e.position <= ?)"
)


class Replica:
    """Writes within one transaction. `changes` says afterwards what became of the tables."""

    def __init__(self, connection: Connection, tables: Tables) -> None:
        """Use `replicating`."""
        self.connection = connection
        self.written = 0
        self._tables = tables
        self._outcome = Outcome(connection, tables)
        self._run = connection.exec_driver_sql

    # What was sent

    def decide(self, sent: Sequence[Sent], decided: Decided) -> None:
        """Take over what was decided of a batch; rows that are not as they were meant are folded anew."""
        if not sent:
            return
        # Those that an earlier refusal seemed to concern, and that were taken all the same.
        sql = "SELECT tbl, row FROM entry WHERE seq BETWEEN ? AND ? AND (lost IS NOT NULL OR refused IS NOT NULL)"
        concerned = {(row[0], row[1]) for row in self._run(sql, (sent[0].seq, sent[-1].seq))}
        self._place(sent, decided.positions)
        for at, keys in decided.lost.items():
            self._run("UPDATE entry SET lost = ? WHERE seq = ?", (_encode(sorted(keys)), sent[at].seq))
            concerned.add((sent[at].table, sent[at].row))
        for at, (patch, base) in decided.amended.items():
            self._run("UPDATE entry SET patch = ?, base = ? WHERE seq = ?", (patch, base, sent[at].seq))
            concerned.add((sent[at].table, sent[at].row))
        for at, code in decided.refused.items():
            each = sent[at]
            self._run("UPDATE entry SET refused = ?, lost = NULL WHERE seq = ?", (code, each.seq))
            concerned.add((each.table, each.row))
            if each.new:
                concerned |= self._unmake(each)
        for action, stamp in decided.stamps.items():
            self._run("UPDATE action SET claim = stamp, stamp = ? WHERE id = ? AND claim IS NULL", (stamp, action))
        self.refold(concerned)

    def _place(self, sent: Sequence[Sent], positions: Sequence[int | None]) -> None:
        """Give accepted entries their positions: in runs, since both count up alike as a rule."""
        start = 0
        for at in range(1, len(sent) + 1):
            first = positions[start]
            if (
                at < len(sent)
                and first is not None
                and positions[at] == first + at - start
                and sent[at].seq - sent[start].seq == at - start
            ):
                continue
            if first is not None:
                sql = "UPDATE entry SET position = seq + ?, refused = NULL, lost = NULL WHERE seq BETWEEN ? AND ?"
                self._run(sql, (first - sent[start].seq, sent[start].seq, sent[at - 1].seq))
            start = at
        highest = max((place for place in positions if place is not None), default=0)
        set_local(self.connection, "highest", str(max(highest, int(local(self.connection, "highest") or 0))))
        set_local(self.connection, "sent_upto", str(sent[-1].seq))

    def _unmake(self, made: Sent) -> set[tuple[str, str]]:
        """A row that was refused: what is to be sent of it comes to nothing, too, nor can others refer to it.

        They are sent all the same, and the shared database says so of each.
        """
        waiting = "position IS NULL AND seq > ?"
        self._run(
            f"UPDATE entry SET refused = 'hub.no-row' WHERE row = ? AND tbl = ? AND {waiting}",
            (made.row, made.table, made.seq),
        )
        concerned: set[tuple[str, str]] = set()
        for table in TABLES:
            for key, target in references(table).items():
                if target == made.table:
                    users = self._run(f"SELECT id FROM {table} WHERE {key} = ?", (made.row,)).scalars().all()
                    concerned.update((table, user) for user in users)
                    for user in users:
                        self._lose(table, user, key, made.row)
        return concerned

    def _lose(self, table: str, row: str, key: str, value: str) -> None:
        """A reference to a row that is not there takes no effect, in whichever entry it stands."""
        sql = "SELECT seq, lost FROM entry WHERE row = ? AND tbl = ? AND json_extract(patch, ?) = ?"
        for seq, lost in self._run(sql, (row, table, f'$."{key}"', value)).all():
            keys = sorted({*(json.loads(lost) if lost else ()), key})
            self._run("UPDATE entry SET lost = ? WHERE seq = ?", (_encode(keys), seq))

    # What others did

    def append(self, page: Sequence[Pulled], actions: Sequence[PulledAction]) -> None:
        """Write a page of the shared journal behind what is here, and apply it; what is here already is known again."""
        if not page:
            return
        known = self._known(page)
        numbers = self._actions(page, actions, known)
        fresh = [
            (
                each.id, numbers[each.action], each.table, each.row, each.patch, each.base, each.position,
                _encode(sorted(each.lost)) if each.lost else None,
            )
            for each in page
            if each.id not in known
        ]  # fmt: skip
        if fresh:
            self._run(_ENTRY, fresh)
        again = self._know_again(page, known)
        self._outcome.project(page, known, again)
        self.refold(again)
        self.written += len(page) - len(known)

    def _known(self, page: Sequence[Pulled]) -> dict[str, tuple[int | None, str | None, str | None]]:
        """The entries of a page that are here: what is known of position, lost fields and refusal."""
        sql = "SELECT id, position, lost, refused FROM entry WHERE id IN (SELECT value FROM json_each(?))"
        found = self._run(sql, (json.dumps([each.id for each in page]),))
        return {row[0]: (row[1], row[2], row[3]) for row in found}

    def _know_again(
        self, page: Sequence[Pulled], known: Mapping[str, tuple[int | None, str | None, str | None]]
    ) -> set[tuple[str, str]]:
        """Bring entries that are here to what the shared journal has; the rows where that made a difference."""
        differing: set[tuple[str, str]] = set()
        for each in page:
            if each.id not in known:
                continue
            lost = _encode(sorted(each.lost)) if each.lost else None
            if known[each.id] != (each.position, lost, None):
                self._run(
                    "UPDATE entry SET position = ?, lost = ?, refused = NULL, patch = ?, base = ? WHERE id = ?",
                    (each.position, lost, each.patch, each.base, each.id),
                )
                differing.add((each.table, each.row))
        return differing

    def _actions(
        self, page: Sequence[Pulled], actions: Sequence[PulledAction], known: Collection[str]
    ) -> dict[str, int]:
        """The local numbers of the page's actions; those that are not here are written."""
        counts: dict[str, int] = defaultdict(int)
        for entry in page:
            counts[entry.action] += entry.id not in known
        sql = "SELECT id, nr FROM action WHERE id IN (SELECT value FROM json_each(?))"
        numbers = {row[0]: int(row[1]) for row in self._run(sql, (json.dumps(list(counts)),))}
        if numbers:
            more = [(counts[each], nr) for each, nr in numbers.items()]
            self._run("UPDATE action SET count = count + ? WHERE nr = ?", more)
        last = int(self._run("SELECT coalesce(max(nr), 0) FROM action").scalar_one())
        fresh = []
        for each in actions:
            if each.id in counts and each.id not in numbers:
                last += 1
                numbers[each.id] = last
                fresh.append(
                    (
                        last, each.id, each.title, each.source, each.author, each.device, each.stamp, each.undoes,
                        counts[each.id], each.details, each.login, each.device_id, each.claim,
                    )
                )  # fmt: skip
        if fresh:
            self._run(_ACTION, fresh)
        highest = max((each.stamp for each in actions), default=0)
        if highest > int(local(self.connection, "stamp") or 0):
            set_local(self.connection, "stamp", str(highest))
        return numbers

    def refold(self, rows: Collection[tuple[str, str]]) -> None:
        """Make rows (table, id) what their entries give."""
        self._outcome.refold(rows)

    # The shared database was put back to an earlier state

    def rewind(self, position: int, writes: Callable[[str], bool]) -> None:
        """What was accepted or refused after `position` is to be sent again.

        `writes` says of a table whether this home's role may change its records. What it may not, others send; until
        then it stands behind all that is accepted. Copies of rows are no entries, and stay.
        """
        sql = (
            "SELECT e.seq, e.tbl, e.row, a.device_id FROM entry e JOIN action a ON a.nr = e.action "
            "WHERE e.position BETWEEN ? AND ? AND a.title <> ? ORDER BY e.seq"
        )
        gone = self._run(sql, (position + 1, ELSEWHERE - 1, COPY_TITLE)).all()
        again = [each[0] for each in gone if each[3] is None or writes(each[1])]
        others = [each[0] for each in gone if each[3] is not None and not writes(each[1])]
        refused = self._run(_REFUSED_SINCE, (position,)).all()
        again += [each[0] for each in refused]
        if again:
            sql = "UPDATE entry SET position = NULL, lost = NULL, refused = NULL WHERE seq = ?"
            self._run(sql, [(seq,) for seq in again])
            upto = min(int(local(self.connection, "sent_upto") or 0), min(again) - 1)
            set_local(self.connection, "sent_upto", str(upto))
        if others:
            self._run(f"UPDATE entry SET position = position + {ELSEWHERE} WHERE seq = ?", [(seq,) for seq in others])
        self.refold({(each[1], each[2]) for each in (*gone, *refused)})
        found = self._run(
            "SELECT e.id FROM entry e JOIN action a ON a.nr = e.action WHERE e.position = ? AND a.title <> ?",
            (position, COPY_TITLE),
        ).scalar_one_or_none()
        set_local(self.connection, "cursor", f"{position} {found or ''}".strip())
        set_local(self.connection, "highest", str(ELSEWHERE if others else position))

    # A first copy

    def forget_all(self) -> None:
        """Take all records and their whole journal out: a copy comes in their place."""
        self._tables.clear()
        self._run("DELETE FROM entry")
        self._run("DELETE FROM action")

    def begin_copy(self, action: str, stamp: int, device: str) -> int:
        """The deed under which the rows of a copy stand; its number."""
        details = _encode({FIRST_COPY: True})
        self._run(_ACTION, (1, action, COPY_TITLE, None, "Muster", device, stamp, None, 0, details, None, device, None))
        return 1

    def copy_rows(self, rows: NewRows, action: int, position: int) -> None:
        """Write rows of a copy, each with one entry that stands for all that made it what it is."""
        first = self._tables.insert(rows)
        write_new_entries(self.connection, rows, action, first, position)
        self.written += len(rows.ids)

    def end_copy(self, action: int) -> None:
        """All rows are there."""
        if self.written:
            self._run("UPDATE action SET count = ? WHERE nr = ?", (self.written, action))
        else:
            self._run("DELETE FROM action WHERE nr = ?", (action,))

    @property
    def changes(self) -> Changes:
        """What became of the tables."""
        return Changes(
            count=self.written,
            rows={table: frozenset(rows) for table, rows in self._tables.rows.items()},
            fields={table: frozenset(fields) for table, fields in self._tables.fields.items()},
        )


@contextmanager
def replicating(database: Database, tick: Callable[[], None] = lambda: None) -> Iterator[Replica]:
    """One transaction in which a Replica writes; the search index is kept with it. Raises DatabaseError.

    `tick` is called now and then while the index is finished; what it raises ends the transaction.
    """
    with database.writing_with_index() as (connection, index):
        tables = Tables(connection, index)
        made = Replica(connection, tables)
        yield made
        if tables.rows:
            set_local(connection, REFOLDED, str(int(local(connection, REFOLDED) or 0) + 1))
        tables.finish_index(tick)
    if "custom_field" in tables.rows:
        database.forget_catalogue()
