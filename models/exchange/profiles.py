"""Profiles: how the lists of known programs are read. Those that Muster ships are data in `resources/profiles`.

A profile says what a person could say of an import (`ImportOptions`), once and for all lists with certain headings.
What a person says of this import goes before it; what it does not mention is guessed as ever.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from models.exchange.cells import shown_cell
from models.exchange.choose import Choice
from models.exchange.options import ImportOptions, NewField
from models.exchange.sheet import HEAD_ROWS
from models.exchange.table import Column
from models.fields.problem import InputError, UsageError
from models.query.parse import squeeze
from models.schema.records import ASSET_KINDS

_Said = TypeVar("_Said")
#: What a person says who wants none.
NO_PROFILE = "none"
#: How the types of custom fields are called in the headings of other programs.
_TYPES = {"option": "choice", "boolean": "yesno", "date": "date", "number": "number", "amount": "number"}
#: A list of so many different words is no list of choices.
_MOST_CHOICES = 40


@dataclass(frozen=True, slots=True)
class Signature:
    """The headings, squeezed, by which a list is known: all of `all`, `least` of `any`, none of `none`.

    `digest` stands for all headings together, and no other. `shapes` are for lists without headings: a pattern for
    the cells of each column, from the left.
    """

    all: frozenset[str] = frozenset()
    any: frozenset[str] = frozenset()
    least: int = 0
    none: frozenset[str] = frozenset()
    digest: str = ""
    shapes: tuple[re.Pattern[str], ...] = ()

    def fits(self, headings: frozenset[str]) -> int:
        """How many of its headings are there; 0 where the list is another one."""
        some = len(self.any & headings)
        if not self.all <= headings or some < self.least or self.none & headings:
            return 0
        return len(self.all) + some

    def looks_like(self, columns: Sequence[Column]) -> bool:
        """Whether the cells of a list without headings have the shapes. Columns further right are not looked at."""
        if not self.shapes or len(columns) < len(self.shapes):
            return False
        pairs = zip(self.shapes, columns, strict=False)
        return all(form.fullmatch(shown_cell(cell).strip()) for form, column in pairs for cell in column.samples)


@dataclass(frozen=True, slots=True)
class Concealed:
    """What a program writes under a heading in the place of what it hides: a list of that is refused."""

    heading: str
    cells: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Profile:
    """One profile. `name` is its word on the command line, `title` and `note` are for people.

    `settings` are what it says; the headings of its mapping are compared without case, blanks and punctuation.
    `why` tells of a heading that it leaves out for what reason. `refusal` is the code of a list that is not taken
    unless the profile is asked for by name, and not even then where it maps nothing. `new_fields` matches headings
    that declare a custom field (groups `name` and `type`). `own`: made by the people who use Muster.
    """

    name: str
    title: str
    settings: ImportOptions
    signatures: tuple[Signature, ...]
    why: Mapping[str, str] = field(default_factory=dict)
    refusal: str = ""
    concealed: Concealed | None = None
    note: str = ""
    new_fields: re.Pattern[str] | None = None
    own: bool = False

    @property
    def kind(self) -> str:
        """The kind of record that its lists are about; empty for those that are refused."""
        return self.settings.kind or ""

    def fits(self, headings: frozenset[str]) -> int:
        """How well it knows a row of headings, squeezed; 0: not at all."""
        return max((signature.fits(headings) for signature in self.signatures), default=0)

    def meaning(self, heading: str) -> str | None:
        """The key of the field that a heading means; "" where it is left out on purpose, None where nothing is said."""
        return self._forms().get(squeeze(heading))

    def says(self, heading: str) -> str | None:
        """As `meaning`, and the key of the custom field that a heading declares."""
        known = self.meaning(heading)
        declared = _declares(self, heading) if known is None else None
        return declared.key if declared else known

    def reason(self, heading: str) -> str:
        """Why a heading is left out, where the profile says it."""
        wanted = squeeze(heading)
        return next((why for each, why in self.why.items() if squeeze(each) == wanted), "")

    def fits_kind(self, asked: str | None) -> bool:
        """Whether its lists are of the kind that a person says a list is of."""
        return asked in (None, self.kind) or (
            "asset" in (asked, self.kind) and {asked, self.kind} <= {*ASSET_KINDS, "asset"}
        )

    def _forms(self) -> Mapping[str, str]:
        return {squeeze(heading): key for heading, key in self.settings.mapping.items()}


def choose_profile(own: Sequence[Profile], choice: Choice, options: ImportOptions) -> Profile | None:
    """The profile that is asked for, or else the one that knows the table's headings; `own` before shipped ones.

    Raises UsageError("profile.unknown").
    """
    if options.profile == "":
        return None
    if options.profile is not None:
        return find_profile(own, options.profile)
    return recognise(own, choice, options.kind)


def find_profile(own: Sequence[Profile], name: str) -> Profile:
    """The profile of this name, in any case. Raises UsageError("profile.unknown")."""
    wanted = name.strip().casefold()
    known = [*own, *shipped()]
    for profile in known:
        if profile.name.casefold() == wanted:
            return profile
    raise UsageError("profile.unknown", name, names=", ".join(profile.name for profile in known))


def recognise(own: Sequence[Profile], choice: Choice, kind: str | None = None) -> Profile | None:
    """The profile whose lists have such headings: the first of `own`, else the shipped one that knows most of them.

    `kind`: what a person says that the rows are; profiles of other kinds do not count.
    """
    table = choice.table
    fitting = [profile for profile in shipped() if profile.fits_kind(kind)]
    if table.header_row is None:
        return next((each for each in fitting if any(sign.looks_like(table.columns) for sign in each.signatures)), None)
    headings, whole = squeezed(table.headings), digest(table.headings)
    for profile in own:
        if profile.fits_kind(kind) and any(sign.digest == whole for sign in profile.signatures):
            return profile
    best = max(fitting, key=lambda profile: profile.fits(headings), default=None)
    return best if best and best.fits(headings) else None


def refuse_list(profile: Profile | None, choice: Choice, said: ImportOptions, name: str) -> None:
    """Refuse a list that is about no records, unless the person says what it is all the same.

    `name` is the file's. Raises InputError: the profile's refusal, or "profile.concealed".
    """
    if profile is None:
        return
    asked = said.profile is not None and bool(profile.kind)
    if profile.refusal and not (asked or said.kind or said.mapping):
        raise InputError(profile.refusal, name)
    if (hidden := profile.concealed) is not None:
        for column in choice.table.columns:
            cells = [shown_cell(cell) for cell in column.samples]
            if squeeze(column.heading) == hidden.heading and cells and all(map(hidden.cells.fullmatch, cells)):
                raise InputError("profile.concealed", name, heading=column.heading)


def with_profile(options: ImportOptions, profile: Profile | None, choice: Choice) -> ImportOptions:
    """The options with a profile's share of them under what is said."""
    if profile is None:
        return options
    settings = profile.settings
    made = {each.key: each for each in (*_declared(profile, choice), *settings.new_fields, *options.new_fields)}
    return replace(
        options,
        kind=options.kind or settings.kind,
        match=options.match or settings.match,
        mapping={**_unsaid(dict(_meanings(profile, choice.table.headings)), options.mapping), **options.mapping},
        new_fields=tuple(made.values()),
        constants={**settings.constants, **options.constants},
        kind_column=options.kind_column or _there(settings.kind_column, choice.table.headings),
        kinds={**settings.kinds, **options.kinds},
        readings={**_renamed(settings.readings, choice.table.headings), **options.readings},
        words={**_renamed(settings.words, choice.table.headings), **options.words},
        clear=options.clear | _renamed(dict.fromkeys(settings.clear, ""), choice.table.headings).keys(),
        create=settings.create if options.create is None else options.create,
    )


