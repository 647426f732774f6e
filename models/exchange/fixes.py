"""Cells of a column with one and the same text, mended together: each that says OLD says NEW instead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from models.exchange.options import ImportOptions
from models.exchange.plan import Plan
from models.query.parse import squeeze


@dataclass(frozen=True, slots=True)
class Fix:
    """What the cells of a column that say `old` should say. Case, and blanks around it, do not count."""

    heading: str
    old: str
    new: str


def with_fixes(plan: Plan, options: ImportOptions, fixes: Sequence[Fix]) -> ImportOptions:
    """The options with those cells mended: faulty ones by their text, others by the value that it was read as.

    What was said of a single cell stands before it. A key or a secret is no text that could be asked for.
    """
    wanted = {(squeeze(fix.heading), _form(fix.old)): fix.new for fix in fixes}
    headings = {heading for heading, _ in wanted}
    cells: dict[str, dict[int, str]] = {}
    for column in plan.columns:
        form = squeeze(column.heading)
        for number, value in zip(plan.numbers, column.values, strict=True) if form in headings else ():
            if value is not None and (new := wanted.get((form, _form(value)))) is not None:
                cells.setdefault(column.heading, {})[number] = new
    for each in plan.all_problems():
        new = wanted.get((squeeze(each.heading), _form(each.problem.value)))
        if new is not None and each.column and each.problem.value:
            cells.setdefault(each.heading, {})[each.row] = new
    return replace(options, cells=_both(cells, options.cells))


def _form(text: str) -> str:
    return text.strip().casefold()


def _both(
    mended: Mapping[str, Mapping[int, str]], said: Mapping[str, Mapping[int, str]]
) -> Mapping[str, Mapping[int, str]]:
    known = {squeeze(heading): texts for heading, texts in said.items()}
    there = {squeeze(heading) for heading in mended}
    both = {heading: {**texts, **known.get(squeeze(heading), {})} for heading, texts in mended.items()}
    return {**{heading: texts for heading, texts in said.items() if squeeze(heading) not in there}, **both}
