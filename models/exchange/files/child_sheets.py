"""A sheet in the reader process, whatever it was read from: its size, its merged ranges and its rows by column.

Rows and columns count from 0; an empty cell is '' or None. `merged` are (first row, first column), (last row, last
column).
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

import python_calamine as calamine

from models.exchange.files import shown
from models.exchange.files.wire import LAST_COLUMN, LAST_ROW


class TableSheet:
    """Rows of one width that were read from something else than a workbook."""

    first_row = first_column = 0
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]] = ()

    def __init__(self, rows: Sequence[Sequence[Any]]) -> None:
        self._rows = rows
        self.height = len(rows)
        self.width = len(rows[0]) if rows else 0

    def chunks(self, size: int) -> Iterator[tuple[int, list[Sequence[Any]]]]:
        """The rows, `size` at a time, as (first row, columns)."""
        for first in range(0, self.height, size):
            yield first, list(zip(*self._rows[first : first + size], strict=True))


class ParsedSheet:
    """One sheet of a workbook, its corrections looked up beside the parse: calamine leaves the interpreter free."""

    def __init__(
        self, book: calamine.CalamineWorkbook, index: int, corrections: Callable[[], list[shown.Correction]]
    ) -> None:
        self._corrections: list[shown.Correction] = []
        search = threading.Thread(target=lambda: self._corrections.extend(corrections()))
        search.start()
        try:
            self._sheet = book.get_sheet_by_index(index)
        finally:
            search.join()
        start, end = self._sheet.start, self._sheet.end
        if end and (end[0] >= LAST_ROW or end[1] > LAST_COLUMN):
            raise ValueError(f"a cell in row {end[0] + 1}")
        self.first_row, self.first_column = start or (0, 0)
        self.height = end[0] + 1 - self.first_row if start and end else 0
        self.width = end[1] + 1 - self.first_column if start and end else 0
        self.merged = self._sheet.merged_cell_ranges or []
        self._fill_down = {
            (row, column): last_row
            for (row, column), (last_row, last_column) in self.merged
            if column == last_column and row < last_row < self.first_row + self.height
        }

    def chunks(self, size: int) -> Iterator[tuple[int, list[Sequence[Any]]]]:
        """The rows, corrected, as (first row from 0, columns)."""
        first = self.first_row
        # The iterator gives the empty rows above the first filled one, and not the empty columns beside it.
        rows = islice(self._sheet.iter_rows(), first, None) if self.height else iter(())
        position, falling = 0, _Falling(self._fill_down)
        corrections = sorted(self._corrections)
        while chunk := list(islice(rows, size)):
            columns: list[Any] = list(zip(*chunk, strict=True))
            if corrections or self._fill_down:
                columns = list(map(list, columns))
            height = len(chunk)
            del chunk  # the cells belong to the columns alone now, which marshal is faster with
            while position < len(corrections) and corrections[position][0] < first + height:
                row, column, text = corrections[position]
                position += 1
                if row >= first and 0 <= column - self.first_column < len(columns):
                    _correct(columns[column - self.first_column], row - first, text)
            falling.fill(columns, first, self.first_column)
            yield first, columns
            first += height


def _correct(cells: list[Any], row: int, text: str) -> None:
    if shown.DIGIT not in text and not text.startswith(shown.MONEY):
        cells[row] = text
    elif isinstance(cells[row], (int, float)) and not isinstance(cells[row], bool):
        cells[row] = shown.as_shown(text, cells[row]) or cells[row]


class _Falling:
    """Cells merged downwards: a person reads the value in every row it spans, so every row gets it."""

    def __init__(self, spans: dict[tuple[int, int], int]) -> None:
        self._waiting = sorted(((row, column, last) for (row, column), last in spans.items()), reverse=True)
        self._open: list[tuple[int, int, Any]] = []

    def fill(self, columns: list[list[Any]], first: int, first_column: int) -> None:
        """Fill the spans that reach into this chunk."""
        if not self._waiting and not self._open:
            return
        end = first + len(columns[0])
        for span in self._open:
            self._write(columns, 0, first, span)
        while self._waiting and self._waiting[-1][0] < end:
            row, column, last = self._waiting.pop()
            if row >= first and 0 <= column - first_column < len(columns):
                span = (column - first_column, last, columns[column - first_column][row - first])
                self._open.append(span)
                self._write(columns, row + 1 - first, first, span)
        self._open = [span for span in self._open if span[1] >= end]

    @staticmethod
    def _write(columns: list[list[Any]], start: int, first: int, span: tuple[int, int, Any]) -> None:
        column, last, value = span
        cells = columns[column]
        for row in range(start, min(last + 1 - first, len(cells))):
            if cells[row] == "":
                cells[row] = value
