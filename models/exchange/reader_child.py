"""The reader process: opens one workbook with calamine, under a limit of memory, and sends what it is asked for.

A hostile workbook can make calamine ask for 549 GB, which aborts the process: this one, and not Muster. Messages are
frames of `wire`: a request is a tuple (word, *arguments), an answer ("ok", …) or ("error", code, detail).

    ("open", path, format)          ("ok", [(name, kind, visible, pivot), …])
    ("head", sheet, first, count)   ("ok", first row, first column, height, width, merged, columns)
    ("rows", sheet)                 ("rows", first row, first column, height, columns) …, then ("end",)

The process ends when its standard input does, so that it never outlives Muster. It imports little: it starts with
every workbook that is opened.
"""

import gc
import os
import queue
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import python_calamine as calamine

from models.exchange import limits, ods_cells, shown, wire, xls_records, xlsb_records, xlsx_parts
from models.exchange.wire import LAST_COLUMN, LAST_ROW

#: Cells of one chunk, about: so many rows are sent together.
_CHUNK_CELLS = 50_000
_CHUNK_ROWS = 2_000
#: Parsed sheets are kept for the next request up to so many cells.
_KEPT_CELLS = 3_000_000
#: The merged ranges that are told with a sheet's head.
_TOLD_MERGES = 2_000
#: What finds the corrections of a sheet by its number, for the formats whose parts need not be known.
_CORRECTIONS: dict[str, Callable[[Path, int], list[shown.Correction]]] = {
    "xls": xls_records.corrections,
    "xlsb": xlsb_records.corrections,
    "ods": ods_cells.corrections,
}


class _Sheet:
    """One parsed sheet, its corrections looked up beside the parse (calamine leaves the interpreter free meanwhile)."""

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

    @property
    def chunk_rows(self) -> int:
        """How many rows to send together."""
        return max(1, min(_CHUNK_ROWS, _CHUNK_CELLS // max(self.width, 1)))


def _correct(cells: list[Any], row: int, text: str) -> None:
    if shown.DIGIT not in text:
        cells[row] = text
    elif isinstance(cells[row], (int, float)) and not isinstance(cells[row], bool):
        cells[row] = shown.pad(text, cells[row]) or cells[row]


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


class Reader:
    """Answers the requests for one workbook."""

    def __init__(self) -> None:
        self._path = Path()
        self._kind = ""
        self._book: calamine.CalamineWorkbook | None = None
        self._parts: list[xlsx_parts.SheetPart | None] = []
        self._kept: dict[int, _Sheet] = {}

    def open(self, path: str, kind: str) -> Iterator[tuple[object, ...]]:
        """Open the workbook and name its sheets."""
        self._path, self._kind = Path(path), kind
        if self._path.suffix.lower() == f".{kind}":
            self._book = calamine.CalamineWorkbook.from_path(self._path)
        else:  # from_path believes the ending; this looks at the content, and is a little slower
            self._book = calamine.CalamineWorkbook.from_filelike(self._path.open("rb"))
        known = self._book.sheets_metadata
        if kind == "xlsx":
            self._parts = xlsx_parts.sheet_parts(self._path)
        if len(self._parts) != len(known):
            self._parts = [None] * len(known)
        yield (
            "ok",
            [
                (
                    sheet.name,
                    str(sheet.typ).rsplit(".", 1)[-1].lower(),
                    sheet.visible == calamine.SheetVisibleEnum.Visible,
                    bool(part and part.pivot),
                )
                for sheet, part in zip(known, self._parts, strict=True)
            ],
        )

    def head(self, index: int, first: int, count: int) -> Iterator[tuple[object, ...]]:
        """The size of a sheet, its merged ranges, and `count` rows from row `first` (from 0)."""
        sheet = self._sheet(index)
        first = max(first, sheet.first_row)
        columns: list[list[Any]] = [[] for _ in range(sheet.width)]
        for start, chunk in sheet.chunks(max(count, 1)):
            if start >= first + count:
                break
            for column, cells in zip(columns, chunk, strict=True):
                column.extend(cells[max(first - start, 0) : max(first + count - start, 0)])
        merged = [(*start, *end) for start, end in sheet.merged[:_TOLD_MERGES]]
        packed = [wire.pack_column(column) for column in columns]
        yield "ok", first, sheet.first_column, sheet.height, sheet.width, merged, packed

    def rows(self, index: int) -> Iterator[tuple[object, ...]]:
        """All rows of a sheet, in chunks."""
        sheet = self._sheet(index)
        for first, columns in sheet.chunks(sheet.chunk_rows):
            yield "rows", first, sheet.first_column, len(columns[0]), [wire.pack_column(column) for column in columns]
        yield ("end",)

    def _sheet(self, index: int) -> _Sheet:
        if index in self._kept:
            return self._kept[index]
        if self._book is None:
            raise ValueError("nothing is open")
        sheet = _Sheet(self._book, index, lambda: self._corrections(index))
        if sum(kept.height * kept.width for kept in self._kept.values()) + sheet.height * sheet.width > _KEPT_CELLS:
            self._kept.clear()
        self._kept[index] = sheet
        return sheet

    def _corrections(self, index: int) -> list[shown.Correction]:
        """The cells of a sheet that a person sees otherwise than calamine tells."""
        if self._kind == "xlsx":
            part = self._parts[index]
            return xlsx_parts.corrections(self._path, part.part) if part else []
        return _CORRECTIONS[self._kind](self._path, index)


def _code_of(error: BaseException) -> tuple[str, str]:
    """The code of the problem that an error of calamine stands for."""
    text = str(error)
    if isinstance(error, calamine.PasswordError) or "password" in text.lower():
        return "file.encrypted", ""
    if isinstance(error, MemoryError) or "Cell limit exceeded" in text:
        return "file.too-big", ""
    if "Cannot detect file format" in text:
        return "file.damaged", ""
    return "file.damaged", text[:200]


def _requests(stream: BinaryIO, waiting: "queue.SimpleQueue[tuple[Any, ...]]") -> None:
    """Take the requests in; leave when there will be no more, whatever the rest is doing."""
    while True:
        try:
            message = wire.receive(stream)
        except (EOFError, OSError):
            os._exit(0)
        if isinstance(message, tuple):
            waiting.put(message)


def serve(source: BinaryIO, target: BinaryIO) -> None:
    """Answer requests until there are no more."""
    waiting: queue.SimpleQueue[tuple[Any, ...]] = queue.SimpleQueue()
    threading.Thread(target=_requests, args=(source, waiting), daemon=True).start()
    reader = Reader()
    answers: dict[str, Callable[..., Iterator[tuple[object, ...]]]] = {
        "open": reader.open,
        "head": reader.head,
        "rows": reader.rows,
    }
    while True:
        word, *arguments = waiting.get()
        try:
            for answer in answers[word](*arguments):
                wire.send(target, answer)
        except BrokenPipeError:
            return
        except BaseException as error:  # noqa: BLE001 - a panic of Rust derives from BaseException; the parent is told
            wire.send(target, ("error", *_code_of(error)))


def main() -> int:
    """Run as the reader process: requests from standard input, answers to standard output."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.setmode(0, os.O_BINARY)
        msvcrt.setmode(1, os.O_BINARY)
    limits.limit_memory()
    gc.disable()  # rows come and go by the hundred thousand, and none refers to itself
    # By number: a program without a console has no sys.stdin and sys.stdout.
    with open(0, "rb", closefd=False) as source, open(1, "wb", closefd=False) as target:
        serve(source, target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
