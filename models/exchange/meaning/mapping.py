"""What a table's rows and columns mean: the kind of record, and the field of each column."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from models.exchange.meaning.fields import MUSTER_ID, fields_about, named_field, sheet_fields
from models.exchange.meaning.headings import (
    counts_things,
    guess_kind,
    map_headings,
    names_what_it_counts,
    refuse_other_lists,
)
from models.exchange.meaning.kinds import kind_column
from models.exchange.meaning.profile import Profile
from models.exchange.meaning.said import heading_of
from models.exchange.meaning.secrets import is_secret
from models.exchange.options import ImportOptions
from models.exchange.plan import Sure
from models.exchange.tables.choose import Choice
from models.fields.field import Field
from models.fields.problem import InputError, UsageError
from models.query.parse import squeeze
from models.schema.catalogue import Catalogue
from models.schema.records import ASSET_KINDS, RECORDS, record_type

_ASSET = "asset"
_USUAL = "hardware"
_TOLD = 12
#: Kinds of which a row is one thing, or one sort or place of things, and never so many of them.
_THINGS = (*ASSET_KINDS, "location", "model")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column means: the key of its field, or None, and how that is known."""

    key: str | None
    sure: Sure


UNMAPPED = Meaning(None, Sure.NONE)
"""What a column means that means nothing."""


@dataclass(frozen=True, slots=True)
class Kinds:
    """What the rows are: the `word` of a kind of record; `asset` where the `column` of that heading says which kind.

    `usual` is the kind of an asset that does not say it, None for what is no asset.
    """

    word: str
    usual: str | None = None
    column: str | None = None


def decide_kind(catalogue: Catalogue, choice: Choice, options: ImportOptions, path: Path) -> Kinds:
    """The kind of record that the rows are, and for assets what says the kind of each.

    `options` with the share of the profile that was found. Raises UsageError("kind.unknown", "field.unknown",
    "import.no-heading"); InputError for lists of other things, and where nothing tells the kind.
    """
    column = _kind_column(choice, options)
    if options.kind is not None:
        word = record_type(options.kind).word
        if word != _ASSET and not (column and word in ASSET_KINDS):
            return Kinds(word, RECORDS[word].asset_kind)
        usual = RECORDS[word].asset_kind or _likely(catalogue, choice, options, path)
        return Kinds(_ASSET, usual, column or kind_column(choice))
    if not options.mapping:
        refuse_other_lists(choice.table.headings, path.name)
    if choice.table.header_row is None and not options.mapping:
        raise InputError("import.no-headings", choice.sheet.name, headings=_told(choice))
    column = column or kind_column(choice)
    try:
        guessed = _guess(catalogue, choice, options, path)
    except InputError:
        if not column:
            raise
        guessed = _USUAL
    if guessed in _THINGS and not options.mapping and counts_things(catalogue, guessed, choice.table.headings):
        if not names_what_it_counts(catalogue, choice.table.headings):
            raise InputError("import.counts", path.name, headings=_told(choice))
        return Kinds("stock")
    if column and guessed in ASSET_KINDS:
        return Kinds(_ASSET, guessed, column)
    return Kinds(guessed, RECORDS[guessed].asset_kind)


def decide_mapping(
    catalogue: Catalogue, word: str, choice: Choice, options: ImportOptions, profile: Profile | None = None
) -> dict[str, Meaning]:
    """What each heading means: as guessed, as the profile says, and before all as the person says.

    `options` with the profile's share. A column of secrets has no field, whatever is said. Raises UsageError
    ("import.no-heading", "field.unknown"); InputError where no column means anything.
    """
    headings = choice.table.headings
    found = dict.fromkeys(headings, UNMAPPED)
    said = dict(_said(choice, options))
    if choice.table.header_row is not None:
        found = _guessed(catalogue, word, [heading for heading in headings if said.get(heading) != ""])
        found = {heading: found.get(heading, UNMAPPED) for heading in headings}
    for heading, name in said.items():
        by_profile = profile is not None and profile.says(heading) == name
        if is_secret(heading) or (by_profile and name and not _has(catalogue, word, name)):
            continue  # a profile may speak of a custom field that was deleted since
        field = _field(catalogue, word, name) if name else None
        if field:
            for other, taken in found.items():
                if taken.key == field.key:
                    found[other] = UNMAPPED
        found[heading] = Meaning(field.key if field else None, Sure.PROFILE if by_profile else Sure.SAID)
    if not any(meaning.key for meaning in found.values()):
        code = "import.no-headings" if choice.table.header_row is None else "import.nothing-known"
        raise InputError(code, choice.sheet.name, headings=_told(choice))
    return found


def _guessed(catalogue: Catalogue, word: str, headings: list[str]) -> dict[str, Meaning]:
    """What headings mean by themselves."""
    fields = {**sheet_fields(catalogue, word), MUSTER_ID.key: MUSTER_ID}
    found = {}
    for heading, key in map_headings(catalogue, word, headings).items():
        own = key is not None and squeeze(heading) in (squeeze(key), squeeze(fields[key].label))
        found[heading] = Meaning(key, Sure.LABEL if own else Sure.KNOWN) if key else UNMAPPED
    return found


def _guess(catalogue: Catalogue, choice: Choice, options: ImportOptions, path: Path) -> str:
    """The kind that the headings speak of, those read as fields that the person says are these."""
    said = dict(_said(choice, options))
    headings = [said.get(heading) or heading for heading in choice.table.headings]
    return guess_kind(catalogue, headings, (path.stem, choice.sheet.name))


def _said(choice: Choice, options: ImportOptions) -> Iterator[tuple[str, str]]:
    """The headings that the person names, as the table has them, and what they say of each.

    Raises UsageError("import.no-heading").
    """
    for said, name in options.mapping.items():
        yield heading_of(choice, said), name


def _has(catalogue: Catalogue, word: str, name: str) -> bool:
    return name == MUSTER_ID.key or name in sheet_fields(catalogue, word) or name in fields_about(catalogue, word)


def _field(catalogue: Catalogue, word: str, name: str) -> Field:
    field = named_field(catalogue, word, name)
    if field is None or not _has(catalogue, word, field.key):
        raise UsageError("field.unknown", name, kind=word)
    return field


def _kind_column(choice: Choice, options: ImportOptions) -> str | None:
    """The heading that the person says tells the kind, as the table has it. Raises UsageError("import.no-heading")."""
    return None if options.kind_column is None else heading_of(choice, options.kind_column)


def _likely(catalogue: Catalogue, choice: Choice, options: ImportOptions, path: Path) -> str:
    """The kind of asset that rows of assets are as a rule."""
    try:
        guessed = _guess(catalogue, choice, options, path)
    except InputError:
        return _USUAL
    return RECORDS[guessed].asset_kind or _USUAL


def _told(choice: Choice) -> str:
    return "; ".join(choice.table.headings[:_TOLD])
