"""The command line's import: its JSON, and what it does when somebody writes in between."""

import json

import pytest

from desktop.cli import main
from desktop.console import carrying
from models.fields.ids import new_id
from models.journal.entry import Edit
from models.journal.writer import Journal


@pytest.fixture
def muster(home, capsys):
    """Runs a command on the home of this test; its status, its JSON and what it said."""

    def run(*arguments):
        status = main(["--home", str(home.path), *map(str, arguments)])
        out, err = capsys.readouterr()
        return status, json.loads(out) if out else None, err

    return run


@pytest.fixture
def lines(tmp_path):
    path = tmp_path / "lines.csv"
    path.write_text("Number,Carrier,SIM PIN\n2125550123,Verizon,4711\n2125550124,,\n", encoding="utf-8")
    return path


def test_the_json_accounts_for_every_row_and_column(muster, lines):
    status, found, err = muster("import", lines, "--as", "line", "--json")
    assert status == 0
    assert found["rows"] == found["new"] + found["changed"] + found["same"] + found["refused"] == 2
    assert found["mapping"] == {"Number": "number", "Carrier": "carrier", "SIM PIN": None}
    (left_out,) = found["left_out"]
    assert (left_out["heading"], left_out["code"], left_out["value"]) == ("SIM PIN", "secret.column", "")
    assert "PIN" in err
    assert "4711" not in err + json.dumps(found)


def test_a_plan_that_somebody_overtook_is_made_again_once(muster, lines, monkeypatch):
    apply, planned = carrying.apply_plan, []

    def overtaken(journal, plan, progress=None):
        planned.append(plan)
        if len(planned) == 1:
            other = Edit("line", new_id(), {"number": "+12125550124"}, new=True)
            Journal(journal.database, "Somebody else").write("New line", [other])
        return apply(journal, plan, progress)

    monkeypatch.setattr(carrying, "apply_plan", overtaken)
    status, found, err = muster("import", lines, "--as", "line", "--json")
    assert status == 0
    assert len(planned) == 2
    assert (found["new"], found["same"]) == (1, 1)
    assert "again" in err


def test_all_assets_out_and_in_again(muster, tmp_path):
    path = tmp_path / "in.csv"
    path.write_text("Tag,Kind,Hostname,IMEI\nL-1,hardware,pc1,\nP-1,mobile,,490154203237518\n", encoding="utf-8")
    assert muster("import", path, "--json")[1]["kind"] == "asset"
    out = tmp_path / "out.xlsx"
    muster("export", "asset", out)
    for word in ([], ["--as", "asset"]):
        _, found, _ = muster("import", out, *word, "--json")
        assert (found["kind"], found["same"], found["action"]) == ("asset", 2, None)
    _, found, _ = muster("import", out, "--as", "mobile", "--dry-run", "--json")
    assert (found["same"], found["refused"]) == (1, 1)
