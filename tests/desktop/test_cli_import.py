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


# What may be said


LAPTOPS = (
    "Asset tag,Make,Location,Bought,Price,Shelf,Sort\n"
    'L-1,Dell,Engine 7,03/04/2024,"1,200",A,Laptop\n'
    'P-1,Dell Inc.,Eng 7,05/06/2024,"1,100",B,Handset\n'
)


@pytest.fixture
def laptops(tmp_path, muster):
    """A file with names that are near known ones, days and sums that can be read in two ways, and kinds in words."""
    first = tmp_path / "first.csv"
    first.write_text("Asset tag,Make,Location\nL-0,Dell,Engine 7\n", "utf-8")
    muster("import", first)
    path = tmp_path / "laptops.csv"
    path.write_text(LAPTOPS, "utf-8")
    return path


def test_the_plan_tells_how_sure_it_is_and_what_to_decide(muster, laptops):
    status, found, err = muster("import", laptops, "--as", "hardware", "--dry-run", "--json")
    assert status == 1
    assert found["certainty"]["Asset tag"] == "label"
    assert found["certainty"]["Make"] == "known"
    assert found["certainty"]["Shelf"] is None
    assert [(each["heading"], each["code"], each["chosen"], each["said"]) for each in found["readings"]] == [
        ("Bought", "reading.day-open", "mdy", False)
    ]
    assert [(each["match"], each["used"], each["found"]) for each in found["match_uses"]] == [("tag", 1, 0)]
    undecided = [each for each in found["unknown"] if each["decision"] is None]
    assert {
        (each["kind"], each["name"], each["rows"], each["first"], each["near"][0]["name"]) for each in undecided
    } == {
        ("manufacturer", "Dell Inc.", 1, 3, "Dell"),
        ("location", "Eng 7", 1, 3, "Engine 7"),
    }
    assert "Make → Manufacturer (a heading it is known by)" in err
    assert '--name "location:Eng 7=Engine 7"' in err
    assert '--read "Bought=dmy"' in err
    assert '--new-field "Shelf=' in err
    assert found["imported_before"] is None


def test_what_names_mean_is_said_once_and_remembered(muster, laptops):
    _, found, _ = muster("import", laptops, "--name", "Dell Inc.=Dell", "--name", "location:Eng 7=Engine 7", "--json")
    assert (found["new"], found["makes"]) == (2, {})
    assert {(each["name"], each["said"]) for each in found["unknown"]} == {("Dell Inc.", True), ("Eng 7", True)}
    again = laptops.with_name("again.csv")
    again.write_text(LAPTOPS.replace("P-1", "P-2"), "utf-8")
    _, found, _ = muster("import", again, "--json")
    assert (found["new"], found["unknown"]) == (1, [])


@pytest.mark.parametrize(
    ("said", "record"),
    [
        (["--name", "Dell Inc.=+", "--name", "Eng 7=-"], {"manufacturer": "Dell Inc."}),
        (["--create", "all"], {"manufacturer": "Dell Inc.", "location": "Eng 7"}),
        (
            ["--create", "manufacturer", "--name", "Eng 7=Engine 7"],
            {"manufacturer": "Dell Inc.", "location": "Engine 7"},
        ),
    ],
)
def test_new_names_are_made_when_that_is_said(muster, laptops, said, record):
    status, found, _ = muster("import", laptops, *said, "--no-remember", "--json")
    assert (status, found["refused"]) == (0, 0)
    told = muster("show", "asset", "P-1", "--json")[1]["record"]
    assert {key: told[key] for key in ("manufacturer", "location") if key in told} == record
    assert muster("export", "alias", "--json")[1]["rows"] == []


def test_no_new_name_is_made_when_that_is_said(muster, laptops):
    laptops.write_text("Asset tag,Make\nL-9,Zebra\n", "utf-8")
    status, found, _ = muster("import", laptops, "--create", "none", "--json")
    assert (status, found["refused"], found["problems"][0]["code"]) == (1, 1, "reference.undecided")


def test_how_cells_are_read_may_be_said(muster, laptops):
    muster("import", laptops, "--read", "Bought=dmy", "--read", "Price=,", "--create", "all")
    told = muster("show", "asset", "L-1", "--json")[1]["record"]
    assert (told["acquired_on"], told["cost"]) == ("2024-04-03", "1.20")


def test_kinds_in_a_column_constants_fields_and_cells_may_be_said(muster, laptops):
    said = [
        "--kind-column", "Sort", "--kinds", "Handset=mobile", "--constant", "status=in_stock",
        "--new-field", "Shelf=choice:A|B|C", "--cell", "Shelf:3=C", "--create", "all",
    ]  # fmt: skip
    status, found, _ = muster("import", laptops, *said, "--json")
    assert status == 0
    assert found["kinds"] == {"hardware": 1, "mobile": 1}
    told = muster("show", "mobile", "P-1", "--json")[1]["record"]
    assert (told["kind"], told["status"]) == ("mobile", "in_stock")
    assert [told[key] for key in told if key.startswith("x_")] == ["C"]
    # The same command again makes no second field, and changes nothing.
    status, found, err = muster("import", laptops, *said, "--json")
    assert (status, found["same"], found["action"]) == (0, 2, None)
    assert found["imported_before"]["undone"] is False
    assert "imported the same file on" in err
    fields = muster("fields", "mobile", "--json")[1]["fields"]
    assert [field["label"] for field in fields if field["custom"]] == ["Shelf"]


