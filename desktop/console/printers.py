"""The label printers of this machine on the command line."""

from argparse import ArgumentParser, Namespace

from desktop.console.queueing import painting
from desktop.console.session import DONE, SOME_REFUSED, Session, problem_json
from desktop.phrases import say
from desktop.phrases.labelling import status_told
from models.fields.problem import KnownError, UsageError
from models.labels.layout import NO_NUDGE, Nudge
from models.labels.own import all_stocks
from models.labels.stocks import find_stock
from models.printers.address import check_printer, printer_named
from models.printers.asking import ask_printer
from models.printers.printer import LabelPrinter, Language, forget_printer, keep_printer
from models.printers.printer import printers as known_printers
from models.printers.rulers import print_rulers

_LANGUAGES = tuple(language.value for language in Language)


def describe_printers(parser: ArgumentParser) -> None:
    """The arguments of `printers`."""
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--add", metavar="NAME", help="set up a printer, or set one up anew")
    what.add_argument("--remove", metavar="NAME", help="forget a printer")
    what.add_argument("--status", metavar="NAME", help="ask a printer what it is and how it is")
    what.add_argument("--test", metavar="NAME", help="print a page of rulers on a printer; needs --stock")
    parser.add_argument("--stock", metavar="NAME", default="", help="the labels that are in it, for --test")
    how = parser.add_argument_group("how a printer is reached and set, with --add")
    how.add_argument("--language", choices=_LANGUAGES, default=Language.ZPL.value, help="what it understands (zpl)")
    how.add_argument("--address", metavar="ADDRESS", default="", help="tcp://HOST[:PORT], raw:QUEUE or a system's name")
    how.add_argument("--dpi", metavar="N", type=int, default=203, help="dots per inch (203)")
    how.add_argument("--nudge", metavar=("X", "Y"), nargs=2, type=float, help="moved right and down, in mm")
    how.add_argument("--scale", metavar="F", type=float, default=1.0, help="the way from the edges, times so much (1)")
    how.add_argument("--darkness", metavar="N", type=int, help="0 to 30 (else as set on the printer)")
    how.add_argument("--speed", metavar="N", type=int, help="inches per second (else as set on the printer)")
    how.add_argument("--model", metavar="NAME", default="", help="Brother's model, as QL-820NWB")
    how.add_argument("--no-answers", action="store_true", help="it does not tell its status")


def printers(session: Session, asked: Namespace) -> int:
    """List the printers, or do something with one."""
    if asked.add is not None:
        return _add(session, asked)
    if asked.remove is not None:
        forget_printer(session.settings, asked.remove)
        session.result({"removed": asked.remove})
        session.tell(f"{asked.remove} is forgotten.")
        return DONE
    if asked.status is not None:
        return _status(session, asked.status)
    if asked.test is not None:
        return _test(session, asked.test, asked.stock)
    known = known_printers(session.settings)
    session.result({"printers": [_described(each) for each in known]})
    session.table(
        ("Name", "Language", "Address", "Dots per inch"),
        ((each.name, each.language.value, each.address or "the default printer", str(each.dpi)) for each in known),
    )
    return DONE


def _add(session: Session, asked: Namespace) -> int:
    x, y = asked.nudge or (0.0, 0.0)
    printer = LabelPrinter(
        asked.add.strip(),
        Language(asked.language),
        asked.address.strip(),
        asked.dpi,
        Nudge(x, y, asked.scale) if (x, y, asked.scale) != (0.0, 0.0, 1.0) else NO_NUDGE,
        asked.darkness,
        asked.speed,
        asked.model.strip(),
        not asked.no_answers,
    )
    check_printer(printer)
    keep_printer(session.settings, printer)
    session.result({"printer": _described(printer)})
    session.tell(f"{printer.name} is set up. “muster printers --status” asks it.")
    return DONE


def _status(session: Session, name: str) -> int:
    """1 where the printer would not print now."""
    printer = printer_named(session.settings, name)
    document: dict[str, object] = {"printer": _described(printer)}
    try:
        status, identity = ask_printer(printer)
    except KnownError as error:
        session.result({**document, "problem": problem_json(error.problem)})
        session.tell(say(error.problem))
        return SOME_REFUSED
    problem = status.problem(printer.name)
    document |= {"formats": status.formats, "labels": status.labels}
    if identity is not None:
        document |= {"model": identity.model, "firmware": identity.firmware, "dpi": identity.dpi}
    session.result({**document, "problem": problem_json(problem) if problem else None})
    session.tell(status_told(status, identity, printer.name))
    if identity is not None and identity.dpi not in (0, printer.dpi):
        session.tell(f"It is set up with {printer.dpi} dots per inch. Set it up anew with --dpi {identity.dpi}.")
    return SOME_REFUSED if problem else DONE


def _test(session: Session, name: str, labels: str) -> int:
    """Print rulers on the labels of that name."""
    if not labels.strip():
        raise UsageError("printer.test-needs-stock", name)
    with session.database.reading() as connection:
        stock = find_stock(labels, all_stocks(connection))
    printer = printer_named(session.settings, name)
    print_rulers(printer, stock, painting())
    session.result({"printer": _described(printer), "stock": stock.name})
    session.tell(f"A page of rulers was sent to {printer.name}. What it is off by is set with --add and --nudge.")
    return DONE


def _described(printer: LabelPrinter) -> dict[str, object]:
    return {
        "name": printer.name,
        "language": printer.language.value,
        "address": printer.address,
        "dpi": printer.dpi,
        "nudge": [printer.nudge.x, printer.nudge.y, printer.nudge.scale],
        "darkness": printer.darkness,
        "speed": printer.speed,
        "model": printer.model,
        "answers": printer.answers,
    }