def squeezed(headings: Iterable[str]) -> frozenset[str]:
    """Headings without case, blanks, punctuation and order."""
    return frozenset(filter(None, map(squeeze, headings)))


def digest(headings: Iterable[str]) -> str:
    """What stands for a row of headings, in any order, case and punctuation."""
    return hashlib.sha256("\n".join(sorted(squeezed(headings))).encode()).hexdigest()[:32]


def profile_headings() -> Iterator[str]:
    """The headings that shipped profiles know, so that a row of them is known for one."""
    for profile in shipped():
        yield from profile.settings.mapping


@cache
def shipped() -> tuple[Profile, ...]:
    """The profiles that come with Muster."""
    folder = files("resources").joinpath("profiles")
    found = sorted((each for each in folder.iterdir() if each.name.endswith(".json")), key=lambda each: each.name)
    return tuple(_profile(entry) for file in found for entry in json.loads(file.read_text("utf-8")))


def _profile(entry: Mapping[str, Any]) -> Profile:
    """A profile as `resources/profiles` has it: see docs/profiles.md."""
    why = entry.get("why", {})
    mapping = {heading: key for key, headings in entry.get("fields", {}).items() for heading in headings}
    pattern = entry.get("new_fields")
    return Profile(
        entry["name"],
        entry["title"],
        ImportOptions(
            kind=entry.get("kind"),
            mapping={**mapping, **dict.fromkeys((*why, *entry.get("left_out", ())), "")},
            match=entry.get("match"),
            constants=entry.get("constants", {}),
            kind_column=entry.get("kind_column"),
            kinds=entry.get("kinds", {}),
            readings=entry.get("readings", {}),
            words=entry.get("words", {}),
        ),
        tuple(map(_signature, entry.get("signatures", ()))),
        why,
        entry.get("refusal", ""),
        _concealed(entry["concealed"]) if "concealed" in entry else None,
        entry.get("note", ""),
        re.compile(pattern, re.IGNORECASE) if pattern else None,
    )


