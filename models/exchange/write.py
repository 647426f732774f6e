"""Spreadsheets out: .xlsx with headings, filters and widths, and .csv; whole or not at all.

What is written reads back as the same cells. Identifiers are text (number format "@"), so that no program eats a zero
or makes a date of them, and so that text beginning with = + - @ stays text when somebody edits the cell. In .csv there
are no formats: there such text gets an apostrophe in front (`guard`), which `delimited` takes off again. Line ends
within a cell are LF; control characters, which XML cannot hold, are left out.
"""

import contextlib
import datetime as dt
import errno
import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path

from models.exchange.delimited import GUARDED
from models.exchange.outgoing import SAMPLE, Counter, Look, OutSheet, plain, ready
from models.exchange.xlsx_writers import FORMULA, write_fast, write_small
from models.fields.kind import Cell
from models.fields.problem import InputError, UsageError
from models.progress import Progress

#: Up to so many rows openpyxl writes (0.4 ms each, 25 cells wide); above, the writer in Rust, ten times as fast.
FEW_ROWS = 5_000


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


def write_xlsx(path: Path, sheets: Sequence[OutSheet], progress: Progress) -> int:
    """Write a workbook; the number of rows.

    Raises InputError: file.too-many-rows (details `most`), file.cell-too-long (`row`, `heading`, `most`),
    file.cannot-write (`reason`; open in Excel, perhaps), file.disk-full; Cancelled.
    """
    counter = Counter(progress)
    with _whole(path) as target:
        single = sheets[0]
        names = [plain(column.heading) for column in single.columns]
        distinct = len({name.casefold() for name in names}) == len(names)
        if len(sheets) == 1 and distinct and not single.headless:
            rows = iter(single.rows)
            few = list(islice(rows, FEW_ROWS + 1))
            if len(few) > FEW_ROWS:
                write_fast(target, single, chain(few, rows), few[:SAMPLE], counter)
                return counter.rows
            sheets = [replace(single, rows=few)]
        write_small(target, sheets, counter)
    return counter.rows


def write_csv(path: Path, sheet: OutSheet, progress: Progress, delimiter: str = ",") -> int:
    """Write text: UTF-8 with its mark (else Excel takes it for another encoding), CRLF ends lines; the number of rows.

    Raises InputError: file.cannot-write, file.disk-full; Cancelled.
    """
    counter = Counter(progress)
    quoted = re.compile(rf'[{re.escape(delimiter)}"\n]|^\s|\s$|^[#;]|^sep=', re.IGNORECASE)
    looks = [Look.NUMBER if column.as_is else Look.of(column.kind) for column in sheet.columns]

    def field(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if quoted.search(text) else text

    with _whole(path) as target, target.open("w", encoding="utf-8-sig", newline="") as stream:
        for above in sheet.above:
            stream.write(delimiter.join(field(_as_text(ready(cell, Look.NUMBER))) for cell in above) + "\r\n")
        if not sheet.headless:
            stream.write(delimiter.join(field(guard(plain(column.heading))) for column in sheet.columns) + "\r\n")
        for row in sheet.rows:
            cells = (_as_text(ready(cell, look)) for cell, look in zip(row, looks, strict=True))
            line = delimiter.join(map(field, cells))
            # A blank line would be no row to those who read it.
            stream.write((line or '""') + "\r\n")
            counter.next()
    return counter.rows


#: Signs and digits calculate nothing: -5, +1 555 010 0199, and the dash that people write for nothing.
_HARMLESS = re.compile(r"[+\-][\d\s.,()/\-]*")


def guard(text: str) -> str:
    """The text with an apostrophe in front if a spreadsheet program would take it for a formula."""
    if GUARDED.match(text) or (FORMULA.match(text) and not _HARMLESS.fullmatch(text)):
        return f"'{text}"
    return text


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
