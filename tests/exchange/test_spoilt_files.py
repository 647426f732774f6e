"""Spoilt spreadsheets through the whole way of an import: an answer or a refusal in words, and nothing half written.

`tasks.py fuzz` does the same by the thousand, in processes with a memory limit.
"""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.exchange.mutations import mutated, sound_files
from tests.fuzz_import import SLOW, Bench

SOUND = sound_files()
TEXTS = [sound for sound in SOUND if sound[0] in ("csv", "tsv", "txt")]
BOOKS = [sound for sound in SOUND if sound not in TEXTS]
QUICK = {
    "deadline": SLOW * 1000,
    "suppress_health_check": list(HealthCheck),
    "phases": [Phase.explicit, Phase.generate],
}


@pytest.fixture(scope="module")
def bench(tmp_path_factory):
    bench = Bench(tmp_path_factory.mktemp("spoilt"))
    yield bench
    bench.close()


def take(bench, folder, sound, seed):
    path = folder / f"spoilt.{sound[0]}"
    path.write_bytes(mutated(sound, seed))
    return bench.take(path, seed)


@pytest.mark.parametrize("sound", SOUND, ids=[f"{number}-{sound[0]}" for number, sound in enumerate(SOUND)])
def test_what_is_sound_is_read(bench, tmp_path, sound):
    path = tmp_path / f"sound.{sound[0]}"
    path.write_bytes(sound[1])
    assert bench.take(path, 1) == "planned"


@settings(max_examples=110, **QUICK)
@given(st.integers(0, len(TEXTS) - 1), st.integers(0, 2**32))
def test_spoilt_text(bench, tmp_path_factory, which, seed):
    assert not take(bench, tmp_path_factory.getbasetemp(), TEXTS[which], seed).startswith("!!")


@settings(max_examples=40, **QUICK)
@given(st.integers(0, len(BOOKS) - 1), st.integers(0, 2**32))
def test_spoilt_workbooks(bench, tmp_path_factory, which, seed):
    assert not take(bench, tmp_path_factory.getbasetemp(), BOOKS[which], seed).startswith("!!")
