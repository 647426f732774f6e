"""Asking a ZPL printer in the network what it is and how it is."""

from contextlib import closing, suppress

from models.fields.problem import KnownError
from models.printers.address import Raw, parse_address
from models.printers.link import Link, Patience
from models.printers.printer import LabelPrinter, Language
from models.printers.status import (
    IDENTITY,
    IDENTITY_STRINGS,
    STATUS,
    STATUS_STRINGS,
    PrinterIdentity,
    PrinterStatus,
    parse_identity,
    parse_status,
)


def ask_printer(
    printer: LabelPrinter, patience: Patience | None = None
) -> tuple[PrinterStatus, PrinterIdentity | None]:
    """How a printer is, and what it is where it says so.

    Raises UsageError for an address that is none; KnownError: it cannot be asked, reached, or does not answer.
    """
    status = parse_status(_ask(printer, STATUS, STATUS_STRINGS, patience))
    if status is None:
        raise KnownError("printer.strange-answer", printer.name)
    # What has no paper may not say what it is, either; and some do not know that question.
    identity = None
    if status.problem(printer.name) is None:
        with suppress(KnownError):
            identity = parse_identity(_ask(printer, IDENTITY, IDENTITY_STRINGS, patience))
    return status, identity


def _ask(printer: LabelPrinter, question: bytes, strings: int, patience: Patience | None) -> bytes:
    if printer.language is not Language.ZPL:
        raise KnownError("printer.cannot-be-asked", printer.name)
    address = parse_address(printer.address)
    if isinstance(address, Raw):
        raise KnownError("printer.cannot-be-asked", printer.name)
    with closing(Link(address, printer.name, patience or Patience())) as link:
        link.open()
        return link.ask(question, strings)
