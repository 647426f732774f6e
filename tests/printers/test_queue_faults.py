"""Whatever breaks, each label comes out exactly once."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.printers.request import JobState
from tests.printers.house import QUICK, House
from tests.printers.server import Break, Fault, PrinterServer

_LABELS = 12
_FAULTS = st.lists(st.builds(Fault, st.sampled_from(Break), st.integers(0, 2)), max_size=4)
_STEPS = st.one_of(
    st.tuples(st.just("add"), st.integers(1, 3), st.integers(1, 2)),
    st.tuples(st.just("work"), _FAULTS, st.none() | st.integers(0, 12)),
    st.tuples(st.just("settle"), st.none(), st.none() | st.integers(0, 2)),
    st.tuples(st.just("retry"), st.none(), st.none()),
)


class Story:
    """What happens to a house and its printer; what a person says of a label is what the printer did."""

    def __init__(self, path: Path, *, answers: bool) -> None:
        self.house = House(path, _LABELS)
        self.server = PrinterServer()
        self.house.add_printer(self.server, answers=answers)
        self.added = 0

    def close(self) -> None:
        self.server.close()
        self.house.close()

    def add(self, count: int, copies: int) -> None:
        count = min(count, _LABELS - self.added)
        if count:
            assert self.house.queue().add("Zebra", self.house.request(self.added, count, copies)).job
            self.added += count

    def work(self, faults: list[Fault], steps: int | None) -> None:
        self.house.now += 1000
        self.server.will(*faults)
        with self.house.killed_after(steps):
            self.house.queue(QUICK).work()
        self.server.will()
        self.server.idle()

    def settle(self, _none: None, steps: int | None) -> None:
        with self.house.killed_after(steps):
            for job in self.house.queue().jobs():
                if job.state is JobState.HELD:
                    (payload,) = [
                        piece[3] for piece in self.house.pieces() if piece[0] == job.id and piece[2] == "unsure"
                    ]
                    self.house.queue().settle(job.id, came_out=payload in self.server.printed)

    def retry(self, _none: None, _also_none: None) -> None:
        for job in self.house.queue().jobs():
            if job.state is JobState.WAITING:
                self.house.queue().retry(job.id)

    def end(self) -> None:
        """Nothing breaks any more."""
        for _ in range(60):
            self.work([], None)
            self.settle(None, None)
            if all(job.state is JobState.DONE for job in self.house.queue().jobs()):
                return
        raise AssertionError(self.house.queue().jobs())


def _tell(steps: list[tuple[str, object, object]], *, answers: bool) -> None:
    with TemporaryDirectory() as folder:
        story = Story(Path(folder), answers=answers)
        try:
            for name, first, second in steps:
                getattr(story, name)(first, second)
            story.end()
            assert story.server.spoilt == []
            payloads = [payload for _, _, _, payload in story.house.pieces()]
            assert [story.server.printed.count(payload) for payload in payloads] == [1] * len(payloads)
            copies = [story.server.times(payload) for payload in payloads]
            assert story.house.stamps() == [
                (tag, "Ann", "Zebra", times) for tag, times in zip(story.house.tags, copies, strict=False)
            ]
        finally:
            story.close()


_quick = settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])


@_quick
@given(st.lists(_STEPS, max_size=8).map(lambda steps: [("add", 2, 1), *steps]))
def test_a_printer_that_answers_prints_each_label_once(steps: list[tuple[str, object, object]]) -> None:
    _tell(steps, answers=True)


@_quick
@given(st.lists(_STEPS, max_size=8).map(lambda steps: [("add", 2, 1), *steps]))
def test_a_printer_that_does_not_answer_prints_each_label_once(steps: list[tuple[str, object, object]]) -> None:
    _tell(steps, answers=False)
