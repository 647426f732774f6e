"""The commands that connect this home to a shared database, and end that."""

import argparse
from argparse import Namespace
from collections.abc import Sequence
from functools import partial

from desktop.console.session import DONE, Session
from desktop.console.signing_on import sign_on
from desktop.phrases import count, say
from desktop.phrases.joining import differing_title, field_words, joined, kind_row, summary, warnings
from models.fields.problem import HubError, UsageError
from models.rules.rights import role_label
from models.sync.address import Address, kept_address, read_url
from models.sync.adopting import AdoptPlan
from models.sync.told import Told

_LISTED = 50
"""Differing records that are listed to people; JSON has all."""


def describe_connect(parser: argparse.ArgumentParser) -> None:
    """The options of `muster connect`."""
    parser.add_argument("url", metavar="URL", nargs="?", help="postgresql://login@host/database; none: tell where to")
    parser.add_argument("--dry-run", action="store_true", help="only show what would become of the records here")
    parser.add_argument(
        "--differs",
        choices=("shared", "mine"),
        default="shared",
        help="whose values stand where a record differs: the shared database's (the default), or those here",
    )
    parser.add_argument(
        "--password-file", metavar="FILE", help="its first line is the password; - reads standard input"
    )


def describe_disconnect(parser: argparse.ArgumentParser) -> None:
    """The options of `muster disconnect`."""
    parser.add_argument("--remove-copy", action="store_true", help="remove the records here, too; a backup is kept")
    parser.add_argument("--anyway", action="store_true", help="remove them though some changes were never sent")


def connect_home(session: Session, asked: Namespace) -> int:
    """Connect this home, after a plan of what becomes of its own records."""
    if asked.url is None:
        return _tell(session)
    from models.sync.joining import Joining, greet

    address, given = read_url(asked.url)
    with session.database.reading() as connection:
        if known := kept_address(connection):
            raise UsageError("hub.connected", known.url)
    signed = sign_on(session, address, asked.password_file, given, lambda password: greet(address, password))
    welcome = signed.result
    session.tell(f"{welcome.city}: you are {role_label(welcome.role)} there.")
    document: dict[str, object] = {"address": address.url, "city": welcome.city, "role": welcome.role}
    with Joining(session.database, address, signed.password) as joining:
        plan = joining.prepare(session.progress)
        if plan is not None:
            differing = joining.told(session.catalogue)
            document |= _json(plan, differing)
            _show_plan(session, plan, differing)
        if asked.dry_run:
            session.tell("Nothing was changed.")
            session.result(document | {"kept": None, "connected": False})
            return DONE
        mine = [each.row for each in plan.differing] if plan is not None and asked.differs == "mine" else []
        done = joining.finish(session.settings.author, mine, session.progress)
    if signed.typed and signed.password is not None:
        _keep(session, address, signed.password)
    session.tell(joined(welcome.city, done.kept))
    sent = _send(session, address, signed.password)
    session.result(document | {"kept": str(done.kept) if done.kept else None, "connected": True, "sent": sent})
    return DONE


def disconnect_home(session: Session, asked: Namespace) -> int:
    """End the connection; keep the copy, or remove it."""
    from models.sync.joining import leave

    with session.database.reading() as connection:
        address = kept_address(connection)
    kept = leave(session.database, remove_copy=asked.remove_copy, anyway=asked.anyway, progress=session.progress)
    session.result({"address": address.url if address else None, "kept": str(kept) if kept else None})
    if kept is not None:
        session.tell(f"Disconnected, and the copy is removed. It is kept as {kept}.")
    else:
        session.tell("Disconnected. The records stay here, as this computer's own.")
    return DONE


def _tell(session: Session) -> int:
    with session.database.reading() as connection:
        address = kept_address(connection)
    session.show(address.url if address else "Not connected to a shared database.")
    session.result({"address": address.url if address else None, "connected": address is not None})
    return DONE


def _send(session: Session, address: Address, password: str | None) -> int:
    """Send what is new there; how many entries were. What cannot be sent now is by the next sync."""
    from models.sync.client import SyncClient
    from models.sync.wire import connect

    try:
        sent = SyncClient(session.database, partial(connect, address, password)).sync(session.progress).sent
    except HubError as error:
        session.tell(f"Nothing was sent yet. {say(error.problem)}")
        return 0
    if sent:
        session.tell(f"{count(sent, 'change')} sent.")
    return sent


def _keep(session: Session, address: Address, password: str) -> None:
    from models.sync.passwords import keep_password

    try:
        keep_password(address, password)
    except HubError as error:
        session.tell(say(error.problem))


def _show_plan(session: Session, plan: AdoptPlan, differing: Sequence[Told]) -> None:
    session.tell(summary(plan), *warnings(plan))
    session.table(("Records", "New", "Same", "Differ", "Stay here"), [kind_row(each) for each in plan.counts])
    for each in differing[:_LISTED]:
        session.show(differing_title(each), *(f"  {field_words(field)}" for field in each.fields))
    if len(differing) > _LISTED:
        session.show(f"And {count(len(differing) - _LISTED, 'record')} more; --json has all.")


def _json(plan: AdoptPlan, differing: Sequence[Told]) -> dict[str, object]:
    counts = [
        {
            "kind": each.word,
            "new": each.new,
            "same": each.same,
            "differs": each.differs,
            "kept": each.kept,
            "doubled": each.doubled,
        }
        for each in plan.counts
    ]
    values = {each.row: each for each in plan.differing}
    records = [
        {
            "kind": each.word,
            "id": each.row,
            "shared": values[each.row].shared,
            "name": each.name,
            "fields": {
                key: {"mine": mine, "shared": shared} for key, (mine, shared) in values[each.row].fields.items()
            },
        }
        for each in differing
    ]
    return {"counts": counts, "differing": records}
