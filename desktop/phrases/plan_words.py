"""The parts of a plan in words: what the columns mean, how rows are known again, which names nobody knows."""

import datetime as dt
from collections.abc import Mapping

from desktop.phrases.say import count, say, within
from models.exchange.plan import Before, MatchUse, Plan, Reading, SheetColumn, Sure, Unknown
from models.exchange.problem_groups import ProblemGroup
from models.fields.problem import Problem
from models.schema.records import TABLES

_SURE = {
    Sure.SAID: "as was said",
    Sure.PROFILE: "as the profile says",
    Sure.LABEL: "by its own name",
    Sure.KNOWN: "a heading it is known by",
    Sure.CELLS: "only a guess, by its cells",
}
_NAMED = 3


def sure(column: SheetColumn) -> str:
    """How a column came to its field."""
    return _SURE.get(column.sure, "")


def matching(plan: Plan, labels: Mapping[str, str]) -> str:
    """How known records are found: "Known records are found by asset tag (12 of 40 rows), else by serial number"."""
    uses = {use.key: use for use in plan.match_uses}
    # Keys by which no row went are told where none is used at all, and then the best of them.
    used = [key for key in plan.match if key in uses and uses[key].used] or plan.match[:1]
    told = [_key(key, labels, uses.get(key)) for key in used]
    return f"Known records are found by {', else by '.join(told)}." if told else ""


def before(found: Before) -> str:
    """That a file was imported before."""
    when = dt.datetime.fromisoformat(found.when).astimezone()
    undone = " That import was undone." if found.undone else ""
    return f"{found.author} imported the same file on {when.day} {when:%b %Y} at {when:%H:%M}.{undone}"


def unknown(each: Unknown) -> str:
    """A name that no record has, where it stands, and what it may mean."""
    kind = within(TABLES[each.table].label)
    near = " or ".join(f"“{other.name}”" for other in each.near[:_NAMED])
    place = f"{count(each.rows, 'row')}, first in row {each.first}"
    meant = f" Is it {near}?" if near else ""
    return f"No {kind} is called “{each.name}” ({place}).{meant}"


def problem_sort(group: ProblemGroup) -> str:
    """A kind of problem: how many there are, what the first says, and where it is."""
    first = group.first
    number = count(len(group.rows), "cell" if first.column else "row")
    heading = f"{first.heading}: " if first.heading else ""
    taken = "" if first.refuses else " (The rows are taken.)"
    return f"{number}: {heading}{say(first.problem)}{taken} First in row {first.row:,}."


def reading(each: Reading) -> str:
    """How a column is read, and why."""
    return f"{each.heading}: {say(Problem(each.code, each.heading, details=each.details))}"


def _key(key: tuple[str, ...], labels: Mapping[str, str], use: MatchUse | None) -> str:
    name = " and ".join(within(labels.get(part, part)) for part in key)
    return f"{name} ({use.found:,} of {count(use.used, 'row')} known)" if use and use.used else name
