"""The commands import and imports."""

import os
import shutil
import sys
import tempfile
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from desktop.console.carrying import Order, carry_out
from desktop.console.import_options import read_fixes, read_import_options
from desktop.console.profiles import save
from desktop.console.session import DONE, SOME_REFUSED, Session
from desktop.console.several import bring_in_all
from desktop.phrases import count, say
from desktop.phrases.history import who
from models.exchange.batch import holds_several
from models.exchange.errors import write_errors
from models.exchange.log import Imported, imports
from models.exchange.options import ImportOptions
from models.exchange.plan import Plan, State
from models.exchange.plan_json import plan_json
from models.fields.problem import UsageError

#: The name of what is piped in.
_PIPED = "-"
_PASTE = "Paste the table, and end it with Ctrl+D on a line of its own."


def bring_in(session: Session, asked: Namespace) -> int:
    """Import spreadsheets, or show what importing them would do."""
    options = read_import_options(session, asked)
    with _paths(session, asked.files) as paths:
        one = len(paths) == 1 and not asked.all_sheets and not paths[0].is_dir()
        if one and (asked.sheet is not None or not holds_several(paths[0], session.progress)):
            return _bring_in_one(session, asked, paths[0], options)
        if asked.save_profile is not None:
            raise UsageError("import.one-profile")
        return bring_in_all(session, asked, paths, options)


def _bring_in_one(session: Session, asked: Namespace, path: Path, options: ImportOptions) -> int:
    def keep(plan: Plan) -> None:
        if asked.errors:
            written = write_errors(plan, Path(asked.errors), say, session.progress)
            session.tell(f"{count(written, 'refused row')} written to {asked.errors}.")

    done = carry_out(session, path, Order(options, read_fixes(asked.fix), keep, asked.dry_run))
    plan = done.plan
    if asked.save_profile is not None and not asked.dry_run:
        save(session, asked.save_profile, plan)
    piped = {"file": _PIPED} if asked.files == [_PIPED] else {}
    session.result(plan_json(plan, say, done.action) | piped)
    if asked.dry_run:
        session.tell("This was a dry run. Nothing was written.")
    elif done.action is None:
        session.tell("There was nothing to write.")
    else:
        session.tell(f"{count(plan.to_write, 'row')} written. “muster undo” takes it back.")
    return SOME_REFUSED if plan.count(State.REFUSED) else DONE


@contextmanager
def _paths(session: Session, names: Sequence[str]) -> Iterator[list[Path]]:
    """The files to read; what is piped in is one as well, as long as it is needed."""
    if _PIPED not in names:
        yield [Path(name) for name in names]
        return
    with tempfile.TemporaryDirectory(prefix="muster-") as folder:
        piped = Path(folder, "standard input")
        if sys.stdin.isatty():
            session.tell("Paste the table, and end it with Ctrl+Z and Enter." if os.name == "nt" else _PASTE)
        with piped.open("wb") as file:
            shutil.copyfileobj(sys.stdin.buffer, file)
        yield [piped if name == _PIPED else Path(name) for name in names]


def list_imports(session: Session, asked: Namespace) -> int:
    """Tell the last imports: who, when, which file, and what came of its rows."""
    with session.database.reading() as connection:
        found = imports(connection, asked.limit)
    session.result({"imports": [_import_json(each) for each in found]})
    session.table(
        ("When", "Who", "File", "Sheet", "Kind", "New", "Changed", "Same", "Refused", "Undone", "Action"),
        (
            (
                f"{each.when.astimezone():%Y-%m-%d %H:%M}",
                who(each.author, each.login),
                each.file,
                each.sheet,
                each.kind,
                *(f"{number:,}" for number in (each.new, each.changed, each.same, each.refused)),
                "yes" if each.undone_by else "",
                each.action,
            )
            for each in found
        ),
    )
    session.tell(f"{count(len(found), 'import')}. “muster undo ACTION” takes one back.")
    return DONE


def _import_json(each: Imported) -> dict[str, object]:
    return {
        "action": each.action,
        "author": each.author,
        "login": each.login,
        "device": each.device,
        "when": each.when.isoformat(),
        "file": each.file,
        "sheet": each.sheet,
        "kind": each.kind,
        "sha256": each.sha256,
        "rows": each.rows,
        "new": each.new,
        "changed": each.changed,
        "same": each.same,
        "refused": each.refused,
        "profile": each.profile or None,
        "undone_by": each.undone_by,
    }
