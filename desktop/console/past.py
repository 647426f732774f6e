"""What happened to a record, as this computer knows it or, with --all, as the shared database remembers it."""

from argparse import ArgumentParser, Namespace

from desktop.console.session import Session
from desktop.console.signing_on import signed_on
from models.fields.problem import UsageError
from models.journal.history import Event
from models.journal.merged import whole_history
from models.sync.address import kept_address


def describe_all(parser: ArgumentParser) -> None:
    """The options of `muster history`."""
    parser.add_argument(
        "--all", action="store_true", help="ask the shared database, which also knows what was before the first copy"
    )
    parser.add_argument(
        "--password-file", metavar="FILE", help="its first line is the password; - reads standard input"
    )


def events_of(session: Session, asked: Namespace, table: str, row: str) -> list[Event]:
    """What happened to the record, latest first. Raises UsageError("hub.not-connected"), HubError with --all."""
    with session.database.reading() as connection:
        if not asked.all:
            return whole_history(connection, table, row)
        address = kept_address(connection)
    if address is None:
        raise UsageError("hub.not-connected")
    from models.sync.past import fetch_history, with_fetched

    with signed_on(session, address, asked.password_file, None) as hub:
        fetched = fetch_history(hub, session.database, table, row)
    with session.database.reading() as connection:
        return with_fetched(connection, fetched, table, row)
