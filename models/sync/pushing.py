"""Sending: whole actions in the order in which they were made, until nothing waits."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from json.encoder import encode_basestring as _quoted
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from models.fields.ids import new_id
from models.fields.problem import HubError
from models.journal.arrived import Decided, Sent
from models.journal.entry import Changes
from models.journal.replica import replicating
from models.progress import Progress
from models.store.database import Database
from models.store.local import DEVICE, local, set_local
from models.sync.state import CURSOR, HEAD_SEEN, cursor, sent_upto
from models.sync.wire import hub_errors

if TYPE_CHECKING:
    import psycopg

#: Entries that are sent in one push, about.
BATCH = 4_000
#: Characters in one message, about: drawings of labels are large.
_LARGE = 8_000_000
#: An action of more entries or characters is sent ahead in parts: they are not sent again where the connection breaks.
_WHOLE, _WHOLE_SIZE = 25_000, 24_000_000
TOKEN = "hub_token"  # noqa: S105 (the key of a place in the table `local`)
_WAITING = (
    "SELECT e.seq, e.id, e.tbl, e.row, e.patch, e.base, a.nr, a.id, a.title, a.source, a.author, a.device, "
    "coalesce(a.claim, a.stamp), a.undoes, a.details FROM entry e JOIN action a ON a.nr = e.action "
    "WHERE e.seq > ? AND e.position IS NULL ORDER BY e.seq"
)
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(slots=True)
class _Deed:
    """An action on its way: the line of it, and those of its entries."""

    id: str
    line: str
    sent: list[Sent] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    size: int = 0


@dataclass(slots=True)
class Pushed:
    """What became of what was sent, counted in entries; `changes` are the rows that are not as they were meant."""

    sent: int = 0
    lost: int = 0
    refused: int = 0
    position: int = 0
    changes: list[Changes] = field(default_factory=list)


def push_all(hub: "psycopg.Connection[tuple[Any, ...]]", database: Database, progress: Progress) -> Pushed:
    """Send everything that waits. Raises HubError, DatabaseError, Cancelled."""
    done = Pushed()
    while batch := _batch(database):
        total = sum(len(deed.sent) for deed in batch)
        progress.at("send", done.sent, done.sent + total)
        answer = _push(hub, database, batch)
        with replicating(database) as replica:
            replica.decide([each for deed in batch for each in deed.sent], decided(answer))
            set_local(replica.connection, TOKEN, answer["token"])
            set_local(replica.connection, HEAD_SEEN, str(answer["position"]))
            _step_on(replica.connection, batch, answer["positions"])
        done.changes.append(replica.changes)
        done.sent += total
        done.lost += len(answer["lost"])
        done.refused += len(answer["refused"])
        done.position = answer["position"]
    return done


def _step_on(connection: Connection, batch: list[_Deed], positions: list[int | None]) -> None:
    """What was sent need not be fetched again: the cursor goes as far as it follows upon what is here."""
    place, before = cursor(connection)
    entry = before
    for each, position in zip((each for deed in batch for each in deed.ids), positions, strict=True):
        if position is None:
            continue
        if position != place + 1:
            break
        place, entry = position, each
    if entry != before:
        set_local(connection, CURSOR, f"{place} {entry}")


def decided(answer: Mapping[str, Any]) -> Decided:
    """The answer of a push, as the journal takes it."""
    return Decided(
        answer["positions"],
        {int(at): told["fields"] for at, told in answer["lost"].items()},
        {int(at): (_encode(told["patch"]), _encode(told["base"])) for at, told in answer["amended"].items()},
        {int(at): told["code"] for at, told in answer["refused"].items()},
        answer["stamps"],
    )


def _batch(database: Database) -> list[_Deed]:
    """The next actions that are sent together; one alone where it is large."""
    with database.reading() as connection:
        deeds: list[_Deed] = []
        count = size = 0
        for deed in _deeds(connection):
            if deeds and (count + len(deed.sent) > BATCH or size + deed.size > _LARGE):
                break
            deeds.append(deed)
            count += len(deed.sent)
            size += deed.size
            if count >= BATCH or size >= _LARGE:
                break
    return deeds


def _deeds(connection: Connection) -> Iterator[_Deed]:
    deed: _Deed | None = None
    for row in connection.exec_driver_sql(_WAITING, (sent_upto(connection),)):
        seq, entry, table, record, patch, base = row[:6]
        if deed is None or deed.id != row[7]:
            if deed is not None:
                yield deed
            keys = ("a", "title", "source", "author", "device", "stamp", "undoes", "details")
            deed = _Deed(row[7], _encode(dict(zip(keys, row[7:], strict=True))))
        line = f'{{"e":{_quoted(entry)},"t":{_quoted(table)},"r":{_quoted(record)},"p":{patch},"b":{base or "null"}}}'
        deed.sent.append(Sent(seq, table, record, base is None))
        deed.ids.append(entry)
        deed.lines.append(line)
        deed.size += len(line)
    if deed is not None:
        yield deed


def _push(hub: "psycopg.Connection[tuple[Any, ...]]", database: Database, batch: list[_Deed]) -> dict[str, Any]:
    """Send a batch. A device that was restored or copied gets a new identity, and sends again."""
    device, token, place = _identity(database)
    try:
        return _send(hub, device, token, place, batch)
    except HubError as error:
        if error.problem.code != "hub.token-old":
            raise
    renew_identity(database)
    device, token, place = _identity(database)
    return _send(hub, device, token, place, batch)


def _send(
    hub: "psycopg.Connection[tuple[Any, ...]]", device: str, token: str | None, place: int, batch: list[_Deed]
) -> dict[str, Any]:
    with hub_errors():
        text = "\n".join(part for deed in batch for part in _told(hub, device, deed))
        asked = hub.execute("SELECT muster.push(%s, %s, %s, %s)", (device, token, place, text)).fetchone()
    if asked is None:
        raise HubError("hub.unreachable")
    answer: dict[str, Any] = asked[0]
    return answer


def _told(hub: "psycopg.Connection[tuple[Any, ...]]", device: str, deed: _Deed) -> list[str]:
    """The lines of an action; of a large one, which is sent ahead in parts, the line that stands for them."""
    lines = [deed.line, *deed.lines]
    if len(lines) <= _WHOLE and deed.size <= _WHOLE_SIZE:
        return lines
    parts = 0
    for part in _parts(lines):
        hub.execute("SELECT muster.stage(%s, %s, %s, %s)", (device, deed.id, parts, "\n".join(part)))
        parts += 1
    return [f'{{"staged":{_quoted(deed.id)},"parts":{parts}}}']


def _parts(lines: list[str]) -> Iterator[list[str]]:
    held: list[str] = []
    size = 0
    for line in lines:
        if held and (len(held) >= BATCH or size + len(line) > _LARGE):
            yield held
            held, size = [], 0
        held.append(line)
        size += len(line)
    yield held


def _identity(database: Database) -> tuple[str, str | None, int]:
    """The device, its token (None: it is new to the shared database), and how far the shared journal is here."""
    with database.reading() as connection:
        device = local(connection, DEVICE)
        token = local(connection, TOKEN)
        place = cursor(connection)[0]
    if device is None:
        renew_identity(database)
        return _identity(database)
    return device, token or None, place


def renew_identity(database: Database) -> None:
    """Another device from now on: nobody else has its tokens, nor its tag numbers."""
    with database.writing() as connection:
        set_local(connection, DEVICE, new_id())
        set_local(connection, TOKEN, "")
