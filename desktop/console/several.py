"""The command import for several files, several sheets, or folders of them: part by part, each an action of its own."""

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from desktop.console.carrying import Done, carry_out
from desktop.console.session import DONE, SOME_REFUSED, UNREADABLE, Session
from desktop.phrases import count, say
from models.exchange.batch import Batch, Failed, Part, find_parts
from models.exchange.errors import write_errors
from models.exchange.options import ImportOptions
from models.exchange.plan import State
from models.exchange.plan_json import plan_json
from models.fields.problem import InputError, UsageError

_TOLD = 5


def bring_in_all(session: Session, asked: Namespace, paths: Sequence[Path], options: ImportOptions) -> int:
    """Import what the paths hold, in the order in which each part finds what it refers to."""
    batch = find_parts(session.database, paths, options, all_sheets=asked.all_sheets, progress=session.progress)
    done = [each for part in batch.parts if (each := _one(session, part, options, batch, dry=asked.dry_run))]
    written = _errors(session, done, asked.errors) if asked.errors else []
    totals = {state.name.lower(): sum(each.plan.count(state) for each in done) for state in State}
    session.result(
        {
            "parts": [plan_json(each.plan, say, each.action) for each in done],
            "rows": sum(totals.values()),
            **totals,
            "failed": [_failed_json(each) for each in batch.failed],
            "empty": [{"file": str(path), "sheet": sheet} for path, sheet in batch.empty],
            "not_spreadsheets": [str(path) for path in batch.others],
            "errors": written,
        }
    )
    _summary(session, batch, done, totals, dry=asked.dry_run)
    if not done:
        return UNREADABLE if batch.failed or not batch.empty else DONE
    return SOME_REFUSED if batch.failed or totals["refused"] else DONE


def _one(session: Session, part: Part, options: ImportOptions, batch: Batch, *, dry: bool) -> Done | None:
    """One part; None where it cannot be imported, which is told."""
    try:
        return carry_out(session, part.path, part.options(options), dry=dry)
    except (InputError, UsageError) as error:
        batch.refuse(part, error.problem)
        return None


def _errors(session: Session, done: Sequence[Done], name: str) -> list[str]:
    """A file for each part with refused rows, beside the one that was named: "mend laptops.xlsx"."""
    path = Path(name)
    found: dict[Path, Done] = {}
    for each in done:
        if each.plan.count(State.REFUSED):
            stem = f"{path.stem} {each.plan.path.stem}"
            target = path.with_name(f"{stem}{path.suffix}")
            if target in found:
                target = path.with_name(f"{stem} {len(found) + 1}{path.suffix}")
            found[target] = each
    for target, each in found.items():
        rows = write_errors(each.plan, target, say, session.progress)
        session.tell(f"{count(rows, 'refused row')} written to {target}.")
    return [str(target) for target in found]


def _summary(session: Session, batch: Batch, done: Sequence[Done], totals: dict[str, int], *, dry: bool) -> None:
    """What came of all parts together."""
    for each in batch.failed:
        place = f"{each.path}, sheet “{each.sheet}”" if each.sheet else str(each.path)
        session.tell(f"{place} was not imported. {say(each.problem)}")
    for path, sheet in batch.empty:
        session.tell(f"{path.name}, sheet “{sheet}” holds no rows.")
    if batch.others:
        names = ", ".join(path.name for path in batch.others[:_TOLD])
        more = f" and {len(batch.others) - _TOLD:,} more" if len(batch.others) > _TOLD else ""
        session.tell(f"No spreadsheets, and left alone: {names}{more}.")
    if not done:
        session.tell("Nothing was imported.")
        return
    session.tell(
        f"{count(len(done), 'table')}, {count(sum(totals.values()), 'row')}: {totals['new']:,} new, "
        f"{totals['changed']:,} changed, {totals['same']:,} the same, {totals['refused']:,} refused."
    )
    if dry:
        session.tell(
            "This was a dry run. Nothing was written, so a table that names records of another one took them for new."
        )
    elif any(each.action for each in done):
        session.tell(
            "Each table is an action of its own: “muster imports” lists them, “muster undo ACTION” takes one back."
        )


def _failed_json(each: Failed) -> dict[str, object]:
    return {
        "file": str(each.path),
        "sheet": each.sheet,
        "code": each.problem.code,
        "value": each.problem.value,
        "message": say(each.problem),
    }
