"""Progress of long work: in parts that say where they are, and while one step cannot say it."""

import gc
import threading

import pytest

from models.progress import Cancelled, Progress, beating, in_slices, uncollected


class Told(Progress):
    """Remembers what it was told, and lets a test wait for the next word."""

    def __init__(self):
        super().__init__()
        self.seen = []
        self.word = threading.Semaphore(0)

    def at(self, stage, done=0, total=0):
        self.seen.append((stage, done, total))
        self.word.release()
        super().at(stage, done, total)


def test_parts_cover_all_rows_and_each_is_told():
    progress = Told()
    progress.at("match", 3, 9)
    parts = list(in_slices(progress, 25, 10))
    assert [list(range(25))[part] for part in parts] == [[*range(10)], [*range(10, 20)], [*range(20, 25)]]
    assert parts[-1].stop == 25
    assert progress.seen == [("match", 3, 9)] * 4


def test_a_cancelled_part_is_the_last():
    progress = Progress()
    parts = in_slices(progress, 30, 10)
    next(parts)
    progress.cancel()
    with pytest.raises(Cancelled):
        next(parts)


def test_a_step_that_cannot_speak_is_spoken_for_until_it_is_over():
    progress = Told()
    progress.at("commit", 5, 5)
    progress.word.acquire()
    with beating(progress, 0.001):
        assert progress.word.acquire(timeout=10)
        progress.cancel()  # too late: nothing is raised
        assert progress.word.acquire(timeout=10)
    told = len(progress.seen)
    assert set(progress.seen) == {("commit", 5, 5)}
    assert not progress.word.acquire(timeout=0.02) or len(progress.seen) == told


def test_the_collector_rests_and_works_again_whatever_happens():
    def work():
        with uncollected():
            with uncollected():
                pass
            assert not gc.isenabled()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        work()
    assert gc.isenabled()
