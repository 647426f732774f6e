"""What every command has: the home, its database and journal, a place for messages and one for the result."""

import json
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TextIO

from sqlalchemy import Connection

from desktop.phrases import say, stage
from desktop.phrases.console import KINDS, NEAR
from models.fields.problem import Problem
from models.journal.writer import Journal
from models.progress import Progress
from models.query.names import Names
from models.schema.catalogue import Catalogue
from models.settings import Settings
from models.store.database import Database
from models.store.home import Home

DONE, SOME_REFUSED, MISUSED, UNREADABLE, NO_DATABASE, NO_HUB, FAILED, INTERRUPTED = 0, 1, 2, 3, 4, 5, 70, 130
"""Exit statuses. NO_HUB: the shared database cannot be reached, or refuses. FAILED: a fault of Muster's own
(EX_SOFTWARE of sysexits.h)."""

_PAUSE = 0.1
_WIDEST = 44


@dataclass(slots=True)
class LineProgress(Progress):
    """Progress as one line of a terminal, written over and over."""

    stream: TextIO = field(default_factory=lambda: sys.stderr)
    _last: float = 0.0
    _width: int = 0

    def at(self, stage: str, done: int = 0, total: int = 0) -> None:
        """Say where the work is, at most ten times a second."""
        Progress.at(self, stage, done, total)
        now = time.monotonic()
        if now - self._last >= _PAUSE:
            self._last = now
            self._show(self._line())

    def clear(self) -> None:
        """Take the line away."""
        if self._width:
            self._show("")
            self.stream.write("\r")
            self._width = 0

    def _line(self) -> str:
        word = stage(self.stage)
        if self.total:
            return f"{word} … {min(self.done / self.total, 1):.0%}"
        return f"{word} … {self.done:,}" if self.done else f"{word} …"

    def _show(self, line: str) -> None:
        self.stream.write("\r" + line.ljust(self._width))
        self.stream.flush()
        self._width = len(line)


class Session:
    """One run of a command. The database is opened when it is first asked for."""

    def __init__(self, home: Home, *, as_json: bool) -> None:
        self.home = home
        self.as_json = as_json
        self.progress: Progress = LineProgress() if sys.stderr.isatty() else Progress()
        self._opened: Database | None = None

    @cached_property
    def settings(self) -> Settings:
        """The settings of this machine."""
        return Settings(self.home.settings)

    @cached_property
    def database(self) -> Database:
        """The home's database. Raises DatabaseError."""
        self._opened = Database.open(self.home)
        return self._opened

    @cached_property
    def journal(self) -> Journal:
        """The one door, under this person's name."""
        return Journal(self.database, self.settings.author, self._lend)

    @property
    def catalogue(self) -> Catalogue:
        """All fields as they are now."""
        return self.database.catalogue()

    def _lend(self) -> None:
        """Fetch at once what only the shared database gives. Raises HubError."""
        from models.sync.client import SyncClient
        from models.sync.signing import signing_on

        SyncClient(self.database, signing_on(self.database)).sync(self.progress)

    def close(self) -> None:
        """Let the database go, and the progress line."""
        if isinstance(self.progress, LineProgress):
            self.progress.clear()
        if self._opened is not None:
            self._opened.close()

    def tell(self, *lines: str) -> None:
        """Say something to the person: on standard error."""
        if isinstance(self.progress, LineProgress):
            self.progress.clear()
        for line in lines:
            sys.stderr.write(f"{line}\n")

    def show(self, *lines: str) -> None:
        """Give a part of the result that people asked to see: on standard output, unless it is given as JSON."""
        if isinstance(self.progress, LineProgress):
            self.progress.clear()
        for line in () if self.as_json else lines:
            sys.stdout.write(f"{line}\n")

    def result(self, document: Mapping[str, object]) -> None:
        """Give the result as one JSON document, where that was asked for."""
        if self.as_json:
            json.dump(document, sys.stdout, ensure_ascii=False, indent=1)
            sys.stdout.write("\n")

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Show rows under their headings, in columns that line up."""
        lines = [list(heads), *([_short(cell) for cell in row] for row in rows)]
        widths = [max(len(line[at]) for line in lines) for at in range(len(heads))]
        for line in lines:
            self.show("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def problem_json(problem: Problem) -> dict[str, str]:
    """A problem of one field as JSON."""
    return {
        "field": problem.field,
        "code": problem.code,
        "severity": problem.severity.value,
        "value": problem.value,
        "message": say(problem),
    }


def sentence(problem: Problem) -> str:
    """What a problem says to the person, and what they may have meant instead."""
    told = [say(problem)]
    if problem.code.endswith(".unknown"):
        for key, more in (("near", NEAR), ("kinds", KINDS)):
            if problem.details.get(key):
                told.append(more.format_map(problem.details))
    return " ".join(told)


def labelled(catalogue: Catalogue, word: str, problem: Problem) -> str:
    """The sentence of a problem, after the label of its field where it has one."""
    known = catalogue.keys(word).get(problem.field)
    return f"{known.label}: {sentence(problem)}" if known else sentence(problem)


def name_of(connection: Connection, table: str, row: str) -> str:
    """What a record is called, or its id where it has no name."""
    return Names(connection).label(table, row) or row


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _WIDEST else line[: _WIDEST - 1] + "…"
