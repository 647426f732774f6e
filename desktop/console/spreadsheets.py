"""Commands for files: import, export, backup, restore."""

import json
import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from desktop.console.profiles import profile_name, save
from desktop.console.rows import row_json, whole_rows
from desktop.console.session import DONE, SOME_REFUSED, Session
from desktop.phrases import count, say
from models.exchange.apply import apply_plan
from models.exchange.errors import write_errors
from models.exchange.export import choose_columns, export_records
from models.exchange.options import ImportOptions
from models.exchange.plan import Plan, State
from models.exchange.planner import make_plan
from models.fields.field import Field
from models.fields.problem import Problem, UsageError
from models.query.names import Names
from models.query.window import find_ids
from models.schema.records import record_type
from models.store.backup import backup, restore

#: So many problems are told; --json and --errors have all.
_TOLD = 20


def bring_in(session: Session, asked: Namespace) -> int:
    """Import a spreadsheet, or show what importing it would do."""
    if asked.kind:
        record_type(asked.kind)
    options = ImportOptions(
        kind=asked.kind,
        sheet=asked.sheet,
        area=asked.range,
        header=asked.header,
        mapping=dict(_mapping(each) for each in asked.map),
        match=asked.match,
        profile=profile_name(asked.profile),
    )
    plan, action = _carry_out(session, Path(asked.file), options, dry=asked.dry_run)
    if asked.save_profile is not None:
        save(session, asked.save_profile, plan)
    if asked.errors:
        written = write_errors(plan, Path(asked.errors), say, session.progress)
        session.tell(f"{count(written, 'refused row')} written to {asked.errors}.")
    session.result(plan.as_json(say, action))
    if asked.dry_run:
        session.tell("This was a dry run. Nothing was written.")
    elif action is None:
        session.tell("There was nothing to write.")
    else:
        session.tell(f"{count(plan.to_write, 'row')} written. “muster undo” takes it back.")
    return SOME_REFUSED if plan.count(State.REFUSED) else DONE


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


def _mapping(text: str) -> tuple[str, str]:
    """`Heading=field` as its two parts; a heading may hold a =, a field's key cannot. Raises UsageError."""
    heading, sign, key = text.rpartition("=")
    if not sign or not heading.strip():
        raise UsageError("import.mapping", text)
    return heading.strip(), key.strip()


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
    _tell_plan(session, plan)
    return plan, None if dry else apply_plan(session.journal, plan, session.progress).action or None


def _tell_plan(session: Session, plan: Plan) -> None:
    kind = record_type(plan.kind)
    where = f", headings in row {plan.header_row}" if plan.header_row is not None else ", without headings"
    session.tell(f"{plan.path.name}, sheet “{plan.sheet}”{where}: {kind.plural.lower()}.")
    if plan.profile:
        session.tell(f"Read as the profile {plan.profile} says; --profile none does without it.")
    told = {each.heading: say(Problem(each.code, each.example)) for each in plan.left_out}
    unknown = [heading for heading, key in plan.mapping.items() if not key and heading not in told]
    if unknown:
        session.tell(f"Columns that are left out: {', '.join(unknown)}.")
    for heading, why in told.items():
        session.tell(f"The column {heading} is left out: {why}")
    session.tell(
        f"{count(plan.rows, 'row')}: {plan.count(State.NEW):,} new, {plan.count(State.CHANGED):,} changed, "
        f"{plan.count(State.SAME):,} the same, {plan.count(State.REFUSED):,} refused."
    )
    for table, names in plan.made_by_table().items():
        made = record_type(table)
        session.tell(f"New {made.plural.lower()}: {_some(names)}.")
    problems = plan.all_problems()
    for each in problems[:_TOLD]:
        place = f"Row {each.row}" + (f", column {each.column} ({each.heading})" if each.column else "")
        session.tell(f"{place}: {say(each.problem)}" + ("" if each.refuses else " (The row is taken.)"))
    if len(problems) > _TOLD:
        session.tell(f"… and {len(problems) - _TOLD:,} more. --errors FILE.xlsx writes the refused rows to mend.")


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:5]) + (f" and {len(names) - 5:,} more" if len(names) > 5 else "")


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
