"""The demo city's tag numbers: a scheme for each kind of asset, a pre-printed roll, a few void stickers."""

from collections.abc import Iterator, Mapping

from models.fields.ids import new_id
from models.journal.entry import Edit
from models.rules.tag_forms import Scheme, write_tag

WIDTH = 6
"""The digits of all its tags."""
_SCHEMES = (("Computers", "hardware"), ("Mobile devices", "mobile"), ("Radios", "radio"))
_ROLL = 250
#: Stickers of the roll that are void: how far from its first, and why.
_SPOILT = ((2, "Printed askew"), (3, "Printed askew"), (17, "Peeled off before it was recorded"))
#: A tag of a computer that is void.
_LOST = "On a laptop that was lost on the way from its maker"


def prefix(kind: str) -> str:
    """What the tags of a kind of asset begin with: "R-"."""
    return f"{kind[0].upper()}-"


def tag_edits(used: Mapping[str, int]) -> Iterator[Edit]:
    """The rows, where so many tags of each kind of asset are used."""
    schemes = {kind: Scheme(new_id(), name, prefix(kind), WIDTH, record=kind) for name, kind in _SCHEMES}
    for kind, scheme in schemes.items():
        patch = {
            "name": scheme.name,
            "prefix": scheme.prefix,
            "width": str(WIDTH),
            "check_character": "none",
            "first": "1",
            "record": kind,
        }
        yield Edit("tag_scheme", scheme.id, patch, new=True)
    radios = schemes["radio"]
    first = (used["radio"] // 100 + 2) * 100 + 1
    ends = [write_tag(radios, number) for number in (first, first + _ROLL - 1)]
    roll = {
        "name": " … ".join(ends),
        "scheme": radios.id,
        "use": "roll",
        "first": str(first),
        "last": str(first + _ROLL - 1),
        "holder": "Radio shop",
    }
    yield Edit("tag_block", new_id(), roll, new=True)
    for at, reason in _SPOILT:
        yield _void(write_tag(radios, first + at), reason)
    yield _void(write_tag(schemes["hardware"], used["hardware"] + 1), _LOST)


def _void(tag: str, reason: str) -> Edit:
    return Edit("void_tag", new_id(), {"tag": tag, "reason": reason}, new=True)
