"""The columns of a run's sheet as those see them who map them, also where there is no plan yet."""

from collections.abc import Sequence
from dataclasses import replace

from desktop.importing.run import ImportRun
from models.exchange.look import Columns
from models.exchange.options import ImportOptions
from models.exchange.plan import SheetColumn, Sure
from models.exchange.secrets import is_secret


def columns_of(run: ImportRun) -> Sequence[SheetColumn]:
    """The columns of the sheet, also where their meaning is open."""
    if run.plan is not None:
        return run.plan.sheet_columns
    return _plain(run.outcome.columns) if run.outcome is not None and run.outcome.columns is not None else ()


def _plain(found: Columns) -> list[SheetColumn]:
    return [
        SheetColumn(
            heading, letter, tuple(found.samples.get(heading, ())), found.mapping.get(heading),
            Sure.KNOWN if found.mapping.get(heading) else Sure.NONE, secret=is_secret(heading),
        )
        for heading, letter in found.headings.items()
    ]  # fmt: skip


def kind_of(run: ImportRun) -> str:
    """What the rows are, or seem to be."""
    if run.plan is not None:
        return run.plan.kind
    return run.outcome.columns.kind if run.outcome is not None and run.outcome.columns is not None else "hardware"


def used_options(run: ImportRun) -> ImportOptions:
    """What is said, with a profile's share and the column of kinds that was found, where there is a plan."""
    plan = run.plan
    return run.options if plan is None else replace(plan.options, kind_column=plan.kind_column)
