"""A field: one kind of value in one kind of record. Declared once, beside its column in `models/schema`."""

from dataclasses import dataclass
from enum import StrEnum

from models.fields.kind import Kind


class Merge(StrEnum):
    """What happens when two people change the field of one record apart from each other."""

    FORK = "fork"
    """The later one stands, the other is kept for review."""
    LATEST = "latest"
    """The later value stands and nobody minds (last seen)."""
    APPEND = "append"
    """Both are kept, one after the other (notes)."""


@dataclass(frozen=True, slots=True)
class Field:
    """What is known of a field.

    `key` is its stable id: column, journal, query, export; never renamed, never reused. `label` is what people
    read. `headings` are the headings that spreadsheets know it by, in any case and punctuation; label and key
    count as well. `group` is its section in the form. `search`: the search box looks into it. `shown`: a column
    of the grid until the person chooses others. `identity`: two live records with the same value are a fault
    (a warning, since reality has them). `readers`: the role that may see it, empty for all. `kept`: kept by
    the program, neither typed nor imported. `more`: the key of the field that takes a second value of a cell.
    `custom`: made by the people who use Muster, kept in `extra`.
    """

    key: str
    label: str
    kind: Kind
    headings: tuple[str, ...] = ()
    help: str = ""
    group: str = "Details"
    required: bool = False
    search: bool = False
    shown: bool = False
    identity: bool = False
    merge: Merge = Merge.FORK
    readers: str = ""
    kept: bool = False
    more: str = ""
    custom: bool = False

    def describe(self) -> dict[str, object]:
        """The field as JSON, for `muster fields --json`."""
        return {
            "key": self.key,
            "label": self.label,
            "kind": self.kind.name,
            "settings": self.kind.describe(),
            "required": self.required,
            "headings": list(self.headings),
            "group": self.group,
            "help": self.help,
            "custom": self.custom,
        }
