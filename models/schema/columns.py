"""The words that the tables are written in: a column is declared together with its Field."""

from typing import Any, ClassVar, TypedDict, Unpack

from sqlalchemy import ForeignKey, Integer, MetaData, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedColumn, mapped_column

from models.fields.field import Field, Merge
from models.fields.kind import Kind
from models.fields.kinds import Ref, YesNo

#: Constraint names that a migration can speak of; SQLite gives none by itself.
_NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The local database's tables."""

    metadata = MetaData(naming_convention=_NAMES)


class FieldOptions(TypedDict, total=False):
    """What a column may say of its Field beyond kind and label; see models.fields.field.Field."""

    help: str
    group: str
    required: bool
    search: bool
    shown: bool
    identity: bool
    merge: Merge
    readers: str
    kept: bool
    more: str


def column(
    kind: Kind, label: str, headings: str = "", *, index: bool | None = None, **options: Unpack[FieldOptions]
) -> MappedColumn[Any]:
    """A column that holds the canonical text of one field (whole numbers as INTEGER, references as a foreign key).

    `headings` are those that spreadsheets know it by, with semicolons between. By itself an
    index is made for references and identities, since those are looked up. A mixin may declare a column for two
    kinds of a table.
    """
    field = Field("", label, kind, tuple(filter(None, map(str.strip, headings.split(";")))), **options)
    info = {"field": field}
    if isinstance(kind, Ref):
        # Deferred: a bulk import may write a child before its parent within one transaction.
        key = ForeignKey(f"{kind.table}.id", deferrable=True, initially="DEFERRED")
        return mapped_column(Text, key, info=info, index=index is not False, use_existing_column=True)
    indexed = bool(index) or field.identity
    # What is looked up is looked up in any case of its letters.
    text = Text(collation="NOCASE") if indexed else Text()
    return mapped_column(Integer() if kind.whole else text, info=info, index=indexed, use_existing_column=True)


class Record(Base):
    """What every kept record has.

    `nr` is the local row number (grids and the search index count in it; it never leaves the machine), `id` the
    identity everywhere. Nothing is physically deleted: `deleted` hides. `extra` holds the custom fields as a JSON
    object of canonical texts.
    """

    __abstract__ = True
    __known__: ClassVar[bool] = True

    nr: Mapped[int] = mapped_column(Integer, primary_key=True)
    id: Mapped[str] = mapped_column(Text, unique=True)
    deleted: Mapped[str | None] = mapped_column(Text, info={"field": Field("", "Deleted", YesNo(), kept=True)})
    extra: Mapped[str | None] = mapped_column(Text)

    def __init_subclass__(cls, **options: Any) -> None:
        """Let the indexes hold only what has a value: most kinds of asset leave most of them empty."""
        super().__init_subclass__(**options)
        for index in getattr(getattr(cls, "__table__", None), "indexes", ()):
            (only,) = index.columns
            index.dialect_options["sqlite"]["where"] = only.is_not(None)
