"""A home with some assets and a printer of the tests, and queues over it that may be killed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.printing.painting import QtPainting
from models.fields.ids import new_id
from models.journal.entry import Edit
from models.journal.writer import Journal
from models.labels.designs import find_design
from models.labels.stocks import find_stock
from models.printers.link import Patience
from models.printers.printer import LabelPrinter, Language, keep_printer
from models.printers.queue import PrintQueue
from models.printers.request import LabelFor, PrintRequest
from models.settings import Settings
from models.store.database import Database
from models.store.home import Home
from tests.printers.server import PrinterServer

STOCK = "Avery 5163"
QUICK = Patience(connect=2.0, send=0.5, answer=0.05)
CALM = Patience(connect=5.0, send=5.0, answer=5.0)


class Killed(BaseException):
    """The program ended here."""


class House:
    """`now` is the clock of its queues. `queue` makes one as a program that starts does."""

    def __init__(self, path: Path, assets: int = 12) -> None:
        self.database = Database.open(Home(path))
        with self.database._writer.connect() as connection:
            # Commits need not reach the disk here: nobody pulls the plug.
            connection.exec_driver_sql("PRAGMA synchronous=OFF")
        self.settings = Settings(path / "settings.json")
        self.now = 1_000_000.0
        self._left: int | None = None
        self.ids = [new_id() for _ in range(assets)]
        self.tags = [f"R-{number:05}" for number in range(assets)]
        edits = [
            Edit("asset", row, {"kind": "radio", "tag": tag}, new=True)
            for row, tag in zip(self.ids, self.tags, strict=True)
        ]
        Journal(self.database, "tests").write("Assets", edits)

    def close(self) -> None:
        self.database.close()

    def add_printer(self, server: PrinterServer, name: str = "Zebra", *, answers: bool = True) -> None:
        keep_printer(self.settings, LabelPrinter(name, Language.ZPL, server.address, answers=answers))

    def queue(self, patience: Patience = CALM, author: str = "Ann") -> PrintQueue:
        return PrintQueue(self.database, self.settings, author, QtPainting(), patience=patience, clock=lambda: self.now)

    def request(self, first: int = 0, count: int = 1, copies: int = 1) -> PrintRequest:
        records = tuple(LabelFor("asset", self.ids[at], {"tag": self.tags[at]}) for at in range(first, first + count))
        return PrintRequest(STOCK, find_design("Tag", find_stock(STOCK)), records, copies)

    def stamps(self) -> list[tuple[str, str, str, int]]:
        """Tag, by whom, on what and how often, of the assets whose label was printed."""
        with self.database.reading() as connection:
            found = connection.exec_driver_sql(
                "SELECT tag, label_printed_by, label_printer, label_prints FROM asset "
                "WHERE label_printed IS NOT NULL ORDER BY tag"
            )
            return [(tag, by, printer, int(prints)) for tag, by, printer, prints in found]

    def deeds(self) -> list[str]:
        """The titles of what was done, without the making of the assets."""
        with self.database.reading() as connection:
            return list(connection.exec_driver_sql("SELECT title FROM action WHERE nr > 1 ORDER BY nr").scalars())

    def pieces(self) -> list[tuple[int, int, str, bytes]]:
        """Job, number, state and payload of all pieces."""
        with self.database.reading() as connection:
            found = connection.exec_driver_sql("SELECT job, nr, state, payload FROM print_piece ORDER BY job, nr")
            return [(job, nr, state, payload) for job, nr, state, payload in found]

    @contextmanager
    def killed_after(self, steps: int | None) -> Iterator[None]:
        """The program ends when it would take its step number `steps` + 1; None: it does not.

        A step is a transaction, or the moment after a label was written down as under way.
        """
        if steps is None:
            yield
            return
        whole = self.database.writing

        def writing() -> object:
            self._step()
            return whole()

        self._left = steps
        self.database.writing = writing  # type: ignore[method-assign, assignment]
        try:
            yield
        except Killed:
            pass
        finally:
            self.database.writing = whole  # type: ignore[method-assign]
            self._left = None

    def _step(self) -> None:
        if self._left is None:
            return
        if self._left == 0:
            raise Killed
        self._left -= 1
