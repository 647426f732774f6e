"""The refused rows of an import as a file of their own: the columns as they were, and one that says what to mend.

Mended, the file is imported like the first: the added column means nothing to an import. Columns of secrets stay out
of it, and so does the text of a key that was refused.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path

from models.exchange.outgoing import OutColumn, OutSheet
from models.exchange.plan import Plan, Say, State
from models.exchange.secrets import is_secret
from models.exchange.sheet import open_source
from models.exchange.wire import Chunk, column_index
from models.exchange.write import write
from models.fields.kind import Cell
from models.progress import Progress

MEND = "What to mend"


def write_errors(plan: Plan, path: Path, say: Say, progress: Progress | None = None) -> int:
    """Write the refused rows of a plan to an .xlsx or .csv file, read once more from the plan's own; how many they are.

    Without any refused row the file has headings only. Raises UsageError for the file's ending, InputError, Cancelled.
    """
    progress = progress or Progress()
    headings = {heading: letter for heading, letter in plan.headings.items() if not is_secret(heading)}
    columns = [*(OutColumn(heading) for heading in headings), OutColumn(MEND)]
    return write(path, OutSheet(plan.sheet, columns, _refused(plan, headings, say, progress)), progress)


def _refused(plan: Plan, headings: Mapping[str, str], say: Say, progress: Progress) -> Iterator[list[Cell]]:
    wanted = {plan.numbers[row]: row for row, state in enumerate(plan.states) if state == State.REFUSED}
    if not wanted:
        return
    places = {letter: column_index(letter) for letter in headings.values()}
    with open_source(plan.path, progress) as source:
        for chunk in source.chunks(source.sheet(plan.sheet), progress):
            for number in sorted(wanted.keys() & range(chunk.first_row, chunk.first_row + chunk.height)):
                row = wanted[number]
                keys = _keys(plan, row)
                cells = (
                    None if letter in keys else _cell(chunk, place, number - chunk.first_row)
                    for letter, place in places.items()
                )
                yield [*map(_as_text, cells), _what_to_mend(plan, row, say)]


def _cell(chunk: Chunk, column: int, at: int) -> Cell:
    column -= chunk.first_column
    return chunk.columns[column][at] if 0 <= column < len(chunk.columns) else None


def _keys(plan: Plan, row: int) -> set[str]:
    """The letters of a row's cells that were refused as keys."""
    return {each.column for each in plan.problems.get(row, ()) if each.problem.code.startswith("secret.")}


def _what_to_mend(plan: Plan, row: int, say: Say) -> str:
    told = [each for each in plan.problems.get(row, []) if each.refuses]
    return "\n".join(f"{each.heading}: {say(each.problem)}" if each.heading else say(each.problem) for each in told)


def _as_text(cell: Cell) -> Cell:
    """A day as a spreadsheet shows it; a file of text columns would else give it a time of day."""
    return cell.date() if isinstance(cell, dt.datetime) and cell.time() == dt.time() else cell
