"""The columns of a run's sheet as those see them who map them, also where there is no plan yet."""

from collections.abc import Sequence
from dataclasses import replace

from desktop.importing.run import ImportRun
from models.exchange.options import ImportOptions
from models.exchange.plan import SheetColumn
from models.exchange.problem_groups import value_at

_LOOKED_AT, _MOST_WORDS = 2000, 12


def columns_of(run: ImportRun) -> Sequence[SheetColumn]:
    """The columns of the sheet, also where their meaning is open."""
    if run.plan is not None:
        return run.plan.sheet_columns
    return run.outcome.columns.columns if run.outcome is not None and run.outcome.columns is not None else ()


def kind_of(run: ImportRun) -> str:
    """What the rows are, or seem to be."""
    if run.plan is not None:
        return run.plan.kind
    return run.outcome.columns.kind if run.outcome is not None and run.outcome.columns is not None else "hardware"


def used_options(run: ImportRun) -> ImportOptions:
    """What is said, with a profile's share and the column of kinds that was found, where there is a plan."""
    plan = run.plan
    return run.options if plan is None else replace(plan.options, kind_column=plan.kind_column)


def kind_words(run: ImportRun, column: SheetColumn) -> list[str]:
    """The words of the column that says the kind: those that are not understood first."""
    unclear: list[str] = []
    groups = run.outcome.groups if run.outcome is not None else ()
    for group in groups:
        if run.plan is not None and group.key == ("kind.usual", column.heading):
            unclear = [value_at(run.plan, row, group) for row in group.rows[:_LOOKED_AT]]
    words = dict.fromkeys([*unclear, *(column.choices or column.samples)])
    return [word for word in words if word][:_MOST_WORDS]
