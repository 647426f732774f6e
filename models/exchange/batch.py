"""Several files, or several sheets of one: which parts there are, and in which order they are imported.

Each part has a plan and an action of its own. What others refer to comes first: places, people, departments, makers and
models before assets, assets before lines, seats and installations.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from models.exchange.files.folder import look_through
from models.exchange.files.sheet import Source, open_source
from models.exchange.look import look_at
from models.exchange.options import ImportOptions
from models.exchange.writing.muster_book import sheet_kinds
from models.fields.problem import InputError, Problem, UsageError
from models.progress import Progress
from models.schema.records import ASSET_KINDS, IN_ORDER
from models.store.database import Database

#: What is wrong with a sheet of several that simply holds nothing to import.
_NO_TABLE = frozenset(("sheet.empty", "sheet.no-table", "sheet.form", "sheet.no-rows"))
#: What a readme or a configuration is called.
_NOTES = frozenset((".txt", ".yaml", ".yml"))
#: What is wrong with a text file that is a readme, and none of the person's lists.
_NO_LIST = _NO_TABLE | {"file.not-spreadsheet", "file.empty", "file.no-table", "import.unclear", "import.no-headings"}


@dataclass(frozen=True, slots=True)
class Part:
    """One table to import. `sheet` is None for the one that is clearly meant.

    `kind` is what its rows seem to be; `told` where the file itself says so. `within`: it was found in a folder, and
    nobody asked for this very file.
    """

    path: Path
    sheet: str | None
    kind: str = ""
    told: bool = False
    within: bool = False

    def options(self, said: ImportOptions) -> ImportOptions:
        """What was said of the whole, for this part."""
        kind = self.kind if self.told and said.kind is None else said.kind
        return said if self.sheet is None else replace(said, sheet=self.sheet, kind=kind)


@dataclass(frozen=True, slots=True)
class Failed:
    """A file, or a sheet of one, that cannot be imported, and why."""

    path: Path
    sheet: str | None
    problem: Problem


@dataclass(slots=True)
class Batch:
    """The parts in their order; what failed; files of a folder that are no spreadsheets, and sheets without a table."""

    parts: list[Part] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)
    others: list[Path] = field(default_factory=list)
    empty: list[tuple[Path, str]] = field(default_factory=list)

    def refuse(self, part: Part, problem: Problem) -> None:
        """Keep what is wrong with a part, where it is a fault; a readme and a sheet without rows are none."""
        if part.sheet is not None and problem.code in _NO_TABLE:
            self.empty.append((part.path, part.sheet))
        elif part.within and part.path.suffix.lower() in _NOTES and problem.code in _NO_LIST:
            self.others.append(part.path)
        else:
            self.failed.append(Failed(part.path, part.sheet, problem))


def find_parts(
    database: Database,
    paths: Iterable[Path],
    options: ImportOptions,
    *,
    all_sheets: bool = False,
    progress: Progress | None = None,
) -> Batch:
    """What there is to import in files and folders. A workbook of Muster's own is taken sheet by sheet.

    Raises DatabaseError, Cancelled; what is wrong with a file is told in the result.
    """
    progress = progress or Progress()
    batch = Batch()
    for whole in _files(paths, batch):
        try:
            batch.parts += _parts(database, whole, options, all_sheets=all_sheets, batch=batch, progress=progress)
        except (InputError, UsageError) as error:
            batch.refuse(whole, error.problem)
    ranks = {word: rank for rank, word in enumerate(IN_ORDER)}
    ranks["asset"] = ranks[ASSET_KINDS[0]]
    batch.parts.sort(key=lambda part: (ranks.get(part.kind, len(ranks)), str(part.path).casefold()))
    return batch


def holds_several(path: Path, progress: Progress | None = None) -> bool:
    """Whether a file is imported in several parts unasked: a workbook of Muster's own. Raises InputError, Cancelled."""
    return bool(sheet_kinds(path, progress))


def _files(paths: Iterable[Path], batch: Batch) -> Iterator[Part]:
    """Each file as a whole, none twice."""
    met: set[Path] = set()
    for path in paths:
        found = look_through(path) if path.is_dir() else None
        batch.others += found.others if found else ()
        for each in found.files if found else (path,):
            if (real := each.resolve()) not in met:
                met.add(real)
                yield Part(each, None, within=found is not None)


def _parts(
    database: Database, whole: Part, options: ImportOptions, *, all_sheets: bool, batch: Batch, progress: Progress
) -> list[Part]:
    """The parts of one file. Raises InputError, UsageError, Cancelled for a file of one part."""
    with open_source(whole.path, progress) as source:
        kinds = sheet_kinds(source, progress) if options.sheet is None else None
        names = _tables(source) if all_sheets and options.sheet is None else []
    if kinds:
        found = [replace(whole, sheet=name, kind=word, told=True) for name, word in kinds.items()]
    elif names:
        found = [replace(whole, sheet=name) for name in names]
    else:
        return [replace(whole, kind=look_at(database, whole.path, options, progress).kind)]
    parts = []
    for part in found:
        try:
            kind = look_at(database, part.path, part.options(options), progress).kind
            parts.append(replace(part, kind=part.kind or kind))
        except (InputError, UsageError) as error:
            batch.refuse(part, error.problem)
    return parts


def _tables(source: Source) -> list[str]:
    """The sheets that may hold a table."""
    return [sheet.name for sheet in source.sheets if sheet.kind == "worksheet" and sheet.visible and not sheet.pivot]
