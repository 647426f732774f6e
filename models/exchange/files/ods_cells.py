"""Errors of an .ods, read from its content (OpenDocument 1.3). See `shown` for why.

A cell that shows an error says so by LibreOffice's own attribute, or is a formula whose text is the name of an error.
Most sheets have none, so the content is first looked through for such a text, and parsed only when there is one.
"""

import re
import zipfile
import zlib
from pathlib import Path
from typing import IO
from xml.parsers import expat

from models.exchange.files.shown import ERRORS, MOST_CORRECTIONS, Correction
from models.exchange.files.wire import LAST_COLUMN, LAST_ROW

_BLOCK = 2**20
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_PARAGRAPH = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 p"
_LIBRE = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"
_MARK = re.compile(rb"""value-type=["']error["']|>(?:#[A-Z/0!?_]{3,12}|Err:\d{3})<""")
_ERROR = re.compile(r"#[A-Z/0!?_]{3,12}|Err:\d{3}")
_NAMES = frozenset(ERRORS.values())


def corrections(path: Path, index: int) -> list[Correction]:
    """The errors of the sheet with that number."""
    try:
        with zipfile.ZipFile(path) as archive:
            if not _has_mark(archive):
                return []
            content = _Content(index)
            with archive.open("content.xml") as stream:
                content.read(stream)
            return content.found if len(content.found) <= MOST_CORRECTIONS else []
    except (expat.ExpatError, KeyError, ValueError, OSError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error):
        return []


def _has_mark(archive: zipfile.ZipFile) -> bool:
    rest = b""
    with archive.open("content.xml") as stream:
        while block := stream.read(_BLOCK):
            if _MARK.search(rest + block):
                return True
            rest = block[-64:]
    return False


class _Content:
    """Walks through the tables, counting rows and cells with their repetitions."""

    def __init__(self, index: int) -> None:
        self.found: list[Correction] = []
        self._wanted, self._table, self._depth = index, -1, 0
        self._row = self._rows = self._column = self._columns = 0
        self._cell: dict[str, str] | None = None
        self._text: list[str] = []
        self._inside = 0

    def read(self, stream: IO[bytes]) -> None:
        """Parse the stream as far as the table goes. Raises expat.ExpatError, ValueError."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._letters
        while block := stream.read(_BLOCK):
            parser.Parse(block, False)
            if self._table > self._wanted or len(self.found) > MOST_CORRECTIONS:
                return

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == _TABLE + "table":
            self._depth += 1
            if self._depth == 1:
                self._table += 1
                self._row = self._rows = 0
        elif self._depth != 1 or self._table != self._wanted:
            return
        elif name == _TABLE + "table-row":
            self._row += self._rows
            self._rows = _times(attributes.get(_TABLE + "number-rows-repeated"), LAST_ROW)
            self._column = self._columns = 0
        elif name in (_TABLE + "table-cell", _TABLE + "covered-table-cell"):
            self._column += self._columns
            self._columns = _times(attributes.get(_TABLE + "number-columns-repeated"), LAST_COLUMN + 1)
            self._cell, self._text = attributes, []
        elif name == _PARAGRAPH:
            self._inside += 1

    def _letters(self, text: str) -> None:
        if self._inside and self._cell is not None and len(self._text) < 10:
            self._text.append(text)

    def _end(self, name: str) -> None:
        if name == _TABLE + "table":
            self._depth -= 1
        elif name == _PARAGRAPH and self._inside:
            self._inside -= 1
        elif self._cell is not None and name in (_TABLE + "table-cell", _TABLE + "covered-table-cell"):
            self._finish(self._cell, "".join(self._text).strip())
            self._cell = None

    def _finish(self, cell: dict[str, str], text: str) -> None:
        said = cell.get(_LIBRE) == "error" and _ERROR.fullmatch(text)
        if not said and not (_TABLE + "formula" in cell and text in _NAMES):
            return
        if self._rows * self._columns > MOST_CORRECTIONS:
            raise ValueError("an error that is repeated without end")
        rows = range(self._row, self._row + self._rows)
        columns = range(self._column, self._column + self._columns)
        self.found.extend((row, column, text) for row in rows for column in columns)


def _times(text: str | None, most: int) -> int:
    return min(max(int(text or 1), 1), most)
