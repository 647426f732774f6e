"""An import carried out: planned, told, applied."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.console.plan_telling import tell_plan
from desktop.console.session import Session
from models.exchange.apply import apply_plan
from models.exchange.options import ImportOptions
from models.exchange.plan import Plan
from models.exchange.planner import make_plan
from models.fields.problem import UsageError

Keep = Callable[[Plan], None]
"""Keeps the refused rows of a plan. It is asked before anything is written, so that nothing is where that fails."""


@dataclass(frozen=True, slots=True)
class Done:
    """A plan, and the action that carried it out, if anything was written."""

    plan: Plan
    action: str | None


def carry_out(session: Session, path: Path, options: ImportOptions, keep: Keep, *, dry: bool) -> Done:
    """Plan, tell, keep what is refused, and apply unless it is a dry run. Raises what each of these raises.

    Where somebody else wrote between the two, once more: a plan that nobody waits for may be made again.
    """
    try:
        return _plan_and_apply(session, path, options, keep, dry=dry)
    except UsageError as error:
        if error.problem.code != "plan.stale":
            raise
    session.tell("The records have changed meanwhile, so the plan is made again.")
    return _plan_and_apply(session, path, options, keep, dry=dry)


def _plan_and_apply(session: Session, path: Path, options: ImportOptions, keep: Keep, *, dry: bool) -> Done:
    plan = make_plan(session.database, path, options, session.settings, session.progress)
    tell_plan(session, plan)
    keep(plan)
    return Done(plan, None if dry else apply_plan(session.journal, plan, session.progress).action or None)
