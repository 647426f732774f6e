"""Custom fields that an import makes, for columns that no field of ours is."""

from collections.abc import Set as AbstractSet

from models.exchange.options import ImportOptions, NewField
from models.fields.problem import UsageError
from models.journal.tables import CUSTOM
from models.schema.catalogue import Catalogue
from models.schema.records import record_type


def with_new_fields(catalogue: Catalogue, word: str, options: ImportOptions) -> Catalogue:
    """The catalogue with the custom fields that the import would make. Raises UsageError("custom.key")."""
    for each in options.new_fields:
        if not each.key.startswith(CUSTOM) or not each.key.isidentifier():
            raise UsageError("custom.key", each.key)
    new = [each for each in options.new_fields if each.key not in catalogue.keys(word)]
    return catalogue.plus(custom_row(each, word) for each in new) if new else catalogue


def fields_to_make(catalogue: Catalogue, word: str, options: ImportOptions, filled: AbstractSet[str]) -> list[NewField]:
    """Those of the new fields that are not there yet and that a column or a constant fills."""
    return [each for each in options.new_fields if each.key in filled and each.key not in catalogue.keys(word)]


def custom_row(field: NewField, word: str) -> dict[str, str | None]:
    """The record of a custom field of a kind of record, by the fields that such records have."""
    row: dict[str, str | None] = dict.fromkeys(each.key for each in record_type("custom_field").fields)
    options = "\n".join(field.choices) or None
    said = {"key": field.key, "label": field.label, "record": word, "value_type": field.type, "options": options}
    return row | said
