"""Profiles: how the lists of known programs are read, and those of people who said it once.

A profile says what a person could say of an import (`ImportOptions`), once and for all lists with certain headings.
What a person says of this import goes before it; what it does not mention is guessed as ever.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from models.exchange.files.sheet import HEAD_ROWS
from models.exchange.meaning.profile import Profile, declared_field, digest, squeezed
from models.exchange.meaning.shipped_profiles import shipped
from models.exchange.options import ImportOptions, NewField
from models.exchange.tables.choose import Choice
from models.exchange.tables.grid import shown_cell
from models.exchange.tables.table import Column
from models.fields.problem import InputError, UsageError
from models.query.parse import squeeze

_Said = TypeVar("_Said")
#: What a person says who wants none.
NO_PROFILE = "none"
#: A list of so many different words is no list of choices.
_MOST_CHOICES = 40


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
        clear=options.clear | _renamed(dict.fromkeys(settings.clear, ""), choice.table.headings).keys() - options.keep,
        create=settings.create if options.create is None else options.create,
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
        field = declared_field(profile, column.heading)
        if field is None or profile.meaning(column.heading) is not None:
            continue
        if field.type == "choice":
            words = _words(choice, column) if whole else ()
            field = replace(field, choices=words) if words else replace(field, type="text")
        yield field


def _words(choice: Choice, column: Column) -> tuple[str, ...]:
    """The different words of a column of the head; none where they are too many to choose from."""
    cells = choice.head.below(column.index, choice.table.first_row)
    words = dict.fromkeys(map(shown_cell, cells))
    return tuple(words) if len(words) <= _MOST_CHOICES else ()