def test_an_empty_cell_clears_only_where_that_is_said(muster, laptops):
    muster("import", laptops, "--create", "all")
    empty = laptops.with_name("empty.csv")
    empty.write_text("Asset tag,Location,Bought\nL-1,,\n", "utf-8")
    assert muster("import", empty, "--json")[1]["same"] == 1
    assert muster("import", empty, "--clear", "Location", "--json")[1]["changed"] == 1
    told = muster("show", "asset", "L-1", "--json")[1]["record"]
    assert ("location" in told, told["acquired_on"]) == (False, "2024-03-04")


@pytest.mark.parametrize(
    ("said", "word"),
    [
        (["--new-field", "Shelf"], "choice:A|B|C"),
        (["--new-field", "Shelf=choice"], "choice:A|B|C"),
        (["--new-field", "Shelf=list:A|B"], "choice:A|B|C"),
        (["--cell", "Shelf=C"], "Heading:7=text"),
        (["--name", "Dell Inc."], "--name"),
        (["--kinds", "Handset=phone"], "phone"),
        (["--create", "everything"], "everything"),
        (["--constant", "=x"], "--constant"),
        (["--constant", "shelf=x"], "shelf"),
        (["--read", "Bought"], "--read"),
        (["--clear", "Rack"], "Rack"),
        (["--kind-column", "Rack"], "Rack"),
    ],
)
def test_what_makes_no_sense_is_2_and_said(muster, laptops, said, word):
    status, found, err = muster("import", laptops, *said, "--json")
    assert (status, found) == (2, None)
    assert word in err


def test_many_problems_are_told_by_sorts(muster, tmp_path):
    path = tmp_path / "many.csv"
    rows = [f"L-{at},{'someday' if at % 2 else '2024-02-29'}" for at in range(60)]
    path.write_text("\n".join(["Asset tag,Acquired on", *rows]), "utf-8")
    _, found, err = muster("import", path, "--map", "Acquired on=acquired_on", "--json")
    assert (found["refused"], len(found["problems"])) == (30, 30)
    assert "30 cells: Acquired on: “someday”" in err
    assert "First in row 3." in err
    assert err.count("someday") == 1


def test_all_cells_with_one_text_are_mended_at_once(muster, tmp_path):
    path = tmp_path / "fix.csv"
    path.write_text(
        "Asset tag,Status,Acquired on,Notes\n"
        "L-1,In Servcie,someday,someday\nL-2,in servcie,SOMEDAY,\nL-3,Lost,never,\n",
        "utf-8",
    )
    said = [
        "--as", "hardware", "--map", "Acquired on=acquired_on",
        "--fix", "status:In Servcie=In service", "--fix", "Acquired on:someday=2024-02-29",
    ]  # fmt: skip
    status, found, _ = muster("import", path, *said, "--json")
    assert (status, found["new"], found["refused"]) == (1, 2, 1)
    for tag in ("L-1", "L-2"):
        told = muster("show", "asset", tag, "--json")[1]["record"]
        assert (told["status"], told["acquired_on"]) == ("in_service", "2024-02-29")
    assert muster("show", "asset", "L-1", "--json")[1]["record"]["notes"] == "someday"
    _, found, _ = muster("import", path, *said, "--fix", "Acquired on:never=", "--cell", "Status:3=Retired", "--json")
    assert (found["new"], found["changed"], found["same"], found["refused"]) == (1, 1, 1, 0)
    assert muster("import", path, "--fix", "Status")[0] == 2


# The log, and undo


def test_the_log_lists_imports(muster, lines):
    action = muster("import", lines, "--as", "line", "--json")[1]["action"]
    (told,) = muster("imports", "--json")[1]["imports"]
    assert (told["action"], told["file"], told["kind"], told["new"]) == (action, "lines.csv", "line", 2)
    assert len(told["sha256"]) == 64
    by = muster("undo", action, "--json")[1]["by"]
    assert muster("imports", "--json")[1]["imports"][0]["undone_by"] == by
    assert muster("imports", "--limit", "0")[0] == 2


def test_an_undo_tells_each_record_that_it_keeps_and_why(muster, laptops):
    action = muster("import", laptops, "--create", "all", "--json")[1]["action"]
    muster("set", "asset", "P-1", "notes=mine now")
    status, found, err = muster("undo", action, "--json")
    assert status == 1
    told = {each["record"]: each for each in found["kept"]}
    assert set(told) == {"P-1", "Dell Inc.", "Eng 7"}
    assert (told["P-1"]["reason"], told["P-1"]["changed_by"]["title"]) == ("changed", "Change P-1")
    assert (told["Eng 7"]["reason"], told["Eng 7"]["used_by"]["record"]) == ("in-use", "P-1")
    assert "changed it since (Change P-1), so it stays as it is." in err
    assert "Location Eng 7: asset P-1 refers to it, so it stays." in err
    assert muster("show", "asset", "P-1", "--json")[1]["record"]["location"] == "Eng 7"
