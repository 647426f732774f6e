"""The declared fields of a table's class, in the order in which they were written."""

import inspect
from dataclasses import replace

from sqlalchemy import Column, Table

from models.fields.field import Field
from models.schema.columns import Record


def declared_fields(model: type[Record]) -> tuple[Field, ...]:
    """The fields of a record's class and of what it inherits from, its own last, kept ones at the very end."""
    table = model.__table__
    assert isinstance(table, Table)  # noqa: S101 (for the type checker: declarative tables are tables)
    found: dict[str, Field] = {}
    for part in _from_the_root(model):
        for name in inspect.get_annotations(part):
            column = table.columns.get(name)
            if isinstance(column, Column) and "field" in column.info:
                found.setdefault(name, replace(column.info["field"], key=name))
    return tuple(sorted(found.values(), key=lambda field: field.kept))


def _from_the_root(model: type) -> list[type]:
    """The classes that make up a model: the record first, mixins after what they are mixed into."""
    own_bases = [base for base in model.__mro__[1:] if base is not object]
    records = [base for base in own_bases if issubclass(base, Record)]
    return [*reversed(records), *(base for base in own_bases if base not in records), model]
