"""A look at the table of a file: its columns with some of their cells, for those who map them by hand."""

from dataclasses import dataclass
from pathlib import Path

from models.exchange.files.sheet import open_source
from models.exchange.meaning.columns import sheet_columns
from models.exchange.meaning.headings import map_headings
from models.exchange.meaning.mapping import Meaning, decide_kind, decide_mapping
from models.exchange.meaning.own_profiles import own_profiles
from models.exchange.meaning.profiles import choose_profile, with_profile
from models.exchange.options import ImportOptions
from models.exchange.plan import SheetColumn, Sure
from models.exchange.planner import choose_table, heading_judge
from models.exchange.writing.muster_book import as_told
from models.fields.problem import InputError, UsageError
from models.progress import Progress
from models.store.database import Database

_USUAL = "hardware"


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table, also where it cannot be planned. `kind` is what the rows seem to be, else hardware."""

    sheet: str
    kind: str
    header_row: int | None
    columns: list[SheetColumn]


def look_at(database: Database, path: Path, options: ImportOptions, progress: Progress | None = None) -> Columns:
    """The columns of the table that the options mean. Raises InputError, UsageError, Cancelled."""
    progress = progress or Progress()
    catalogue = database.catalogue()
    with open_source(path, progress) as source:
        options = as_told(source, options, progress)
        choice = choose_table(source, options, heading_judge(catalogue, options), progress)
    with database.reading() as connection:
        profile = choose_profile(own_profiles(connection), choice, options)
    said = with_profile(options, profile, choice)
    try:
        kind = decide_kind(catalogue, choice, said, path).word
    except InputError:
        kind = _USUAL
    try:
        meanings = decide_mapping(catalogue, kind, choice, said, profile)
    except (InputError, UsageError):  # no column means anything, or something is said that cannot be
        known = map_headings(catalogue, kind, choice.table.headings)
        meanings = {heading: Meaning(key, Sure.KNOWN if key else Sure.NONE) for heading, key in known.items()}
    columns = sheet_columns(catalogue, kind, choice, meanings)
    return Columns(choice.sheet.name, kind, choice.table.header_row, columns)
