import csv
import json
import os
import subprocess
import sys

import openpyxl
import pytest

from desktop.cli import main
from models.fields.ids import new_id
from models.journal.entry import Edit
from models.journal.writer import Journal
from models.progress import Cancelled
from models.schema.records import RECORDS


@pytest.fixture
def sheet(tmp_path):
    """Writes rows to a csv file."""

    def write(*rows, name="radios.csv"):
        path = tmp_path / name
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)
        return path

    return write


HEADINGS = ["Asset Tag", "Serial Number", "Make", "Model", "Location", "Subscriber ID", "Radio Alias", "Shelf"]


@pytest.fixture
def radios(sheet):
    return sheet(
        HEADINGS,
        ["R-1", "672X1", "Motorola", "APX 8000", "Engine 7", "4779", "ENG 7", "a"],
        ["R-2", "672X2", "Motorola", "APX 8000", "Engine 7", "99999999", "ENG 8", "b"],
        ["R-3", "672X3", "Motorola", "APX 8000", "Engine 8", "4781", "ENG 9", "c"],
    )


# What is said where


def test_the_version_is_the_result(muster):
    ran = muster("--version")
    assert ran.status == 0
    assert ran.out.startswith("Muster ")


@pytest.mark.parametrize("arguments", [["bogus"], ["import"], ["find"], ["find", "x", "--limit", "-1"], ["labels"]])
def test_wrong_use_is_2_and_said(muster, arguments):
    ran = muster(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert "usage: muster" in ran.err


def test_help_is_a_result(muster):
    ran = muster("import", "--help")
    assert ran.status == 0
    assert "--dry-run" in ran.out


def test_the_home_may_be_named_before_or_after_the_command(home, city, capsys):
    for arguments in (["--home", str(home.path), "find", "R-004471"], ["find", "R-004471", "--home", str(home.path)]):
        assert main(arguments) == 0
        assert "R-004471" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["find", "nosuch:1"], "nosuch"),
        (["find", "(a", "--as", "radio"], "bracket"),
        (["find", "a", "--as", "radoi"], "radio"),
        (["show", "radio", "R-9"], "R-9"),
        (["set", "radio", "R-004471", "alias"], "field=value"),
        (["set", "radio", "R-004471", "locatoin=x"], "Location"),
        (["export", "radio"], "--json"),
        (["export", "radio", "out.docx"], "out.docx"),
        (["export", "radio", "out.csv", "--columns", "tag,shelf"], "shelf"),
        (["undo", "01a202c0-7027-7001-8951-4247176464d2"], "undo"),
        (["labels", "--tags", "R-004471", "--stock", "avery-5160", "--out", "x.svg"], ".pdf"),
        (["labels", "--tags", "R-004471", "--stock", "avery-1", "--out", "x.pdf"], "Avery 5160"),
    ],
)
def test_what_makes_no_sense_is_2_and_said(muster, city, tmp_path, monkeypatch, arguments, said):
    monkeypatch.chdir(tmp_path)
    ran = muster(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


def test_a_file_that_cannot_be_read_is_3(muster, tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
    for arguments in (
        ["import", tmp_path / "a.pdf"],
        ["import", tmp_path / "no.xlsx"],
        ["restore", tmp_path / "a.pdf"],
    ):
        ran = muster(*arguments)
        assert (ran.status, ran.out) == (3, "")
        assert ran.err


def test_a_database_that_cannot_be_opened_is_4(muster, home):
    home.make()
    home.database.write_bytes(b"something else altogether" * 100)
    ran = muster("find", "x", "--json")
    assert (ran.status, ran.out) == (4, "")
    assert "database" in ran.err


def test_another_writer_is_4_and_nothing_is_lost(muster, city, monkeypatch):
    monkeypatch.setattr("models.store.database.BUSY_SECONDS", 0.05)
    with city.writing():
        assert muster("set", "radio", "R-004471", "alias=X").status == 4
    assert muster("show", "radio", "R-004471", "--json").json["record"]["alias"] == "ENG 7 DRV"


def test_a_fault_of_ours_is_reported_in_the_logs(muster, home, monkeypatch):
    monkeypatch.setattr("desktop.console.looking.find_rows", lambda *_: 1 / 0)
    ran = muster("find", "x")
    assert ran.status == 70
    report = next(home.logs.iterdir())
    assert str(report) in ran.err
    assert "ZeroDivisionError" in report.read_text("utf-8")


@pytest.mark.parametrize("error", [KeyboardInterrupt, Cancelled])
def test_stopping_leaves_nothing_half_done(muster, radios, monkeypatch, error):
    def project(_self, _batch):
        raise error

    monkeypatch.setattr("models.journal.project.Projection.apply", project)
    assert muster("import", radios, "--as", "radio").status == 130
    monkeypatch.undo()
    assert muster("find", "").err == "0 records found.\n"
    assert muster("check").status == 0


# import


def test_import_tells_every_row(muster, radios):
    ran = muster("import", radios, "--as", "radio", "--json")
    assert ran.status == 1
    told = ran.json
    assert {key: told[key] for key in ("rows", "new", "changed", "same", "refused")} == {
        "rows": 3, "new": 2, "changed": 0, "same": 0, "refused": 1,
    }  # fmt: skip
    assert (told["file"], told["sheet"], told["kind"], told["header_row"]) == (str(radios), "radios", "radio", 1)
    assert told["mapping"]["Subscriber ID"] == "unit_id"
    assert told["mapping"]["Shelf"] is None
    assert told["action"]
    assert [
        (each["row"], each["column"], each["heading"], each["field"], each["value"]) for each in told["problems"]
    ] == [(3, "F", "Subscriber ID", "unit_id", "99999999")]
    assert told["problems"][0]["message"]
    again = muster("import", radios, "--as", "radio", "--json").json
    assert (again["same"], again["new"], again["action"]) == (2, 0, None)
    assert "Row 3, column F (Subscriber ID)" in ran.err


def test_a_dry_run_writes_nothing(muster, radios):
    ran = muster("import", radios, "--as", "radio", "--dry-run")
    assert (ran.status, ran.out) == (1, "")
    assert "2 new" in ran.err
    assert muster("find", "").err == "0 records found.\n"


def test_the_mapping_can_be_said(muster, radios):
    told = muster("import", radios, "--as", "radio", "--map", "Shelf=notes", "--map", "Radio Alias=", "--json").json
    assert (told["mapping"]["Shelf"], told["mapping"]["Radio Alias"]) == ("notes", None)
    assert muster("show", "radio", "R-1", "--json").json["record"]["notes"] == "a"
    for wrong in ("Shelf", "=notes", "Shelf=shelf", "Rack=notes"):
        assert muster("import", radios, "--as", "radio", "--map", wrong).status == 2


def test_refused_rows_can_be_mended_and_brought_in(muster, radios, tmp_path):
    muster("import", radios, "--as", "radio", "--errors", tmp_path / "mend.xlsx")
    book = openpyxl.load_workbook(tmp_path / "mend.xlsx")
    rows = [[cell.value for cell in row] for row in book.active]
    assert rows[0] == [*HEADINGS, "What to mend"]
    assert len(rows) == 2
    assert rows[1][:6] == ["R-2", "672X2", "Motorola", "APX 8000", "Engine 7", "99999999"]
    assert rows[1][-1].startswith("Subscriber ID: ")
    book.active["F2"] = "4780"
    book.save(tmp_path / "mend.xlsx")
    told = muster("import", tmp_path / "mend.xlsx", "--as", "radio", "--json")
    assert (told.status, told.json["new"]) == (0, 1)


# find, show, fields, history


def test_find_gives_rows_of_canonical_values(muster, city):
    told = muster("find", "R-004471", "--json").json
    assert (told["kind"], told["query"], told["count"]) == (None, "R-004471", 1)
    (row,) = told["rows"]
    assert row["kind"] == "radio"
    assert (row["unit_id"], row["status"], row["cost"]) == ("4779", "in_service", "5200.00")
    assert (row["model"], row["custodian"], row["location"]) == ("APX 8000", "T. Nakagawa", "Engine 7")
    assert None not in row.values()
    assert set(row) <= {"id", *(field.key for field in RECORDS["radio"].fields)}


def test_find_looks_into_every_kind_that_has_the_field(muster, city):
    assert {row["kind"] for row in muster("find", "engine 7", "--json").json["rows"]} == {"radio", "location"}
    assert muster("find", "kind:radio -status:retired", "--json").json["count"] == 8
    assert {row["kind"] for row in muster("find", "-status:in_service", "--json").json["rows"]} == {"radio"}
    assert muster("find", "unit_id>4780", "--as", "asset", "--json").json["count"] == 4
    assert muster("find", "memory_gb:16", "--as", "radio", "--json").json["rows"] == []


def test_find_shows_the_first_and_counts_all(muster, city):
    ran = muster("find", "latitude", "--as", "hardware", "--limit", "5", "--json")
    assert (len(ran.json["rows"]), ran.json["count"]) == (5, 40)
    assert "5 of 40 records" in ran.err
    shown = muster("find", "latitude", "--as", "hardware").out
    assert "A-10007" in shown
    assert "Serial number" in shown


def test_show_gives_one_record(muster, city):
    record = muster("show", "radio", "4779", "--json").json["record"]
    assert record["tag"] == "R-004471"
    assert muster("show", "asset", record["id"], "--json").json["record"] == record
    shown = muster("show", "asset", "r-004471").out
    assert "  Custodian: T. Nakagawa\n" in shown
    assert record["id"] in shown


@pytest.mark.parametrize("word", RECORDS)
def test_fields_tells_all_of_each_kind(muster, word):
    told = muster("fields", word, "--json").json
    assert [field["key"] for field in told["fields"]] == [field.key for field in RECORDS[word].fields]
    assert all(field["label"] and field["kind"] and "headings" in field for field in told["fields"])
    assert told["fields"][0]["label"] in muster("fields", word).out


def test_history_reads_like_sentences(muster, city):
    assert muster("set", "radio", "R-004471", "location=Radio shop", "status=in_repair").status == 0
    told = muster("history", "radio", "R-004471", "--json").json
    assert told["kind"] == "radio"
    latest, first = told["events"]
    assert latest["fields"] == {"location": ["Engine 7", "Radio shop"], "status": ["in_service", "in_repair"]}
    assert (latest["new"], first["new"], first["source"]) == (False, True, "import city.xlsx")
    assert "moved it from Engine 7 to Radio shop" in muster("history", "radio", "R-004471").out


# set, undo, redo


def test_set_changes_and_clears(muster, city):
    ran = muster("set", "radio", "R-004471", "Unit ID=4999", "alias=", "custodian=n. petrov", "--json")
    assert ran.status == 0
    assert ran.json["changed"] == ["alias", "custodian", "unit_id"]
    record = ran.json["record"]
    assert (record["unit_id"], record["custodian"], "alias" in record) == ("4999", "N. Petrov", False)
    assert muster("set", "radio", "R-004471", "unit_id=4999", "--json").json["action"] is None
    assert "R-004468" in muster("set", "radio", "R-004471", "unit_id=4776").err  # a cloned radio is told


def test_set_refuses_with_every_reason(muster, city):
    ran = muster("set", "radio", "R-004471", "unit_id=x", "location=Engin 7", "alias=Y")
    assert ran.status == 2
    assert "Unit ID: " in ran.err
    assert "Did you mean Engine 7?" in ran.err
    assert muster("show", "radio", "R-004471", "--json").json["record"]["alias"] == "ENG 7 DRV"


def test_undo_and_redo(muster, city):
    muster("set", "radio", "R-004471", "alias=A")
    told = muster("undo", "--json").json
    assert (told["title"], told["undone"], told["kept"]) == ("Change R-004471", 1, [])
    assert muster("redo").status == 0
    assert muster("show", "radio", "R-004471", "--json").json["record"]["alias"] == "A"


def test_an_undo_that_keeps_something_is_1(muster, city):
    action = muster("set", "radio", "R-004471", "alias=A", "status=lost", "--json").json["action"]
    muster("set", "radio", "R-004471", "alias=B")
    ran = muster("undo", action, "--json")
    assert (ran.status, ran.json["action"]) == (1, action)
    assert [(each["record"], each["field"], each["reason"]) for each in ran.json["kept"]] == [
        ("R-004471", "alias", "changed")
    ]
    record = muster("show", "radio", "R-004471", "--json").json["record"]
    assert (record["alias"], record["status"]) == ("B", "in_service")


def test_the_author_is_the_person_of_the_settings(muster, city, home):
    home.settings.write_text(json.dumps({"person": "J. Ruiz"}), "utf-8")
    muster("set", "radio", "R-004471", "alias=A")
    assert muster("history", "radio", "R-004471", "--json").json["events"][0]["author"] == "J. Ruiz"


# export, labels


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("word", ["radio", "hardware", "location", "person", "model"])
def test_an_export_comes_back_as_the_same(muster, city, tmp_path, word, ending):
    file = tmp_path / f"out.{ending}"
    muster("set", "radio", "R-004471", "notes==1+1", "serial=00123", "last_seen=2026-03-14 10:02", "federal_share=33.5")
    assert muster("export", word, file).status == 0
    ran = muster("import", file, "--as", word, "--json")
    assert ran.status == 0
    assert ran.json["same"] == ran.json["rows"] > 0
    assert None not in ran.json["mapping"].values()


def test_an_export_of_some_columns_and_rows(muster, city, tmp_path):
    file = tmp_path / "out.csv"
    muster("export", "radio", file, "--query", "location:engine", "--columns", "Asset tag,custodian,id")
    rows = list(csv.reader(file.read_text("utf-8-sig").splitlines()))
    assert rows[0] == ["Asset tag", "Custodian", "Muster id"]
    assert len(rows) == 5
    assert rows[1][:2] == ["R-004468", "D. Oyelaran"]


def test_export_gives_rows_as_json(muster, city):
    told = muster("export", "radio", "--json", "--query", "R-004471", "--columns", "tag,location").json
    assert told["count"] == 1
    assert [set(row) for row in told["rows"]] == [{"id", "kind", "tag", "location"}]
    assert told["rows"][0]["location"] == "Engine 7"


def test_custom_fields_go_out_and_come_back(muster, city, tmp_path):
    field = {"key": "x_bay", "label": "Bay", "record": "radio", "value_type": "number"}
    Journal(city, "J. Ruiz").write("Add field", [Edit("custom_field", new_id(), field, new=True)])
    assert muster("set", "radio", "R-004471", "Bay=12").status == 0
    assert muster("find", "bay:12", "--json").json["rows"][0]["x_bay"] == "12"
    muster("export", "radio", tmp_path / "out.xlsx")
    ran = muster("import", tmp_path / "out.xlsx", "--as", "radio", "--json")
    assert (ran.json["mapping"]["Bay"], ran.json["same"]) == ("x_bay", 9)


def test_labels_are_written(muster, city, tmp_path):
    file = tmp_path / "labels.pdf"
    ran = muster("labels", "--query", "kind:radio location:engine", "--stock", "avery-5160", "--out", file, "--json")
    assert (ran.status, ran.json["labels"], ran.json["sheets"], ran.json["refused"]) == (0, 4, 1, [])
    assert file.read_bytes().startswith(b"%PDF-")
    ran = muster(
        "labels", "--tags", "R-004471,R-9", "--stock", "5160", "--start", "30", "--out", tmp_path / "l.png", "--json"
    )
    assert (ran.status, ran.json["labels"]) == (1, 1)
    assert [each["record"] for each in ran.json["refused"]] == ["R-9"]
    assert (tmp_path / "l.png").exists()


# check, backup, restore


def test_check_is_0_when_sound_and_1_when_not(muster, city):
    ran = muster("check", "--json")
    assert (ran.status, ran.json["sound"]) == (0, True)
    assert ran.json["records"] > 49
    with city.writing() as connection:
        connection.exec_driver_sql("UPDATE asset SET alias = 'X' WHERE tag = 'R-004471'")
    ran = muster("check", "--json")
    assert (ran.status, ran.json["sound"]) == (1, False)
    assert "check.row-unequal" in {each["code"] for each in ran.json["findings"]}
    assert "alias" in muster("check").out


def test_backup_and_restore(muster, city, tmp_path):
    assert muster("backup", tmp_path / "b.musterbackup").status == 0
    muster("set", "radio", "R-004471", "alias=X")
    told = muster("restore", tmp_path / "b.musterbackup", "--json").json
    assert muster("show", "radio", "R-004471", "--json").json["record"]["alias"] == "ENG 7 DRV"
    assert muster("restore", told["kept"]).status == 0
    assert muster("show", "radio", "R-004471", "--json").json["record"]["alias"] == "X"


# As a program of its own


def test_it_runs_as_a_program_without_qt(home, city):
    program = (
        "import sys\n"
        "from desktop.__main__ import main\n"
        "status = main(['find', 'R-004471', '--json'])\n"
        "assert not any(name.startswith('PySide6.') for name in sys.modules), 'Qt'\n"
        "sys.exit(status)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "MUSTER_HOME": str(home.path)},
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)["count"] == 1


def test_a_reader_that_goes_away_is_no_fault(home, city):
    command = f"{sys.executable} -m desktop --home {home.path} fields radio | head -1"
    ran = subprocess.run(["/bin/sh", "-c", command], capture_output=True, check=False)
    assert b"Traceback" not in ran.stderr
    assert not home.logs.exists()


def test_what_is_written_is_utf_8_anywhere(home, city):
    program = [sys.executable, "-m", "desktop", "--home", str(home.path)]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    subprocess.run(
        [*program, "set", "radio", "R-004471", "alias=Añejo ✓"], env=environment, check=True, capture_output=True
    )
    ran = subprocess.run(
        [*program, "show", "radio", "R-004471", "--json"], env=environment, check=True, capture_output=True
    )
    assert json.loads(ran.stdout.decode())["record"]["alias"] == "Añejo ✓"


def test_the_demo_city_comes_and_goes(muster):
    ran = muster("demo", "--assets", "500", "--seed", "7", "--json")
    assert (ran.status, ran.json["assets"]) == (0, 500)
    assert (
        sum(muster("find", "", "--as", word, "--json").json["count"] for word in ("hardware", "mobile", "radio")) == 500
    )
    assert muster("demo").status == 2
    assert muster("check").status == 0
    assert muster("demo", "--remove").status == 0
    assert muster("find", "").err == "0 records found.\n"
    assert muster("redo").status == 0
    assert muster("find", "", "--as", "asset", "--limit", "0", "--json").json["count"] == 500
