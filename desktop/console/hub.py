"""The shared database, for its administrators: prepare it, upgrade it, say who belongs to it."""

import datetime as dt
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from desktop.console.session import DONE, NO_HUB, SOME_REFUSED, Session
from desktop.console.signing_on import first_line, new_password, signed_on
from desktop.phrases import say
from models.fields.problem import UsageError
from models.rules.rights import ROLES
from models.sync.address import kept_address, read_url

if TYPE_CHECKING:
    import psycopg

    from models.sync.hub.preparing import RightsMissing

    Connection = psycopg.Connection[tuple[Any, ...]]

_ROLES = (*ROLES, "report")


def describe_hub(parts: object, add: Callable[..., ArgumentParser]) -> None:
    """The commands under `hub`, each made by `add` (which gives it --home and --json)."""
    create = add(parts, "create", create_hub, "prepare a database of PostgreSQL as a shared database")
    create.add_argument("url", metavar="URL", help="postgresql://login@host/database")
    create.add_argument("--city", metavar="NAME", default="", help="what people read as its name (the database's)")
    create.add_argument("--check", action="store_true", help="only say whether the login may do all that is needed")
    _password(create)
    _there(add(parts, "upgrade", upgrade_hub, "bring the shared database up to this version of Muster"))
    _there(add(parts, "status", tell_status, "tell how the shared database is"))
    _there(add(parts, "users", list_users, "list who has access, and whose access was taken away"))
    user = add(parts, "add-user", add_user, "give a login access, or another role")
    _there(user)
    user.add_argument("name", metavar="NAME", help="the login on the server; one that is not there is made")
    user.add_argument("--role", choices=_ROLES, required=True, help="what it may do; report: read the reports only")
    new = user.add_mutually_exclusive_group()
    new.add_argument("--ask-password", action="store_true", help="ask for the new login's password (else made, shown)")
    new.add_argument("--new-password-file", metavar="FILE", help="the new login's password is the file's first line")
    new.add_argument("--no-password", action="store_true", help="the new login signs on without one (Kerberos, peer …)")
    gone = add(parts, "remove-user", remove_user, "take a login's access away at once")
    _there(gone)
    gone.add_argument("name", metavar="NAME", help="the login on the server")
    old = add(parts, "compact", compact_hub, "move old months of the journal to the archive")
    _there(old)
    old.add_argument("--before", metavar="DAY", type=_day, required=True, help="months before this day: 2025-01-01")
    add(parts, "roles", list_roles, "tell what each role may do")


def create_hub(session: Session, asked: Namespace) -> int:
    """Prepare the database, after a look at what the login may do."""
    from models.sync.hub.preparing import RightsMissing, check_rights, prepare

    address, given = read_url(asked.url)
    document: dict[str, object] = {"address": address.url, "missing": [], "prepared": False}
    with signed_on(session, address, asked.password_file, given) as connection:
        try:
            if asked.check:
                check_rights(connection)
                session.tell("The login may do all that is needed. Nothing was changed.")
                session.result(document)
                return DONE
            roles = prepare(connection, asked.city)
        except RightsMissing as lacking:
            return _lacking(session, lacking, document)
    session.result(document | {"prepared": True, "roles": asdict(roles)})
    session.tell(
        f"{address.database} is a shared database now. Give the first person access:",
        f"muster hub add-user --url {address.url} NAME --role administrator",
    )
    return DONE


def upgrade_hub(session: Session, asked: Namespace) -> int:
    """Add what is missing, make functions and views anew."""
    from models.store.migrate import HEAD
    from models.sync.hub.preparing import RightsMissing, upgrade

    with _there_connected(session, asked) as connection:
        try:
            upgrade(connection)
        except RightsMissing as lacking:
            return _lacking(session, lacking, {})
    session.tell(f"The shared database is at revision {HEAD}.")
    session.result({"schema": HEAD})
    return DONE


def tell_status(session: Session, asked: Namespace) -> int:
    """How it is. 1 where it must be upgraded."""
    from desktop.phrases.hub import status_lines
    from models.sync.hub.preparing import status

    with _there_connected(session, asked) as connection:
        found = status(connection)
    session.result(asdict(found) | {"behind": found.behind})
    width = max(len(name) for name, _ in status_lines(found))
    session.show(*(f"{name.ljust(width)}  {value}" for name, value in status_lines(found)))
    if found.behind:
        session.tell("Muster is newer than the shared database: run “muster hub upgrade”.")
    return SOME_REFUSED if found.behind else DONE


