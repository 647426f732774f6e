"""The query language in people's words, for filter chips."""

import re
from collections.abc import Mapping

COMPARISONS: dict[str, str] = {
    "contains": "{key}:{value}",
    "does not contain": "-{key}:{value}",
    "is exactly": "{key}={value}",
    "is at least": "{key}>={value}",
    "is at most": "{key}<={value}",
    "is less than": "{key}<{value}",
    "is more than": "{key}>{value}",
    "is empty": "{key}:none",
    "is not empty": "{key}:any",
}
"""What people read -> the piece of the query language."""

IN_USE = "-(status:retired or status:disposed or status:lost or status:stolen)"
"""Assets that have not left the city's hands, as the figures of the first page count them."""
_WHOLE = {IN_USE: "Not retired, disposed, lost or stolen"}

_PIECE = re.compile(r"(?P<no>-?)(?P<key>\w+)(?P<sign>>=|<=|!=|[:<>=])(?P<value>.*)", re.DOTALL)
_SIGNS = {":": ": ", "=": " is ", ">=": " from ", "<=": " up to ", "<": " under ", ">": " over ", "!=": " is not "}


def chip_words(piece: str, labels: Mapping[str, str]) -> str:
    """A piece of the query language as a chip says it: "Department: Fire"."""
    if piece in _WHOLE:
        return _WHOLE[piece]
    found = _PIECE.fullmatch(piece)
    if found is None or found["key"] not in labels:
        return piece
    said = labels[found["key"]]
    value = found["value"].strip('"')
    if found["sign"] == ":" and value in ("none", "any"):
        said += " is empty" if (value == "none") != bool(found["no"]) else " is not empty"
        return said
    return ("Not " if found["no"] else "") + said + _SIGNS[found["sign"]] + value
