from models.exchange.options import ImportOptions
from models.exchange.plan import State
from models.exchange.planner import make_plan
from models.exchange.problem_groups import group_problems, value_at
from models.settings import Settings


def test_problems_are_sorted_by_kind_and_column(register, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(
        "Tag,Serial,Cost,Warranty end\nA-1,6.72E+14,much,2026-01-01\nA-2,6.72E+14,10,someday\nA-3,S3,a lot,2026-02-01\n"
        "A-4,S4,20,2026-02-01\nA-5,1.11E+14,30,2026-02-01\n",
        "utf-8",
    )
    plan = make_plan(register.database, path, ImportOptions(), Settings(tmp_path / "settings.json"))
    groups = group_problems(plan)
    assert [(group.first.problem.code, group.heading, list(group.rows)) for group in groups] == [
        ("cell.destroyed-number", "Serial", [0, 1, 4]),
        ("money.not-a-sum", "Cost", [0, 2]),
        ("day.not-a-day", "Warranty end", [1]),
    ]
    assert [value_at(plan, row, groups[0]) for row in groups[0].rows] == ["6.72E+14", "6.72E+14", "1.11E+14"]
    assert value_at(plan, 3, groups[0]) == ""
    assert {row for group in groups for row in group.rows} == {
        row for row, state in enumerate(plan.states) if state == State.REFUSED
    }
