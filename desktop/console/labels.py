"""The command that prints labels."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection

from desktop.console.queueing import finish_job, job_json, print_queue, tell_job
from desktop.console.rows import find_numbers, whole_rows
from desktop.console.session import DONE, SOME_REFUSED, Session, problem_json, sentence
from desktop.phrases import count, say
from models.fields.problem import KnownError, UsageError
from models.labels.designs import find_design
from models.labels.job import label_pages
from models.labels.layout import DPI, Refused, Sheets
from models.labels.own import all_designs, all_stocks
from models.labels.stocks import find_stock
from models.labels.texts import house_texts
from models.printers.pieces import Printed
from models.printers.printer import LabelPrinter
from models.printers.request import LabelFor, PrintRequest
from models.printers.stamps import stamp_labels
from models.query.names import Names
from models.query.window import Row
from models.schema.catalogue import Catalogue
from models.schema.labelled import Labelled
from models.schema.records import RECORDS, record_type
from models.services.registry import find_record

_ENDINGS = (".pdf", ".png", ".zpl")
_MOST_COPIES = 1000


def describe_labels(parser: ArgumentParser) -> None:
    """The arguments of `labels`."""
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--query", metavar="TEXT", help="records that it finds")
    which.add_argument("--tags", metavar="A,B…", help="assets by their tags, places by their codes …")
    parser.add_argument("--as", dest="kind", metavar="KIND", default="asset", help="radio, location, person … (asset)")
    parser.add_argument("--stock", metavar="NAME", required=True, help="the labels, as avery-5160")
    parser.add_argument("--design", metavar="NAME", default="", help="the label's design (else the first that fits)")
    parser.add_argument("--symbol", metavar="NAME", default="", help="the barcode's symbology (else the design's)")
    parser.add_argument("--start", metavar="N", type=int, default=1, help="the first free label on the first sheet")
    parser.add_argument("--copies", metavar="N", type=int, default=1, help="print each label so often (1)")
    parser.add_argument("--dpi", metavar="N", type=int, help="dots per inch of a file (300; of .zpl 203)")
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--out", metavar="FILE", help=".pdf, .png or .zpl")
    where.add_argument(
        "--printer", metavar="NAME", help="a printer of “muster printers” or of the system, tcp://HOST or raw:QUEUE"
    )


def labels(session: Session, asked: Namespace) -> int:
    """Print labels of the records that a query finds, or of those with these tags."""
    if asked.out and Path(asked.out).suffix.lower() not in _ENDINGS:
        raise UsageError("label.format", asked.out, known=", ".join(_ENDINGS))
    if not 1 <= asked.copies <= _MOST_COPIES:
        raise UsageError("label.no-copies", str(asked.copies))
    _bears_labels(asked.kind)
    unknown: list[UsageError] = []
    with session.database.reading() as connection:
        stock = find_stock(asked.stock, all_stocks(connection))
        design = find_design(asked.design, stock, all_designs(connection), asked.kind)
        records = _records(session, connection, asked, unknown)
    if not records and not unknown:
        raise KnownError("label.nothing-to-print")
    request = PrintRequest(stock.name, design, records, asked.copies, asked.start, asked.symbol)
    session.tell(*(sentence(error.problem) for error in unknown))
    give = _to_file if asked.out else _to_printer
    document, refused, whole = give(session, asked, request)
    for each in refused:
        session.tell(f"{_called(records[each.index])}: {say(each.problem)}")
    document["refused"] = [
        *({"record": error.problem.value, **problem_json(error.problem)} for error in unknown),
        *({"record": _called(records[each.index]), **problem_json(each.problem)} for each in refused),
    ]
    session.result(document)
    return SOME_REFUSED if unknown or refused or not whole else DONE


_Given = tuple[dict[str, object], tuple[Refused, ...], bool]
"""The result as JSON, who got no label, and whether all labels came out."""


def _to_printer(session: Session, asked: Namespace, request: PrintRequest) -> _Given:
    """Through the queue, which is waited for as long as its printer takes labels."""
    queue = print_queue(session)
    added = queue.add(asked.printer, request, session.progress)
    document: dict[str, object] = {"labels": added.labels, "sheets": None, "files": [], "job": None}
    if added.job is None:
        return document, added.refused, True
    job = finish_job(session, queue, added.job)
    tell_job(session, job)
    return {**document, "job": job_json(job)}, added.refused, job.printed == job.labels


def _to_file(session: Session, asked: Namespace, request: PrintRequest) -> _Given:
    """Into a file. Whoever asks for labels in a file prints that: its labels count as printed on it."""
    path = Path(asked.out)
    zpl = path.suffix.lower() == ".zpl"
    with session.database.reading() as connection:
        stock = find_stock(request.stock, all_stocks(connection))
    sheets = label_pages(
        [record.texts for record in request.records],
        stock,
        request.design,
        1 if zpl else request.start,
        request.copies,
        symbology=request.symbology,
        dpi=asked.dpi or (LabelPrinter("").dpi if zpl else DPI),
        progress=session.progress,
    )
    files = _write(session, sheets, path) if sheets.count else []
    gone = {each.index for each in sheets.refused}
    printed = [
        Printed(each.table, each.row, request.copies) for at, each in enumerate(request.records) if at not in gone
    ]
    if printed:
        stamp_labels(session.journal, printed, path.name)
    where = ", ".join(str(file) for file in files) or asked.out
    session.tell(f"{count(sheets.count, 'label')} on {count(sheets.page_count, 'sheet')}: {where}.")
    document: dict[str, object] = {
        "labels": sheets.count,
        "sheets": sheets.page_count,
        "files": [str(file) for file in files],
        "job": None,
    }
    return document, sheets.refused, True


def _write(session: Session, sheets: Sheets, path: Path) -> list[Path]:
    """Write the sheets; the files that were written. Raises KnownError."""
    # Qt takes a while to load, and only this command needs it.
    from desktop.printing.image import write_png
    from desktop.printing.pdf import write_pdf
    from desktop.printing.zpl import write_zpl

    match path.suffix.lower():
        case ".png":
            return write_png(path, sheets)
        case ".zpl":
            write_zpl(path, sheets)
        case _:
            write_pdf(path, sheets, session.progress)
    return [path]


def _records(
    session: Session, connection: Connection, asked: Namespace, unknown: list[UsageError]
) -> tuple[LabelFor, ...]:
    """What labels are asked for, with what people read of each; tags that nothing has go to `unknown`."""
    catalogue, table = session.catalogue, record_type(asked.kind).table
    if asked.tags is not None:
        rows = list(_tagged(connection, catalogue, asked.kind, asked.tags.split(","), unknown))
    else:
        rows = [
            row
            for word, numbers in find_numbers(connection, catalogue, asked.kind, asked.query)
            for row in whole_rows(connection, catalogue, word, numbers)
        ]
    names, house = Names(connection), house_texts(session.settings)
    return tuple(LabelFor(table, row.id, {**_texts(catalogue, names, row), **house}) for row in rows)


def _bears_labels(word: str) -> None:
    """Raises UsageError for a kind that has no labels, or is none."""
    known = [each for each, kind in RECORDS.items() if issubclass(kind.model, Labelled)]
    if record_type(word).word not in known:
        raise UsageError("label.no-labels-for", record_type(word).plural, known=", ".join(known))


def _tagged(
    connection: Connection, catalogue: Catalogue, word: str, tags: list[str], unknown: list[UsageError]
) -> Iterator[Row]:
    for tag in filter(None, map(str.strip, tags)):
        try:
            yield find_record(connection, catalogue, word, tag)
        except UsageError as error:
            unknown.append(error)


def _texts(catalogue: Catalogue, names: Names, row: Row) -> dict[str, str]:
    """What people read of each field that has a value."""
    fields = catalogue.keys(row.kind)
    return {key: names.shown(fields[key], value) for key, value in row.values.items() if value is not None}


def _called(record: LabelFor) -> str:
    texts = record.texts
    return next((texts[key] for key in ("tag", "name", "alias", "serial") if texts.get(key)), "A record")
