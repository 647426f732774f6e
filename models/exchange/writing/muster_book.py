"""A workbook of Muster's own: several sheets, and before them a page that says which kind of record each one holds.

The page is for people, and for the import: it knows the workbook by the page's name and title, and the kinds by the
table below the words "Sheet" and "Kind".
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from models.exchange.files.sheet import Source, open_source
from models.exchange.options import ImportOptions
from models.exchange.writing.outgoing import OutColumn, OutSheet
from models.fields.kind import Cell
from models.progress import Progress
from models.schema.records import RECORDS

READ_ME = "Read me"
TITLE = "Muster workbook"
_SHEET, _KIND, _RECORDS = "Sheet", "Kind", "Records"


def read_me(about: Sequence[str], sheets: Iterable[tuple[str, str, int]]) -> OutSheet:
    """The page: what the workbook is, in lines, and for each sheet its name, its kind's word, and how many records."""
    # No two headings are the same, for the writer that goes by them.
    columns = [OutColumn(TITLE), OutColumn(" "), OutColumn("  ")]
    table = [(name, word, str(count) if count else None) for name, word, count in sheets]
    rows: list[tuple[Cell, ...]] = [
        *((line or None, None, None) for line in about),
        (None, None, None),
        (_SHEET, _KIND, _RECORDS),
        *table,
    ]
    return OutSheet(READ_ME, columns, rows, text=True)


def sheet_kinds(source: Source | Path, progress: Progress | None = None) -> dict[str, str] | None:
    """The word of the kind that each sheet of a workbook of Muster's holds; None for any other file.

    Sheets that are not there and words that mean no kind are left out. Raises InputError, Cancelled.
    """
    progress = progress or Progress()
    if isinstance(source, Path):
        with open_source(source, progress) as opened:
            return _kinds(opened, progress)
    return _kinds(source, progress)


def _kinds(source: Source, progress: Progress) -> dict[str, str] | None:
    first = source.sheets[0] if source.sheets else None
    if first is None or first.kind != "worksheet" or first.name != READ_ME:
        return None
    head = source.head(first, progress).rows
    if head.first_row != 1 or head.first_column != 0:
        return None
    rows = [[str(cell or "").strip() for cell in row[:2]] for row in head.rows()]
    if not rows or rows[0][:1] != [TITLE] or [_SHEET, _KIND] not in rows:
        return None
    told = dict(row for row in rows[rows.index([_SHEET, _KIND]) + 1 :] if len(row) == 2)
    return {sheet.name: told[sheet.name] for sheet in source.sheets if told.get(sheet.name) in RECORDS}


def as_told(source: Source, options: ImportOptions, progress: Progress) -> ImportOptions:
    """What a person says of an import, and for the rest what a workbook of Muster's says: its one sheet, and its kind.

    Raises InputError; UsageError sheet.unknown; Cancelled.
    """
    kinds = _kinds(source, progress) or {}
    if options.sheet is None and options.area is None and len(kinds) == 1:
        options = replace(options, sheet=next(iter(kinds)))
    if options.sheet is None or options.kind is not None:
        return options
    return replace(options, kind=kinds.get(source.sheet(options.sheet).name))
