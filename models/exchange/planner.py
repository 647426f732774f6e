"""Makes the plan of an import: reads the sheet, maps its headings, parses its cells, judges its rows."""

from collections.abc import Callable, Mapping
from pathlib import Path

from models.exchange.files.fingerprint import fingerprint
from models.exchange.files.sheet import Source, open_source
from models.exchange.judging.device_names import device_names
from models.exchange.judging.draft import Draft
from models.exchange.judging.judge import judge
from models.exchange.judging.parsing import (
    column_parsers,
    column_readings,
    constant_columns,
    read_table,
    second_columns,
    unfit_columns,
)
from models.exchange.judging.unknown_devices import unknown_devices
from models.exchange.log import imported_before
from models.exchange.meaning.columns import sheet_columns
from models.exchange.meaning.fields import KIND, MUSTER_ID, key_sets, sheet_fields
from models.exchange.meaning.heading_forms import exact_form, loose_forms
from models.exchange.meaning.headings import known_heading
from models.exchange.meaning.mapping import UNMAPPED, Meaning, decide_kind, decide_mapping
from models.exchange.meaning.new_fields import fields_to_make, with_new_fields
from models.exchange.meaning.own_profiles import own_profiles
from models.exchange.meaning.profile import Profile
from models.exchange.meaning.profiles import choose_profile, refuse_list, with_profile
from models.exchange.meaning.said import with_headings
from models.exchange.meaning.secrets import is_secret
from models.exchange.meaning.shipped_profiles import profile_headings
from models.exchange.mended import without_mend
from models.exchange.options import ImportOptions
from models.exchange.plan import LeftOut, MappedColumn, Plan, Sure
from models.exchange.tables.choose import Choice, choose_sheet
from models.exchange.tables.grid import Area, shown_cell
from models.exchange.tables.headers import Known
from models.exchange.tables.rows import TableReader
from models.exchange.tables.table import find_table
from models.exchange.writing.muster_book import as_told
from models.fields.kind import Cell
from models.fields.problem import InputError
from models.progress import Progress, uncollected
from models.query.parse import squeeze
from models.rules.rights import check_write
from models.rules.tag_book import tag_book
from models.schema.catalogue import Catalogue
from models.schema.records import RECORDS, record_type
from models.settings import Settings
from models.store.database import Database
from models.store.local import home_role
from models.store.search import last_action

#: How well a heading is known that is only like one of a field's.
_LIKE = 0.6


def make_plan(
    database: Database, path: Path, options: ImportOptions, settings: Settings, progress: Progress | None = None
) -> Plan:
    """What importing a file would do. Nothing is written.

    Raises InputError (the file or its table), UsageError (the options), DatabaseError, Cancelled.
    """
    with uncollected():
        return _planned(database, path, options, settings, progress or Progress())


