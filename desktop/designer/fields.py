"""The fields that a design can show: by group, by label, and a record made up of them where there is none."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from models.fields.field import Field
from models.fields.kinds import LongText
from models.labels.boxes import Template
from models.labels.wording import PLACE
from models.schema.catalogue import Catalogue
from models.schema.records import ASSET_KINDS, RECORDS

#: What labels say beside a record's own fields.
_HOUSE = {"organisation": "Organisation"}
_EXAMPLE_TAG = "A-10042"
#: Fields that symbols are made of: their labels would be longer than what stands in them.
_TAGS = ("tag", "other_barcode", "serial", "code")


@dataclass(frozen=True)
class KnownFields:
    """`groups` are the fields as they are offered: a title, then keys and labels. `labels` has all of them by key."""

    groups: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    labels: Mapping[str, str]

    def words(self, template: Template) -> str:
        """A template as people say it: "S/N Serial number", "Alias (or else Name)"."""
        return PLACE.sub(lambda place: self._place(place[1].split("|")), template.text)

    def example(self) -> dict[str, str]:
        """A record whose texts are the labels of the fields, and a tag that a symbol can hold."""
        return {**self.labels, **{key: _EXAMPLE_TAG for key in _TAGS if key in self.labels}}

    def _place(self, keys: list[str]) -> str:
        first, *others = [self.labels.get(key, key) for key in keys]
        return f"{first} (or else {', '.join(others)})" if others else first


@lru_cache(maxsize=16)
def known_fields(catalogue: Catalogue, words: tuple[str, ...]) -> KnownFields:
    """The fields of these kinds of record. Those of any asset come first, then what only some kinds of asset have."""
    groups: dict[str, dict[str, str]] = {}
    for word in words:
        for each in (word, *ASSET_KINDS) if word == "asset" else (word,):
            for field in catalogue.fields(each):
                known = any(field.key in fields for fields in groups.values())
                if not known and not isinstance(field.kind, LongText):
                    groups.setdefault(_title(each, field, words), {})[field.key] = field.label
    groups["Everywhere"] = _HOUSE
    labels = {key: label for fields in groups.values() for key, label in fields.items()}
    return KnownFields(tuple((title, tuple(fields.items())) for title, fields in groups.items()), labels)


def _title(word: str, field: Field, words: tuple[str, ...]) -> str:
    """What a group is called: where there are several kinds, those of one kind by the kind as well."""
    return f"{RECORDS[word].plural}: {field.group}" if words != (word,) else field.group
