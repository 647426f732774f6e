"""Who may do what: five roles, as data. The shared database enforces it; the window hides what would be refused.

A home that is connected to no shared database has no roles: there everybody may do everything.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from models.fields.problem import UsageError
from models.schema.records import RECORDS, TABLES

_EVERYDAY = frozenset(
    (
        "asset", "line", "person", "department", "location", "model", "manufacturer", "vendor", "stock",
        "alias", "import_profile", "saved_export", "tag_scheme", "tag_block", "void_tag", "label_design", "label_stock",
        "review",
    )
)  # fmt: skip
_LICENCES = frozenset(("product", "entitlement", "seat", "installation"))
_SHARED = frozenset(("alias", "import_profile", "saved_export", "review"))


@dataclass(frozen=True, slots=True)
class Role:
    """`word` is its word everywhere, `label` what people read.

    `writes` are the tables whose records it may make and change, `reads` the words of restricted fields
    (`Field.readers`) that it may see and write. `anyones`: it may take back the deeds of others.
    """

    word: str
    label: str
    writes: frozenset[str]
    reads: frozenset[str] = frozenset()
    anyones: bool = False


RESTRICTED: Final = frozenset(field.readers for kind in RECORDS.values() for field in kind.fields if field.readers)
"""The words that restrict who sees a field."""

ROLES: Final[Mapping[str, Role]] = {
    each.word: each
    for each in (
        Role("viewer", "Viewer", frozenset()),
        Role("technician", "Technician", _EVERYDAY),
        Role(
            "licence_manager",
            "Licence manager",
            _LICENCES | _SHARED | {"person", "department", "manufacturer", "vendor"},
        ),
        Role("radio_manager", "Radio manager", _EVERYDAY | {"system"}, frozenset(("radio",))),
        Role("administrator", "Administrator", frozenset(TABLES), RESTRICTED, anyones=True),
    )
}
"""Every role, by its word."""


def restricted_fields() -> dict[tuple[str, str], str]:
    """(table, key) of each field that not everybody sees -> the word that a role must read."""
    return {
        (kind.table, field.key): field.readers for kind in RECORDS.values() for field in kind.fields if field.readers
    }


def may_write(role: str | None, table: str) -> bool:
    """Whether a role may change records of a table. None: this home knows no roles. An unknown role may nothing."""
    if role is None:
        return True
    known = ROLES.get(role)
    return known is not None and table in known.writes


def may_read(role: str | None, readers: str) -> bool:
    """Whether a role sees fields with these `readers` (empty: everybody does)."""
    if role is None or not readers:
        return True
    known = ROLES.get(role)
    return known is not None and readers in known.reads


def may_write_any(role: str | None, tables: Collection[str]) -> bool:
    """Whether a role may change records of one of these tables at least."""
    return any(may_write(role, table) for table in tables)


def may_undo_anyones(role: str | None) -> bool:
    """Whether a role may take back what others did. None: this home knows no roles."""
    if role is None:
        return True
    known = ROLES.get(role)
    return known is not None and known.anyones


def check_write(role: str | None, table: str) -> None:
    """Refuse to change records of a table. Raises UsageError("hub.may-not")."""
    if not may_write(role, table):
        raise UsageError("hub.may-not", TABLES[table].plural.lower(), role=role_label(role))


def role_label(role: str | None) -> str:
    """What people call a role."""
    known = ROLES.get(role or "")
    return known.label if known is not None else role or ""
