"""What the columns of a table are called: their headings on one line, no two alike, with the word of their group."""

from collections import Counter
from collections.abc import Sequence

from models.exchange.files.sheet import Head
from models.exchange.files.wire import column_letter
from models.exchange.tables.grid import Grid
from models.exchange.tables.headers import Guess, Known, heading_text


def column_names(grid: Grid, guess: Guess, head: Head | None, known: Known) -> list[str]:
    """A name for each column of the grid, all different; "" for a column that has neither heading nor cells.

    A column without a heading is called after the cell that its heading is merged with, or by its letter. Headings
    that come twice, or are better known so, get the word above them: "Purchase" over "Date" is "Purchase Date".
    """
    plain = [heading_text(cell) for cell in guess.header.cells] if guess.header else [""] * grid.width
    groups = _groups(grid, guess, head)
    often = Counter(name.casefold() for name in plain if name)
    names: list[str] = []
    taken: dict[str, int] = {}
    left = ""
    for index, short in enumerate(plain):
        sheet_index = grid.first_column + index
        name, long = short, f"{groups[index]} {short}"
        if short and groups[index] and (often[short.casefold()] > 1 or known(long) > known(short)):
            name = long
        elif not short and any(row.cells[index] is not None for row in guess.body):
            merged = left and _merged_with_left(head, guess, sheet_index)
            name = left if merged else f"Column {column_letter(sheet_index)}"
        left = short or left
        names.append(_different(name, taken) if name else "")
    return names


def _different(name: str, taken: dict[str, int]) -> str:
    """The name, with a number behind it when it was met before; `taken` counts how often each was."""
    key, found = name.casefold(), name
    number = taken.get(key, 0)
    while found.casefold() in taken:
        number += 1
        found = f"{name} ({number})"
    taken[key] = max(number, 1)
    taken.setdefault(found.casefold(), 1)
    return found


def _merged_with_left(head: Head | None, guess: Guess, column: int) -> bool:
    row = guess.header.number - 1 if guess.header else -1
    return bool(head) and any(
        top <= row <= bottom and left < column <= right for top, left, bottom, right in (head.merged if head else ())
    )


def _groups(grid: Grid, guess: Guess, head: Head | None) -> Sequence[str]:
    """The word above each heading, where the row above names groups of columns; else "".

    A group reaches over the cells that it is merged with; where nothing is merged in that row, over the empty cells
    to its right.
    """
    nothing = [""] * grid.width
    if not guess.header:
        return nothing
    above = next((row for row in grid.rows if row.number == guess.header.number - 1), None)
    if above is None or above.fill < 2 or not all(isinstance(cell, (str, type(None))) for cell in above.cells):
        return nothing
    spans = [span for span in head.merged if span[0] <= above.number - 1 <= span[2]] if head else []
    found: list[str] = []
    for index, cell in enumerate(above.cells):
        column = grid.first_column + index
        span = next((span for span in spans if span[1] <= column <= span[3]), None)
        if cell is not None:
            found.append(heading_text(cell))
        elif span and span[1] >= grid.first_column:
            found.append(heading_text(above.cells[span[1] - grid.first_column]))
        else:
            found.append("" if spans or not found else found[-1])
    return found