def _planned(database: Database, path: Path, options: ImportOptions, settings: Settings, progress: Progress) -> Plan:
    with database.reading() as connection:
        own, book, role = own_profiles(connection), tag_book(connection), home_role(connection)
    with open_source(path, progress) as source:
        options = as_told(source, options, progress)
        known = heading_judge(database.catalogue(), options)
        choice = choose_table(source, options, known, progress)
        profile = choose_profile(own, choice, options)
        refuse_list(profile, choice, options, path.name)
        options = with_profile(with_headings(choice, options), profile, choice)
        kinds = decide_kind(database.catalogue(), choice, options, path)
        check_write(role, RECORDS[kinds.word].table)
        catalogue = with_new_fields(database.catalogue(), kinds.word, options)
        meanings = decide_mapping(catalogue, kinds.word, choice, options, profile)
        mapping = {heading: meaning.key for heading, meaning in meanings.items()}
        parsers = column_parsers(catalogue, kinds, mapping, options, settings, book)
        reader = TableReader(choice.table, known, _alone(catalogue, kinds.word, mapping))
        numbers = read_table(source, choice, reader, parsers, options, progress)
    if not numbers:
        raise InputError("sheet.no-rows", path.name)
    left_out = [LeftOut(heading, "", "secret.column", "") for heading in mapping if is_secret(heading)]
    left_out += _spared(profile, meanings)
    unfit = unfit_columns(parsers, meanings, profile, progress, choice.mended or frozenset())
    if kinds.word == "line":
        with database.reading() as connection:
            unfit += unknown_devices(connection, parsers, meanings)
    for each in unfit:
        mapping[each.heading], meanings[each.heading] = None, UNMAPPED
    parsers = [parser for parser in parsers if mapping[parser.heading] or parser.field.key == KIND]
    readings = column_readings(parsers)
    about = [parser for parser in parsers if "." in parser.field.key]
    parsers = [parser for parser in parsers if parser not in about]
    parsers += second_columns(catalogue, kinds.word, parsers)
    parsers += device_names(catalogue, kinds, parsers)
    parsers += constant_columns(catalogue, kinds.word, parsers, len(numbers), options, settings)
    letters = {column.heading: column.letter for column in choice.table.columns}
    clear = frozenset(key for heading in options.clear if (key := mapping.get(heading)))
    draft = Draft(record_type(kinds.word), kinds.usual, parsers, letters, numbers, clear, about)
    mark = fingerprint(path)
    with database.reading() as connection:
        found = judge(draft, connection, catalogue, options, progress)
        basis = last_action(connection)
        before_this = imported_before(connection, mark, choice.sheet.name)
    progress.at("match", len(numbers), len(numbers))
    return Plan(
        path=path,
        sheet=choice.sheet.name,
        kind=kinds.word,
        header_row=choice.table.header_row,
        mapping=mapping,
        match=tuple(found.keys),
        columns=[MappedColumn(p.heading, letters.get(p.heading, ""), p.field, p.values) for p in parsers],
        numbers=numbers,
        states=draft.states,
        targets=draft.targets,
        before=draft.before,
        problems=draft.problems,
        made=found.made,
        new_ids=draft.new_ids,
        left_out=[*left_out, *unfit],
        extra=draft.extra,
        usual_kind=draft.usual_kind,
        skipped=reader.skipped,
        blank=reader.blank,
        others=(*choice.table.others, *map(str, reader.below), *choice.others),
        fingerprint=mark,
        basis=basis,
        headings=letters,
        sheet_columns=sheet_columns(catalogue, kinds.word, choice, meanings),
        readings=readings,
        match_uses=found.uses,
        unknown=found.unknown,
        options=options,
        profile=profile.name if profile else "",
        before_this=before_this,
        aliases=found.aliases,
        new_fields=fields_to_make(database.catalogue(), kinds.word, options, {each.field.key for each in parsers}),
        kind_column=kinds.column,
    )


def heading_judge(catalogue: Catalogue, options: ImportOptions) -> Known:
    """What tells how well a heading is known, for what the person says the rows are. Raises UsageError."""
    asked = None if options.kind is None else record_type(options.kind).word
    forms = {exact_form(heading): 1.0 for heading in profile_headings()} | dict(known_heading(catalogue, asked))
    forms.update({exact_form(heading): 1.0 for heading, name in options.mapping.items() if name})

    def known(text: str) -> float:
        return forms.get(exact_form(text)) or (_LIKE if any(form in forms for form in loose_forms(text)) else 0.0)

    return known


def choose_table(source: Source, options: ImportOptions, known: Known, progress: Progress) -> Choice:
    """The table that the options mean, or the one that is clearly best. Raises InputError, UsageError, Cancelled."""
    area = Area.parse(options.area) if options.area else None
    if options.sheet is None and area is None and options.header is None:
        return without_mend(choose_sheet(source, known, progress))
    if options.sheet is not None:
        sheet = source.sheet(options.sheet)
    elif len(source.sheets) == 1:
        sheet = source.sheets[0]
    else:
        sheet = choose_sheet(source, known, progress).sheet
    first = min(area.first_row if area else 1, options.header or 1 << 30)
    head = source.head(sheet, progress, first)
    return without_mend(Choice(sheet, head, find_table(head, known, header=options.header, area=area)))


def _alone(catalogue: Catalogue, word: str, mapping: Mapping[str, str | None]) -> Callable[[int, Cell], bool]:
    """Whether a cell that is alone in its row makes a record: it names one, and is no banner or note.

    A tag or a number does; a name may as well be a banner ("Station 3"), save where all headings are as Muster writes
    them.
    """
    fields = sheet_fields(catalogue, word)
    own = {squeeze(form) for field in (*fields.values(), MUSTER_ID) for form in (field.key, field.label)}
    exported = all(key and squeeze(heading) in own for heading, key in mapping.items())
    naming = {record_type(word).naming, *(key[0] for key in key_sets(word) if len(key) == 1)}
    places = {place for place, key in enumerate(mapping.values()) if key in naming}

    def is_record(place: int, cell: Cell) -> bool:
        text = shown_cell(cell)
        code = " " not in text and any(map(str.isdigit, text))
        return place in places and (exported or code)

    return is_record


def _spared(profile: Profile | None, meanings: Mapping[str, Meaning]) -> list[LeftOut]:
    """The columns that a profile leaves out for a reason that it tells."""
    if profile is None:
        return []
    left = [heading for heading, meaning in meanings.items() if meaning == Meaning(None, Sure.PROFILE)]
    return [LeftOut(heading, "", "profile.spared", why) for heading in left if (why := profile.reason(heading))]
