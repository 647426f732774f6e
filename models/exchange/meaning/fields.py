"""The fields that a spreadsheet of some kind of record may have.

Of `asset` (any kind) these are the fields of every kind of asset, and the kind itself: a sheet may hold them mixed.
"""

from collections.abc import Mapping
from dataclasses import replace

from models.fields.field import Field
from models.fields.kinds import Code, Ref
from models.query.parse import find_field, squeeze
from models.schema.catalogue import Catalogue
from models.schema.records import ASSET_KINDS, RECORDS

#: A column of records' own ids: an export may carry them, so that it finds its way back whatever else changed.
MUSTER_ID = Field("id", "Muster id", Code())
#: Tables of which a sheet may bring records into being by naming them. An unknown device or licence is a mistake.
MADE = frozenset(("person", "department", "location", "model", "manufacturer", "vendor", "system", "product"))
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


def fields_about(catalogue: Catalogue, word: str) -> Mapping[str, Field]:
    """Fields of the records that rows of a kind name, as `model.number`: such a record gets them when it is made.

    A list of assets knows the number of a model and the last name of a custodian; records that are there already are
    left as they are.
    """
    found: dict[str, Field] = {}
    for field in sheet_fields(catalogue, word).values():
        if isinstance(field.kind, Ref) and field.kind.table in MADE:
            for other in RECORDS[field.kind.table].fields:
                if not other.kept and not isinstance(other.kind, Ref) and other.key != RECORDS[field.kind.table].naming:
                    key, label = f"{field.key}.{other.key}", f"{field.label}: {other.label.lower()}"
                    found[key] = replace(other, key=key, label=label, headings=(), identity=False)
    return found


def named_field(catalogue: Catalogue, word: str, name: str) -> Field | None:
    """The field, or the Muster id, that people mean by a key, a label or a heading."""
    name = name.strip()
    if name.casefold() == MUSTER_ID.key or squeeze(name) == squeeze(MUSTER_ID.label):
        return MUSTER_ID
    if "." in name and (about := fields_about(catalogue, word).get(name)):
        return about
    known = sheet_fields(catalogue, word)
    words = (word, *ASSET_KINDS) if word == "asset" else (word,)
    return known.get(name) or find_field(name, catalogue, *words) or known.get(squeeze(name))


def key_sets(word: str) -> tuple[tuple[str, ...], ...]:
    """The sets of fields by which a row of a kind is known again, best first."""
    words = (word, *ASSET_KINDS) if word == "asset" else (word,)
    return tuple(dict.fromkeys(key for each in words for key in RECORDS[each].match_keys))
