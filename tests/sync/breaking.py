"""Faults at a chosen step: a client whose connection breaks, whose disk is full or whose process dies, just there.

A step is each boundary that a sync passes: before a statement goes to the shared database, after it took effect there
but before the answer is known here; before a local transaction, before its commit, after it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import psycopg
from sqlalchemy import Connection

from models.fields.problem import DatabaseError
from models.store.database import Database


class Killed(BaseException):
    """The process is gone: nothing after this step happens, not even what would clean up."""


class How(StrEnum):
    """What happens at the step."""

    CUT = "cut"
    """The connection breaks, or the disk is full: the program goes on."""
    KILL = "kill"
    """The process dies."""


@dataclass
class Faults:
    """The steps of one client. `at` is the step that goes wrong, counted from 0; None: none does.

    `passed` counts; `hit` names the step that went wrong.
    """

    at: int | None = None
    how: How = How.CUT
    passed: int = 0
    hit: str = ""
    links: list[psycopg.Connection] = field(default_factory=list)

    def arm(self, at: int | None, how: How = How.CUT) -> None:
        """Let the step `at` from now on go wrong."""
        self.at, self.how, self.passed, self.hit = at, how, 0, ""

    def step(self, name: str, cut: Callable[[], None]) -> None:
        """Pass a boundary. Raises Killed, or what `cut` raises, where it is the one that goes wrong."""
        here = self.passed
        self.passed += 1
        if here != self.at:
            return
        self.hit = name
        if self.how is How.KILL:
            raise Killed(name)
        cut()

    def connect(self, url: str) -> Callable[..., psycopg.Connection]:
        """What a SyncClient connects by."""

        def connect(**_: object) -> psycopg.Connection:
            made = _BreakingConnection.connect(url, autocommit=True, prepare_threshold=None)
            made.faults = self
            made.cursor_factory = _BreakingCursor
            self.links.append(made)
            return made

        return connect

    def disconnect(self) -> None:
        """Close all connections, as the end of a process does."""
        for link in self.links:
            link.close()
        self.links.clear()


class _BreakingConnection(psycopg.Connection):
    faults: Faults

    def breaks(self) -> None:
        self.close()
        raise psycopg.OperationalError("the connection was cut by the test")


class _BreakingCursor(psycopg.Cursor):
    def execute(self, query: Any, *arguments: Any, **options: Any) -> "_BreakingCursor":
        connection = self.connection
        connection.faults.step(f"before {_words(query)}", connection.breaks)
        super().execute(query, *arguments, **options)
        connection.faults.step(f"after {_words(query)}", connection.breaks)
        return self

    @contextmanager
    def copy(self, *arguments: Any, **options: Any) -> Iterator[psycopg.Copy]:
        connection = self.connection
        connection.faults.step("before copy", connection.breaks)
        with super().copy(*arguments, **options) as copy:
            yield copy
        connection.faults.step("after copy", connection.breaks)


class BreakingDatabase(Database):
    """A local database whose writing transactions are steps, too."""

    faults: Faults | None = None

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """As the parent does, with three steps."""
        faults = self.faults or Faults()
        faults.step("before a local transaction", _full)
        with super().writing() as connection:
            yield connection
            faults.step("before a local commit", _full)
        faults.step("after a local commit", _nothing)


def _words(query: object) -> str:
    return " ".join(str(query).split())[:60]


def _full() -> None:
    raise DatabaseError("database.full")


def _nothing() -> None:
    """A disk that is full is noticed before the commit or not at all."""
