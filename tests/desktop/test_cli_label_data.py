"""Label stocks and designs on the command line: listed, taken in, given out, removed; labels of places and people."""

import json
from pathlib import Path

import pytest

from tests.labels.reading import pdf_pages
from tests.labels.test_own_labels import DESIGN, LOGO, SHEET


def written(path: Path, data: object) -> Path:
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def test_stocks_and_designs_are_listed(muster):
    status, out, _ = muster("stocks")
    assert status == 0
    assert "Avery 5160" in out
    assert "Zebra 2 × 1 in" in out
    found = json.loads(muster("stocks", "--json")[1])["stocks"]
    sheet = next(each for each in found if each["name"] == "Avery 5160")
    assert (sheet["own"], sheet["labels_on_sheet"]) == (False, 30)
    status, out, _ = muster("designs", "--stock", "11353", "--json")
    assert [each["name"] for each in json.loads(out)["designs"]] == ["Dot"]
    assert "Room card" in muster("designs")[1]
    assert muster("designs", "--stock", "nothing")[0] == 2


def test_own_ones_are_added_used_given_out_removed_and_undone(muster, tmp_path):
    stock, design = written(tmp_path / "s.json", SHEET), written(tmp_path / "d.json", {"designs": [DESIGN]})
    assert muster("stocks", "--add", stock)[0] == 0
    status, out, err = muster("designs", "--add", design, "--json")
    assert (status, json.loads(out)["added"]) == (0, ["Own"])
    assert "muster undo" in err
    assert [each["own"] for each in json.loads(muster("stocks", "--json")[1])["stocks"]].count(True) == 1
    assert "you" in muster("designs", "--stock", "own sheet")[1]
    for command, name in (("stocks", "Own sheet"), ("designs", "own")):
        given = tmp_path / f"{command}.json"
        assert muster(command, "--export", name, given)[0] == 0
        assert muster(command, "--remove", name)[0] == 0
        assert muster(command, "--remove", name)[0] == 2
        assert muster(command, "--add", given)[0] == 0
        assert muster("undo")[0] == 0
        assert muster("undo")[0] == 0
    assert "Own sheet" in muster("stocks")[1]


@pytest.mark.parametrize("command", ["stocks", "designs"])
def test_files_that_cannot_be_used_are_told(muster, tmp_path, command):
    for data in ({}, [], {"name": "x"}, {"stocks": [{}], "designs": [{}]}):
        status, _, err = muster(command, "--add", written(tmp_path / "bad.json", data))
        assert status == 3
        assert err
    (tmp_path / "bad.json").write_bytes(b"\xff{")
    assert muster(command, "--add", tmp_path / "bad.json")[0] == 3
    assert "cannot be read" in muster(command, "--add", tmp_path / "none.json")[2]


def test_a_logo_is_kept_and_one_that_is_none_is_not(muster, tmp_path):
    picture = tmp_path / "logo.png"
    picture.write_bytes(LOGO)
    assert muster("designs", "--logo", picture)[0] == 0
    found = json.loads(muster("designs", "--json")[1])["designs"]
    assert next(each["size"] for each in found if each["name"] == "Logo") == [30, 15]
    picture.write_bytes(b"GIF89a")
    status, _, err = muster("designs", "--logo", picture)
    assert status == 3
    assert "Use a PNG or a JPEG file" in err


def test_places_and_people_get_labels_of_their_own(muster, tmp_path):
    people = tmp_path / "people.csv"
    people.write_text("Name,Employee number,Department\nMaria Ruiz,104471,Fire\n", encoding="utf-8")
    places = tmp_path / "places.csv"
    places.write_text("Name,Code\nServer room,CH-204\n", encoding="utf-8")
    assert muster("import", people, "--as", "person")[0] == 0
    assert muster("import", places, "--as", "location")[0] == 0
    out = tmp_path / "labels.pdf"
    for kind, code in (("person", "104471"), ("location", "CH-204")):
        status, _, err = muster("labels", "--as", kind, "--tags", code, "--stock", "5160", "--out", out)
        assert status == 0, err
        assert pdf_pages(out, 300)[0].texts("QRCode") == [code]
    status, _, err = muster("labels", "--as", "vendor", "--query", "x", "--stock", "5160", "--out", out)
    assert status == 2
    assert "Vendors bear no labels" in err
