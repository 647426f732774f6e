"""The search index as SQLAlchemy sees it."""

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, TableClause, column, literal_column, or_, select, table
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.selectable import FromClause, Join

from models.store.searchfile import index_name


class DrivingJoin(Join):
    """A join that SQLite walks from the left: it never reorders CROSS JOIN (https://www.sqlite.org/optoverview.html).

    Left to itself it takes an index of the right table for a better start than a full-text match, and asks the
    match again for each of a million rows.
    """

    inherit_cache = True


@compiles(DrivingJoin)
def _cross_join(join: DrivingJoin, compiler: SQLCompiler, **options: Any) -> str:
    options["asfrom"] = True
    left, right = (compiler.process(side, **options) for side in (join.left, join.right))
    assert join.onclause is not None  # noqa: S101 (for the type checker: driven_by_index gives one)
    return f"{left} CROSS JOIN {right} ON {compiler.process(join.onclause, **options)}"


@cache
def index_of(name: str) -> TableClause:
    """The full-text table of a table: columns `rowid` and `text`."""
    return table(index_name(name), column("rowid"), column("text"))


def driven_by_index(rows: FromClause, name: str) -> DrivingJoin:
    """The index joined with its table, the index first."""
    index = index_of(name)
    return DrivingJoin(index, rows, rows.c.nr == index.c.rowid)


def matches(name: str, expression: str | ColumnElement[str]) -> ColumnElement[bool]:
    """The condition that the index's text satisfies an FTS5 expression."""
    return literal_column(index_name(name)).op("MATCH", is_comparison=True)(expression)


def matching(name: str, expression: str) -> Select[int]:
    """The numbers of the rows that the index gives for an FTS5 expression."""
    return select(index_of(name).c.rowid).where(matches(name, expression))


def begins_a_word(name: str, letter: str) -> ColumnElement[bool]:
    """The condition that a word of the index's text begins with this; for what is too short for trigrams."""
    text = index_of(name).c.text
    safe = letter.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    starts = (f"{safe}%", f"% {safe}%", f"%\n{safe}%")
    return or_(*(text.like(start, escape="\\") for start in starts))
