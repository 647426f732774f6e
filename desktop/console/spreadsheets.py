"""Commands for files: export, backup, restore."""

import json
import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from desktop.console.rows import row_json, whole_rows
from desktop.console.session import DONE, Session
from desktop.phrases import count
from models.exchange.export import choose_columns, export_records
from models.fields.field import Field
from models.fields.problem import UsageError
from models.query.names import Names
from models.query.window import find_ids
from models.schema.records import record_type
from models.store.backup import backup, restore


def give_out(session: Session, asked: Namespace) -> int:
    """Export records to a spreadsheet, as JSON rows, or both."""
    kind = record_type(asked.kind)
    columns = [each for each in (asked.columns or "").split(",") if each.strip()]
    if asked.file:
        path = Path(asked.file)
        done = export_records(
            session.database,
            kind.word,
            path,
            session.settings,
            query=asked.query,
            columns=columns,
            progress=session.progress,
        )
        session.tell(f"{count(done.rows, 'record')} written to {asked.file}.")
    elif not session.as_json:
        raise UsageError("export.no-file")
    if session.as_json:
        _print_rows(session, kind.word, asked.query, choose_columns(session.catalogue, kind.word, columns), asked.file)
    return DONE


def keep(session: Session, asked: Namespace) -> int:
    """Copy everything into one file."""
    size = backup(session.database, Path(asked.file), session.progress)
    session.result({"file": asked.file, "bytes": size})
    session.tell(f"Everything was copied to {asked.file} ({size / 1e6:,.1f} MB).")
    return DONE


def bring_back(session: Session, asked: Namespace) -> int:
    """Put a backup in the place of the present database."""
    done = restore(session.home, Path(asked.file), session.progress)
    session.result({"file": asked.file, "kept": str(done.kept) if done.kept else None})
    session.tell(f"{asked.file} was restored.")
    if done.kept:
        session.tell(f"What was there before is kept in {done.kept}.")
    return DONE


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
