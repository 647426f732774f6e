"""All fields as they are now: the declared ones and those that people added."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from functools import cache

from models.fields.field import Field
from models.fields.kind import Kind
from models.fields.kinds import Choice, Day, Number, Text, YesNo
from models.fields.problem import UsageError
from models.schema.records import ASSET_KINDS, RECORDS, record_type

_ALL_KINDS = "asset"


class Catalogue:
    """The fields of every kind of record, declared and custom."""

    def __init__(self, customs: Iterable[Mapping[str, str | None]] = (), reads: Collection[str] | None = None) -> None:
        """`customs` are the live rows of the table custom_field, in their order.

        `reads` are the words of restricted fields (`Field.readers`) that are seen; None: all. The others are left out.
        """
        self._fields: dict[str, tuple[Field, ...]] = {
            word: tuple(field for field in kind.fields if reads is None or not field.readers or field.readers in reads)
            for word, kind in RECORDS.items()
        }
        self.categories: dict[str, str] = {}
        """Key of a custom field -> the only category that it is for."""
        for row in customs:
            self._add(row)
        self._by_key = {word: {field.key: field for field in fields} for word, fields in self._fields.items()}

    def fields(self, word: str) -> tuple[Field, ...]:
        """The fields of one kind of record. Raises UsageError("kind.unknown")."""
        return self._fields[record_type(word).word]

    def field(self, word: str, key: str) -> Field:
        """One field; for `asset` also one that only some kinds of asset have.

        Raises UsageError("kind.unknown" or "field.unknown").
        """
        record_type(word)
        for each in (word, *ASSET_KINDS) if word == _ALL_KINDS else (word,):
            if found := self._by_key[each].get(key):
                return found
        raise UsageError("field.unknown", key, kind=word)

    def keys(self, word: str) -> Mapping[str, Field]:
        """The fields of one kind by their keys."""
        return self._by_key[record_type(word).word]

    def table_keys(self, table: str) -> dict[str, Field]:
        """The fields of a table, all its kinds together."""
        found: dict[str, Field] = {}
        for word, kind in RECORDS.items():
            if kind.table == table:
                found.update(self._by_key[word])
        return found

    def plus(self, customs: Iterable[Mapping[str, str | None]]) -> "Catalogue":
        """The same fields and further custom ones, given as rows of the table custom_field."""
        made = Catalogue()
        made._fields, made.categories = dict(self._fields), dict(self.categories)
        for row in customs:
            made._add(row)
        made._by_key = {word: {field.key: field for field in fields} for word, fields in made._fields.items()}
        return made

    def with_kinds(self, change: Callable[[Kind], Kind]) -> "Catalogue":
        """The same fields, each with what `change` makes of its kind."""
        made = Catalogue()
        made.categories = self.categories
        made._fields = {
            word: tuple(replace(field, kind=change(field.kind)) for field in fields)
            for word, fields in self._fields.items()
        }
        made._by_key = {word: {field.key: field for field in fields} for word, fields in made._fields.items()}
        return made

    def _add(self, row: Mapping[str, str | None]) -> None:
        word, key = row["record"] or "", row["key"] or ""
        if word not in RECORDS or not key:
            return
        field = Field(
            key,
            row["label"] or key,
            custom_kind(row["value_type"] or "text", row["options"] or ""),
            headings=tuple(filter(None, map(str.strip, (row["headings"] or "").splitlines()))),
            help=row["hint"] or "",
            group="Custom fields",
            required=row["required"] == "yes",
            search=(row["value_type"] or "text") in ("text", "choice"),
            custom=True,
        )
        if row["category"]:
            self.categories[key] = row["category"]
        # A field of all assets is a field of each kind of asset.
        words = [each for each, kind in RECORDS.items() if kind.table == _ALL_KINDS] if word == _ALL_KINDS else [word]
        for each in words:
            declared = [known for known in self._fields[each] if not known.kept]
            kept = [known for known in self._fields[each] if known.kept]
            self._fields[each] = (*declared, field, *kept)


@cache
def custom_kind(value_type: str, options: str) -> Kind:
    """The kind of a custom field: text, number, date, choice (`options`: one a line) or yes/no."""
    if value_type == "number":
        return Number()
    if value_type == "date":
        return Day()
    if value_type == "yesno":
        return YesNo()
    if value_type == "choice":
        return Choice({line.strip(): (line.strip(),) for line in options.splitlines() if line.strip()})
    return Text()
