"""The refused rows of an import as a file of their own, in the layout of the first: what is above the headings, the
headings in their row, each column at its letter, and one column more that says what to mend.

Mended, the file is imported like the first, with the same options: the added column means nothing to an import, and
neither do the notes and colours of the faulty cells. Columns of secrets keep no more than their headings, and the text
of a key that was refused stays out too.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from models.exchange.files.fingerprint import fingerprint
from models.exchange.files.sheet import Source, open_source
from models.exchange.files.wire import Chunk, column_index, filled
from models.exchange.meaning.secrets import is_hidden, is_secret
from models.exchange.mended import MEND
from models.exchange.plan import CellProblem, Plan, Say, State
from models.exchange.tables.grid import shown_cell
from models.exchange.writing.outgoing import OutColumn, OutSheet
from models.exchange.writing.write import FEW_ROWS, write
from models.fields.kind import Cell, Kind
from models.fields.problem import InputError, UsageError
from models.progress import Progress

#: From here on a spreadsheet shows a number in powers of ten, and has lost digits.
_LONG = 1e15


def write_errors(plan: Plan, path: Path, say: Say, progress: Progress | None = None) -> int:
    """Write the refused rows of a plan to an .xlsx or .csv file, read once more from the plan's own; how many they are.

    Without any refused row the file has headings only. Raises UsageError for the file's ending and for the file that
    the plan was made from ("errors.same-file"), InputError (also "file.changed": since the plan was made), Cancelled.
    """
    if path.exists() and path.samefile(plan.path):
        raise UsageError("errors.same-file", path.name)
    progress = progress or Progress()
    layout = _Layout(plan, say, typed=path.suffix.lower() == ".xlsx" and plan.count(State.REFUSED) <= FEW_ROWS)
    with open_source(plan.path, progress) as source:
        if fingerprint(plan.path) != plan.fingerprint:
            raise InputError("file.changed", plan.path.name)
        top, below = layout.around(source, progress)
        names = layout.headings(top.pop() if plan.header_row else [])
        columns = [OutColumn(name, layout.kinds.get(at), as_is=True) for at, name in enumerate(names)]
        notes = layout.notes(len(below)) if layout.typed else {}
        rows = chain(below, layout.refused(source, progress))
        sheet = OutSheet(plan.sheet, columns, rows, top, headless=plan.header_row is None, notes=notes)
        return write(path, sheet, progress) - len(below)


class _Layout:
    """Where everything stands, and what may stand there.

    `typed`: the file has notes, and keeps a number or a day where an identifier was wanted, so that it is refused once
    more if nobody mends it. In a file of text it would pass for what a person wrote.
    """

    def __init__(self, plan: Plan, say: Say, *, typed: bool) -> None:
        self.typed = typed
        self._plan = plan
        self._say = say
        self._places = {heading: column_index(letter) for heading, letter in plan.headings.items()}
        self._mend = max(self._places.values(), default=-1) + 1
        self.kinds: dict[int, Kind] = {}
        for each in plan.columns:
            if each.heading in self._places:  # a constant has no column
                self.kinds.setdefault(self._places[each.heading], each.field.kind)
        decided = {each.heading for each in plan.readings if each.chosen}
        self._decided = {self._places[each.heading]: each for each in plan.columns if each.heading in decided}
        self._wanted = {plan.numbers[row]: row for row, state in enumerate(plan.states) if state == State.REFUSED}

    def around(self, source: Source, progress: Progress) -> tuple[list[list[Cell]], list[list[Cell]]]:
        """The rows of the sheet up to the headings, and those below that say in what the columns are measured."""
        last = self._plan.header_row or 0
        units = [each.row for each in self._plan.skipped if each.reason == "units"]
        found: dict[int, list[Cell]] = {}
        for chunk in source.chunks(source.sheet(self._plan.sheet), progress) if last else ():
            if chunk.first_row > max(last, *units, 0):
                break
            for number, cells in enumerate(chunk.rows(), chunk.first_row):
                row = [None] * chunk.first_column + [_as_day(cell) for cell in cells]
                if number == last:
                    found[number] = row
                elif number < last or number in units:
                    found[number] = _without_secrets(row)
        width = self._mend + 1
        rows = {number: cells + [None] * (width - len(cells)) for number, cells in found.items()}
        top = [rows.get(number, [None] * width) for number in range(1, last + 1)]
        return top, [rows[number][:width] for number in units if number in rows]

    def headings(self, written: Sequence[Cell]) -> list[str]:
        """The headings as they are written, one for each column of the sheet; those that were made up where none is."""
        names = [""] * (self._mend + 1)
        for heading, place in self._places.items():
            cell = written[place] if place < len(written) else None
            names[place] = heading if filled(cell) is None else str(cell) if isinstance(cell, str) else shown_cell(cell)
        names[self._mend] = MEND
        return names

    def notes(self, first: int) -> dict[tuple[int, int], str]:
        """What is wrong with each cell, by row of the file (`first` for the first refused one) and column."""
        found: dict[tuple[int, int], list[str]] = {}
        for at, row in enumerate(self._wanted.values(), first):
            for each in self._faults(row):
                if each.column:
                    found.setdefault((at, column_index(each.column)), []).append(self._say(each.problem))
        return {place: "\n".join(said) for place, said in found.items()}

    def refused(self, source: Source, progress: Progress) -> Iterator[list[Cell]]:
        """The refused rows as they are written."""
        if not self._wanted:
            return
        for chunk in source.chunks(source.sheet(self._plan.sheet), progress):
            for number in sorted(self._wanted.keys() & range(chunk.first_row, chunk.first_row + chunk.height)):
                yield self._row(chunk, number)

    def _row(self, chunk: Chunk, number: int) -> list[Cell]:
        row = self._wanted[number]
        faults = self._faults(row)
        faulty = {column_index(each.column) for each in faults if each.column}
        keys = {column_index(each.column) for each in self._plan.problems[row] if _is_key(each)}
        cells: list[Cell] = [None] * (self._mend + 1)
        for heading, place in self._places.items():
            typed = self._plan.options.cells.get(heading, {}).get(number)
            cell = _cell(chunk, place, number - chunk.first_row) if typed is None else typed
            if place in self._decided and typed is None and place not in faulty:
                cells[place] = self._as_read(row, place, cell)
            elif place not in keys and not is_hidden(heading, cell):
                cells[place] = self._written(_as_day(cell), place, faulty=place in faulty)
        cells[self._mend] = "\n".join(
            f"{each.heading}: {self._say(each.problem)}" if each.heading else self._say(each.problem) for each in faults
        )
        return cells

    def _as_read(self, row: int, place: int, cell: Cell) -> Cell:
        """A cell of a column that decided how it is read (which number is the day): the refused rows may not decide so.

        The value itself is written, as a day or a number that leaves no choice.
        """
        column = self._decided[place]
        value = column.values[row]
        return _as_day(cell) if value is None else column.field.kind.cell(value)

    def _written(self, cell: Cell, place: int, *, faulty: bool) -> Cell:
        """A cell as it is written: an identifier is text, so that no program eats a zero of it."""
        kind = self.kinds.get(place)
        if kind is None or not kind.identifier or cell is None or isinstance(cell, str) or (faulty and self.typed):
            return cell
        if isinstance(cell, (int, float)) and not isinstance(cell, bool):
            return f"{cell:.0f}" if abs(cell) < _LONG and cell == int(cell) else f"{cell:.15g}"
        return None if faulty else shown_cell(cell)

    def _faults(self, row: int) -> list[CellProblem]:
        return [each for each in self._plan.problems.get(row, ()) if each.refuses]


def _cell(chunk: Chunk, column: int, at: int) -> Cell:
    column -= chunk.first_column
    return chunk.columns[column][at] if 0 <= column < len(chunk.columns) else None


def _is_key(each: CellProblem) -> bool:
    return bool(each.column) and each.problem.code.startswith("secret.")


def _without_secrets(cells: list[Cell]) -> list[Cell]:
    """A row that is no refused one; nothing beside a word like "PIN" is handed on."""
    names = [isinstance(cell, str) and is_secret(cell) for cell in cells]
    if not any(names):
        return cells
    return [cell if name else None for cell, name in zip(cells, names, strict=True)]


def _as_day(cell: Cell) -> Cell:
    """A day as a spreadsheet shows it; a file of text columns would else give it a time of day."""
    return cell.date() if isinstance(cell, dt.datetime) and cell.time() == dt.time() else cell
