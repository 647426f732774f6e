"""Writing templates without knowing how they are written: a field put in, another one for when it is empty."""

import re
from dataclasses import dataclass

PLACE = re.compile(r"\{([^{}]*)\}")
"""The place of a field in a template, the keys in its group 1; also one that is empty yet."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A template as it stands in a line, and where the cursor is in it."""

    text: str
    cursor: int


def insert_field(typed: Typed, key: str) -> Typed:
    """Put a field in at the cursor; after the place of a field when the cursor is inside one."""
    place = _place_at(typed)
    at = place.end() if place is not None and typed.cursor > place.start() else typed.cursor
    put = f"{{{key}}}"
    return Typed(typed.text[:at] + put + typed.text[at:], at + len(put))


def or_else(typed: Typed, key: str) -> Typed:
    """Give the field at the cursor one more that is shown when it is empty; without one there, put the field in.

    A field that the place has already is not given again.
    """
    place = _place_at(typed)
    if place is None:
        return insert_field(typed, key)
    if key in place[1].split("|"):
        return Typed(typed.text, place.end())
    put = f"{{{place[1]}|{key}}}" if place[1] else f"{{{key}}}"
    return Typed(typed.text[: place.start()] + put + typed.text[place.end() :], place.start() + len(put))


def field_at(typed: Typed) -> str:
    """The keys of the field at the cursor ("alias|name"); empty when there is none."""
    place = _place_at(typed)
    return place[1] if place is not None else ""


def _place_at(typed: Typed) -> re.Match[str] | None:
    """The field that the cursor is in or touches; of two that it touches, the one before it."""
    return next((place for place in PLACE.finditer(typed.text) if place.start() <= typed.cursor <= place.end()), None)
