"""A plan as the command line gives it to programs: see docs/command-line.md."""

from collections import Counter

from models.exchange.meaning.fields import KIND
from models.exchange.plan import CellProblem, LeftOut, Plan, Say, State
from models.fields.problem import Problem
from models.schema.records import record_type


def plan_json(plan: Plan, say: Say, action: str | None = None) -> dict[str, object]:
    """The plan as one JSON object; `action` when it was carried out."""
    return {
        "file": str(plan.path),
        "sheet": plan.sheet,
        "kind": plan.kind,
        "kinds": _kinds(plan),
        "profile": plan.profile or None,
        "imported_before": _before(plan),
        "header_row": plan.header_row,
        "mapping": plan.mapping,
        "certainty": {each.heading: each.sure.value or None for each in plan.sheet_columns},
        "suggestions": {each.heading: each.suggestion for each in plan.sheet_columns if each.suggestion},
        "readings": _readings(plan, say),
        "match": ["+".join(key) for key in plan.match],
        "match_uses": [
            {
                "match": "+".join(each.key),
                "filled": each.filled,
                "distinct": each.distinct,
                "used": each.used,
                "found": each.found,
            }
            for each in plan.match_uses
        ],
        "rows": plan.rows,
        "new": plan.count(State.NEW),
        "changed": plan.count(State.CHANGED),
        "same": plan.count(State.SAME),
        "refused": plan.count(State.REFUSED),
        "action": action,
        "makes": plan.made_by_table(),
        "unknown": _unknown(plan),
        "skipped": [{"row": each.row, "reason": each.reason} for each in plan.skipped],
        "blank": plan.blank,
        "other_tables": list(plan.others),
        "left_out": [_left_out(each, say) for each in plan.left_out],
        "problems": [_problem(each, say) for each in plan.all_problems()],
    }


def _kinds(plan: Plan) -> dict[str, int]:
    """How many of the rows are of each kind of asset, refused ones apart; nothing for what is no asset."""
    if plan.usual_kind is None:
        return {}
    said = next((column.values for column in plan.columns if column.field.key == KIND), [None] * plan.rows)
    rows = zip(said, plan.states, strict=True)
    return dict(Counter(kind or plan.usual_kind for kind, state in rows if state != State.REFUSED))


def _before(plan: Plan) -> dict[str, object] | None:
    before = plan.before_this
    if before is None:
        return None
    return {"action": before.action, "author": before.author, "when": before.when, "undone": before.undone}


def _readings(plan: Plan, say: Say) -> list[dict[str, object]]:
    return [
        {
            "heading": each.heading,
            "code": each.code,
            "chosen": each.chosen,
            "choices": list(each.choices),
            "said": each.said,
            "message": say(Problem(each.code, each.heading, details=each.details)),
        }
        for each in plan.readings
    ]


def _unknown(plan: Plan) -> list[dict[str, object]]:
    return [
        {
            "kind": record_type(each.table).word,
            "name": each.name,
            "rows": each.rows,
            "first": each.first,
            "near": [{"id": near.row or None, "name": near.name} for near in each.near],
            "decision": each.decision or None,
            "said": each.said,
        }
        for each in plan.unknown
    ]


def _left_out(each: LeftOut, say: Say) -> dict[str, object]:
    return {
        "heading": each.heading,
        "field": each.field or None,
        "code": each.code,
        "value": each.example,
        "message": say(Problem(each.code, each.example)),
    }


def _problem(each: CellProblem, say: Say) -> dict[str, object]:
    return {
        "row": each.row,
        "column": each.column,
        "heading": each.heading,
        "field": each.problem.field,
        "code": each.problem.code,
        "severity": each.problem.severity.value,
        "value": each.problem.value,
        "message": say(each.problem),
    }
