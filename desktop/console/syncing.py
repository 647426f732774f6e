"""The command that sends what waits and fetches what others did: once, or again and again."""

import argparse
import time
from argparse import Namespace
from typing import NoReturn

from desktop.console.session import DONE, Session, sentence
from desktop.phrases import count
from models.fields.problem import HubError, UsageError
from models.progress import Cancelled
from models.sync.pace import Pace
from models.sync.state import SyncState, sync_state

#: Seconds between two looks at whether something was changed here, or Ctrl+C was pressed.
_LOOK = 0.5


def describe_sync(parser: argparse.ArgumentParser) -> None:
    """The options of `muster sync`."""
    parser.add_argument("--watch", action="store_true", help="go on until Ctrl+C: at each change here, and every 30 s")


def sync(session: Session, asked: Namespace) -> int:
    """Exchange everything with the shared database."""
    state = _state(session)
    if state is None:
        raise UsageError("hub.not-connected")
    if asked.watch:
        _watch(session)
    _once(session)
    return DONE


def _once(session: Session) -> None:
    from models.sync.client import SyncClient
    from models.sync.signing import signing_on

    try:
        report = SyncClient(session.database, signing_on(session.database)).sync(session.progress)
    except HubError:
        if (state := _state(session)) and state.unsent:
            session.tell(f"{count(state.unsent, 'change waits', 'changes wait')} here, saved, until it can be sent.")
        raise
    state = _state(session)
    reviews = state.open_reviews if state else 0
    session.result(
        {
            "sent": report.sent,
            "received": report.received + report.copied,
            "lost": report.lost,
            "refused": report.refused,
            "reviews": reviews,
        }
    )
    told = [f"{report.sent:,} sent", f"{report.received + report.copied:,} received"]
    if report.refused:
        told.append(f"{report.refused:,} refused")
    session.tell(f"Synced: {', '.join(told)}.")
    if reviews:
        waits = count(reviews, "matter waits", "matters wait")
        session.tell(f"{waits} for a decision: “muster review” lists them.")


def _watch(session: Session) -> NoReturn:
    """Sync again and again; what fails is told once and tried again. Ends by Ctrl+C."""
    pace = Pace()
    failed = ""
    while True:
        version = session.database.data_version()
        try:
            _once(session)
            pause, failed = pace.after_success(), ""
        except HubError as error:
            if error.problem.code != failed:
                session.tell(sentence(error.problem))
            failed = error.problem.code
            pause = pace.after_failure()
        due = time.monotonic() + pause
        while time.monotonic() < due and not (not failed and session.database.data_version() != version):
            if session.progress.cancelled:
                raise Cancelled
            time.sleep(_LOOK)


def _state(session: Session) -> SyncState | None:
    with session.database.reading() as connection:
        return sync_state(connection)
