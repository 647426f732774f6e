"""The writer of .xlsx for many rows, in Rust: ten times as fast as openpyxl, and its files look the same.

What it cannot do: words from a list elsewhere in the workbook (it offers short lists alone, and in the rows that are
there), a format for one heading, a format for one cell. Text cells are guarded by their column's format "@".
"""

import errno
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.exchange.writing.outgoing import (
    SAMPLE,
    Counter,
    Look,
    OutColumn,
    OutSheet,
    checked,
    peeked,
    plain,
    sheet_name,
    widths,
)
from models.exchange.writing.style import FILL, LINE, NOTE_LETTERS, NOTE_LINE, NOTE_WIDTH, TEXT_WIDTH
from models.fields.kind import Cell

if TYPE_CHECKING:
    from rustpy_xlsxwriter import Format

#: Excel's limit for a list that is written within the rule.
_LONGEST_LIST = 255


def fits_fast(sheets: Sequence[OutSheet]) -> bool:
    """Whether each sheet has headings, no two the same: rows are told to the writer by heading."""
    return all(
        not sheet.headless and len({plain(each.heading).casefold() for each in sheet.columns}) == len(sheet.columns)
        for sheet in sheets
    )


def write_fast(target: Path, sheets: Sequence[OutSheet], counter: Counter) -> None:
    """Write sheets, row after row. Raises InputError for what an .xlsx cannot hold; OSError."""
    from rustpy_xlsxwriter import write_worksheets

    failed: list[BaseException] = []
    taken: set[str] = set()
    entries: list[tuple[str, Any]] = []
    options: dict[str, Any] = {name: {} for name in _OPTIONS}
    for sheet in sheets:
        name = sheet_name(sheet.name, taken)
        sample, rows = peeked(sheet.rows, SAMPLE)
        entries.append((name, _records(OutSheet(sheet.name, sheet.columns, rows), counter, failed)))
        for option, told in _OPTIONS.items():
            options[option][name] = told(sheet, sample)
    try:
        write_worksheets(entries, str(target), **options)
    except Exception as error:
        if failed:
            raise failed[0] from None
        raise OSError(errno.EIO, str(error)) from error


def _records(sheet: OutSheet, counter: Counter, failed: list[BaseException]) -> Iterator[dict[str, Cell]]:
    """The rows as the writer wants them. What goes wrong in them is kept, since the writer forgets it."""
    names = [plain(column.heading) for column in sheet.columns]
    try:
        for row in checked(sheet, sheet.rows, counter):
            yield dict(zip(names, row, strict=True))
    except BaseException as error:
        failed.append(error)
        raise


def _header_format(sheet: OutSheet, _sample: object) -> "Format":
    from rustpy_xlsxwriter import Format

    if sheet.text:
        return Format().set_bold().set_font_size(14)
    header = Format().set_bold().set_background_color(FILL).set_border_bottom("thin")
    return header.set_border_bottom_color(LINE).set_align("vertical_center").set_num_format("@")


def _formats(sheet: OutSheet, _sample: object) -> "list[Format]":
    from rustpy_xlsxwriter import Format

    return [Format().set_num_format(str(Look.of(column.kind))) for column in sheet.columns]


def _widths(sheet: OutSheet, sample: Sequence[Sequence[Cell]]) -> list[float]:
    return list(map(float, TEXT_WIDTH[: len(sheet.columns)])) if sheet.text else widths(sheet, sample)


def _notes(sheet: OutSheet, _sample: object) -> dict[str, dict[str, object]]:
    return {
        plain(column.heading): {
            "text": plain(column.note),
            "author": "Muster",
            "width": NOTE_WIDTH,
            "height": 24 + NOTE_LINE * sum(1 + len(line) // NOTE_LETTERS for line in column.note.split("\n")),
        }
        for column in sheet.columns
        if column.note
    }


def _offers(sheet: OutSheet, _sample: object) -> dict[str, dict[str, object]]:
    return {plain(column.heading): rule for column in sheet.columns if (rule := _offer(column))}


def _offer(column: OutColumn) -> dict[str, object] | None:
    words = column.words
    if words is None or any("," in word for word in words.words) or len(",".join(words.words)) > _LONGEST_LIST:
        return None
    return {"type": "list", "values": list(words.words), "error_style": "stop" if words.strict else "warning"}


_OPTIONS: dict[str, Callable[[OutSheet, Sequence[Sequence[Cell]]], object]] = {
    "header_format": _header_format,
    "column_formats": _formats,
    "column_widths": _widths,
    "autofilter": lambda sheet, _: not sheet.text,
    "header_row": lambda sheet, _: len(sheet.above),
    "freeze_panes": lambda sheet, _: {"row": 0 if sheet.text else len(sheet.above) + 1, "col": 0},
    "sheet_view": lambda sheet, _: {"gridlines": not sheet.text},
    "notes": _notes,
    "data_validations": _offers,
}
