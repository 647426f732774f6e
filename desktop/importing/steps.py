"""The steps of an import, and which of them needs the person first."""

from enum import IntEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.importing.columns import columns_of
from desktop.importing.run import ImportRun
from models.exchange.plan import Plan
from models.fields.problem import Problem


class Step(IntEnum):
    """The steps in their order."""

    FILE = 0
    SHEET = 1
    MAPPING = 2
    NAMES = 3
    PLAN = 4
    DONE = 5


TITLES = {
    Step.FILE: "File",
    Step.SHEET: "Sheet",
    Step.MAPPING: "Mapping",
    Step.NAMES: "References",
    Step.PLAN: "Plan",
    Step.DONE: "Done",
}
_OF_SHEET = frozenset(("file.choose-sheet", "file.no-table"))


class StepPage(QWidget):
    """A step's page. `said` carries changed `ImportOptions` and the words by which that can be undone."""

    said = Signal(object, str)

    def show_run(self, run: ImportRun) -> None:
        """Show what the run stands at: a new plan, or why there is none."""
        raise NotImplementedError

    def enter(self) -> None:
        """The step was reached: the keyboard goes to what matters."""
        self.setFocus()


def step_of(problem: Problem) -> Step:
    """The step on which a problem that stops the plan can be mended."""
    if problem.code in _OF_SHEET or problem.code.startswith("sheet."):
        return Step.SHEET
    return Step.FILE if problem.code.startswith(("file.", "text.")) else Step.MAPPING


def open_steps(run: ImportRun) -> frozenset[Step]:
    """The steps of a run that can be gone to now."""
    outcome, plan = run.outcome, run.plan
    if run.written is not None:
        return frozenset({Step.FILE, Step.DONE})
    found = {Step.FILE}
    if outcome is not None and outcome.problem is not None and step_of(outcome.problem) is not Step.FILE:
        found.add(Step.SHEET)
    if columns_of(run):
        found |= {Step.SHEET, Step.MAPPING}
    if plan is not None:
        found |= {Step.PLAN, *([Step.NAMES] if plan.unknown else [])}
    return frozenset(found)


def wanted_step(run: ImportRun) -> Step:
    """The step that needs the person first: where what stops the plan can be mended, open names, or the plan."""
    if run.problem is not None:
        step = step_of(run.problem)
    else:
        step = first_open(run.plan) if run.plan is not None else Step.FILE
    return step if step in open_steps(run) else Step.FILE


def first_open(plan: Plan) -> Step:
    """The first step of a plan that needs the person; the plan itself where none does."""
    return Step.NAMES if undecided(plan) else Step.PLAN


def undecided(plan: Plan) -> int:
    """How many names have no decision yet."""
    return sum(not each.decision for each in plan.unknown)
