"""What is scanned of each thing, as choices for people: which codes, in which order, and who gives the tags."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wants:
    """One choice. `codes` are the fields in their order; `give_tags`: the program gives each thing its next tag."""

    name: str
    title: str
    codes: tuple[str, ...]
    give_tags: bool = False


_ALL = (
    Wants("tag-serial", "Tag and serial number", ("tag", "serial")),
    Wants("serial-tag", "Serial number, then tag", ("serial", "tag")),
    Wants("next", "Serial number; the next tag is given", ("serial",), give_tags=True),
    Wants("tag", "Tag only", ("tag",)),
    Wants("serial", "Serial number only", ("serial",)),
)
_MORE = {
    "mobile": (
        Wants("tag-serial-imei", "Tag, serial number and IMEI", ("tag", "serial", "imei")),
        Wants("next-imei", "Serial number and IMEI; the next tag is given", ("serial", "imei"), give_tags=True),
    ),
    "radio": (
        Wants("tag-serial-unit", "Tag, serial number and unit ID", ("tag", "serial", "unit_id")),
        Wants("next-unit", "Serial number and unit ID; the next tag is given", ("serial", "unit_id"), give_tags=True),
    ),
}


def choices(word: str) -> tuple[Wants, ...]:
    """The choices for a kind of asset, the usual one first."""
    return (*_ALL, *_MORE.get(word, ()))
