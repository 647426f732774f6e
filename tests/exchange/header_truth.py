"""Rows of headings as programs and people write them, and what each heading means: `header_truth.json`, made by hand.

A heading without a field is one that Muster has no field for; a useful one has a field.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from models.exchange.files.sheet import Head, SheetInfo
from models.exchange.files.wire import Chunk, column_letter
from models.exchange.meaning.mapping import decide_kind, decide_mapping
from models.exchange.meaning.new_fields import with_new_fields
from models.exchange.meaning.profiles import choose_profile, refuse_list, with_profile
from models.exchange.options import ImportOptions
from models.exchange.tables.choose import Choice
from models.exchange.tables.table import Column, Table
from models.fields.problem import InputError
from models.schema.catalogue import Catalogue

_FILE = Path(__file__).with_name("header_truth.json")


@dataclass(frozen=True)
class Truth:
    """One row of headings. `file`: what such a file is called, where that matters; `refused`: the code, if it is."""

    name: str
    kind: str
    profile: str
    headings: Mapping[str, str | None]
    file: str = "export"
    refused: str = ""


@dataclass(frozen=True)
class Result:
    """What the import makes of a row of headings."""

    truth: Truth
    kind: str
    profile: str
    mapping: Mapping[str, str | None]
    refused: str = ""

    @property
    def useful(self) -> list[str]:
        """The headings that have a field."""
        return [heading for heading, key in self.truth.headings.items() if key and not self.truth.refused]

    @property
    def missed(self) -> list[str]:
        """The useful headings that were not mapped."""
        return [heading for heading in self.useful if not self.mapping.get(heading)]

    @property
    def wrong(self) -> list[str]:
        """The headings that were mapped to a field that is not theirs."""
        truth = self.truth.headings
        return [f"{heading} → {key}" for heading, key in self.mapping.items() if key and key != truth[heading]]

    @property
    def share(self) -> float:
        """The share of the useful headings that were mapped."""
        return 1 - len(self.missed) / len(self.useful) if self.useful else 1.0


@cache
def truths() -> tuple[Truth, ...]:
    """All rows."""
    return tuple(Truth(**entry) for entry in json.loads(_FILE.read_text("utf-8")))


def results() -> Iterator[Result]:
    """What the import makes of each row."""
    yield from map(result, truths())


def result(truth: Truth) -> Result:
    """What the import makes of a row, without a cell under it."""
    catalogue = Catalogue()
    choice, path = _choice(tuple(truth.headings)), Path(f"{truth.file}.csv")
    profile = choose_profile([], choice, ImportOptions())
    name = profile.name if profile else ""
    try:
        refuse_list(profile, choice, ImportOptions(), path.name)
        options = with_profile(ImportOptions(), profile, choice)
        word = decide_kind(catalogue, choice, options, path).word
        meanings = decide_mapping(with_new_fields(catalogue, word, options), word, choice, options, profile)
    except InputError as error:
        return Result(truth, "", name, {}, error.problem.code)
    return Result(truth, word, name, {heading: meaning.key for heading, meaning in meanings.items()})


def _choice(headings: tuple[str, ...]) -> Choice:
    columns = tuple(Column(at, column_letter(at), heading) for at, heading in enumerate(headings))
    head = Head(Chunk(1, 0, 1, [[heading] for heading in headings]), 1, len(headings))
    return Choice(SheetInfo(0, "Sheet1"), head, Table(1, 2, 1 << 20, columns))
