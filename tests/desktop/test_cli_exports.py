"""Exports on the command line: everything, saved ones, templates."""

import openpyxl
import pytest

from models.exchange.writing.muster_book import sheet_kinds


@pytest.fixture(autouse=True)
def _there(city):
    city.close()


def test_everything_goes_into_one_workbook(muster, tmp_path):
    status, out, err = muster("export", "all", tmp_path / "all.xlsx", "--json")
    assert status == 0
    assert '"kind": "all"' in out
    assert "written to" in err
    assert {"radio", "hardware", "model"} <= set(sheet_kinds(tmp_path / "all.xlsx").values())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["all", "all.csv"], ".xlsx"),
        (["all", "all.xlsx", "--query", "x"], "everything"),
        (["all", "--json"], "which file"),
        ([], "which kind"),
        (["--saved", "Nothing"], "Nothing"),
    ],
)
def test_what_makes_no_export(muster, tmp_path, monkeypatch, arguments, said):
    monkeypatch.chdir(tmp_path)
    status, _, err = muster("export", *arguments)
    assert status == 2
    assert said in err
    assert not list(tmp_path.glob("all*"))


def test_an_export_is_saved_made_again_listed_and_forgotten(muster, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    saving = (
        "export",
        "radio",
        "out {date}.csv",
        "--query",
        "status:in_repair",
        "--columns",
        "Asset tag",
        "--save",
        "R",
    )
    assert muster(*saving)[0] == 0
    (made,) = tmp_path.glob("out*.csv")
    assert made.read_text("utf-8-sig").splitlines() == ["Asset tag", "R-004470"]
    made.unlink()
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")  # as a scheduled job is started
    assert muster("export", "--saved", "r")[0] == 0
    assert made.exists()
    assert muster("export", "--saved", "R", "other.tsv")[0] == 0
    assert (tmp_path / "elsewhere" / "other.tsv").exists()
    status, out, _ = muster("exports", "--json")
    assert status == 0
    assert '"name": "R"' in out
    assert '"query": "status:in_repair"' in out
    assert "status:in_repair" in muster("exports")[1]
    status, _, err = muster("export", "--saved", "R", "--query", "x")
    assert status == 2
    assert "--save" in err
    assert muster("exports", "--remove", "R")[0] == 0
    assert muster("exports", "--remove", "R")[0] == 2
    assert "0 saved exports" in muster("exports")[2]
    assert muster("undo")[0] == 0
    assert "1 saved export." in muster("exports")[2]


def test_a_template_is_filled_in_and_imported(muster, tmp_path):
    path = tmp_path / "radios.xlsx"
    assert muster("template", "radio", path, "--columns", "tag,unit_id,location")[0] == 0
    book = openpyxl.load_workbook(path)
    book["Radios"].append(["R-9", "4999", "Engine 7"])
    book.save(path)
    status, _, err = muster("import", path)
    assert status == 0
    assert "1 new" in err
    assert muster("template", "radio", path, "--columns", "shelf")[0] == 2
    assert muster("template", "nothing", path)[0] == 2
