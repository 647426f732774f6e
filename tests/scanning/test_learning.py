"""A scanner is learnt from three scans of a code that is known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.scanning.learning import EXPECTED, TRIALS, Stroke, learn
from models.scanning.scanner import End, Scanner, shown, unshown

GERMAN = str.maketrans("YyZz-/_", "ZzYyß-?")


def _strokes(text, gap=8):
    return [Stroke(character, 1000 + at * gap) for at, character in enumerate(text)]


def _learn(text, gap=8):
    return learn([_strokes(text, gap)] * TRIALS)


def _codes(learnt):
    return {each.code for each in learnt.findings}


@pytest.mark.parametrize(
    ("around", "scanner"),
    [
        (("", "\r"), Scanner(end=End.ENTER)),
        (("", "\t"), Scanner(end=End.TAB)),
        (("", "\x04"), Scanner(end=End.EOT)),
        (("", "\r\n"), Scanner(end=End.ENTER)),
        (("", ""), Scanner(end=End.PAUSE)),
        (("]C0", "\r"), Scanner(end=End.ENTER)),
        (("\x02", "\x03\r"), Scanner(prefix="\x02", suffix="\x03", end=End.ENTER)),
        (("~]C0", "$\t"), Scanner(prefix="~", suffix="$", end=End.TAB)),
    ],
)
def test_what_stands_around_the_code(around, scanner):
    learnt = _learn(around[0] + EXPECTED + around[1])
    assert learnt.scanner == scanner
    assert learnt.sound
    assert ("learn.aim" in _codes(learnt)) == ("]C0" in around[0])


def test_a_keyboard_of_another_country_is_known():
    learnt = _learn(EXPECTED.translate(GERMAN) + "\r")
    assert not learnt.sound
    (layout,) = [each for each in learnt.findings if each.code == "learn.layout"]
    assert "Y as Z" in layout.value
    assert "- as ß" in layout.value


@pytest.mark.parametrize(
    ("text", "code"),
    [(EXPECTED.swapcase(), "learn.caps"), (EXPECTED.upper(), "learn.one-case"), (EXPECTED.lower(), "learn.one-case")],
)
def test_changed_case_is_known(text, code):
    learnt = _learn(text + "\r")
    assert code in _codes(learnt)
    assert not learnt.sound


def test_the_speed_is_measured():
    assert _learn(EXPECTED + "\r", gap=30).scanner.gap == 50
    slow = _learn(EXPECTED + "\r", gap=80)
    assert slow.scanner.gap == 125
    assert "learn.slow" in _codes(slow)
    assert "learn.slow" not in _codes(_learn("~" + EXPECTED + "\r", gap=80))


def test_scans_that_differ_or_are_something_else():
    mixed = learn([_strokes("a" + EXPECTED + "\r"), _strokes("b" + EXPECTED + "\r"), _strokes(EXPECTED + "\r")])
    assert "learn.unsteady" in _codes(mixed)
    assert learn([_strokes(EXPECTED), _strokes("R-004471\r")]) is None
    assert learn([]) is None


@given(st.text(max_size=60))
def test_anything_may_be_scanned(text):
    learnt = _learn(text)
    assert learnt is None or 35 <= learnt.scanner.gap <= 300


@given(st.text("\x02\x03\x1d~$ab<>", max_size=8))
def test_control_characters_are_shown_by_their_names(text):
    assert shown("\x02") == "<STX>"
    assert unshown(shown(text)) == text
