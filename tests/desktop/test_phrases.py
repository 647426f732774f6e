import re
from pathlib import Path
from string import Formatter

import pytest

from desktop.phrases import codes, count, say, stage, within
from desktop.phrases.filters import chip_words
from desktop.phrases.stages import STAGES
from models.fields.problem import Problem

MODELS = Path(__file__).resolve().parents[2] / "models"
RAISED = re.compile(
    r"(?:BadValue|warning|Problem|KnownError|UsageError|InputError|DatabaseError|HubError)\(\s*\"([a-z0-9-]+\.[a-z0-9.-]+)\""
)
STAGE = re.compile(r"\.at\(\s*\"([a-z-]+)\"")


def _in_models(pattern: re.Pattern[str]) -> set[str]:
    return {found for path in MODELS.rglob("*.py") for found in pattern.findall(path.read_text("utf-8"))}


def test_each_code_that_models_raise_has_a_sentence():
    assert _in_models(RAISED) - set(codes()) == set()


def test_each_stage_of_long_work_has_words():
    assert _in_models(STAGE) - set(STAGES) == set()
    assert stage("something new") == "Working"


@pytest.mark.parametrize("code", sorted(codes()))
def test_sentences_are_plain(code):
    sentence = say(Problem(code, "x"))
    assert sentence[-1] in ".?…"
    assert (
        not re.search(r"[!]|\b(please|error|invalid|exception)\b", sentence, re.IGNORECASE) or "spreadsheet" in sentence
    )
    assert [name for _, name, _, _ in Formatter().parse(sentence) if name] == []


def test_a_missing_word_never_stops_a_sentence():
    assert "…" in say(Problem("query.bad-value", "x"))
    assert "brand.new" in say(Problem("brand.new", "x"))


def test_counts_and_labels_read_well():
    assert count(1, "row") == "1 row"
    assert count(1412, "person", "people") == "1,412 people"
    assert within("Serial number") == "serial number"
    assert within("IMEI 2") == "IMEI 2"


def test_chips_speak_of_labels():
    labels = {"department": "Department", "cost": "Cost"}
    assert chip_words("department:Fire", labels) == "Department: Fire"
    assert chip_words('-department:"City Hall"', labels) == "Not Department: City Hall"
    assert chip_words("cost>=500", labels) == "Cost from 500"
    assert chip_words("department:none", labels) == "Department is empty"
    assert chip_words("anything else", labels) == "anything else"
