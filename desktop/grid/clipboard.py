"""Rows as TSV, the form in which spreadsheets exchange cells through the clipboard."""

import csv
import io
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from desktop.desk import Desk
from desktop.grid.model import fetch
from desktop.jobs import Task
from models.fields.field import Field

_AT_ONCE = 1000


def to_tsv(rows: Iterable[Sequence[str]]) -> str:
    """Cells as TSV: those with a tab, a quote or a line break are quoted, as Excel and Calc do."""
    return "\n".join("\t".join(_cell(cell) for cell in row) for row in rows)


def from_tsv(text: str) -> list[list[str]]:
    """The cells of a TSV text, row by row; the line break that spreadsheets put at the end makes no row."""
    if '"' in text:
        return [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter="\t")]
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
    return [line.split("\t") for line in lines] if text else []


def copy_rows(
    connection: Connection, task: Task, desk: Desk, word: str, numbers: Sequence[int], fields: Sequence[Field]
) -> str:
    """The rows of these numbers as TSV, as the table shows them. For a reader's thread; raises Cancelled."""
    lines: list[str] = []
    for start in range(0, len(numbers), _AT_ONCE):
        task.at("copy", start, len(numbers))
        rows = fetch(connection, desk, word, numbers[start : start + _AT_ONCE], fields)
        lines.append(to_tsv([row.texts.get(field.key, "") for field in fields] for row in rows if row is not None))
    return "\n".join(lines)


def _cell(text: str) -> str:
    if "\t" in text or "\n" in text or "\r" in text or text.startswith('"'):
        return '"' + text.replace('"', '""') + '"'
    return text
