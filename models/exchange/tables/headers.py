"""Which row of a grid holds the headings, judged by what stands below it and by the headings that are known."""

import math
import re
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from models.exchange.tables.grid import Grid, Row, is_number, shape
from models.fields.kind import Cell, clean

#: How well a heading is known: 0 not at all, 1 as the heading of a field.
Known = Callable[[str], float]

_CANDIDATES = 60
_FEWEST_CANDIDATES = 5
_CELLS_LOOKED_AT = 1_000_000
#: So many rows below the headings are looked at.
BODY = 100
#: A row of so many known headings, and of this share of them, is the row of headings.
_CERTAIN_LEAST, _CERTAIN = 4, 0.7
_LONG_HEADING, _LONGEST_HEADING = 80, 500
#: So many blank rows end a table, as far as judging its heading goes.
_GAP = 3
_UNITS = re.compile(
    r"[(\[{].*[)\]}]|\$|€|£|%|#|usd|eur|gb|mb|tb|ghz|mhz|khz|hz|w|kg|lbs?|in\.?|inch(es)?|ft|years?|months?|days?|"
    r"y/n|yes/no|text|number|date|currency|required|optional|mandatory|free text|n/?a|-+|"
    r"(mm|dd|m|d|yyyy|yy)([/.-](mm|dd|m|d|yyyy|yy))+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Guess:
    """A row of headings (None: the table has none) and how good the table under it is.

    `body` are the rows below, as far as they were looked at; `known` is the sum of how well its headings are known.
    """

    header: Row | None
    body: Sequence[Row]
    known: float
    score: float


def heading_text(cell: Cell) -> str:
    r"""A heading on one line, without blanks around it: "Serial\\nNumber " is "Serial Number". 2024.0 is "2024".

    What is much longer than a heading ever is, is cut off: patterns are tried on it by the dozen.
    """
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else " ".join(clean(str(cell)[:_LONGEST_HEADING]).split())


def guess_header(grid: Grid, known: Known) -> Guess:
    """The best row of headings among the first rows of a grid that is not empty."""
    used = grid.used()
    most = max(_FEWEST_CANDIDATES, min(_CANDIDATES, _CELLS_LOOKED_AT // (len(used) * min(BODY, len(grid.rows)))))
    guesses: list[Guess] = []
    for index in range(min(len(grid.rows), most)):
        guesses.append(_guess(grid, used, index, known))
        if _plain_to_see(guesses[-1]):
            break
    best = max(guesses, key=lambda guess: guess.score)
    if best.score > 0:
        return best
    body = grid.rows[:BODY]
    return Guess(None, body, 0.0, _size(body) - 1)


def _plain_to_see(guess: Guess) -> bool:
    """Whether a row is headings beyond doubt, so that no further row need be looked at."""
    if guess.header is None or guess.score <= 0:
        return False
    return guess.known >= max(_CERTAIN_LEAST, _CERTAIN * guess.header.fill)


def header_at(grid: Grid, number: int, known: Known) -> Guess:
    """The table whose headings are said to be in row `number`."""
    for index, row in enumerate(grid.rows):
        if row.number >= number:
            body = _body(grid.rows[index + 1 :]) if row.number == number else _body(grid.rows[index:])
            header = row if row.number == number else None
            return Guess(header, body, _known_sum(header, known), _size(body))
    return Guess(None, (), 0.0, 0.0)


def is_units(row: Row) -> bool:
    """Whether a row under the headings says in what they are measured: "(USD)", "mm/dd/yyyy".

    One cell alone in the first column is a record with an odd name: what comes first names things, as a rule.
    """
    texts = [cell for cell in row.cells if cell is not None]
    if len(texts) == 1 and row.cells[0] is not None:
        return False
    return all(isinstance(cell, str) and _UNITS.fullmatch(cell.strip()) for cell in texts)


def _guess(grid: Grid, used: Sequence[int], index: int, known: Known) -> Guess:
    row = grid.rows[index]
    # Headings that are printed again on every page are no values.
    body = [line for line in _body(grid.rows[index + 1 :]) if line.fill < 2 or line.cells != row.cells]
    columns = [column for column, cell in enumerate(row.cells) if cell is not None]
    below = {column: [line.cells[column] for line in body if line.cells[column] is not None] for column in used}
    known_sum = _known_sum(row, known)
    votes = [_vote(row.cells[column], below[column], known) for column in columns]
    likely = max(-2.0, min(2.0, sum(votes) / len(votes)))
    values = sum(map(len, below.values()))
    covered = sum(len(below[column]) for column in columns) / values if values else 1.0
    if len(columns) != len({heading_text(row.cells[column]).casefold() for column in columns}):
        likely -= 0.2
    if len(columns) == 1 and grid.width > 1:
        likely -= 1  # a title, as a rule
    if covered < 0.5 and known_sum < 2:
        likely -= 2
    # Titles are shorter than the headings they stand above; what is as wide is data.
    above = sum(other.fill >= max(0.8 * len(columns), 1) for other in grid.rows[:index])
    if known_sum < 2:
        likely -= 0.5 * above
    score = 2 * likely + 2 * covered + 0.5 * min(known_sum, 8) + _size(body) - 0.05 * index - 1.5
    if likely < 0:
        score = min(score, likely)
    return Guess(row, body, known_sum, score)


def _known_sum(row: Row | None, known: Known) -> float:
    return sum(known(heading_text(cell)) for cell in row.cells if isinstance(cell, str)) if row else 0.0


def _body(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows that follow, up to a gap."""
    body: list[Row] = []
    for row in rows[:BODY]:
        if body and row.number - body[-1].number > _GAP:
            break
        body.append(row)
    return body


def _size(body: Sequence[Row]) -> float:
    """More rows and more cells in a row are more of a table."""
    if not body:
        return 0.0
    return 0.25 * math.log2(1 + len(body)) + 0.25 * math.log2(1 + statistics.fmean(row.fill for row in body))


def _is_year(cell: Cell) -> bool:
    return isinstance(cell, (int, float)) and 1950 <= cell <= 2100 and float(cell).is_integer()


def _vote(heading: Cell, below: Sequence[Cell], known: Known) -> float:
    """Whether a cell is a heading of the cells below it: above 0 for, below 0 against."""
    if not isinstance(heading, str):
        return 0.3 if _is_year(heading) and below and not any(map(_is_year, below)) else -2.0
    if known(heading_text(heading)) >= 0.5:
        return 2.0
    if is_number(heading) or shape(heading) == "time":
        return -1.5
    if len(heading) > _LONG_HEADING:
        return -1.0
    if not below:
        return 0.1
    text = heading.strip().casefold()
    if any(isinstance(cell, str) and cell.strip().casefold() == text for cell in below):
        return -1.5
    shapes = [shape(cell) for cell in below]
    mine = shape(heading)
    same = shapes.count(mine) / len(shapes)
    if "9" in mine and same > 0.5:
        return -1.0
    if same > 0.5:
        return 0.2
    odd = sum(any(mark in other for mark in "9/@") or other in {"number", "time", "yes/no"} for other in shapes)
    return 1.0 if odd > 0.5 * len(shapes) and "9" not in mine else 0.2
