"""A table out of the clipboard: text as it is, or the table of a piece of HTML, as text that is read like any file."""

import csv
import io
import re
from html.parser import HTMLParser

#: A longer piece of HTML is not looked at (letters); nor is a table of more cells.
_LONGEST = 50_000_000
_MOST_CELLS = 5_000_000
_MOST_SPAN = 1000
#: A spreadsheet has no more columns.
_MOST_COLUMNS = 16_384
_UNSAID = re.compile(r"<!--.*?(?:-->|\Z)|<[!?][^>]*>?", re.DOTALL)
_BREAKS = frozenset(("br", "p", "div", "li"))
_UNSEEN = frozenset(("style", "script", "head", "title"))


def pasted_text(text: str, html: str = "") -> str:
    """What was copied, as text with a cell for each cell: the largest table of the HTML, else the text itself.

    Empty where there is nothing that may be a table.
    """
    rows = html_table(html) if html and len(html) <= _LONGEST else []
    if not rows:
        return text if text.strip() else ""
    out = io.StringIO(newline="")
    out.write("sep=\t\n")
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows(rows)
    return out.getvalue()


def html_table(html: str) -> list[list[str]]:
    """The cells of the largest table of a piece of HTML, row by row, all of one width; nothing where it has none.

    A cell over several columns or rows stands in the first of them. Blanks are joined as a browser joins them.
    """
    reader = _Tables()
    # Comments and declarations go first: the parser looks for the end of one that has none again and again.
    reader.feed(_UNSAID.sub(" ", html))
    reader.close()
    tables = [_filled(each) for each in reader.tables]
    best = max(tables, key=lambda rows: sum(1 for row in rows for cell in row if cell), default=[])
    return best if any(any(row) for row in best) else []


class _Cell:
    """A cell under way."""

    def __init__(self, across: int, down: int) -> None:
        self.across, self.down = across, down
        self.parts: list[str] = []

    @property
    def text(self) -> str:
        lines = "".join(self.parts).split("\n")
        return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))


class _Tables(HTMLParser):
    """Collects the tables of a piece of HTML; a table within a cell is one of its own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[_Cell]]] = []
        self._open: list[list[list[_Cell]]] = []
        self._cells: list[_Cell | None] = []
        self._unseen = 0
        self._count = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag begins."""
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "table":
            self._open.append([])
            self._cells.append(None)
        elif tag == "tr" and self._open:
            self._open[-1].append([])
            self._cells[-1] = None
        elif tag in ("td", "th") and self._open and self._count < _MOST_CELLS:
            said = dict(attrs)
            cell = self._cells[-1] = _Cell(_span(said.get("colspan")), _span(said.get("rowspan")))
            self._count += cell.across
            if not self._open[-1]:
                self._open[-1].append([])
            self._open[-1][-1].append(cell)
        elif tag in _BREAKS:
            self._add("\n")

    def handle_endtag(self, tag: str) -> None:
        """A tag ends."""
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag == "table" and self._open:
            self.tables.append(self._open.pop())
            self._cells.pop()
        elif tag in ("td", "th") and self._cells:
            self._cells[-1] = None
        elif tag in _BREAKS:
            self._add("\n")

    def handle_data(self, data: str) -> None:
        """Text, in which a line break of the source is a blank."""
        self._add(data.replace("\n", " ").replace("\r", " "))

    def close(self) -> None:
        """The end: tables that were never closed are tables, too."""
        super().close()
        self.tables += self._open
        self._open, self._cells = [], []

    def _add(self, text: str) -> None:
        cell = self._cells[-1] if self._cells else None
        if cell is not None and not self._unseen:
            cell.parts.append(text)


def _span(said: str | None) -> int:
    digits = (said or "").strip()
    return max(1, min(int(digits), _MOST_SPAN)) if digits.isascii() and digits.isdigit() and len(digits) < 6 else 1


def _filled(table: list[list[_Cell]]) -> list[list[str]]:
    """The rows with blanks where a cell reaches over others; rows without anything at the end are none."""
    made: list[list[str]] = []
    taken: dict[int, int] = {}
    count = 0
    for cells in table:
        # Spans alone can make a thousand cells out of one.
        if count > _MOST_CELLS or sum(cell.across for cell in cells) > _MOST_COLUMNS:
            return []
        row: list[str] = []
        for cell in cells:
            while taken.get(len(row), 0):
                row.append("")
            at = len(row)
            row += [cell.text, *[""] * (cell.across - 1)]
            # Counted with this row, which the line below takes off.
            taken.update({column: cell.down for column in range(at, len(row)) if cell.down > 1})
        taken = {column: left - 1 for column, left in taken.items() if left > 1}
        made.append(row)
        count += len(row)
    while made and not any(made[-1]):
        made.pop()
    width = max(map(len, made), default=0)
    return [row + [""] * (width - len(row)) for row in made] if width * len(made) <= _MOST_CELLS else []
