"""Each answer to a scan has a word, a shape, a colour and a sound of its own."""

import io
import wave

import pytest

from desktop.phrases.scanning import WORDS
from desktop.scanning import sounds
from desktop.scanning.banner import AnswerBanner
from desktop.theme import load, names
from models.scanning.answer import Answer, Outcome
from models.settings import Settings


@pytest.fixture
def banner(look_here, qtbot):
    made = AnswerBanner(look_here)
    qtbot.addWidget(made)
    made.resize(600, 120)
    made.show()
    return made


@pytest.fixture
def look_here(desk):
    return desk.look


def _colour(banner):
    return banner.grab().toImage().pixelColor(300, 4).name().upper()


def test_no_two_outcomes_look_or_read_alike(banner):
    seen = {}
    for outcome in Outcome:
        banner.show_answer(Answer(outcome, "scan.dialog-open", "R-004471", {}))
        assert WORDS[outcome] in banner.accessibleName()
        assert "R-004471" in banner.accessibleName()
        seen[outcome] = _colour(banner)
    assert seen[Outcome.WRONG] == seen[Outcome.REFUSED]  # told apart by shape, word and sound
    assert seen[Outcome.OK] == seen[Outcome.BEGUN]
    assert len(set(seen.values())) == len(Outcome) - 2
    assert seen[Outcome.OK] == load("light").colours["ok"]
    assert len(set(WORDS.values())) == len(Outcome)


def test_the_banner_follows_the_theme_and_rests(banner, look_here):
    banner.show_answer(Answer(Outcome.WRONG, "scan.dialog-open", "x", {}))
    for name in names():
        look_here.use(name)
        assert _colour(banner) == load(name).colours["bad"]
    banner.rest("Scan the label of a device.")
    assert banner.answer is None
    assert banner.accessibleName() == "Scan the label of a device."


def test_no_two_outcomes_sound_alike():
    assert len({sounds.tune(outcome) for outcome in Outcome}) == len(Outcome)
    for outcome in Outcome:
        with wave.open(io.BytesIO(sounds.tune(outcome))) as file:
            assert 0.05 < file.getnframes() / file.getframerate() < 0.5


def test_nothing_is_heard_where_nobody_sits(tmp_path, monkeypatch, qapp):
    started = []
    monkeypatch.setattr(sounds, "_sound", lambda path: started.append(path) or True)
    monkeypatch.setattr(sounds, "_last", 0.0)
    settings = Settings(tmp_path / "settings.json")
    sounds.play(Outcome.OK, settings)
    assert started == []
    monkeypatch.setattr(sounds, "_SILENT", frozenset())
    sounds.play(Outcome.OK, settings)
    assert len(started) == 1
    assert started[0].endswith("ok.wav")
    monkeypatch.setattr(sounds, "_last", 0.0)
    settings["sounds"] = "no"
    sounds.play(Outcome.OK, settings)
    assert len(started) == 1
