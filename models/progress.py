"""Progress of long work: written by the one who works, polled by the one who shows it, and the way to cancel."""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass


class Cancelled(Exception):
    """The person asked for the work to stop; whoever catches it leaves nothing half done."""


@dataclass(slots=True)
class Progress:
    """What a piece of work says about itself. Plain attributes, so that another thread may poll them.

    `stage` is a key of the phrases ("read", "parse", "write", "index" …), `done` and `total` count in
    rows (total 0: not known yet).
    """

    stage: str = ""
    done: int = 0
    total: int = 0
    cancelled: bool = False

    def at(self, stage: str, done: int = 0, total: int = 0) -> None:
        """Say where the work is. Raises Cancelled when the person asked for it to stop."""
        self.stage, self.done, self.total = stage, done, total
        if self.cancelled:
            raise Cancelled(stage)

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self.cancelled = True


def in_slices(progress: Progress, total: int, size: int = 20_000) -> Iterator[slice]:
    """Parts of work on `total` rows; before each the progress says again where the work is. Raises Cancelled."""
    for start in range(0, total, size):
        progress.at(progress.stage, progress.done, progress.total)
        yield slice(start, min(start + size, total))


@contextmanager
def beating(progress: Progress, every: float = 0.1) -> Iterator[None]:
    """Say again and again, `every` so many seconds, where the work is, while one step cannot say it itself.

    For what can no longer be cancelled: nothing is raised.
    """
    over = threading.Event()

    def beat() -> None:
        while not over.wait(every):
            with suppress(Cancelled):
                progress.at(progress.stage, progress.done, progress.total)

    thread = threading.Thread(target=beat, name="progress", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


@contextmanager
def uncollected() -> Iterator[None]:
    """Let Python's collector of cycles rest while millions of objects come that belong to none.

    It looks at all there is again and again, and stops everything meanwhile: half a second at a million rows.
    """
    resting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if resting:
            gc.freeze()  # What came counts as old, so that the first new object is not the sign to look at all of it.
            gc.unfreeze()
            gc.enable()