def _concealed(entry: Mapping[str, str]) -> Concealed:
    return Concealed(squeeze(entry["heading"]), re.compile(entry["cells"]))


def _signature(entry: Mapping[str, Any]) -> Signature:
    some = squeezed(entry.get("any", ()))
    return Signature(
        squeezed(entry.get("all", ())),
        some,
        entry.get("least", min(1, len(some))),
        squeezed(entry.get("none", ())),
        shapes=tuple(map(re.compile, entry.get("shapes", ()))),
    )


def _meanings(profile: Profile, headings: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The headings of a table that a profile speaks of, and what they mean.

    A field is meant once: by the heading that the profile has first of all that are there.
    """
    order = {squeeze(heading): place for place, heading in enumerate(profile.settings.mapping)}
    taken: set[str] = set()
    for heading in sorted(headings, key=lambda heading: order.get(squeeze(heading), len(order))):
        key = profile.says(heading)
        if key is not None:
            yield heading, "" if key in taken else key
            taken.add(key)


def _unsaid(mapping: Mapping[str, str], said: Mapping[str, str]) -> dict[str, str]:
    """What a profile says of the headings and fields of which the person says nothing."""
    headings = set(map(squeeze, said))
    return {heading: key for heading, key in mapping.items() if squeeze(heading) not in headings}


def _renamed(said: Mapping[str, _Said], headings: Sequence[str]) -> dict[str, _Said]:
    """What a profile says of headings, under the headings as this table writes them."""
    forms = {squeeze(heading): heading for heading in reversed(headings)}
    return {forms[squeeze(each)]: text for each, text in said.items() if squeeze(each) in forms}


def _there(heading: str | None, headings: Sequence[str]) -> str | None:
    return next(iter(_renamed({heading: ""}, headings)), None) if heading else None


def _declared(profile: Profile, choice: Choice) -> Iterator[NewField]:
    """The custom fields that headings declare; those of choices with the words of their cells."""
    whole = choice.head.rows.height < HEAD_ROWS
    for column in choice.table.columns:
        field = _declares(profile, column.heading)
        if field is None or profile.meaning(column.heading) is not None:
            continue
        if field.type == "choice":
            words = _words(choice, column) if whole else ()
            field = replace(field, choices=words) if words else replace(field, type="text")
        yield field


def _declares(profile: Profile, heading: str) -> NewField | None:
    """The custom field that a heading declares: "cf:rack height, type:number"."""
    found = profile.new_fields.fullmatch(heading.strip()) if profile.new_fields else None
    if found is None:
        return None
    label = found["name"].strip()
    key = "x_" + re.sub(r"[\W_]+", "_", label.casefold()).strip("_")
    return NewField(key, label[:1].upper() + label[1:], _TYPES.get((found["type"] or "").strip().casefold(), "text"))


def _words(choice: Choice, column: Column) -> tuple[str, ...]:
    """The different words of a column of the head; none where they are too many to choose from."""
    rows = choice.head.rows
    cells = rows.columns[column.index - rows.first_column][max(choice.table.first_row - rows.first_row, 0) :]
    words = dict.fromkeys(word for word in map(shown_cell, cells) if word)
    return tuple(words) if len(words) <= _MOST_CHOICES else ()
