"""The thread that syncs: it waits for its time or for a call, works, tells, and ends within a second when asked to."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from models.fields.problem import HubError, KnownError
from models.progress import Cancelled, Progress
from models.sync.pace import SOON, Pace

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What became of one sync: what the work gave, or the error that it ended in. `asked`: the person asked for it."""

    made: T | None = None
    error: BaseException | None = None
    asked: bool = False


class SyncThread(Generic[T]):
    """Calls `work` again and again on a thread of its own, and `tell` after each, on that thread.

    It asks nothing of the window and holds nothing between two calls. `lasting` says of an error that time alone will
    not mend it.
    """

    def __init__(
        self,
        work: Callable[[Progress], T],
        tell: Callable[[Outcome[T]], None],
        lasting: Callable[[KnownError], bool],
        pace: Pace | None = None,
    ) -> None:
        self._work, self._tell, self._lasting = work, tell, lasting
        self._pace = pace or Pace()
        self._bell = threading.Condition()
        self._due = 0.0
        self._asked = False
        self._closed = False
        self._progress = Progress()
        self._thread = threading.Thread(target=self._run, name="sync", daemon=True)

    def start(self) -> None:
        """Begin, with a first sync at once."""
        self._thread.start()

    def changed(self) -> None:
        """Something was changed here: send it soon. While syncs fail they keep their pace."""
        with self._bell:
            if not self._pace.failing:
                self._due = min(self._due, time.monotonic() + SOON)
                self._bell.notify()

    def now(self, *, asked: bool = False) -> None:
        """Sync at once: the person asked for it, the network is back, or the computer woke up."""
        with self._bell:
            self._due = 0.0
            self._asked = self._asked or asked
            self._bell.notify()

    def stop(self) -> None:
        """Ask it to end; what it is at is cancelled and leaves nothing half done."""
        with self._bell:
            self._closed = True
            self._progress.cancel()
            self._bell.notify()

    def ended(self, seconds: float | None = None) -> bool:
        """Wait for its end, at most so long. False: it is still at it."""
        if self._thread.ident is not None:
            self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while (asked := self._wait()) is not None:
            outcome = self._once(asked=asked)
            if not self._closed:
                self._tell(outcome)

    def _wait(self) -> bool | None:
        """Until it is time, or somebody calls: whether the person did. None at the end."""
        with self._bell:
            while not self._closed and (left := self._due - time.monotonic()) > 0:
                self._bell.wait(left)
            if self._closed:
                return None
            asked, self._asked = self._asked, False
            self._progress = Progress()
            # What is called for while this one is under way makes the next one due sooner.
            self._due = float("inf")
            return asked

    def _once(self, *, asked: bool) -> Outcome[T]:
        outcome: Outcome[T]
        try:
            outcome = Outcome(self._work(self._progress), asked=asked)
            pause = self._pace.after_success()
        except Cancelled as error:
            outcome, pause = Outcome(error=error, asked=asked), 0.0
        except Exception as error:  # noqa: BLE001 (the window tells or reports it)
            lasting = not isinstance(error, KnownError) or (isinstance(error, HubError) and self._lasting(error))
            outcome, pause = Outcome(error=error, asked=asked), self._pace.after_failure(lasting=lasting)
        with self._bell:
            self._due = min(self._due, time.monotonic() + pause)
        return outcome
