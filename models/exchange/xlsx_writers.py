"""The two writers of .xlsx, whose files look the same: openpyxl for some thousand rows, one in Rust for many."""

import errno
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from models.exchange.outgoing import SAMPLE, Counter, Look, OutSheet, checked, plain, sheet_name, widths
from models.fields.kind import Cell

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell as XlsxCell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

HEADER_FILL = "DCE6F1"
HEADER_LINE = "8EA9C8"

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
        page.freeze_panes = "A2"
        if sheet.columns:
            page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{len(rows) + 1}"
        looks = [Look.of(column.kind) for column in sheet.columns]
        for index, (width, look) in enumerate(zip(widths(sheet, rows[:SAMPLE]), looks, strict=True), 1):
            page.column_dimensions[get_column_letter(index)].width = width
            page.column_dimensions[get_column_letter(index)].number_format = str(look)
        page.append([_header(page, column.heading) for column in sheet.columns])
        for row in rows:
            page.append([_cell(page, value, look) for value, look in zip(row, looks, strict=True)])
    book.save(target)


def _cell(page: "WriteOnlyWorksheet", value: Cell, look: Look) -> "XlsxCell | None":
    from openpyxl.cell import WriteOnlyCell

    if value is None:
        return None
    if not isinstance(value, str):
        cell = WriteOnlyCell(page, value)  # type: ignore[arg-type]  # dates are taken, the stubs forgot them
        cell.number_format = str(look)
        return cell
    cell = WriteOnlyCell(page, _ESCAPE.sub("_x005F_", value))
    cell.data_type = "s"  # openpyxl takes what begins with = for a formula
    cell.number_format = str(Look.TEXT)
    cell.quotePrefix = bool(FORMULA.match(value))
    return cell


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
            freeze_row=1,
            autofilter=True,
            column_widths=widths(sheet, sample),
            column_formats=[Format().set_num_format(str(Look.of(column.kind))) for column in sheet.columns],
            header_format=header,
        )
    except Exception as error:
        if failed:
            raise failed[0] from None
        raise OSError(errno.EIO, str(error)) from error
