"""Handing the bytes of a label to a printer, and what is known of it afterwards.

Three endings are told apart: it was taken; not all of it was handed over, so that the printer cannot print it; all of
it was, and nobody knows.
"""

from typing import Protocol

from models.fields.problem import KnownError
from models.printers.address import Raw, parse_address
from models.printers.endings import NotTaken, Unsure, as_ending
from models.printers.link import Link, Patience
from models.printers.printer import LabelPrinter, Language
from models.printers.spooler import spool
from models.printers.status import DROP_PARTIAL, STATUS, STATUS_STRINGS, PrinterStatus, parse_status


class Delivery(Protocol):
    """A way to one printer, open for some labels."""

    def ready(self) -> None:
        """Make sure that the printer would print now. Raises KnownError where it would not."""

    def deliver(self, payload: bytes) -> None:
        """Hand over one label. Raises NotTaken or Unsure."""

    def close(self) -> None:
        """Let the printer go."""


def delivery_to(printer: LabelPrinter, patience: Patience) -> Delivery:
    """The way to a printer that takes bytes. Nothing is sent yet. Raises UsageError for an address that is none."""
    address = parse_address(printer.address)
    if isinstance(address, Raw):
        return Spooled(address.queue)
    if printer.language is Language.ZPL and printer.answers:
        return Asking(printer.name, Link(address, printer.name, patience))
    return Silent(printer, Link(address, printer.name, patience))


class Asking:
    """A ZPL printer that tells its status: asked before the first label, and after each as proof that it was taken.

    The printer obeys in the order of what it is sent, so an answer that comes after a label proves that it was read.
    """

    def __init__(self, name: str, link: Link) -> None:
        self._name = name
        self._link = link
        self._status: PrinterStatus | None = None

    def ready(self) -> None:
        """Raises KnownError: it does not answer, or says why it would not print."""
        if self._status is None:
            self._link.open()
            self._status = self._ask()
        if problem := self._status.problem(self._name):
            raise KnownError(problem.code, problem.value)
        if self._status.partial:
            self._link.send(DROP_PARTIAL)

    def deliver(self, payload: bytes) -> None:
        """Raises NotTaken, Unsure."""
        try:
            self._link.send(payload)
        except KnownError as error:
            raise as_ending(NotTaken, error) from error
        try:
            self._status = self._ask()
        except KnownError as error:
            raise as_ending(Unsure, error) from error

    def close(self) -> None:
        """Let the printer go."""
        self._link.close()

    def _ask(self) -> PrinterStatus:
        status = parse_status(self._link.ask(STATUS, STATUS_STRINGS))
        if status is None:
            raise KnownError("printer.strange-answer", self._name)
        return status


class Silent:
    """A printer that is sent bytes and tells nothing: a connection for each label, closed in order by both sides."""

    def __init__(self, printer: LabelPrinter, link: Link) -> None:
        self._printer = printer
        self._link = link

    def ready(self) -> None:
        """Raises KnownError where it cannot be reached."""
        self._link.open()
        if self._printer.language is Language.ZPL:
            self._link.send(DROP_PARTIAL)

    def deliver(self, payload: bytes) -> None:
        """Raises NotTaken, Unsure."""
        try:
            self._link.send(payload)
        except KnownError as error:
            raise as_ending(NotTaken, error) from error
        try:
            self._link.finish()
        except KnownError as error:
            raise as_ending(Unsure, error) from error

    def close(self) -> None:
        """Let the printer go."""
        self._link.close()


class Spooled:
    """A queue of the system: what it has taken is the system's to print."""

    def __init__(self, queue: str) -> None:
        self._queue = queue

    def ready(self) -> None:
        """The spooler takes labels whatever its printer does."""

    def deliver(self, payload: bytes) -> None:
        """Raises NotTaken, Unsure."""
        spool(self._queue, payload)

    def close(self) -> None:
        """Nothing is held."""
