"""The command line: the same services as the window, for scheduled jobs, scripts and tests.

What is said to people goes to standard error; results go to standard output, with `--json` as one document. Exit
statuses are those of `desktop.console.session`.
"""

import contextlib
import os
import signal
import sys
import threading
from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FrameType

from desktop.console.arguments import parser
from desktop.console.session import (
    FAILED,
    INTERRUPTED,
    MISUSED,
    NO_DATABASE,
    NO_HUB,
    UNREADABLE,
    Session,
    sentence,
)
from desktop.crash import write_report
from models.fields.problem import DatabaseError, HubError, InputError, KnownError
from models.progress import Cancelled
from models.store.home import Home

_INTO_NOTHING = 141
"""Whoever read the output went away: what a shell says of a program that SIGPIPE ended."""


def main(arguments: Sequence[str]) -> int:
    """Run one command and give its exit status. Nothing is raised: what goes wrong is said on standard error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # JSON is UTF-8 wherever it goes; a name that no encoding holds is shown by its number.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        asked = parser().parse_args(_queries_kept(arguments))
    except SystemExit as end:  # argparse has said what is wrong, or shown its help
        return end.code if isinstance(end.code, int) else MISUSED
    home = Home(Path(asked.home)) if asked.home else Home.default()
    session = Session(home, as_json=asked.json)
    with _stopping(session):
        try:
            return _run(session, asked)
        finally:
            session.close()


@contextlib.contextmanager
def _stopping(session: Session) -> Iterator[None]:
    """Ctrl+C asks the work to stop at its next step; pressed again, it stops at once."""

    def ask(_number: int, _frame: FrameType | None) -> None:
        if session.progress.cancelled:
            raise KeyboardInterrupt
        session.progress.cancel()

    if threading.current_thread() is not threading.main_thread():  # only the main thread may have handlers
        yield
        return
    before = signal.signal(signal.SIGINT, ask)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _queries_kept(arguments: Sequence[str]) -> list[str]:
    """The arguments, with a blank before a query that begins with a dash (-status:retired): it is no option."""
    kept = list(arguments)
    finding = "find" in kept[:3]
    for at, text in enumerate(kept):
        if text[:1] == "-" and text[1:2] not in ("", "-") and text != "-h" and (finding or kept[at - 1] == "--query"):
            kept[at] = f" {text}"
    return kept


def _run(session: Session, asked: Namespace) -> int:
    try:
        status = int(asked.run(session, asked))
        sys.stdout.flush()
    except KnownError as error:
        session.tell(sentence(error.problem))
        if isinstance(error, DatabaseError):
            return NO_DATABASE
        if isinstance(error, HubError):
            return NO_HUB
        return UNREADABLE if isinstance(error, InputError) else MISUSED
    except (Cancelled, KeyboardInterrupt):
        session.tell("Stopped. Nothing was left half done.")
        return INTERRUPTED
    except BrokenPipeError:
        # Python would complain once more when it closes the stream at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _INTO_NOTHING
    except Exception as error:  # noqa: BLE001 (reported, and told)
        report = write_report(session.home.logs, error)
        session.tell(
            "Muster made a mistake, and nothing was left half done." + (f" The report is {report}." if report else "")
        )
        return FAILED
    return status
