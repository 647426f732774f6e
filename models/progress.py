"""Progress of long work: written by the one who works, polled by the one who shows it, and the way to cancel."""

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
