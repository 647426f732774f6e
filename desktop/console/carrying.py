"""An import carried out: planned, told, applied."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.console.plan_telling import tell_plan
from desktop.console.session import Session
from models.exchange.apply import apply_plan
from models.exchange.fixes import Fix, with_fixes
from models.exchange.options import ImportOptions
from models.exchange.plan import Plan
from models.exchange.planner import make_plan
from models.fields.problem import UsageError


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done with a file. `dry`: nothing is written.

    `keep` keeps the refused rows of the plan, before anything is written: nothing is where it fails.
    """

    options: ImportOptions
    fixes: tuple[Fix, ...]
    keep: Callable[[Plan], None]
    dry: bool


@dataclass(frozen=True, slots=True)
class Done:
    """A plan, and the action that carried it out, if anything was written."""

    plan: Plan
    action: str | None


def carry_out(session: Session, path: Path, order: Order) -> Done:
    """Plan, tell, keep what is refused, and apply. Raises what each of these raises.

    Where somebody else wrote between the two, once more: a plan that nobody waits for may be made again.
    """
    try:
        return _plan_and_apply(session, path, order)
    except UsageError as error:
        if error.problem.code != "plan.stale":
            raise
    session.tell("The records have changed meanwhile, so the plan is made again.")
    return _plan_and_apply(session, path, order)


def _plan_and_apply(session: Session, path: Path, order: Order) -> Done:
    plan = _plan(session, path, order.options)
    if order.fixes and (mended := with_fixes(plan, order.options, order.fixes)) != order.options:
        plan = _plan(session, path, mended)
    tell_plan(session, plan)
    order.keep(plan)
    return Done(plan, None if order.dry else apply_plan(session.journal, plan, session.progress).action or None)


def _plan(session: Session, path: Path, options: ImportOptions) -> Plan:
    return make_plan(session.database, path, options, session.settings, session.progress)
