"""The commands that list label stocks and designs, take in own ones from files, and give them out."""

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from desktop.console.session import DONE, Session, sentence
from models.fields.problem import InputError, UsageError
from models.journal.entry import Changes
from models.labels.data import json_file
from models.labels.designs import Design, design_called, design_data, design_from, designs_for
from models.labels.own import (
    all_designs,
    all_stocks,
    keep_design,
    keep_stock,
    logo_design,
    own_designs,
    own_stocks,
    remove_design,
    remove_stock,
    unreadable,
)
from models.labels.picture import MOST_BYTES
from models.labels.stocks import Stock, find_stock, stock_data, stock_from

T = TypeVar("T", Stock, Design)


def describe_stocks(parser: ArgumentParser) -> None:
    """The arguments of `stocks`."""
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--add", metavar="FILE.json", help="keep a stock of your own, or several (docs/labels.md)")
    what.add_argument("--export", nargs=2, metavar=("NAME", "FILE.json"), help="write a stock to a file")
    what.add_argument("--remove", metavar="NAME", help="remove one of your own")


def describe_designs(parser: ArgumentParser) -> None:
    """The arguments of `designs`."""
    parser.add_argument("--stock", metavar="NAME", help="only those that fit these labels")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--add", metavar="FILE.json", help="keep a design of your own, or several (docs/labels.md)")
    what.add_argument("--logo", metavar="FILE.png", help="keep a PNG or JPEG as your logo")
    what.add_argument("--export", nargs=2, metavar=("NAME", "FILE.json"), help="write a design to a file")
    what.add_argument("--remove", metavar="NAME", help="remove one of your own")


def stocks(session: Session, asked: Namespace) -> int:
    """List the stocks, or do something with own ones."""
    if asked.add:
        return _add(session, asked.add, "stocks", stock_from, lambda stock: keep_stock(session.journal, stock))
    if asked.remove:
        return _tell(session, asked.remove, remove_stock(session.journal, asked.remove))
    with session.database.reading() as connection:
        known, own, bad = all_stocks(connection), own_stocks(connection), unreadable(connection)
    if asked.export:
        return _export(session, asked.export[1], stock_data(find_stock(asked.export[0], known)))
    session.tell(*map(sentence, bad))
    session.result(
        {"stocks": [{**stock_data(each), "own": each in own, "labels_on_sheet": each.per_sheet} for each in known]}
    )
    session.table(("Name", "Of", "What it is"), ((each.name, _whose(each, own), each.about) for each in known))
    return DONE


def designs(session: Session, asked: Namespace) -> int:
    """List the designs, or do something with own ones."""
    if asked.add:
        return _add(session, asked.add, "designs", design_from, lambda design: keep_design(session.journal, design))
    if asked.logo:
        return _tell(session, asked.logo, keep_design(session.journal, _logo(Path(asked.logo))))
    if asked.remove:
        return _tell(session, asked.remove, remove_design(session.journal, asked.remove))
    with session.database.reading() as connection:
        known, own, bad = all_designs(connection), own_designs(connection), unreadable(connection)
        kept = all_stocks(connection)
    if asked.export:
        return _export(session, asked.export[1], design_data(design_called(asked.export[0], known)))
    listed = designs_for(find_stock(asked.stock, kept), known) if asked.stock else known
    names = {each.name for each in own}
    session.tell(*map(sentence, bad))
    session.result({"designs": [_described(each, own=each.name in names) for each in listed]})
    session.table(
        ("Name", "Of", "Size in mm", "For", "What it shows"),
        (
            (
                each.name,
                "you" if each.name in names else "Muster",
                f"{each.width:g} × {each.height:g}",
                ", ".join(each.kinds) or "any asset",
                each.about,
            )
            for each in listed
        ),
    )
    return DONE


def _add(session: Session, file: str, key: str, reader: Callable[[object], T], keep: Callable[[T], Changes]) -> int:
    """Keep what a file holds: one, or a list under `key` as in Muster's own files. All are read before any is kept."""
    data = json_file(Path(file))
    entries = data[key] if isinstance(data, dict) and isinstance(data.get(key), list) else [data]
    try:
        found = [reader(entry) for entry in entries]
    except UsageError as error:
        raise InputError(error.problem.code, error.problem.value, **error.problem.details) from error
    done = [keep(each) for each in found]
    session.result({"added": [each.name for each in found], "actions": [each.action for each in done]})
    session.tell(*(f"{each.title}: done. “muster undo” takes it back." for each in done))
    return DONE


def _tell(session: Session, name: str, changes: Changes) -> int:
    session.result({"name": name, "action": changes.action})
    session.tell(f"{changes.title}: done. “muster undo” takes it back.")
    return DONE


def _export(session: Session, file: str, data: dict[str, object]) -> int:
    try:
        Path(file).write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise InputError("label.cannot-write", file, reason=error.strerror or str(error)) from error
    session.result({"name": data["name"], "file": file})
    session.tell(f"{data['name']} is in {file}.")
    return DONE


def _logo(path: Path) -> Design:
    try:
        with path.open("rb") as file:
            return logo_design(file.read(MOST_BYTES + 1))
    except OSError as error:
        raise InputError("label.cannot-read", str(path), reason=error.strerror or str(error)) from error
    except UsageError as error:
        raise InputError(error.problem.code, path.name, **error.problem.details) from error


def _described(design: Design, *, own: bool) -> dict[str, object]:
    return {
        "name": design.name,
        "about": design.about,
        "size": [design.width, design.height],
        "for": list(design.kinds),
        "fields": list(design.keys()),
        "own": own,
    }


def _whose(stock: Stock, own: tuple[Stock, ...]) -> str:
    return "you" if stock in own else "Muster"
