"""Further tables on a sheet: side by side, with blank columns between, or above the one that is meant."""

from models.exchange.files.sheet import Head
from models.exchange.tables.grid import Area, Grid, Row
from models.exchange.tables.headers import BODY, Guess, Known, guess_header, heading_text

#: More blocks of columns than this are one table with blank columns, not tables side by side.
_MOST_BLOCKS = 24
#: So many rows that follow each other, each of some cells, are a table and no title.
_FEWEST_ROWS = 3


def tables_beside(grid: Grid, known: Known) -> list[tuple[Grid, Guess]]:
    """The tables side by side: blocks of columns with blank ones between, joined when their headings are one row's."""
    found: list[tuple[Grid, Guess]] = []
    whole = guess_header(grid, known)
    blocks = list(grid.blocks())
    if len(blocks) > _MOST_BLOCKS:
        return [(grid, whole)]
    for start, stop in blocks:
        part = grid.part(start, stop)
        guess = guess_header(part, known)
        if found and _belong_together(found[-1], (part, guess), whole):
            part = grid.part(found[-1][0].first_column - grid.first_column, stop)
            found[-1] = part, guess_header(part, known)
        else:
            found.append((part, guess))
    return found


def _belong_together(left: tuple[Grid, Guess], right: tuple[Grid, Guess], whole: Guess) -> bool:
    """Whether a blank column stands inside a table, and not between two."""
    mine, theirs = left[1].header, right[1].header
    if right[0].width == 1 or left[0].width == 1:
        return True
    if not mine or not theirs:
        return mine is theirs
    if mine.number != theirs.number:
        return bool(whole.header) and whole.header is not None and whole.known > left[1].known + right[1].known
    names = {heading_text(cell).casefold() for cell in mine.cells if cell is not None}
    again = [heading_text(cell).casefold() in names for cell in theirs.cells if cell is not None]
    return sum(again) < 0.6 * len(again)


def area_of(grid: Grid, guess: Guess, head: Head) -> Area:
    """Where a table lies, to the end of the sheet when it goes on below the rows that were looked at."""
    first = guess.header.number if guess.header else guess.body[0].number
    last = grid.rows[-1].number if len(guess.body) >= BODY else guess.body[-1].number
    if last == head.rows.first_row + head.rows.height - 1:
        last = max(last, head.rows.first_row + head.height - 1)
    return Area(first, grid.first_column, last, grid.first_column + grid.width - 1)


def tables_above(grid: Grid, header_row: int) -> list[Area]:
    """The tables above the one whose headings are in a row: rows of cells that follow each other."""
    found: list[Area] = []
    run: list[Row] = []
    above = [row for row in grid.rows if row.number < header_row]
    for row in above:
        if run and row.number > run[-1].number + 1:
            found += _as_table(grid, run)
            run = []
        run.append(row)
    # What stands right above the headings is theirs: a title, the words of groups.
    return found + (_as_table(grid, run) if run and run[-1].number < header_row - 1 else [])


def _as_table(grid: Grid, rows: list[Row]) -> list[Area]:
    rows = [row for row in rows if row.fill > 1]
    if len(rows) < _FEWEST_ROWS:
        return []
    used = [index for row in rows for index, cell in enumerate(row.cells) if cell is not None]
    return [Area(rows[0].number, grid.first_column + min(used), rows[-1].number, grid.first_column + max(used))]
