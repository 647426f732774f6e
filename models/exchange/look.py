"""A look at the table of a file: its columns with some of their cells, for those who map them by hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from models.exchange.headings import map_headings
from models.exchange.mapping import decide_kind
from models.exchange.muster_book import as_told
from models.exchange.options import ImportOptions
from models.exchange.own_profiles import own_profiles
from models.exchange.plan import Plan
from models.exchange.planner import choose_table, heading_judge
from models.exchange.profiles import choose_profile, with_profile
from models.exchange.secrets import shown_samples
from models.exchange.sheet import open_source
from models.fields.problem import InputError
from models.progress import Progress
from models.store.database import Database

_USUAL = "hardware"


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table. `headings` are heading -> letter, `samples` some cells of each, `mapping` as guessed.

    `kind` is what the rows seem to be, hardware where nothing tells.
    """

    sheet: str
    kind: str
    header_row: int | None
    headings: Mapping[str, str]
    samples: Mapping[str, list[str]]
    mapping: Mapping[str, str | None]

    @classmethod
    def of(cls, plan: Plan) -> "Columns":
        """The columns that a plan was made from."""
        return cls(plan.sheet, plan.kind, plan.header_row, plan.headings, plan.samples, plan.mapping)


def look_at(database: Database, path: Path, options: ImportOptions, progress: Progress | None = None) -> Columns:
    """The columns of the table that the options mean. Raises InputError, UsageError, Cancelled."""
    progress = progress or Progress()
    catalogue = database.catalogue()
    with open_source(path, progress) as source:
        options = as_told(source, options, progress)
        choice = choose_table(source, options, heading_judge(catalogue, options), progress)
    headings = choice.table.headings
    with database.reading() as connection:
        profile = choose_profile(own_profiles(connection), choice, options)
    try:
        kind = decide_kind(catalogue, choice, with_profile(options, profile, choice), path).word
    except InputError:
        kind = _USUAL
    return Columns(
        choice.sheet.name,
        kind,
        choice.table.header_row,
        {column.heading: column.letter for column in choice.table.columns},
        {column.heading: shown_samples(column) for column in choice.table.columns},
        map_headings(catalogue, kind, headings),
    )
