"""How printers are reached: what an address says, and the printer that a name or an address stands for."""

from dataclasses import dataclass

from models.fields.problem import UsageError
from models.printers.printer import LabelPrinter, Language, printers
from models.settings import Settings

PORT = 9100
"""Where label printers take bytes as they are."""
_TCP, _RAW = "tcp://", "raw:"
_LONGEST_HOST = 253


@dataclass(frozen=True, slots=True)
class Tcp:
    """A printer in the network."""

    host: str
    port: int


@dataclass(frozen=True, slots=True)
class Raw:
    """A queue of the system's spooler that is handed bytes as they are."""

    queue: str


def parse_address(text: str) -> Tcp | Raw:
    """The address of a printer that is sent bytes: tcp://HOST, tcp://HOST:PORT, tcp://[IPv6]:PORT or raw:QUEUE.

    Raises UsageError("printer.bad-address").
    """
    asked = text.strip()
    lower = asked.lower()
    if lower.startswith(_RAW) and (queue := asked[len(_RAW) :].strip()) and queue.isprintable():
        return Raw(queue)
    if lower.startswith(_TCP):
        host, port = _host_and_port(asked[len(_TCP) :].rstrip("/"))
        # An address has no blanks or controls, and a host no path: what else it may be, the resolver says.
        if host and len(host) <= _LONGEST_HOST and host.isprintable() and not set(host) & set(" /?#@"):
            number = int(port) if port.isascii() and port.isdigit() and len(port) <= 5 else 0
            if 0 < number < 65536:
                return Tcp(host, number)
    raise UsageError("printer.bad-address", text)


def printer_named(settings: Settings, name: str) -> LabelPrinter:
    """The printer set up under this name, in any case; else the ZPL printer at this address; else the system's.

    Raises UsageError("printer.bad-address") for what begins as an address and is none.
    """
    asked = name.strip()
    for each in printers(settings):
        if each.name.casefold() == asked.casefold():
            return each
    if asked.lower().startswith((_TCP, _RAW)):
        parse_address(asked)
        return LabelPrinter(asked, Language.ZPL, asked)
    return LabelPrinter(asked, Language.SYSTEM, asked)


def check_printer(printer: LabelPrinter) -> None:
    """Whether a printer may be kept so. Raises UsageError: no name or one that is an address, an address that is none,
    resolution, darkness or speed out of bounds, a printer of Brother's without its model.
    """
    if not printer.name.strip() or printer.name.lower().startswith((_TCP, _RAW)) or not printer.name.isprintable():
        raise UsageError("printer.bad-name", printer.name)
    if printer.language is not Language.SYSTEM:
        parse_address(printer.address)
    for value, least, most, code in (
        (printer.dpi, 100, 1200, "printer.bad-dpi"),
        (printer.darkness or 0, 0, 30, "printer.bad-darkness"),
        (printer.speed or 1, 1, 14, "printer.bad-speed"),
    ):
        if not least <= value <= most:
            raise UsageError(code, str(value))
    if printer.language is Language.BROTHER and not printer.model.strip():
        raise UsageError("printer.no-model", printer.name)


def _host_and_port(text: str) -> tuple[str, str]:
    if text.startswith("["):
        host, _, rest = text[1:].partition("]")
        return host, rest.removeprefix(":") or str(PORT)
    host, _, port = text.partition(":")
    return host, port or str(PORT)
