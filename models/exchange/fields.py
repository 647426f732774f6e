"""The fields that a spreadsheet of some kind of record may have.

Of `asset` (any kind) these are the fields of every kind of asset, and the kind itself: a sheet may hold them mixed.
"""

from collections.abc import Mapping
from dataclasses import replace

from models.fields.field import Field
from models.fields.kinds import Code
from models.query.parse import find_field, squeeze
from models.schema.catalogue import Catalogue
from models.schema.records import ASSET_KINDS, RECORDS

#: A column of records' own ids: an export may carry them, so that it finds its way back whatever else changed.
MUSTER_ID = Field("id", "Muster id", Code())
#: The field that says which kind of asset a row is.
KIND = "kind"


def sheet_fields(catalogue: Catalogue, word: str) -> Mapping[str, Field]:
    """The fields that rows of a kind may have, by key, in the order of forms. Raises UsageError("kind.unknown")."""
    known = {field.key: field for field in catalogue.fields(word) if not field.kept}
    if word != "asset":
        return known
    kind = replace(catalogue.field(word, KIND), kept=False, headings=("asset kind", "kind of asset"))
    others = (field for each in ASSET_KINDS for field in catalogue.fields(each) if not field.kept)
    return {KIND: kind, **known} | {field.key: field for field in others if field.key not in known}


def named_field(catalogue: Catalogue, word: str, name: str) -> Field | None:
    """The field, or the Muster id, that people mean by a key, a label or a heading."""
    name = name.strip()
    if name.casefold() == MUSTER_ID.key or squeeze(name) == squeeze(MUSTER_ID.label):
        return MUSTER_ID
    known = sheet_fields(catalogue, word)
    words = (word, *ASSET_KINDS) if word == "asset" else (word,)
    return known.get(name) or find_field(name, catalogue, *words) or known.get(squeeze(name))


def key_sets(word: str) -> tuple[tuple[str, ...], ...]:
    """The sets of fields by which a row of a kind is known again, best first."""
    words = (word, *ASSET_KINDS) if word == "asset" else (word,)
    return tuple(dict.fromkeys(key for each in words for key in RECORDS[each].match_keys))
