"""The plan of an import told to the person at the terminal."""

from collections.abc import Sequence

from desktop.console.session import Session
from desktop.phrases import count, plan_words, say
from models.exchange.meaning.fields import MUSTER_ID, fields_about, sheet_fields
from models.exchange.plan import Plan, SheetColumn, State, Unknown
from models.exchange.problem_groups import group_problems
from models.fields.problem import Problem
from models.schema.records import record_type

#: So many problems, and so many unknown names, are told one by one; --json and --errors have all.
_TOLD = 20
#: So many names of new records are told.
_SOME = 5


def tell_plan(session: Session, plan: Plan) -> None:
    """Tell where the table is, what was understood of it, and what would become of its rows."""
    kind = record_type(plan.kind)
    where = f", headings in row {plan.header_row}" if plan.header_row is not None else ", without headings"
    session.tell(f"{plan.path.name}, sheet “{plan.sheet}”{where}: {kind.plural.lower()}.")
    if plan.before_this:
        session.tell(plan_words.before(plan.before_this))
    if plan.profile:
        session.tell(f"Read as the profile {plan.profile} says; --profile none does without it.")
    fields = {**sheet_fields(session.catalogue, plan.kind), **fields_about(session.catalogue, plan.kind)}
    fields[MUSTER_ID.key] = MUSTER_ID
    labels = {key: field.label for key, field in fields.items()}
    labels |= {field.key: field.label for field in plan.options.new_fields}
    _tell_columns(session, plan, labels)
    if told := plan_words.matching(plan, labels):
        session.tell(told)
    session.tell(
        f"{count(plan.rows, 'row')}: {plan.count(State.NEW):,} new, {plan.count(State.CHANGED):,} changed, "
        f"{plan.count(State.SAME):,} the same, {plan.count(State.REFUSED):,} refused."
    )
    for table, names in plan.made_by_table().items():
        made = record_type(table)
        session.tell(f"New {made.plural.lower()}: {_some(names)}.")
    _tell_unknown(session, plan.unknown)
    _tell_problems(session, plan)


def _tell_columns(session: Session, plan: Plan, labels: dict[str, str]) -> None:
    why = {each.heading: say(Problem(each.code, each.example)) for each in plan.left_out}
    for column in plan.sheet_columns:
        if key := plan.mapping.get(column.heading):
            how = plan_words.sure(column)
            session.tell(f"  {column.letter}  {column.heading} → {labels.get(key, key)}" + (f" ({how})" if how else ""))
        elif column.heading not in why:
            session.tell(f"  {column.letter}  {column.heading} is left out.{_offer(column)}")
    if not plan.sheet_columns:
        unknown = [heading for heading, key in plan.mapping.items() if not key and heading not in why]
        if unknown:
            session.tell(f"Columns that are left out: {', '.join(unknown)}.")
    for heading, told in why.items():
        session.tell(f"The column {heading} is left out: {told}")
    for each in plan.readings:
        others = [choice for choice in each.choices if choice != each.chosen]
        otherwise = f' Else say --read "{each.heading}={others[0]}".' if others and not each.said else ""
        session.tell(plan_words.reading(each) + otherwise)


def _offer(column: SheetColumn) -> str:
    """What may be done with a column that is left out."""
    if column.suggestion:
        return f' Its cells look like this: --map "{column.heading}={column.suggestion}".'
    listed = f":{'|'.join(column.choices)}" if column.new_type == "choice" else ""
    return f' To keep it: --new-field "{column.heading}={column.new_type}{listed}".' if any(column.samples) else ""


def _tell_unknown(session: Session, names: Sequence[Unknown]) -> None:
    """The names to decide, and how to; those that are made by themselves are told already."""
    asked = [each for each in names if not each.decision]
    for each in asked[:_TOLD]:
        word = record_type(each.table).word
        known = each.near[0].name if each.near else "NAME"
        session.tell(
            f'{plan_words.unknown(each)} Say --name "{word}:{each.name}={known}", or "…=+" to add it, '
            '"…=-" to leave the cell empty.'
        )
    if len(asked) > _TOLD:
        session.tell(f"… and {len(asked) - _TOLD:,} more names. --create KIND adds all of a kind.")


def _tell_problems(session: Session, plan: Plan) -> None:
    """Each problem by itself, or by sorts where there are many."""
    # What is asked of a name is told with the name.
    rest = [each for each in plan.all_problems() if each.problem.code != "reference.undecided"]
    if len(rest) <= _TOLD:
        for each in rest:
            place = f"Row {each.row}" + (f", column {each.column} ({each.heading})" if each.column else "")
            session.tell(f"{place}: {say(each.problem)}" + ("" if each.refuses else " (The row is taken.)"))
        return
    groups = [group for group in group_problems(plan) if group.first.problem.code != "reference.undecided"]
    for group in groups[:_TOLD]:
        session.tell(plan_words.problem_sort(group))
    if len(groups) > _TOLD:
        session.tell(f"… and {len(groups) - _TOLD:,} more sorts of problems.")
    session.tell("--json has them all, --errors FILE.xlsx writes the refused rows to mend.")


def _some(names: Sequence[str]) -> str:
    """The first names, each once (models of several makers may share one), and how many more there are."""
    first = list(dict.fromkeys(names))[:_SOME]
    more = len(names) - sum(name in first for name in names)
    return "; ".join(first) + (f" and {more:,} more" if more else "")
