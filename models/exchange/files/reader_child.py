"""The reader process: opens one file, workbooks with calamine, under a limit of memory, and sends what it is asked for.

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
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import python_calamine as calamine

from models.exchange.files import limits, ods_cells, shown, wire, xls_records, xlsb_records, xlsx_parts
from models.exchange.files.child_sheets import ParsedSheet, TableSheet
from models.fields.problem import InputError

#: Cells of one chunk, about: so many rows are sent together.
_CHUNK_CELLS = 50_000
_CHUNK_ROWS = 2_000
#: Parsed sheets are kept for the next request up to so many cells.
_KEPT_CELLS = 3_000_000
#: A larger web page is not looked through (bytes).
_LARGEST_PAGE = 50 * 2**20
#: The merged ranges that are told with a sheet's head.
_TOLD_MERGES = 2_000
#: What finds the corrections of a sheet by its number, for the formats whose parts need not be known.
_CORRECTIONS: dict[str, Callable[[Path, int], list[shown.Correction]]] = {
    "xls": xls_records.corrections,
    "xlsb": xlsb_records.corrections,
    "ods": ods_cells.corrections,
}


class Reader:
    """Answers the requests for one workbook."""

    def __init__(self) -> None:
        self._path = Path()
        self._kind = ""
        self._book: calamine.CalamineWorkbook | None = None
        self._parts: list[xlsx_parts.SheetPart | None] = []
        self._kept: dict[int, ParsedSheet | TableSheet] = {}

    def open(self, path: str, kind: str) -> Iterator[tuple[object, ...]]:
        """Open the workbook and name its sheets."""
        self._path, self._kind = Path(path), kind
        if kind in ("html", "yaml"):
            self._kept[0] = TableSheet(_web_table(self._path) if kind == "html" else _yaml_table(self._path))
            yield "ok", [(self._path.stem, "worksheet", True, False)]
            return
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
        for first, columns in sheet.chunks(max(1, min(_CHUNK_ROWS, _CHUNK_CELLS // max(sheet.width, 1)))):
            yield "rows", first, sheet.first_column, len(columns[0]), [wire.pack_column(column) for column in columns]
        yield ("end",)

    def _sheet(self, index: int) -> ParsedSheet | TableSheet:
        if index in self._kept:
            return self._kept[index]
        if self._book is None:
            raise ValueError("nothing is open")
        sheet = ParsedSheet(self._book, index, lambda: self._corrections(index))
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


def _web_table(path: Path) -> list[list[str]]:
    """The largest table of a web page. Raises InputError."""
    from models.exchange.files.pasted import html_table
    from models.exchange.files.text_encoding import detect
    from models.progress import Progress

    if path.stat().st_size > _LARGEST_PAGE:
        raise InputError("file.too-big")
    rows = html_table(path.read_text(encoding=detect(path, Progress()).encoding, errors="replace"))
    if not rows:
        raise InputError("file.web-page")
    return rows


def _yaml_table(path: Path) -> list[list[str | int | None]]:
    """The table of a YAML file. Raises InputError."""
    import yaml

    from models.exchange.files.yaml_table import NoTable, yaml_table

    try:
        return yaml_table(path)
    except (NoTable, yaml.YAMLError, UnicodeError) as error:
        raise InputError("file.not-spreadsheet", what="code") from error


def _code_of(error: BaseException) -> tuple[str, str]:
    """The code of the problem that an error stands for, most of them calamine's; and a word more."""
    if isinstance(error, InputError):
        return error.problem.code, error.problem.details.get("what", "")
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
