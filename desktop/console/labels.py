"""The command that prints labels."""

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection

from desktop.console.rows import find_numbers, whole_rows
from desktop.console.session import DONE, SOME_REFUSED, Session, problem_json, sentence
from desktop.phrases import count, say
from models.fields.problem import UsageError
from models.labels.job import label_pages
from models.labels.layout import Sheets
from models.query.names import Names
from models.query.window import Row
from models.schema.catalogue import Catalogue
from models.services.registry import find_record

_ENDINGS = (".pdf", ".png")


def labels(session: Session, asked: Namespace) -> int:
    """Print labels of the records that a query finds, or of those with these tags."""
    if asked.out and Path(asked.out).suffix.lower() not in _ENDINGS:
        raise UsageError("label.format", asked.out, known=", ".join(_ENDINGS))
    catalogue = session.catalogue
    unknown: list[UsageError] = []
    with session.database.reading() as connection:
        if asked.tags is not None:
            rows = list(_tagged(connection, catalogue, asked.tags.split(","), unknown))
        else:
            rows = [
                row
                for word, numbers in find_numbers(connection, catalogue, "asset", asked.query)
                for row in whole_rows(connection, catalogue, word, numbers)
            ]
        names = Names(connection)
        records = [_texts(catalogue, names, row) for row in rows]
    sheets = label_pages(
        records, asked.stock, asked.design, asked.start, symbology=asked.symbol, progress=session.progress
    )
    session.tell(*(sentence(error.problem) for error in unknown))
    for refused in sheets.refused:
        session.tell(f"{_called(records[refused.index])}: {say(refused.problem)}")
    files = _print(session, sheets, asked)
    session.result(
        {
            "labels": sheets.count,
            "sheets": sheets.page_count,
            "files": [str(file) for file in files],
            "refused": [
                *({"record": error.problem.value, **problem_json(error.problem)} for error in unknown),
                *(
                    {"record": _called(records[refused.index]), **problem_json(refused.problem)}
                    for refused in sheets.refused
                ),
            ],
        }
    )
    where = ", ".join(str(file) for file in files) or asked.printer
    session.tell(f"{count(sheets.count, 'label')} on {count(sheets.page_count, 'sheet')}: {where}.")
    return SOME_REFUSED if unknown or sheets.refused else DONE


def _print(session: Session, sheets: Sheets, asked: Namespace) -> list[Path]:
    """Put the sheets where they were asked for; the files that were written."""
    # Qt takes a while to load, and only this command needs it.
    from desktop.printing.image import write_png
    from desktop.printing.pdf import write_pdf
    from desktop.printing.printer import open_printer, print_sheets

    if not asked.out:
        print_sheets(open_printer(sheets.stock, asked.printer), sheets, session.progress)
        return []
    path = Path(asked.out)
    if path.suffix.lower() == ".png":
        return write_png(path, sheets)
    write_pdf(path, sheets, session.progress)
    return [path]


def _tagged(connection: Connection, catalogue: Catalogue, tags: list[str], unknown: list[UsageError]) -> Iterator[Row]:
    for tag in filter(None, map(str.strip, tags)):
        try:
            yield find_record(connection, catalogue, "asset", tag)
        except UsageError as error:
            unknown.append(error)


def _texts(catalogue: Catalogue, names: Names, row: Row) -> dict[str, str]:
    """What people read of each field that has a value."""
    fields = catalogue.keys(row.kind)
    return {key: names.shown(fields[key], value) for key, value in row.values.items() if value is not None}


def _called(record: dict[str, str]) -> str:
    return next((record[key] for key in ("tag", "name", "alias", "serial") if record.get(key)), "A record")
