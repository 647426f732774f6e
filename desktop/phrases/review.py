"""What people read of a matter that waits for review: what happened, who wrote what, what can be done."""

from collections.abc import Mapping

from desktop.phrases.labelled import moment
from desktop.phrases.say import codes, say, within
from models.fields.problem import Problem
from models.schema.choices import REVIEW_MATTER, REVIEW_OUTCOME
from models.schema.records import TABLES
from models.services.review import REFUSED, SEATS, Matter, Side
from models.services.settling import Way

EMPTY = "(empty)"
HIDDEN = "(not shown to your role)"

_HAPPENED: Mapping[str, str] = {
    "fork": "{label} was changed by two people, each without knowing of the other.",
    "custody": "It was handed out twice, by two people who did not know of each other.",
    "custody.status": "It was handed out, and somebody else marked it as no longer in use.",
    "duplicate": "Two records have the same {label}. If they are one thing, merge them.",
    "seats": "More seats are in use than the licence has.",
    "refused": "The shared database did not take a change.",
}
_HEADS = {REFUSED: ("Stands", "Was wanted"), SEATS: ("Bought", "In use")}
_OTHERWISE = "Somebody should look at this."

WAYS: Mapping[Way, str] = {
    Way.STANDS: "Leave it as it stands",
    Way.OTHER: "Take the other",
    Way.THIRD: "Write this",
    Way.MERGED: "Merge…",
    Way.KEPT: "Keep both",
}
"""What the buttons say."""


def way_words(way: Way, matter: Matter) -> str:
    """What the button of a way says for that matter."""
    return "Make the change" if way is Way.OTHER and matter.matter == REFUSED else WAYS[way]


def heads(matter: Matter) -> tuple[str, str]:
    """What stands over the two sides of a matter about one record."""
    return _HEADS.get(matter.matter, ("Stands", "The other"))


def kind_of(matter: Matter) -> str:
    """What a matter is, in a word or two."""
    return REVIEW_MATTER.format(matter.matter)


def happened(matter: Matter, label: str) -> str:
    """What happened, as a sentence. `label` is that of the field, empty where there is none."""
    code = "custody.status" if matter.matter == "custody" and matter.field == "status" else matter.matter
    said = _HAPPENED.get(code, _OTHERWISE).format(label=within(label) if code != "fork" else label or "A field")
    return f"{said} {reason(matter)}".strip()


def reason(matter: Matter) -> str:
    """Why it was refused."""
    if not matter.reason:
        return ""
    if matter.reason in codes():
        details = {"what": TABLES[matter.table].plural.lower()} if matter.table in TABLES else {}
        return say(Problem(matter.reason, matter.name, details=details))
    return f"The reason is {matter.reason}."


def whence(side: Side) -> str:
    """Who wrote a value, when and where: "J. Ruiz · 24 Nov 10:02 · LAPTOP-12"."""
    return " · ".join(filter(None, (side.by, _moment(side.at), side.device)))


def outcome(matter: Matter) -> str:
    """What became of a matter, and by whom; empty while it is open."""
    if matter.open:
        return ""
    by = " · ".join(filter(None, (matter.settled_by, _moment(matter.settled_at))))
    return f"{REVIEW_OUTCOME.format(matter.outcome)} ({by})." if by else f"{REVIEW_OUTCOME.format(matter.outcome)}."


def _moment(canonical: str) -> str:
    # Another computer may have written anything there.
    try:
        return moment(canonical) if canonical else ""
    except ValueError:
        return canonical
