"""The command import for several files, several sheets, or folders of them: part by part, each an action of its own."""

from argparse import Namespace
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from itertools import count as numbers
from pathlib import Path

from desktop.console.carrying import Done, Order, carry_out
from desktop.console.import_options import read_fixes
from desktop.console.session import DONE, SOME_REFUSED, UNREADABLE, Session
from desktop.phrases import count, say
from models.exchange.batch import Batch, Failed, find_parts
from models.exchange.errors import write_errors
from models.exchange.options import ImportOptions
from models.exchange.plan import Plan, State
from models.exchange.plan_json import plan_json
from models.fields.problem import InputError, UsageError

_TOLD = 5
_STATES = tuple(state.name.lower() for state in State)


@dataclass(slots=True)
class _Sum:
    """What came of the parts so far; their plans are not kept, since there may be many and large ones."""

    parts: list[dict[str, object]] = field(default_factory=list)
    rows: Counter[str] = field(default_factory=Counter)
    tables: int = 0
    written: int = 0
    errors: dict[Path, tuple[Path, str]] = field(default_factory=dict)
    """The files of refused rows, and the file and sheet of each."""


def bring_in_all(session: Session, asked: Namespace, paths: Sequence[Path], options: ImportOptions) -> int:
    """Import what the paths hold, in the order in which each part finds what it refers to."""
    batch = find_parts(session.database, paths, options, all_sheets=asked.all_sheets, progress=session.progress)
    total = _Sum()

    def keep(plan: Plan) -> None:
        if asked.errors and plan.count(State.REFUSED):
            _write_errors(session, total, plan, Path(asked.errors))

    whole = Order(options, read_fixes(asked.fix), keep, asked.dry_run)
    for part in batch.parts:
        try:
            _add(session, total, carry_out(session, part.path, replace(whole, options=part.options(options))))
        except (InputError, UsageError) as error:
            batch.refuse(part, error.problem)
    session.result(
        {
            "parts": total.parts,
            "rows": total.rows.total(),
            **{word: total.rows[word] for word in _STATES},
            "failed": [_failed_json(each) for each in batch.failed],
            "empty": [{"file": str(path), "sheet": sheet} for path, sheet in batch.empty],
            "not_spreadsheets": [str(path) for path in batch.others],
            "errors": list(map(str, total.errors)),
        }
    )
    _summary(session, batch, total, dry=asked.dry_run)
    if not total.tables:
        return UNREADABLE if batch.failed or not batch.empty else DONE
    return SOME_REFUSED if batch.failed or total.rows["refused"] else DONE


def _add(session: Session, total: _Sum, done: Done) -> None:
    total.tables += 1
    total.written += done.action is not None
    total.rows.update({state.name.lower(): done.plan.count(state) for state in State})
    if session.as_json:
        total.parts.append(plan_json(done.plan, say, done.action))


def _write_errors(session: Session, total: _Sum, plan: Plan, named: Path) -> None:
    """The refused rows of one part in a file beside the one that was named: "mend laptops.xlsx"."""
    stem, part = f"{named.stem} {plan.path.stem}", (plan.path, plan.sheet)
    endings = chain([""], (f" {number}" for number in numbers(2)))
    targets = (named.with_name(f"{stem}{ending}{named.suffix}") for ending in endings)
    target = next(path for path in targets if total.errors.get(path, part) == part)
    rows = write_errors(plan, target, say, session.progress)
    total.errors[target] = part
    session.tell(f"{count(rows, 'refused row')} written to {target}.")


def _summary(session: Session, batch: Batch, total: _Sum, *, dry: bool) -> None:
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
    if not total.tables:
        session.tell("Nothing was imported.")
        return
    new, changed, same, refused = (total.rows[word] for word in _STATES)
    session.tell(
        f"{count(total.tables, 'table')}, {count(total.rows.total(), 'row')}: {new:,} new, {changed:,} changed, "
        f"{same:,} the same, {refused:,} refused."
    )
    if dry:
        session.tell(
            "This was a dry run. Nothing was written, so a table that names records of another one took them for new."
        )
    elif total.written:
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
