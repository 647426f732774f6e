"""Makes the plan of an import: reads the sheet, maps its headings, parses its cells, resolves names, matches rows."""

import hashlib
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection

from models.exchange.cells import ColumnParser, shown_cell
from models.exchange.choose import Choice, choose_sheet
from models.exchange.grid import Area
from models.exchange.headers import Known
from models.exchange.headings import MUSTER_ID, guess_kind, known_heading, map_headings, refuse_other_lists
from models.exchange.judge import Judge
from models.exchange.plan import ImportOptions, MappedColumn, Plan, Unfit
from models.exchange.rows import TableReader
from models.exchange.sheet import Source, open_source
from models.exchange.table import find_table
from models.fields.field import Field
from models.fields.problem import InputError, Problem, Severity, UsageError
from models.progress import Progress
from models.query.parse import squeeze
from models.schema.catalogue import Catalogue
from models.schema.records import RECORDS, record_type
from models.settings import Settings, localised
from models.store.database import Database

_SAMPLES = 5


def make_plan(
    database: Database, path: Path, options: ImportOptions, settings: Settings, progress: Progress | None = None
) -> Plan:
    """What importing a file would do. Nothing is written.

    Raises InputError (the file or its table), UsageError (the options), DatabaseError, Cancelled.
    """
    progress = progress or Progress()
    catalogue = database.catalogue()
    forms = known_heading(catalogue)
    with open_source(path, progress) as source:
        choice = choose_table(source, options, lambda text: forms.get(squeeze(text), 0.0), progress)
        headings = choice.table.headings
        kind = _kind(catalogue, choice, options, path)
        mapping = _mapping(catalogue, kind, choice, options)
        reader = TableReader(choice.table, lambda text: forms.get(squeeze(text), 0.0))
        places = {heading: place for place, heading in enumerate(headings)}
        parsers = [
            ColumnParser(_localised(_field(catalogue, kind, key), settings), heading)
            for heading, key in mapping.items()
            if key
        ]
        numbers: list[int] = []
        for chunk in reader.chunks(source.chunks(choice.sheet, progress)):
            numbers.extend(chunk.numbers)
            for parser in parsers:
                parser.add(chunk.columns[places[parser.heading]])
            progress.at("parse", len(numbers), choice.head.height)
    for parser in parsers:
        parser.finish()
        progress.at("parse", len(numbers), len(numbers))
    if not numbers:
        raise InputError("sheet.no-rows", path.name)
    parsers, unfit = _fitting(parsers, options)
    for each in unfit:
        mapping[each.heading] = None
    letters = {column.heading: column.letter for column in choice.table.columns}
    with database.reading() as connection:
        judge = Judge(connection, catalogue, record_type(kind), parsers, letters, numbers, progress)
        judge.judge(options.match)
        basis = _last_action(connection)
    return Plan(
        path=path,
        sheet=choice.sheet.name,
        kind=kind,
        header_row=choice.table.header_row,
        mapping=mapping,
        match=tuple(judge.keys),
        columns=[MappedColumn(p.heading, letters[p.heading], p.field, p.values) for p in parsers],
        numbers=numbers,
        states=judge.states,
        targets=judge.targets,
        before=judge.before,
        problems=judge.problems,
        made=judge.made(),
        new_ids=judge.new_ids,
        unfit=unfit,
        extra=judge.extra,
        skipped=reader.skipped,
        blank=reader.blank,
        others=(*choice.table.others, *choice.others),
        fingerprint=_fingerprint(path),
        basis=basis,
        headings=letters,
        samples={
            column.heading: [shown_cell(cell) for cell in column.samples[:_SAMPLES]] for column in choice.table.columns
        },
    )


def choose_table(source: Source, options: ImportOptions, known: Known, progress: Progress) -> Choice:
    """The table that the options mean, or the one that is clearly best. Raises InputError, UsageError, Cancelled."""
    area = Area.parse(options.area) if options.area else None
    if options.sheet is None and area is None and options.header is None:
        return choose_sheet(source, known, progress)
    if options.sheet is not None:
        sheet = source.sheet(options.sheet)
    elif len(source.sheets) == 1:
        sheet = source.sheets[0]
    else:
        sheet = choose_sheet(source, known, progress).sheet
    first = min(area.first_row if area else 1, options.header or 1 << 30)
    head = source.head(sheet, progress, first)
    return Choice(sheet, head, find_table(head, known, header=options.header, area=area))