def list_users(session: Session, asked: Namespace) -> int:
    """Who has access, and who had."""
    from desktop.phrases.hub import access, day_of, role_words
    from models.sync.hub.members import members

    with _there_connected(session, asked) as connection:
        found = members(connection)
    session.result({"users": [asdict(each) for each in found]})
    if not found:
        session.tell("Nobody has access yet. “muster hub add-user NAME --role administrator” gives it.")
        return DONE
    rows = (
        (each.login, role_words(each.role), access(each), day_of(each.added_at), day_of(each.last_seen))
        for each in found
    )
    session.table(("Login", "Role", "Access", "Added", "Last seen"), rows)
    return DONE


def add_user(session: Session, asked: Namespace) -> int:
    """Give a login access; make it where the server has none of that name. A made password is shown once."""
    from desktop.phrases.hub import added
    from models.sync.hub.members import Login, add_member, login_state, made_password

    with _there_connected(session, asked) as connection:
        password, made = None, False
        if login_state(connection, asked.name) is not True and not asked.no_password:
            made = not (asked.ask_password or asked.new_password_file)
            password = made_password() if made else _new_password(asked)
        done = add_member(connection, asked.name, asked.role, password)
    made = made and done is not Login.THERE
    session.tell(added(asked.name, asked.role, done))
    if made and password:
        session.tell("Its password, which is shown only this once:")
        session.show(password)
    session.result(
        {"login": asked.name, "role": asked.role, "done": done.value} | ({"password": password} if made else {})
    )
    return DONE


def remove_user(session: Session, asked: Namespace) -> int:
    """Take access away."""
    from desktop.phrases.hub import removed
    from models.sync.hub.members import remove_member

    with _there_connected(session, asked) as connection:
        done = remove_member(connection, asked.name)
    session.tell(*removed(asked.name, done))
    session.result({"login": asked.name} | asdict(done))
    return DONE


def compact_hub(session: Session, asked: Namespace) -> int:
    """Move old months of the journal out of what clients fetch."""
    from models.sync.hub.preparing import compact

    with _there_connected(session, asked) as connection:
        floor = compact(connection, asked.before)
    session.tell(
        f"Changes up to number {floor:,} are in the archive: history shows them, new computers do not fetch them."
        if floor
        else "There is no month before that day to archive."
    )
    session.result({"floor": floor})
    return DONE


def list_roles(session: Session, _asked: Namespace) -> int:
    """What each role may do: no connection is needed."""
    session.result(
        {
            "roles": [
                {
                    "role": each.word,
                    "label": each.label,
                    "writes": sorted(each.writes),
                    "reads": sorted(each.reads),
                    "undoes_others": each.anyones,
                }
                for each in ROLES.values()
            ]
        }
    )
    for each in ROLES.values():
        session.show(f"{each.word}: {each.label}")
        session.show(f"  changes {', '.join(sorted(each.writes)) or 'nothing'}")
        if each.reads:
            session.show(f"  sees the fields for {', '.join(sorted(each.reads))}")
        if each.anyones:
            session.show("  takes back what others did; gives and takes access")
    session.show("report: reads the reporting views and nothing else")
    return DONE


# Inside


def _lacking(session: Session, lacking: "RightsMissing", document: Mapping[str, object]) -> int:
    """Say what the login may not do; the commands that help are a result, for who runs them."""
    from desktop.phrases.hub import commands_for, missing_lines

    session.tell(say(lacking.problem), *missing_lines(lacking.missing))
    if commands := commands_for(lacking.missing):
        session.tell("The administrator of the server gives what is missing with these commands:")
        session.show(*commands)
    told = zip(lacking.missing, missing_lines(lacking.missing), strict=True)
    missing = [{"code": each.code, "message": line, "command": each.command} for each, line in told]
    session.result({**document, "missing": missing})
    return NO_HUB


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text} is no day; write it like 2025-01-01") from None


def _password(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--password-file", metavar="FILE", help="its first line is your password; - reads standard input"
    )


def _there(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--url", metavar="URL", help="which shared database (else the one that this home is connected to)"
    )
    parser.add_argument("--login", metavar="NAME", help="sign on as another login than the address says")
    _password(parser)


@contextmanager
def _there_connected(session: Session, asked: Namespace) -> "Iterator[Connection]":
    """A connection to the shared database that is meant. Raises UsageError("hub.no-address"), HubError."""
    if asked.url:
        address, given = read_url(asked.url)
    else:
        with session.database.reading() as connection:
            kept, given = kept_address(connection), None
        if kept is None:
            raise UsageError("hub.no-address")
        address = kept
    if asked.login:
        address, given = replace(address, login=asked.login), None
    with signed_on(session, address, asked.password_file, given) as connection:
        yield connection


def _new_password(asked: Namespace) -> str:
    """The new login's password as it is said: typed twice, or the first line of a file."""
    return first_line(asked.new_password_file) if asked.new_password_file else new_password(asked.name)
