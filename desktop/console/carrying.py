"""An import carried out: planned, told, applied."""

from dataclasses import dataclass
from pathlib import Path

from desktop.console.plan_telling import tell_plan
from desktop.console.session import Session
from models.exchange.apply import apply_plan
from models.exchange.options import ImportOptions
from models.exchange.plan import Plan
from models.exchange.planner import make_plan
from models.fields.problem import UsageError


@dataclass(frozen=True, slots=True)
class Done:
    """A plan, and the action that carried it out, if anything was written."""

    plan: Plan
    action: str | None


def carry_out(session: Session, path: Path, options: ImportOptions, *, dry: bool) -> Done:
    """Plan, tell, and apply unless it is a dry run. Raises what `make_plan` and `apply_plan` raise.

    Where somebody else wrote between the two, once more: a plan that nobody waits for may be made again.
    """
    try:
        return _plan_and_apply(session, path, options, dry=dry)
    except UsageError as error:
        if error.problem.code != "plan.stale":
            raise
    session.tell("The records have changed meanwhile, so the plan is made again.")
    return _plan_and_apply(session, path, options, dry=dry)


def _plan_and_apply(session: Session, path: Path, options: ImportOptions, *, dry: bool) -> Done:
    plan = make_plan(session.database, path, options, session.settings, session.progress)
    tell_plan(session, plan)
    return Done(plan, None if dry else apply_plan(session.journal, plan, session.progress).action or None)