def _kind(catalogue: Catalogue, choice: Choice, options: ImportOptions, path: Path) -> str:
    if options.kind is None and not options.mapping:
        refuse_other_lists(choice.table.headings, path.name)
    if options.kind is None and choice.table.header_row is None:
        raise InputError("import.no-headings", choice.sheet.name, headings="; ".join(choice.table.headings[:12]))
    if options.kind is None:
        return guess_kind(catalogue, choice.table.headings, (path.stem, choice.sheet.name))
    word = record_type(options.kind).word
    if word == "asset":
        # "Some kind of asset": which one is told by the headings.
        guessed = guess_kind(catalogue, choice.table.headings, (path.stem, choice.sheet.name))
        return guessed if RECORDS[guessed].asset_kind else "hardware"
    return word


def _mapping(catalogue: Catalogue, kind: str, choice: Choice, options: ImportOptions) -> dict[str, str | None]:
    headings = choice.table.headings
    found: dict[str, str | None]
    found = map_headings(catalogue, kind, headings) if choice.table.header_row is not None else dict.fromkeys(headings)
    by_form = {squeeze(heading): heading for heading in headings} | {
        squeeze(column.letter): column.heading for column in choice.table.columns if choice.table.header_row is None
    }
    for said, key in options.mapping.items():
        heading = said if said in found else by_form.get(squeeze(said))
        if heading is None:
            raise UsageError("import.no-heading", said, headings="; ".join(headings))
        field = _field(catalogue, kind, key) if key else None
        if field:
            for other, taken in found.items():
                if taken == field.key:
                    found[other] = None
        found[heading] = field.key if field else None
    if not any(found.values()):
        code = "import.no-headings" if choice.table.header_row is None else "import.nothing-known"
        raise InputError(code, choice.sheet.name, headings="; ".join(headings[:12]))
    return found


def _localised(field: Field, settings: Settings) -> Field:
    return replace(field, kind=localised(field.kind, settings))


def _fitting(parsers: list[ColumnParser], options: ImportOptions) -> tuple[list[ColumnParser], list[Unfit]]:
    """The columns whose cells are what their headings promise, and those that are not.

    "Warranty" may be a day and may be a number of months: where most cells cannot be the field that was guessed,
    the guess was wrong. What a person mapped stays, and so do identifiers, whose cells may be spoilt.
    """
    fit: list[ColumnParser] = []
    unfit: list[Unfit] = []
    said = {squeeze(heading) for heading in options.mapping}
    for parser in parsers:
        wrong = [row for row, problems in parser.problems.items() if any(map(_refuses, problems))]
        filled = len(parser.values) - parser.values.count(None) + len(wrong)
        if len(wrong) * 2 > filled and not parser.field.kind.identifier and squeeze(parser.heading) not in said:
            first = parser.problems[wrong[0]][-1]
            unfit.append(Unfit(parser.heading, parser.field.key, first.code, shown_cell(parser.raw[wrong[0]])))
        else:
            fit.append(parser)
    return fit, unfit


def _refuses(problem: Problem) -> bool:
    # A secret in a column does not make it another column.
    return problem.severity is Severity.ERROR and not problem.code.startswith("secret.")


def _field(catalogue: Catalogue, kind: str, name: str) -> Field:
    """The field that a mapping names by its key or its label. Raises UsageError("field.unknown")."""
    if name == "id":
        return MUSTER_ID
    wanted = squeeze(name)
    for field in catalogue.fields(kind):
        if not field.kept and wanted in (squeeze(field.key), squeeze(field.label)):
            return field
    raise UsageError("field.unknown", name, kind=kind)


def _last_action(connection: Connection) -> int:
    return int(connection.exec_driver_sql("SELECT coalesce(max(nr), 0) FROM action").scalar_one())


def _fingerprint(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
