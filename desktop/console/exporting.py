"""Commands that write spreadsheets: export, saved exports, templates."""

import argparse
import datetime as dt
import json
import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from desktop.console.rows import row_json, whole_rows
from desktop.console.session import DONE, Session
from desktop.phrases import books, count
from models.exchange.writing.books import ALL, export_all, write_template
from models.exchange.writing.export import choose_columns, export_records
from models.exchange.writing.saved import SavedExport, find_saved, remove_saved, save_export, saved_exports
from models.fields.field import Field
from models.fields.problem import UsageError
from models.query.names import Names
from models.query.window import find_ids
from models.schema.records import record_type


def describe_export(give: argparse.ArgumentParser) -> None:
    """What the command export takes."""
    give.add_argument("kind", metavar="KIND", nargs="?", help="or “all”: everything, a sheet for each kind")
    give.add_argument("file", metavar="FILE", nargs="?", help=".xlsx, .csv or .tsv; with --json it may be left out")
    give.add_argument("--query", metavar="TEXT", default="", help="only those that it finds")
    give.add_argument("--columns", metavar="A,B,C", help="the fields, by key or label; “id” is the record's id")
    give.add_argument("--save", metavar="NAME", help="save this export under a name, to make it again")
    give.add_argument("--saved", metavar="NAME", help="make a saved export; FILE is another one to write")


def describe_template(make: argparse.ArgumentParser) -> None:
    """What the command template takes."""
    make.add_argument("kind", metavar="KIND")
    make.add_argument("file", metavar="FILE.xlsx")
    make.add_argument("--columns", metavar="A,B,C", help="only these fields, by key or label")


def describe_exports(known: argparse.ArgumentParser) -> None:
    """What the command exports takes."""
    known.add_argument("--remove", metavar="NAME", help="forget this one")


def give_out(session: Session, asked: Namespace) -> int:
    """Export records to a spreadsheet, as JSON rows, or both."""
    wanted = _wanted(session, asked)
    now = dt.datetime.now().astimezone()
    path = wanted.path(now) if wanted.file else None
    if path is None and (not session.as_json or wanted.record == ALL):
        raise UsageError("export.no-file")
    if path is not None:
        written = _write(session, wanted, path, now)
        session.tell(f"{count(written, 'record')} written to {path}.")
        if wanted.record == ALL:
            session.result({"kind": ALL, "file": str(path), "count": written})
    if asked.save:
        save_export(session.journal, wanted, session.settings)
        session.tell(f"The export is saved as “{wanted.name}”. “muster export --saved” makes it again.")
    if session.as_json and wanted.record != ALL:
        columns = choose_columns(session.catalogue, wanted.record, wanted.columns)
        _print_rows(session, wanted.record, wanted.query, columns, str(path) if path else None)
    return DONE


def make_template(session: Session, asked: Namespace) -> int:
    """Write a workbook for people to fill in."""
    kind, path = record_type(asked.kind), Path(asked.file)
    wording = books.template(kind, session.settings, dt.datetime.now().astimezone())
    keys = write_template(session.database, kind.word, path, wording, _parts(asked.columns))
    session.result({"kind": kind.word, "file": asked.file, "columns": list(keys)})
    session.tell(f"{count(len(keys), 'column')} to fill in written to {asked.file}.")
    return DONE


def list_exports(session: Session, asked: Namespace) -> int:
    """List the saved exports, or forget one."""
    if asked.remove:
        done = remove_saved(session.journal, asked.remove)
        session.result({"removed": asked.remove, "action": done.action})
        session.tell(f"The saved export “{asked.remove}” was removed.")
        return DONE
    known = saved_exports(session.database)
    session.result({"exports": [_json(each) for each in known]})
    rows = ((each.name, each.record, each.query, ", ".join(each.columns), each.file) for each in known)
    if known:
        session.table(("Name", "Kind", "Query", "Columns", "File"), rows)
    session.tell(f"{count(len(known), 'saved export')}.")
    return DONE


def _wanted(session: Session, asked: Namespace) -> SavedExport:
    """What is to be exported: as it is said, or as it was saved."""
    if asked.saved:
        if asked.save or asked.query or asked.columns or (asked.kind and asked.file):
            raise UsageError("saved-export.as-it-is", asked.saved)
        found = find_saved(session.database, asked.saved)
        file = asked.kind or found.file
        return SavedExport(found.name, found.record, found.query, found.columns, file, found.id)
    if not asked.kind:
        raise UsageError("export.no-kind")
    columns = _parts(asked.columns)
    if asked.kind == ALL:
        if asked.query or columns:
            raise UsageError("export.all-of-it")
    else:
        word = record_type(asked.kind).word
        columns = [field.key for field in choose_columns(session.catalogue, word, columns)]
    # From another folder, as a scheduled job is started, it is the same file.
    file = str(Path(asked.file).absolute()) if asked.file and asked.save else asked.file or ""
    return SavedExport(asked.save or "", asked.kind, asked.query, tuple(columns), file)


def _write(session: Session, wanted: SavedExport, path: Path, now: dt.datetime) -> int:
    database, settings, progress = session.database, session.settings, session.progress
    if wanted.record == ALL:
        return export_all(database, path, settings, books.whole_register(settings, now), progress).rows
    return export_records(
        database,
        wanted.record,
        path,
        settings,
        query=wanted.query,
        columns=wanted.columns,
        progress=progress,
    ).rows


def _parts(text: str | None) -> list[str]:
    return [each for each in (text or "").split(",") if each.strip()]


def _json(saved: SavedExport) -> dict[str, object]:
    return {
        "name": saved.name,
        "kind": saved.record,
        "query": saved.query,
        "columns": list(saved.columns),
        "file": saved.file,
    }


def _print_rows(session: Session, word: str, query: str, columns: Sequence[Field], file: str | None) -> None:
    """One JSON document, row by row, since there may be a million of them."""
    catalogue = session.catalogue
    wanted = {"id", "kind", *(field.key for field in columns)} if columns else None
    encode = json.JSONEncoder(ensure_ascii=False).encode
    with session.database.reading() as connection:
        numbers = find_ids(connection, catalogue, word, query)
        names = Names(connection)
        head = encode({"kind": word, "query": query, "file": file, "count": len(numbers)})
        sys.stdout.write(f'{head[:-1]}, "rows": [')
        for at, row in enumerate(whole_rows(connection, catalogue, word, numbers)):
            found = row_json(names, catalogue.keys(word), row)
            chosen = found if wanted is None else {key: value for key, value in found.items() if key in wanted}
            sys.stdout.write((",\n " if at else "\n ") + encode(chosen))
        sys.stdout.write("\n]}\n")
