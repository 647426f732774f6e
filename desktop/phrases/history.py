"""History as sentences: "J. Ruiz moved it from City Hall 204 to Engine 7"."""

from collections.abc import Callable, Mapping

from desktop.phrases.say import within
from models.fields.field import Field
from models.journal.history import Event

Show = Callable[[Field, str], str]
"""What people read of a field's canonical value."""

_MOVES = {
    "location": ("moved it from {before} to {after}", "put it in {after}", "took it out of {before}"),
    "custodian": ("handed it from {before} to {after}", "issued it to {after}", "took it back from {before}"),
    "department": ("moved it from {before} to {after}", "assigned it to {after}", "took it out of {before}"),
    "status": ("changed its status from {before} to {after}", "set its status to {after}", "cleared its status"),
    "parent": ("moved it from {before} to {after}", "made it part of {after}", "took it out of {before}"),
}
_OTHER = ("changed {label} from {before} to {after}", "set {label} to {after}", "cleared {label} (was {before})")
_LONG = 60
_FIRST = 4


def sentences(event: Event, fields: Mapping[str, Field], show: Show) -> list[str]:
    """What the event did, a sentence without its subject for each field: "moved it from … to …"."""
    if event.copied:
        return ["copied it from the shared database as it stood then"]
    if event.new:
        return ["added it"]
    if event.merged and "deleted" in event.fields:
        return (
            [f"merged {event.merged} into it"] if event.fields["deleted"][1] == "yes" else [f"split {event.merged} off"]
        )
    if "deleted" in event.fields:
        after = event.fields["deleted"][1]
        return ["deleted it" if after == "yes" else "brought it back"]
    made = [
        _sentence(fields[key], before, after, show) for key, (before, after) in event.fields.items() if key in fields
    ]
    return made or ["changed something that this Muster does not know"]


def summary(event: Event, fields: Mapping[str, Field], show: Show) -> str:
    """The event as one sentence without its subject; the rest of many is counted."""
    made = sentences(event, fields, show)
    if len(made) > _FIRST:
        made = [*made[: _FIRST - 1], f"changed {len(made) - _FIRST + 1} more fields"]
    told = made[0] if len(made) == 1 else ", ".join(made[:-1]) + " and " + made[-1]
    return f"{told} (as {event.merged})" if event.merged and "deleted" not in event.fields else told


def who(author: str, login: str | None) -> str:
    """Who did it: the name that they go by and, where it is another, the login that the shared database knows."""
    return f"{author} ({login})" if login and login.casefold() != author.casefold() else author


def when_and_whence(event: Event, now_year: int) -> str:
    """When it was, in the local time, on which computer of several, and where it came from.

    "14 Mar 10:02 · on FIRE-LT-07 · import laptops.xlsx".
    """
    local = event.when.astimezone()
    year = "" if local.year == now_year else f" {local.year}"
    said = f"{local.day} {local:%b}{year} {local:%H:%M}"
    computer = f"on {event.device}" if event.login is not None and event.device else ""
    return " · ".join(filter(None, (said, computer, event.source or event.title)))


def remark(event: Event, fields: Mapping[str, Field]) -> str:
    """What the shared database said to it, where it has not just taken it; else nothing."""
    if event.unsent:
        return "Not sent to the shared database yet."
    if event.refused is not None:
        return "The shared database did not take this. Review tells why."
    if event.lost:
        labels = ", ".join(fields[key].label for key in sorted(event.lost) if key in fields) or "A part"
        return f"{labels}: somebody else's value stands. Review shows both."
    return ""


def _sentence(field: Field, before: str | None, after: str | None, show: Show) -> str:
    both, first, last = _MOVES.get(field.key, _OTHER)
    words = {
        "label": within(field.label),
        "before": _short(show(field, before)) if before is not None else "",
        "after": _short(show(field, after)) if after is not None else "",
    }
    if before is not None and after is not None:
        return both.format(**words)
    return (first if after is not None else last).format(**words)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONG else line[: _LONG - 1] + "…"
