"""A file with sheets: what it holds, and the raw cells of a sheet with their coordinates. The door of reading.

    with open_source(path, progress) as source:
        head = source.head(source.sheets[0], progress)
        for chunk in source.chunks(source.sheets[0], progress):
            ...

What a file is, is told by its content. Workbooks, web pages and YAML are read by a process of their own (`workbook`),
delimited text in this one (`delimited`); all come out as the same chunks.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from models.exchange.files.delimited import TextTable
from models.exchange.files.guards import Format, identify
from models.exchange.files.wire import Chunk, filled
from models.exchange.files.workbook import Workbook
from models.fields.kind import Cell
from models.fields.problem import UsageError
from models.progress import Progress

#: The rows that a head has when nothing else is said: enough to find a table by.
HEAD_ROWS = 200


@dataclass(frozen=True, slots=True)
class SheetInfo:
    """What is known of a sheet before it is read. `kind` is worksheet, chartsheet, macrosheet, dialogsheet or vba."""

    index: int
    name: str
    kind: str = "worksheet"
    visible: bool = True
    pivot: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """Some rows of a sheet, and its size: rows and columns from its first filled cell to its last.

    `merged` are the merged ranges as (first row, first column, last row, last column), counted from 0.
    """

    rows: Chunk
    height: int
    width: int
    merged: tuple[tuple[int, int, int, int], ...] = ()

    def below(self, column: int, first_row: int) -> list[Cell]:
        """The cells of a column that hold something, from a row on. Columns are counted from 0, rows from 1."""
        at = column - self.rows.first_column
        if not 0 <= at < len(self.rows.columns):
            return []
        cells = self.rows.columns[at][max(first_row - self.rows.first_row, 0) :]
        return [cell for cell in cells if filled(cell) is not None]


class Source:
    """An open file. Closing it ends the process that reads it."""

    def __init__(self, path: Path, kind: Format, reader: Workbook | TextTable, progress: Progress) -> None:
        self.path = path
        self.format = kind
        self._reader = reader
        if isinstance(reader, Workbook):
            self.sheets = tuple(SheetInfo(index, *sheet) for index, sheet in enumerate(reader.sheets(progress)))
        else:
            self.sheets = (SheetInfo(0, path.stem),)

    @property
    def encoding(self) -> str:
        """The encoding of a text file, else nothing."""
        return self._reader.encoding if isinstance(self._reader, TextTable) else ""

    @property
    def delimiter(self) -> str:
        """The delimiter of a text file, else nothing."""
        return self._reader.delimiter if isinstance(self._reader, TextTable) else ""

    def sheet(self, name: str) -> SheetInfo:
        """A sheet by its name, in any case, or by its number from 1. Raises UsageError sheet.unknown."""
        wanted = name.strip()
        for sheet in self.sheets:
            if sheet.name == name:
                return sheet
        for sheet in self.sheets:
            if sheet.name.strip().casefold() == wanted.casefold():
                return sheet
        if wanted.isascii() and wanted.isdigit() and 0 < int(wanted) <= len(self.sheets):
            return self.sheets[int(wanted) - 1]
        raise UsageError("sheet.unknown", name, sheets=", ".join(sheet.name for sheet in self.sheets))

    def head(self, sheet: SheetInfo, progress: Progress, first_row: int = 1, count: int = HEAD_ROWS) -> Head:
        """`count` rows from row `first_row`. Raises InputError, Cancelled."""
        if isinstance(self._reader, TextTable):
            chunk, height, width = self._reader.head(first_row, count)
            return Head(chunk, height, width)
        rows, height, width, merged = self._reader.head(sheet.index, first_row - 1, count, progress)
        return Head(rows, height, width, tuple(tuple(span) for span in merged))

    def chunks(self, sheet: SheetInfo, progress: Progress) -> Iterator[Chunk]:
        """All rows of a sheet from its first filled one, in chunks. Raises InputError, Cancelled."""
        reader = self._reader
        done = 0
        for chunk in reader.rows() if isinstance(reader, TextTable) else reader.rows(sheet.index, progress):
            done += chunk.height
            progress.at("read", done)
            yield chunk

    def close(self) -> None:
        """Let the file go."""
        self._reader.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_source(path: Path, progress: Progress) -> Source:
    """Open a spreadsheet or a text table.

    Raises InputError (see `guards.identify` and `delimited`; file.encrypted, file.damaged, file.too-big,
    file.too-slow from the reader process) and Cancelled.
    """
    progress.at("open")
    kind = identify(path)
    reader = TextTable(path, progress) if kind is Format.TEXT else Workbook(path, kind)
    try:
        return Source(path, kind, reader, progress)
    except BaseException:
        reader.close()
        raise
