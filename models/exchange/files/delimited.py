"""Text that is a table: comma, semicolon, tab or bar between the cells, in any usual encoding.

Rows are numbered as a spreadsheet program numbers them when it opens the file: a quoted cell of several lines is one
row, blank and comment lines count, Excel's first line `sep=;` does not. All cells are text (None for an empty one).

Two disguises are taken off, so that a cell is what the person means: `="00123"`, by which programs keep Excel from
eating zeros, and the apostrophe that `formulas.guard` puts before text that Excel would run as a formula.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice, zip_longest
from pathlib import Path
from typing import Self

from models.exchange.files.formulas import unguarded
from models.exchange.files.prose import refuse_other_text
from models.exchange.files.text_encoding import detect
from models.exchange.files.wire import Chunk
from models.fields.kind import Cell
from models.fields.problem import InputError
from models.progress import Progress

DELIMITERS = ",;\t|"
#: More rows than this are not read from one file: a plan of so many holds about as much memory as a person has.
MOST_ROWS = 2_000_000
#: A spreadsheet has no more columns (Excel and LibreOffice).
MOST_COLUMNS = 16_384
#: A row, the lines of its quoted cells together, has no more letters.
LONGEST_ROW = 16 * 2**20
#: A chunk has no more rows, and when it has so many cells it is full.
_CHUNK_ROWS = 2_000
_CHUNK_CELLS = 200_000
#: What a delimiter is judged by.
_SAMPLE_LINES = 300
_SAMPLE_LETTERS = 256 * 1024
_COMMENTS = "#;"
_SEP = re.compile(r"sep=([^\w\s\"']|\t)\s*", re.IGNORECASE)
#: Marks the end of the input to the csv module, which does not say that a quote was never closed.
_END = "\ue000end\ue000"
_FORMULA_TEXT = re.compile(r'="((?:[^"]|"")*)"')


class TextTable:
    """A text file as one sheet.

    Raises InputError: file.not-spreadsheet (what=binary, code, prose), text.open-quote (row), text.long-row (row),
    text.too-wide (row), text.too-many-rows, text.too-big, file.damaged, file.cannot-read; Cancelled.
    """

    def __init__(self, path: Path, progress: Progress) -> None:
        self._path = path
        found = detect(path, progress)
        self.encoding = found.encoding
        self._lines = found.lines
        sample = self._sample()
        self._skip = 0
        if sample and (told := _SEP.fullmatch(sample[0].strip("\ufeff"))):
            self.delimiter, self._skip = told[1], 1
        else:
            self.delimiter = find_delimiter(sample)
        sample = sample[self._skip :]
        widths = _widths(sample, self.delimiter)
        self._width = widths.most_common(1)[0][0] if widths else 0
        refuse_other_text(path, sample, self._width)
        self._comment = _comment_mark(sample, self.delimiter, self._width)

    def head(self, first_row: int, count: int) -> tuple[Chunk, int, int]:
        """`count` rows from row `first_row` (from 1), the number of lines in the file, and the width."""
        records = islice(self._records(), first_row - 1, first_row - 1 + count)
        chunk = _chunk(first_row, list(records))
        return chunk, self._lines - self._skip, max(self._width, len(chunk.columns))

    def rows(self) -> Iterator[Chunk]:
        """All rows, in chunks."""
        first, cells = 1, 0
        batch: list[list[str]] = []
        for record in self._records():
            batch.append(record)
            cells += len(record)
            if len(batch) == _CHUNK_ROWS or cells > _CHUNK_CELLS:
                yield from _chunks(first, batch)
                first += len(batch)
                batch, cells = [], 0
        yield from _chunks(first, batch)

    def close(self) -> None:
        """Nothing is held open between two readings."""

    def _sample(self) -> list[str]:
        """The first lines; the last may be cut off, so it goes."""
        with self._open() as stream:
            text = stream.read(_SAMPLE_LETTERS)
        lines = text.split("\n")
        return lines[:_SAMPLE_LINES] if len(text) < _SAMPLE_LETTERS or len(lines) == 1 else lines[:-1][:_SAMPLE_LINES]

    def _open(self) -> "_Text":
        return _Text(self._path, self.encoding)

    def _records(self) -> Iterator[list[str]]:
        """The records of the file, comment lines as empty ones. Raises InputError when a quote swallows rows."""
        row = 0
        with self._open() as lines:
            for _ in range(self._skip):
                next(iter(lines), None)
            reader = csv.reader(_and_end(lines), delimiter=self.delimiter, skipinitialspace=True)
            before = 0
            try:
                for record in reader:
                    if record == [_END]:
                        return
                    row += 1
                    lines.row, lines.letters = row + 1, 0
                    spanned, before = reader.line_num - before, reader.line_num
                    if spanned > 1 and self._swallows(record, spanned):
                        raise InputError("text.open-quote", self._path.name, row=str(row))
                    if len(record) > MOST_COLUMNS:
                        raise InputError("text.too-wide", self._path.name, row=str(row), most=f"{MOST_COLUMNS:,}")
                    if row > MOST_ROWS:
                        raise InputError("text.too-many-rows", self._path.name, most=f"{MOST_ROWS:,}")
                    yield [] if self._comment and self._is_comment(record) else record
            except csv.Error as error:
                # A cell is longer than any cell can be: on one line, or over the rows that a quote has swallowed.
                code = "text.open-quote" if reader.line_num - before > 1 else "text.long-row"
                raise InputError(code, self._path.name, row=str(row + 1)) from error
        raise InputError("text.open-quote", self._path.name, row=str(row))

    def _swallows(self, record: list[str], lines: int) -> bool:
        """Whether a cell of several lines is not a note but the rows after a quote that nobody closed."""
        longest = max(record, key=len)
        if longest.endswith(_END + "\n") or _END in longest:
            return True
        return lines > 2 and self._width > 2 and longest.count(self.delimiter) >= (lines - 1) * (self._width - 1)

    def _is_comment(self, record: list[str]) -> bool:
        """Whether a line begins with the mark; the mark alone in a cell is a heading ("#,Name")."""
        return bool(record) and record[0].startswith(self._comment) and (len(record) == 1 or record[0] != self._comment)


class _Text:
    """The file as lines of text with LF ends; decoding that fails is told as what it is.

    `letters` counts what was given out since somebody set it to 0: the letters of the record in row `row`.
    """

    def __init__(self, path: Path, encoding: str) -> None:
        self._path = path
        self._stream = path.open("r", encoding=encoding, newline=None)
        self.row = 1
        self.letters = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()

    def read(self, letters: int) -> str:
        """The first letters."""
        try:
            return self._stream.read(letters)
        except (UnicodeError, OSError) as error:
            raise InputError("file.damaged", self._path.name) from error

    def __iter__(self) -> Iterator[str]:
        try:
            for line in iter(partial(self._stream.readline, LONGEST_ROW + 1), ""):
                self.letters += len(line)
                if self.letters > LONGEST_ROW:
                    raise InputError("text.long-row", self._path.name, row=str(self.row))
                yield line
        except (UnicodeError, OSError) as error:
            raise InputError("file.damaged", self._path.name) from error


def _and_end(lines: Iterable[str]) -> Iterator[str]:
    yield from lines
    yield _END


def find_delimiter(lines: Sequence[str]) -> str:
    """The delimiter by which most lines have the same number of cells; a comma when none tells."""
    best, best_score = ",", 0.0
    for delimiter in DELIMITERS:
        widths = _widths(lines, delimiter)
        if not widths:
            continue
        width, count = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]))
        score = (count / widths.total()) ** 2 * min(width - 1, 8)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _widths(lines: Sequence[str], delimiter: str) -> Counter[int]:
    """How many lines have how many cells, blank and comment lines apart."""
    text = (line + "\n" for line in lines if line.strip() and not _looks_comment(line, delimiter))
    try:
        return Counter(len(record) for record in csv.reader(text, delimiter=delimiter, skipinitialspace=True))
    except csv.Error:
        return Counter()


def _looks_comment(line: str, delimiter: str) -> bool:
    return line[:1] in _COMMENTS and line[:1] != delimiter and line[1:2] != delimiter and line.count(delimiter) < 2


def _comment_mark(lines: Sequence[str], delimiter: str, width: int) -> str:
    """The mark of comment lines: what the first line begins with, if it is no heading ("#,Name,Serial")."""
    first = next((line for line in lines if line.strip()), "")
    if first[:1] in _COMMENTS and first[:1] != delimiter and first.count(delimiter) + 1 <= max(width // 2, 1):
        return first[:1]
    return ""


def _chunks(first_row: int, records: list[list[str]]) -> Iterator[Chunk]:
    """Some records as a chunk; as several where one of them is so wide that all would be padded to too much."""
    widest = max([1, *map(len, records)])
    height = max(1, _CHUNK_CELLS // widest)
    for start in range(0, len(records), height):
        yield _chunk(first_row + start, records[start : start + height])


def _chunk(first_row: int, records: list[list[str]]) -> Chunk:
    columns = [_plain(column) for column in zip_longest(*records)]
    return Chunk(first_row, 0, len(records), columns)


def _plain(column: tuple[str | None, ...]) -> list[Cell]:
    cells: list[Cell] = [cell or None for cell in column]
    starts = {cell[0] for cell in column if cell}
    if "'" in starts or "=" in starts:
        return [undisguise(cell) if isinstance(cell, str) else cell for cell in cells]
    return cells


def undisguise(text: str) -> str | None:
    """The text that is meant by `="00123"` or by a guarding apostrophe."""
    if formula := _FORMULA_TEXT.fullmatch(text):
        return formula[1].replace('""', '"') or None
    return unguarded(text)
