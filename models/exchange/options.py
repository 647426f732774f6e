"""What a person says about an import: all of it, as data. The window, the command line and profiles fill it in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Decide(StrEnum):
    """What becomes of a name that no record has; any other word is the record that is meant."""

    MAKE = "+"
    """A record of that name is made."""
    EMPTY = "-"
    """The cell counts as empty."""
    REFUSE = "!"
    """The rows that name it are refused."""


@dataclass(frozen=True, slots=True)
class NewField:
    """A custom field that the import makes. `type`: text, number, date, choice or yesno; `choices` of a choice."""

    key: str
    label: str
    type: str = "text"
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What a person says about an import; None or empty: guess.

    *The table.* `sheet` by name or number, `area` a range as `A5:H90`, `header` the row of the headings (0: none).

    *What it means.* `kind` of record. `profile`: the name of one; "" for none, None to recognise it. `mapping` is
    heading -> field key, "" leaves a column out. `new_fields` are custom fields to be made; a mapping may name their
    keys. `constants` are field key -> text as typed, for what a row does not say. `kind_column` is the heading of the
    column that says which kind of asset a row is, and `kinds` what its words mean (word -> asset kind).

    *How it is read.* `readings`: heading -> "dmy" or "mdy" for days, "." or "," for the decimal mark, "text" for a
    column in which words like "none" are no empty cells. `words`: heading -> word -> the text that it stands for, in
    any case ("Blocked": that it is True means not active). `clear`: the headings whose empty cells clear a field;
    `keep`: those of which a profile says so, and that do not all the same. `cells`: heading -> row number on the sheet
    -> the text that stands in the cell instead.

    *Which records are meant.* `match` is a field's key, or several with `+`. `names`: table -> name as written ->
    what it means (a `Decide`, or the id or name of a record, or another name of this sheet). `create`: the tables of
    which new names are made without being asked about; None: names that are like no known one. `remember`: names that
    were said to mean a record become its aliases.
    """

    kind: str | None = None
    sheet: str | None = None
    area: str | None = None
    header: int | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    match: str | None = None
    profile: str | None = None
    new_fields: tuple[NewField, ...] = ()
    constants: Mapping[str, str] = field(default_factory=dict)
    kind_column: str | None = None
    kinds: Mapping[str, str] = field(default_factory=dict)
    readings: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    clear: frozenset[str] = frozenset()
    keep: frozenset[str] = frozenset()
    cells: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    create: frozenset[str] | None = None
    remember: bool = True
