"""The cells of a table into canonical values: each mapped column through its parser, as the person says it is read."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from models.exchange.files.sheet import Source
from models.exchange.judging.cells import ColumnParser, is_free_text
from models.exchange.meaning.fields import KIND, MUSTER_ID, fields_about, sheet_fields
from models.exchange.meaning.kinds import KindWords
from models.exchange.meaning.mapping import Kinds, Meaning
from models.exchange.meaning.profile import Profile
from models.exchange.meaning.secrets import is_about_keys
from models.exchange.options import ImportOptions
from models.exchange.plan import LeftOut, Reading, Sure
from models.exchange.tables.choose import Choice
from models.exchange.tables.grid import shown_cell
from models.exchange.tables.rows import TableReader
from models.fields.field import Field
from models.fields.kind import Cell
from models.fields.kinds import Ref
from models.fields.problem import BadValue, Problem, Severity, UsageError
from models.progress import Progress
from models.rules.tag_book import TagBook, as_given
from models.schema.catalogue import Catalogue
from models.settings import Settings, localised

#: So many words that count as empty are told of one column.
_TOLD = 4


def column_parsers(
    catalogue: Catalogue,
    kinds: Kinds,
    mapping: Mapping[str, str | None],
    options: ImportOptions,
    settings: Settings,
    book: TagBook,
) -> list[ColumnParser]:
    """What parses each column that means a field, as this machine's people write it; `book` judges asset tags."""
    fields: Mapping[str, Field] = {
        **sheet_fields(catalogue, kinds.word), **fields_about(catalogue, kinds.word), MUSTER_ID.key: MUSTER_ID
    }  # fmt: skip
    parsers = [
        ColumnParser(
            as_given(_localised(fields[key], settings), book.judge), heading, options.readings.get(heading, "")
        )
        for heading, key in mapping.items()
        if key and not (kinds.column and key == KIND)
    ]
    for parser in parsers:
        # The kinds of identifiers know by themselves what they may hold.
        parser.guarded = is_free_text(parser.field) and is_about_keys(parser.heading)
    if kinds.column:
        words = KindWords(options.kinds, kinds.usual or "hardware")
        parsers.append(ColumnParser(replace(fields[KIND], kind=words), kinds.column))
    return parsers


def read_table(
    source: Source,
    choice: Choice,
    reader: TableReader,
    parsers: Sequence[ColumnParser],
    options: ImportOptions,
    progress: Progress,
) -> list[int]:
    """Read the table through the parsers; the numbers of its rows on the sheet.

    Words that the options say to stand for others are replaced, then cells that they say to be others. Raises
    InputError, Cancelled.
    """
    places = {heading: place for place, heading in enumerate(choice.table.headings)}
    numbers: list[int] = []
    for chunk in reader.chunks(source.chunks(choice.sheet, progress)):
        numbers.extend(chunk.numbers)
        for parser in parsers:
            cells = chunk.columns[places[parser.heading]]
            if words := options.words.get(parser.heading):
                cells = _reworded(cells, words)
            texts = options.cells.get(parser.heading)
            parser.add(_edited(cells, chunk.numbers, texts) if texts else cells)
        progress.at("parse", len(numbers), choice.head.height)

    def tick() -> None:
        progress.at("parse", len(numbers), len(numbers))

    kinds = {parser.heading: parser.decide(tick) for parser in parsers}
    for parser in parsers:
        parser.finish(kinds, tick)
    return numbers


def second_columns(catalogue: Catalogue, word: str, parsers: Sequence[ColumnParser]) -> list[ColumnParser]:
    """Columns for the second values of cells that hold two: a telephone's other IMEI.

    Where such a field has a column of its own, the cell is refused: both cannot be meant.
    """
    fields, mapped = sheet_fields(catalogue, word), {parser.field.key for parser in parsers}
    found = []
    for parser in parsers:
        more = parser.field.more
        rows = {
            row: problem
            for row, problems in parser.problems.items()
            for problem in problems
            if problem.code == "cell.two-values"
        }
        if not rows or more not in fields:
            continue
        if more in mapped:
            for row, problem in rows.items():
                parser.values[row] = None
                parser.problems[row] = (replace(problem, code="cell.several", severity=Severity.ERROR),)
            continue
        second = ColumnParser(fields[more], parser.heading)
        second.values = [None] * len(parser.values)
        for row, problem in rows.items():
            second.values[row] = problem.details["second"]
        found.append(second)
    return found


