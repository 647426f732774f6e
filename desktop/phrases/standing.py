"""How the sync stands, in words: for the status line, and at more length for its tooltip."""

import datetime as dt

from desktop.phrases.say import count, say
from desktop.sharing.standing import Standing, Sync
from models.rules.rights import role_label

_SAFE = "Everything is saved on this computer and is sent as soon as it can be."


def line(standing: Standing, now: float) -> str:
    """One line for the foot of the window; empty where the home is connected to no shared database."""
    waiting = f"{standing.unsent:,} to send" if standing.unsent else ""
    state = standing.sync
    if state is Sync.ALONE:
        return ""
    if state is Sync.WELL:
        synced = f"last sync {_ago(standing.last, now)}" if standing.last is not None else "not synced yet"
        return _joined(waiting or "All sent", synced)
    if state is Sync.OFFLINE:
        since = f" since {_clock(standing.since, now)}" if standing.since is not None else ""
        return _joined(f"Offline{since}, everything is saved here", waiting)
    said = {
        Sync.SIGN_ON: "Sign on to the shared database again",
        Sync.UPGRADE: "The administrator must upgrade the shared database",
        Sync.REFUSED: "Not syncing: look why",
    }[state]
    return _joined(said, waiting)


def details(standing: Standing, now: float) -> str:
    """Several lines: which database, as whom, what waits, when it was synced, what is wrong and what to do."""
    who = f"{standing.login} · " if standing.login else ""
    lines = [f"Shared database {standing.database} ({who}{role_label(standing.role)})"]
    if standing.trouble is not None:
        lines += [say(standing.trouble), _SAFE]
    if standing.unsent:
        lines.append(f"{count(standing.unsent, 'change waits', 'changes wait')} to be sent.")
    if standing.reviews:
        lines.append(f"{count(standing.reviews, 'matter needs', 'matters need')} a decision in Review.")
    if standing.last is not None:
        lines.append(f"Last sync: {_clock(standing.last, now)}.")
    lines.append("Press to sign on." if standing.sync is Sync.SIGN_ON else "Press to sync now.")
    return "\n".join(lines)


def _joined(*parts: str) -> str:
    return " · ".join(filter(None, parts))


def _ago(then: float, now: float) -> str:
    """About how long ago that was."""
    minutes = int(max(0, now - then) // 60)
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{minutes} min ago"
    hours = minutes // 60
    if hours < 24:
        return f"{hours} h ago"
    return f"{count(hours // 24, 'day')} ago"


def _clock(then: float, now: float) -> str:
    """The time of day; with the day where that is not today."""
    moment, today = (dt.datetime.fromtimestamp(each).astimezone() for each in (then, now))
    clock = f"{moment.hour}:{moment:%M}"
    if moment.date() == today.date():
        return clock
    return f"{moment.day} {moment:%b} {clock}"
