"""The command code tells how a code is read and what it names."""

import json

import pytest

from desktop.cli import main


@pytest.fixture
def code(city, capsys):
    def run(*arguments):
        status = main(["--home", str(city.home.path), "code", *arguments])
        out, err = capsys.readouterr()
        return status, out, err

    return run


def test_a_code_is_told_with_what_it_names(code):
    status, out, err = code("]C18004950600013R-004471<GS>21ABC")
    assert status == 0
    assert "Symbology: GS1-128" in out
    assert "(8004) GIAI: 950600013R-004471" in out
    assert "(21) SERIAL: ABC" in out
    assert "Radio R-004471: Asset tag R-004471" in out
    assert "1 record named." in err


def test_a_code_as_json(code):
    status, out, _ = code("S672CYX0119", "--json")
    told = json.loads(out)
    assert status == 0
    assert told["readings"] == ["S672CYX0119", "672CYX0119"]
    (record,) = told["records"]
    assert (record["kind"], record["name"], record["field"], record["reading"]) == (
        "radio", "R-004471", "serial", "672CYX0119",
    )  # fmt: skip
    assert (told["command"], told["problem"]) == (None, None)


@pytest.mark.parametrize(("text", "said"), [("NOBODY-1", "Nothing has this code."), ("MUSTER UNDO", "")])
def test_what_names_nothing(code, text, said):
    status, out, err = code(text)
    assert status == 0
    assert said in err
    assert ("Command: UNDO" in out) == (text == "MUSTER UNDO")
