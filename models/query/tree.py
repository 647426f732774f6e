"""The query tree: what a typed query means, before it is SQL."""

from dataclasses import dataclass
from enum import StrEnum

from models.fields.field import Field


class Op(StrEnum):
    """How a field is compared. HAS is `field:value`: contains for text, is for the others."""

    HAS = ":"
    IS = "="
    NOT = "!="
    LESS = "<"
    MOST = "<="
    MORE = ">"
    LEAST = ">="


@dataclass(frozen=True, slots=True)
class Word:
    """Text that stands anywhere in a record's search text."""

    text: str


@dataclass(frozen=True, slots=True)
class Compare:
    """A field compared with a value as it was typed. `start` is where it stands in the query, for messages."""

    field: Field
    op: Op
    value: str
    start: int = 0


@dataclass(frozen=True, slots=True)
class OfKind:
    """The record is of that kind (`kind:radio`)."""

    word: str


@dataclass(frozen=True, slots=True)
class Never:
    """What no record of this kind can be: it has no such field."""


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite."""

    node: "Node"


@dataclass(frozen=True, slots=True)
class All:
    """Each of them; none: everything."""

    nodes: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True)
class Any:
    """At least one of them."""

    nodes: tuple["Node", ...]


Node = Word | Compare | OfKind | Never | Not | All | Any
