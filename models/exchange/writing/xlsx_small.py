"""The writer of .xlsx for workbooks of human size: openpyxl, with notes on headings and words to choose from."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.exchange.files.formulas import FORMULA
from models.exchange.writing.outgoing import (
    MOST_ROWS,
    SAMPLE,
    Counter,
    Look,
    OutColumn,
    OutSheet,
    Words,
    checked,
    escaped,
    plain,
    ready,
    sheet_name,
    widths,
)
from models.exchange.writing.style import (
    FILL,
    LINE,
    LISTS,
    NEEDED,
    NOTE_LETTERS,
    NOTE_LINE,
    NOTE_WIDTH,
    TEXT_WIDTH,
    WARNING,
)
from models.fields.kind import Cell

if TYPE_CHECKING:
    import openpyxl
    from openpyxl.cell.cell import Cell as XlsxCell
    from openpyxl.comments import Comment

#: A sheet that is written only: the stubs lack half of what it has.
_Page = Any


def write_small(target: Path, sheets: Sequence[OutSheet], counter: Counter) -> None:
    """Write sheets, which are held in memory one at a time. Raises InputError for what an .xlsx cannot hold."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    taken = {LISTS.casefold()}
    for sheet in sheets:
        page = book.create_sheet(sheet_name(sheet.name, taken))
        if sheet.text:
            _page(page, sheet, counter)
        else:
            _table(page, sheet, counter)
    _lists(book, {column.words for sheet in sheets for column in sheet.columns if column.words})
    book.save(target)


def _table(page: _Page, sheet: OutSheet, counter: Counter) -> None:
    """A sheet of records."""
    rows = list(checked(sheet, sheet.rows, counter))
    header = sheet.first_row - 1
    if sheet.columns and not sheet.headless:
        page.freeze_panes = f"A{header + 1}"
        page.auto_filter.ref = f"A{header}:{list(_letters(sheet))[-1]}{header + len(rows)}"
    looks = [Look.of(column.kind) for column in sheet.columns]
    for letter, width, look in zip(_letters(sheet), widths(sheet, rows[:SAMPLE]), looks, strict=True):
        page.column_dimensions[letter].width = width
        page.column_dimensions[letter].number_format = str(look)
    for above in sheet.above:
        page.append([_cell(page, ready(value, Look.NUMBER), Look.NUMBER) for value in above])
    if not sheet.headless:
        page.append([_header(page, column) for column in sheet.columns])
    for number, row in enumerate(rows):
        cells = [_cell(page, value, look) for value, look in zip(row, looks, strict=True)]
        page.append(_noted(page, cells, looks, number, sheet.notes) if sheet.notes else cells)
    for letter, column in zip(_letters(sheet), sheet.columns, strict=True):
        if column.words:
            _offer(page, letter, column.words)


def _page(page: _Page, sheet: OutSheet, counter: Counter) -> None:
    """A sheet to read: the first line as its title."""
    from openpyxl.styles import Font

    page.sheet_view.showGridLines = False
    for letter, width in zip(_letters(sheet), TEXT_WIDTH, strict=False):
        page.column_dimensions[letter].width = width
    title = [_cell(page, plain(column.heading) or None, Look.TEXT) for column in sheet.columns]
    for cell in filter(None, title):
        cell.font = Font(bold=True, size=14)
    page.append(title)
    for row in checked(sheet, sheet.rows, counter):
        page.append([_cell(page, value, Look.TEXT) for value in row])


def _letters(sheet: OutSheet) -> Iterator[str]:
    from openpyxl.utils import get_column_letter

    return (get_column_letter(at) for at in range(1, len(sheet.columns) + 1))


def _cell(page: _Page, value: Cell, look: Look) -> "XlsxCell | None":
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment

    if value is None:
        return None
    if not isinstance(value, str):
        cell = WriteOnlyCell(page, value)  # type: ignore[arg-type]  # dates are taken, the stubs forgot them
        cell.number_format = str(_look_of(value, look))
        return cell
    cell = WriteOnlyCell(page, escaped(value))
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
    page: _Page,
    cells: list["XlsxCell | None"],
    looks: Sequence[Look],
    row: int,
    notes: Mapping[tuple[int, int], str],
) -> list["XlsxCell | None"]:
    """The cells of a row; those with a note get a colour that warns, and the note."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import PatternFill

    for at, look in enumerate(looks):
        if note := notes.get((row, at), ""):
            cell = cells[at] or WriteOnlyCell(page)
            cell.number_format = str(look) if cells[at] is None else cell.number_format
            cell.fill = PatternFill("solid", fgColor=WARNING)
            cell.comment = _comment(note)
            cells[at] = cell
    return cells


def _comment(note: str) -> "Comment":
    from openpyxl.comments import Comment

    lines = sum(1 + len(line) // NOTE_LETTERS for line in note.split("\n"))
    return Comment(escaped(plain(note)), "Muster", height=24 + NOTE_LINE * lines, width=NOTE_WIDTH)


def _header(page: _Page, column: OutColumn) -> "XlsxCell | None":
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    cell = _cell(page, plain(column.heading) or " ", Look.TEXT)
    if cell:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor=NEEDED if column.needed else FILL)
        cell.border = Border(bottom=Side("thin", color=LINE))
        cell.alignment = Alignment(vertical="center")
        if column.note:
            cell.comment = _comment(column.note)
    return cell


def _offer(page: _Page, letter: str, words: Words) -> None:
    """Offer words in all cells of a column below its heading."""
    from openpyxl.worksheet.datavalidation import DataValidation

    offer = DataValidation("list", formula1=f"={words.name}", allow_blank=True, showErrorMessage=True)
    offer.errorStyle = "stop" if words.strict else "warning"
    offer.add(f"{letter}2:{letter}{MOST_ROWS}")
    page.data_validations.append(offer)


def _lists(book: "openpyxl.Workbook", lists: set[Words]) -> None:
    """The words that are offered, on a hidden sheet, each list a column with a name of its own."""
    from openpyxl.utils import get_column_letter
    from openpyxl.workbook.defined_name import DefinedName

    if not lists:
        return
    page = book.create_sheet(LISTS)
    page.sheet_state = "hidden"
    ordered = sorted(lists, key=lambda each: each.name)
    page.append([_cell(page, each.name, Look.TEXT) for each in ordered])
    for at in range(max(len(each.words) for each in ordered)):
        cells = (plain(each.words[at]) if at < len(each.words) else None for each in ordered)
        page.append([_cell(page, cell, Look.TEXT) for cell in cells])
    for at, each in enumerate(ordered, 1):
        letter = get_column_letter(at)
        place = f"'{LISTS}'!${letter}$2:${letter}${len(each.words) + 1}"
        book.defined_names[each.name] = DefinedName(each.name, attr_text=place)
