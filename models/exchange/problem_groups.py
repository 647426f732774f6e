"""The problems of a plan, sorted: which kinds there are in which column, in how many rows, and which."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from models.exchange.plan import CellProblem, Plan


@dataclass(frozen=True)
class ProblemGroup:
    """One kind of problem in one column. `first` is the first of them, `rows` the plan's rows (from 0) that have it."""

    first: CellProblem
    rows: Sequence[int]

    @property
    def key(self) -> tuple[str, str]:
        """The code and the heading, by which it is known again in a later plan."""
        return self.first.problem.code, self.first.heading

    @property
    def heading(self) -> str:
        """The heading of its column; empty for what concerns whole rows."""
        return self.first.heading


def group_problems(plan: Plan) -> tuple[ProblemGroup, ...]:
    """The kinds of problem of a plan: those that refuse rows first, each sort with the most rows first."""
    first: dict[tuple[str, str], CellProblem] = {}
    rows: dict[tuple[str, str], array[int]] = {}
    for row in sorted(plan.problems):
        for each in plan.problems[row]:
            key = each.problem.code, each.heading
            if key not in first:
                first[key], rows[key] = each, array("q")
            if not rows[key] or rows[key][-1] != row:
                rows[key].append(row)
    groups = [ProblemGroup(each, rows[key]) for key, each in first.items()]
    return tuple(sorted(groups, key=lambda group: (not group.first.refuses, -len(group.rows))))


def value_at(plan: Plan, row: int, group: ProblemGroup) -> str:
    """The faulty value of a group in a row."""
    found = (each for each in plan.problems.get(row, ()) if (each.problem.code, each.heading) == group.key)
    return next((each.problem.value for each in found), "")
