"""Which sheet of a workbook is meant when nobody says."""

import math
from dataclasses import dataclass

from models.exchange.files.sheet import Head, SheetInfo, Source
from models.exchange.tables.headers import Known
from models.exchange.tables.table import Table, find_table
from models.fields.problem import InputError
from models.progress import Progress

#: The best sheet must be so much better than the next to be taken without asking.
_CLEARLY = 1.8
#: The codes of a sheet that holds nothing to import, which is no fault of the file.
_NOTHING = {"sheet.empty", "sheet.no-table", "sheet.form"}


@dataclass(frozen=True, slots=True)
class Choice:
    """The sheet that was taken, its table, and the names of other sheets with a table.

    `mended` are the headings that were at fault, where it is a file of refused rows; None for any other.
    """

    sheet: SheetInfo
    head: Head
    table: Table
    others: tuple[str, ...] = ()
    mended: frozenset[str] | None = None


def choose_sheet(source: Source, known: Known, progress: Progress) -> Choice:
    """The sheet with the one table that is clearly the best.

    Hidden sheets, charts and pivot tables are left out. Raises InputError: file.choose-sheet (details `sheets`: the
    names, a line each) when several are as good; what is wrong with the only sheet; file.no-table when none has one.
    """
    found: list[Choice] = []
    refusals: list[InputError] = []
    sheets = [sheet for sheet in source.sheets if sheet.kind == "worksheet" and sheet.visible and not sheet.pivot]
    for sheet in sheets:
        try:
            head = source.head(sheet, progress)
            found.append(Choice(sheet, head, find_table(head, known)))
        except InputError as error:
            if error.problem.code not in _NOTHING:
                raise
            refusals.append(error)
    if not found:
        telling = [error for error in refusals if error.problem.code != "sheet.empty"] or refusals
        raise InputError(telling[0].problem.code if len(telling) == 1 else "file.no-table", source.path.name)
    found.sort(key=_weight, reverse=True)
    best = found[0]
    if len(found) > 1 and _weight(best) < _CLEARLY * _weight(found[1]):
        names = [choice.sheet.name for choice in sorted(found, key=lambda choice: choice.sheet.index)]
        raise InputError("file.choose-sheet", source.path.name, sheets="\n".join(names))
    return Choice(best.sheet, best.head, best.table, tuple(choice.sheet.name for choice in found[1:]))


def _weight(choice: Choice) -> float:
    """Known headings count most, then rows and columns; a sheet of headings alone hardly counts."""
    table = choice.table
    below = choice.head.height - (table.first_row - choice.head.rows.first_row)
    rows = max(below, 0) if table.rows_seen else 0
    return (1 + 2 * table.known) * math.log2(1 + rows) * min(len(table.columns), 12) + 0.01
