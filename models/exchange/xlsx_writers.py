"""The two writers of .xlsx, whose files look the same: openpyxl for some thousand rows, one in Rust for many."""

import datetime as dt
import errno
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from models.exchange.outgoing import SAMPLE, Counter, Look, OutSheet, checked, plain, ready, sheet_name, widths
from models.fields.kind import Cell

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell as XlsxCell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

HEADER_FILL = "DCE6F1"
HEADER_LINE = "8EA9C8"
WARNING_FILL = "FFE699"
#: So many letters of a note stand on a line.
_NOTE_LETTERS = 40

#: A text that a spreadsheet program would calculate if somebody typed it.
FORMULA = re.compile(r"[=+\-@\t\r]")
#: In the XML of a workbook _x0041_ means A, so the text that looks so is written with its first mark escaped.
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def write_small(target: Path, sheets: Sequence[OutSheet], counter: Counter) -> None:
    """By openpyxl, which holds the rows in memory."""
    import openpyxl
    from openpyxl.utils import get_column_letter

    book = openpyxl.Workbook(write_only=True)
    taken: set[str] = set()
    for sheet in sheets:
        rows = list(checked(sheet, sheet.rows, counter))
        page = book.create_sheet(sheet_name(sheet.name, taken))
        header = len(sheet.above) + 1
        if sheet.columns and not sheet.headless:
            page.freeze_panes = f"A{header + 1}"
            page.auto_filter.ref = f"A{header}:{get_column_letter(len(sheet.columns))}{header + len(rows)}"
        looks = [Look.of(column.kind) for column in sheet.columns]
        for index, (width, look) in enumerate(zip(widths(sheet, rows[:SAMPLE]), looks, strict=True), 1):
            page.column_dimensions[get_column_letter(index)].width = width
            page.column_dimensions[get_column_letter(index)].number_format = str(look)
        for above in sheet.above:
            page.append([_cell(page, ready(value, Look.NUMBER), Look.NUMBER) for value in above])
        if not sheet.headless:
            page.append([_header(page, column.heading) for column in sheet.columns])
        for number, row in enumerate(rows):
            cells = [_cell(page, value, look) for value, look in zip(row, looks, strict=True)]
            page.append(_noted(page, cells, looks, number, sheet.notes) if sheet.notes else cells)
    book.save(target)


def _cell(page: "WriteOnlyWorksheet", value: Cell, look: Look) -> "XlsxCell | None":
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment

    if value is None:
        return None
    if not isinstance(value, str):
        cell = WriteOnlyCell(page, value)  # type: ignore[arg-type]  # dates are taken, the stubs forgot them
        cell.number_format = str(_look_of(value, look))
        return cell
    cell = WriteOnlyCell(page, _ESCAPE.sub("_x005F_", value))
    cell.data_type = "s"  # openpyxl takes what begins with = for a formula
    cell.number_format = str(Look.TEXT)
    cell.quotePrefix = bool(FORMULA.match(value))
    if "\n" in value:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _look_of(value: Cell, look: Look) -> Look:
    """How a number or a day looks in a column: a day among numbers and texts is still a day."""
    if isinstance(value, dt.date) and look not in (Look.DAY, Look.MOMENT):
        return Look.MOMENT if isinstance(value, dt.datetime) else Look.DAY
    return look


def _noted(
    page: "WriteOnlyWorksheet",
    cells: list["XlsxCell | None"],
    looks: Sequence[Look],
    row: int,
    notes: Mapping[tuple[int, int], str],
) -> list["XlsxCell | None"]:
    """The cells of a row; those with a note get a colour that warns, and the note."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    for at, look in enumerate(looks):
        if note := plain(notes.get((row, at), "")):
            cell = cells[at] or WriteOnlyCell(page)
            cell.number_format = str(look) if cells[at] is None else cell.number_format
            cell.fill = PatternFill("solid", fgColor=WARNING_FILL)
            lines = sum(1 + len(line) // _NOTE_LETTERS for line in note.split("\n"))
            cell.comment = Comment(_ESCAPE.sub("_x005F_", note), "Muster", height=24 + 18 * lines, width=280)
            cells[at] = cell
    return cells


def _header(page: "WriteOnlyWorksheet", heading: str) -> "XlsxCell | None":
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    cell = _cell(page, plain(heading) or " ", Look.TEXT)
    if cell:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor=HEADER_FILL)
        cell.border = Border(bottom=Side("thin", color=HEADER_LINE))
        cell.alignment = Alignment(vertical="center")
    return cell


def write_fast(
    target: Path, sheet: OutSheet, rows: Iterable[Sequence[Cell]], sample: Sequence[Sequence[Cell]], counter: Counter
) -> None:
    """By the writer in Rust, row after row. It looks the same; its text cells are guarded by their format alone."""
    from rustpy_xlsxwriter import Format, write_worksheet

    header = Format().set_bold().set_background_color(HEADER_FILL).set_border_bottom("thin")
    header = header.set_border_bottom_color(HEADER_LINE).set_align("vertical_center").set_num_format("@")
    names = [plain(column.heading) for column in sheet.columns]
    failed: list[BaseException] = []

    def records() -> Iterator[dict[str, Cell]]:
        try:
            for row in checked(sheet, rows, counter):
                yield dict(zip(names, row, strict=True))
        except BaseException as error:
            failed.append(error)
            raise

    try:
        write_worksheet(
            records(),
            str(target),
            sheet_name=sheet_name(sheet.name, set()),
            header_row=len(sheet.above),
            freeze_row=len(sheet.above) + 1,
            autofilter=True,
            column_widths=widths(sheet, sample),
            column_formats=[Format().set_num_format(str(Look.of(column.kind))) for column in sheet.columns],
            header_format=header,
        )
    except Exception as error:
        if failed:
            raise failed[0] from None
        raise OSError(errno.EIO, str(error)) from error