def constant_columns(
    catalogue: Catalogue,
    word: str,
    parsers: Sequence[ColumnParser],
    height: int,
    options: ImportOptions,
    settings: Settings,
) -> list[ColumnParser]:
    """Columns for what the person says of all rows and no column holds; cells that say nothing are filled.

    Raises UsageError: field.unknown, or the code of the value that a field cannot take, its key in `problem.field`.
    """
    fields = sheet_fields(catalogue, word)
    mapped = {parser.field.key: parser for parser in parsers}
    made: list[ColumnParser] = []
    for key, text in options.constants.items():
        if key not in fields:
            raise UsageError("field.unknown", key, kind=word)
        value = _constant(_localised(fields[key], settings), text)
        if key in mapped:
            column, troubled = mapped[key].values, mapped[key].problems
            for row, cell in enumerate(column):
                if cell is None and row not in troubled:
                    column[row] = value
        else:
            made.append(ColumnParser(fields[key], ""))
            made[-1].values = [value] * height
    return made


def unfit_columns(
    parsers: Sequence[ColumnParser],
    meanings: Mapping[str, Meaning],
    profile: Profile | None,
    progress: Progress,
    mended: frozenset[str] = frozenset(),
) -> list[LeftOut]:
    """The columns whose cells are not what their headings promise.

    "Warranty" may be a day and may be a number of months: where most cells cannot be the field that was guessed,
    the guess was wrong. What a person mapped, now or in a profile, stays, and so do columns that are called as the
    field itself, and identifiers, whose cells may be spoilt; and so do the `mended` ones of a file of refused rows.
    """
    found: list[LeftOut] = []
    stay = {Sure.SAID, Sure.LABEL} | ({Sure.PROFILE} if profile and profile.own else set())
    for parser in parsers:
        progress.at(progress.stage, progress.done, progress.total)
        field = parser.field
        if field.kind.identifier or parser.heading in mended or meanings[parser.heading].sure in stay:
            continue
        wrong = [row for row, problems in parser.problems.items() if any(map(_refuses, problems))]
        filled = len(parser.values) - parser.values.count(None) + len(wrong)
        if len(wrong) * 2 > filled:
            code = next(filter(_refuses, parser.problems[wrong[0]])).code
            found.append(LeftOut(parser.heading, field.key, code, shown_cell(parser.raw[wrong[0]])))
    return found


def column_readings(parsers: Sequence[ColumnParser]) -> list[Reading]:
    """How columns were read, where that had to be decided, with the evidence."""
    found: list[Reading] = []
    for parser in parsers:
        read = parser.column_read
        if read is not None:
            said = bool(parser.said) and parser.said in read.choices
            found.append(Reading(parser.heading, read.code, read.details, read.chosen, read.choices, said))
        if parser.empties:
            often = sorted(parser.empties.items(), key=lambda found: (-found[1], found[0]))
            words = [f"“{word}” ({count:,})" for word, count in often[:_TOLD]]
            details = {"words": ", ".join(words)}
            found.append(Reading(parser.heading, "reading.empty", details, "", ("text",)))
    return found


def _localised(field: Field, settings: Settings) -> Field:
    return replace(field, kind=localised(field.kind, settings))


def _reworded(cells: Sequence[Cell], words: Mapping[str, str]) -> Sequence[Cell]:
    meant = {word.casefold(): text or None for word, text in words.items()}
    return [meant.get(shown_cell(cell).casefold(), cell) for cell in cells]


def _edited(cells: Sequence[Cell], numbers: Sequence[int], texts: Mapping[int, str]) -> Sequence[Cell]:
    return [texts.get(number, cell) for number, cell in zip(numbers, cells, strict=True)]


def _constant(field: Field, text: str) -> str | None:
    """A typed text as the field's value; a reference stays the name that it is."""
    try:
        value = field.kind.parse(text, [])
    except BadValue as error:
        problem = replace(error.problem, field=field.key)
        refused = UsageError(problem.code, problem.value, **problem.details)
        refused.problem = problem
        raise refused from error
    return value.strip() if value and isinstance(field.kind, Ref) else value


def _refuses(problem: Problem) -> bool:
    # A secret in a column does not make it another column.
    return problem.severity is Severity.ERROR and not problem.code.startswith("secret.")
