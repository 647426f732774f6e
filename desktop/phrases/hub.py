"""Words about the shared database, for those who administer it."""

import datetime as dt

from desktop.phrases.say import count, say
from models.fields.problem import Problem
from models.rules.rights import ROLES
from models.schema.records import OWN_KINDS, TABLES
from models.sync.hub.members import REPORT, Login, Member, Removed
from models.sync.hub.preparing import Status
from models.sync.hub.rights import Missing

REPORTS = "Reports only"
"""What people read of the role `report`."""


def role_words(role: str) -> str:
    """The label of a role."""
    return REPORTS if role == REPORT else ROLES[role].label if role in ROLES else role


def may_words(role: str) -> str:
    """What a role may do, in one or two sentences."""
    if role == REPORT:
        return "Reads the views for reporting tools, and nothing else. For Power BI and Excel."
    each = ROLES[role]
    if each.writes == frozenset(TABLES):
        return "Changes everything, takes back what others did, gives and takes access."
    if not each.writes:
        return "Reads, and changes nothing."
    plurals = sorted(TABLES[table].plural.lower() for table in each.writes if table not in OWN_KINDS)
    seen = f" Sees what is restricted to {' and '.join(sorted(each.reads))}." if each.reads else ""
    return f"Changes {', '.join(plurals)}.{seen}"


def missing_lines(missing: tuple[Missing, ...]) -> list[str]:
    """What stands in the way, a sentence each."""
    return [say(Problem(each.code, each.value)) for each in missing]


def commands_for(missing: tuple[Missing, ...]) -> list[str]:
    """What the administrator of the server runs."""
    return list(dict.fromkeys(each.command for each in missing if each.command))


def day_of(moment: int | None) -> str:
    """The day of a time in milliseconds since 1970, here; empty for none."""
    return "" if moment is None else dt.datetime.fromtimestamp(moment / 1000).astimezone().strftime("%Y-%m-%d")


def access(member: Member) -> str:
    """Whether a member has access, in words."""
    if not member.active:
        return f"Taken away {day_of(member.revoked_at)}"
    if not member.can_login:
        return "The server does not let this login in"
    return "Yes" if member.in_group else "Not in the group of members: add it again"


def added(login: str, role: str, done: Login) -> str:
    """What is said when a member was added or got another role."""
    words = {
        Login.MADE: f"The login {login} was made on the server",
        Login.THERE: f"{login} was there on the server and keeps its password",
        Login.OPENED: f"The login {login} is open again, with a new password",
    }[done]
    return f"{words}. Its role: {role_words(role)}."


def removed(login: str, done: Removed) -> list[str]:
    """What is said when access was taken away."""
    told = [f"{login} has no access any more. What it had not sent yet is in the backups of its computer."]
    told.append(
        "The login is locked on the server."
        if done.locked
        else "The login itself was left open on the server: it may be used for other things there."
    )
    if done.open_sessions:
        told.append(
            f"{count(done.open_sessions, 'session')} of it could not be ended; it can do nothing there any more."
        )
    if done.still_in_group:
        told.append("Somebody else on the server put it into a group of this database; it can do nothing there.")
    return told


def status_lines(status: Status) -> list[tuple[str, str]]:
    """How the shared database is: a heading and a value each."""
    return [
        ("City", status.city),
        ("Revision", f"{status.schema} (this Muster has {status.newest})" if status.behind else status.schema),
        ("Changes kept", f"{status.position:,}" + (f", those up to {status.floor:,} archived" if status.floor else "")),
        ("People with access", f"{status.members:,}"),
        ("Computers", f"{status.devices:,}" + (f", last seen {day_of(status.last_seen)}" if status.last_seen else "")),
        ("Set aside", count(status.set_aside, "refused change")),
        ("Size", megabytes(status.bytes)),
        ("Server", f"PostgreSQL {status.server}"),
        ("Prepared", day_of(status.made_at)),
    ]


def megabytes(size: int) -> str:
    """How large a database is."""
    return f"{size / 1024**3:,.1f} GB" if size >= 1024**3 else f"{size / 1024**2:,.0f} MB"
