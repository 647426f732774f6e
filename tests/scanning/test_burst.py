"""A scanner is told from a person by its prefix or its speed; what people type is never lost, and keeps its order."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.fields.problem import UsageError
from models.scanning.burst import Burst
from models.scanning.scanner import End, Scanner, keep_scanner, scanner_of
from models.settings import Settings

FAST, SLOW = 5, 90
WORDS = st.text(string.ascii_letters + string.digits + "-/ .", min_size=1, max_size=12)
CODES = st.text(string.ascii_uppercase + string.digits + "-", min_size=4, max_size=30)
DOINGS = st.lists(st.one_of(st.tuples(st.just("scan"), CODES), st.tuples(st.just("type"), WORDS)), max_size=8)


class Keyboard:
    """Gives keys to a burst and keeps what comes out: what was typed, and what was scanned."""

    def __init__(self, scanner=None):
        self.burst = Burst(scanner or Scanner())
        self.held, self.typed, self.scans, self.now = "", "", [], 1000.0

    def press(self, text, gap):
        self.now += gap
        self._do(self.burst.press(text, self.now), text)

    def rest(self):
        """So long that the timer runs out."""
        self.now += 1000
        self._do(self.burst.lapse(), "")

    def type(self, words):
        for character in words:
            self.press(character, SLOW)

    def scan(self, code, end="\r", pause=SLOW):
        for at, character in enumerate(code + end):
            self.press(character, pause if at == 0 else FAST)

    def _do(self, step, text):
        if step.scan is not None:
            self.scans.append(step.scan)
            self.held = ""
        if step.free:
            self.typed += self.held
            self.held = ""
        if step.hold:
            self.held += text
        elif not step.eat:
            self.typed += text


@given(DOINGS)
def test_scans_and_typing_are_told_apart(doings):
    keys = Keyboard()
    for what, text in doings:
        getattr(keys, what)(text)
    keys.rest()
    assert keys.scans == [text for what, text in doings if what == "scan"]
    assert keys.typed == "".join(text for what, text in doings if what == "type")


@given(st.lists(st.tuples(st.text(string.printable, min_size=1, max_size=1), st.integers(0, 400)), max_size=60))
def test_nothing_is_lost_or_changes_its_place_at_any_speed(strokes):
    keys = Keyboard()
    for text, gap in strokes:
        keys.press(text, gap)
    keys.rest()
    kept = iter("".join(text for text, _ in strokes))
    assert all(character in kept for character in keys.typed)
    if not keys.scans:
        gone = len(strokes) - len(keys.typed)
        assert gone == 0


@given(WORDS)
def test_a_person_is_never_held_up_longer_than_the_gap(words):
    keys = Keyboard()
    for character in words:
        keys.press(character, SLOW)
        assert len(keys.held) <= 1
    assert keys.burst.gap <= 35


@given(st.lists(CODES, min_size=2, max_size=20))
def test_scans_without_a_pause_between_are_not_mixed(codes):
    keys = Keyboard()
    for code in codes:
        keys.scan(code, pause=FAST)
    assert (keys.scans, keys.typed) == (codes, "")


@pytest.mark.parametrize("end", ["\r", "\n", "\t", "\x04"])
def test_each_usual_end_counts(end):
    keys = Keyboard()
    keys.scan("R-004471", end)
    assert (keys.scans, keys.typed) == (["R-004471"], "")


def test_a_line_feed_after_the_return_belongs_to_the_scan():
    keys = Keyboard()
    keys.scan("R-004471", "\r\n")
    keys.scan("R-004472", "\r\n", pause=FAST)
    assert (keys.scans, keys.typed) == (["R-004471", "R-004472"], "")
    keys.press("\r", SLOW)
    assert keys.typed == "\r"


def test_what_is_short_or_not_ended_was_typed():
    keys = Keyboard()
    keys.scan("abc")
    assert (keys.scans, keys.typed) == ([], "abc\r")
    keys.scan("R-004471", "")
    keys.rest()
    assert (keys.scans, keys.typed) == ([], "abc\rR-004471")


def test_only_the_end_that_is_set_counts():
    keys = Keyboard(Scanner(end=End.ENTER))
    keys.scan("R-004471", "\t")
    keys.rest()
    assert (keys.scans, keys.typed) == ([], "R-004471\t")


def test_a_pause_may_end_a_scan():
    keys = Keyboard(Scanner(end=End.PAUSE))
    keys.scan("R-004471", "")
    keys.rest()
    keys.scan("R-004472", "")
    keys.press("x", SLOW)
    keys.press("\r", SLOW)
    keys.rest()
    assert (keys.scans, keys.typed) == (["R-004471", "R-004472"], "x\r")


def test_with_a_prefix_only_the_prefix_counts():
    keys = Keyboard(Scanner(prefix="~#", suffix="$"))
    keys.scan("R-004471")
    assert (keys.scans, keys.typed, keys.held) == ([], "R-004471\r", "")
    keys.scan("~#R-004472$")
    keys.scan("~#7")
    for character in "~#R-004473\r":  # a slow one
        keys.press(character, 200)
    assert keys.scans[:2] == ["R-004472", "7"]
    keys.type("a~b")
    keys.rest()
    assert keys.typed.endswith("a~b")


def test_a_prefix_of_control_characters():
    keys = Keyboard(Scanner(prefix="\x02", suffix="\x03"))
    assert keys.burst.follows("\x02", 0)
    keys.scan("\x02R-004471\x03")
    assert (keys.scans, keys.typed) == (["R-004471"], "")


def test_shortcuts_of_people_begin_no_scan():
    keys = Keyboard()
    keys.press("\x03", SLOW)
    assert (keys.typed, keys.held) == ("\x03", "")
    assert not keys.burst.follows("\x03", keys.now)


def test_switched_off_it_holds_nothing():
    keys = Keyboard(Scanner(on=False))
    keys.scan("R-004471")
    assert (keys.scans, keys.typed, keys.held) == ([], "R-004471\r", "")


def test_settings_are_kept_and_checked(tmp_path):
    settings = Settings(tmp_path / "settings.json")
    assert scanner_of(settings) == Scanner()
    made = Scanner(on=False, prefix="\x02", suffix="\x03", end=End.TAB, gap=20, least=6)
    keep_scanner(settings, made)
    assert scanner_of(Settings(tmp_path / "settings.json")) == made
    for wrong, code in (
        (Scanner(gap=1), "scanner.gap"),
        (Scanner(gap=1000), "scanner.gap"),
        (Scanner(least=0), "scanner.least"),
        (Scanner(prefix="x" * 17), "scanner.fixed"),
    ):
        with pytest.raises(UsageError) as refused:
            keep_scanner(settings, wrong)
        assert refused.value.problem.code == code
    for junk in (7, {"gap": "soon"}, {"gap": 0}, {"end": "never"}):
        settings["scanner"] = junk
        assert scanner_of(settings) == Scanner()
