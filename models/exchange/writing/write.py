"""Spreadsheets out: .xlsx with headings, filters and widths, and .csv; whole or not at all.

What is written reads back as the same cells. Identifiers are text (number format "@"), so that no program eats a zero
or makes a date of them, and so that text beginning with = + - @ stays text when somebody edits the cell. In .csv there
are no formats: there such text gets an apostrophe in front (`formulas.guard`), which `delimited` takes off again. Line
ends within a cell are LF; control characters, which XML cannot hold, are left out.
"""

import contextlib
import datetime as dt
import errno
import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from models.exchange.files.formulas import guard
from models.exchange.writing.outgoing import Counter, Look, OutSheet, peeked, plain, ready, written
from models.exchange.writing.xlsx_fast import fits_fast, write_fast
from models.exchange.writing.xlsx_small import write_small
from models.fields.kind import Cell
from models.fields.problem import InputError, UsageError
from models.progress import Progress

#: Up to so many rows openpyxl writes (0.4 ms each, 25 cells wide); above, the writer in Rust, ten times as fast.
FEW_ROWS = 5_000
#: So many times as many in a workbook of several sheets, since openpyxl alone can offer names to choose from.
_FEW_IN_A_BOOK = 4


def write(path: Path, sheet: OutSheet, progress: Progress) -> int:
    """Write a file of the format that its name asks for (.xlsx, .csv, .tsv); the number of rows.

    Raises UsageError file.export-format; InputError as `write_xlsx`; Cancelled. The file is there when it is whole.
    """
    ending = path.suffix.lower()
    if ending == ".xlsx":
        return write_xlsx(path, [sheet], progress)
    if ending in {".csv", ".tsv"}:
        return write_csv(path, sheet, progress, "\t" if ending == ".tsv" else ",")
    raise UsageError("file.export-format", path.name)


def write_xlsx(path: Path, sheets: Sequence[OutSheet], progress: Progress, total: int | None = None) -> int:
    """Write a workbook; the number of rows. `total`: how many there are altogether, if that is known.

    Raises InputError: file.too-many-rows (details `most`), file.cell-too-long (`row`, `heading`, `most`),
    file.cannot-write (`reason`; open in Excel, perhaps), file.disk-full; Cancelled.
    """
    counter = Counter(progress, total or 0)
    with _whole(path) as target:
        if total is None:
            first, rows = peeked(sheets[0].rows, FEW_ROWS + 1)
            total, sheets = len(first), [replace(sheets[0], rows=rows), *sheets[1:]]
            most = FEW_ROWS
        else:
            most = _FEW_IN_A_BOOK * FEW_ROWS
        fast = total > most and fits_fast(sheets)
        (write_fast if fast else write_small)(target, sheets, counter)
    return counter.rows


def write_csv(path: Path, sheet: OutSheet, progress: Progress, delimiter: str = ",") -> int:
    """Write text: UTF-8 with its mark (else Excel takes it for another encoding), CRLF ends lines; the number of rows.

    Raises InputError: file.cannot-write, file.disk-full; Cancelled.
    """
    counter = Counter(progress)
    quoted = re.compile(rf'[{re.escape(delimiter)}"\n]|^\s|\s$|^[#;]|^sep=', re.IGNORECASE)

    def field(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if quoted.search(text) else text

    with _whole(path) as target, target.open("w", encoding="utf-8-sig", newline="") as stream:
        for above in sheet.above:
            stream.write(delimiter.join(field(_as_text(ready(cell, Look.NUMBER))) for cell in above) + "\r\n")
        if not sheet.headless:
            stream.write(delimiter.join(field(guard(plain(column.heading))) for column in sheet.columns) + "\r\n")
        for row in written(sheet, sheet.rows, counter):
            line = delimiter.join([field(_as_text(cell)) for cell in row])
            # A blank line would be no row to those who read it.
            stream.write((line or '""') + "\r\n")
    return counter.rows


def _as_text(cell: Cell) -> str:
    if isinstance(cell, str):
        return guard(cell)
    if isinstance(cell, dt.datetime):
        return cell.isoformat(" ", "seconds" if cell.second else "minutes")
    return "" if cell is None else str(cell)


@contextlib.contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """A file beside `path` to write to, which takes its name when all went well and goes when it did not."""
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.stem[:40]}-", suffix=f"{path.suffix}.part", dir=path.parent)
        os.close(handle)
        temporary = Path(name)
        yield temporary
        with contextlib.suppress(OSError):
            temporary.chmod(path.stat().st_mode if path.exists() else 0o666 & ~_umask())
        temporary.replace(path)
    except OSError as error:
        code = "file.disk-full" if error.errno in {errno.ENOSPC, errno.EDQUOT} else "file.cannot-write"
        raise InputError(code, path.name, reason=error.strerror or "") from error
    finally:
        if temporary:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
