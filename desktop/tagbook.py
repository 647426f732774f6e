"""What forms and cells know of tags while somebody types: the ledger and the schemes, kept up to date beside them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from models.fields.problem import Problem
from models.journal.entry import Changes
from models.rules.tag_book import TagBook, tag_book

if TYPE_CHECKING:
    from desktop.desk import Desk


class TagLedger(QObject):
    """The tag book of the desk's database."""

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self._book = TagBook()
        desk.changed.connect(self._hear)
        self._read()

    def judge(self, tag: str) -> Problem | None:
        """What is wrong with giving this tag to a record, as far as the ledger and the schemes tell."""
        return self._book.judge(tag)

    def _hear(self, changes: Changes) -> None:
        if changes.touches("void_tag") or changes.touches("tag_scheme"):
            self._read()

    def _read(self) -> None:
        self._desk.read(lambda connection, _task: tag_book(connection), self._take, owner=self)

    def _take(self, book: TagBook) -> None:
        self._book = book
