"""The commands import and imports."""

from argparse import Namespace
from pathlib import Path

from desktop.console.import_options import read_import_options
from desktop.console.plan_telling import tell_plan
from desktop.console.profiles import save
from desktop.console.session import DONE, SOME_REFUSED, Session
from desktop.phrases import count, say
from models.exchange.apply import apply_plan
from models.exchange.errors import write_errors
from models.exchange.log import Imported, imports
from models.exchange.options import ImportOptions
from models.exchange.plan import Plan, State
from models.exchange.plan_json import plan_json
from models.exchange.planner import make_plan
from models.fields.problem import UsageError


def bring_in(session: Session, asked: Namespace) -> int:
    """Import a spreadsheet, or show what importing it would do."""
    options = read_import_options(session, asked)
    plan, action = _carry_out(session, Path(asked.files[0]), options, dry=asked.dry_run)
    if asked.save_profile is not None:
        save(session, asked.save_profile, plan)
    if asked.errors:
        written = write_errors(plan, Path(asked.errors), say, session.progress)
        session.tell(f"{count(written, 'refused row')} written to {asked.errors}.")
    session.result(plan_json(plan, say, action))
    if asked.dry_run:
        session.tell("This was a dry run. Nothing was written.")
    elif action is None:
        session.tell("There was nothing to write.")
    else:
        session.tell(f"{count(plan.to_write, 'row')} written. “muster undo” takes it back.")
    return SOME_REFUSED if plan.count(State.REFUSED) else DONE


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
                each.author,
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


def _carry_out(session: Session, path: Path, options: ImportOptions, *, dry: bool) -> tuple[Plan, str | None]:
    """Plan and apply; the plan, and the action if anything was written.

    Where somebody else wrote between the two, once more: a plan that nobody waits for may be made again.
    """
    try:
        return _plan_and_apply(session, path, options, dry=dry)
    except UsageError as error:
        if error.problem.code != "plan.stale":
            raise
    session.tell("The records have changed meanwhile, so the plan is made again.")
    return _plan_and_apply(session, path, options, dry=dry)


def _plan_and_apply(session: Session, path: Path, options: ImportOptions, *, dry: bool) -> tuple[Plan, str | None]:
    plan = make_plan(session.database, path, options, session.settings, session.progress)
    tell_plan(session, plan)
    return plan, None if dry else apply_plan(session.journal, plan, session.progress).action or None
