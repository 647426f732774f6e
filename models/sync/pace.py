"""When to sync next: often while all goes well, ever more rarely while the shared database cannot be reached."""

import random
from collections.abc import Callable

EVERY = 30.0
"""Seconds between two looks for what others did."""
SOON = 0.4
"""Seconds after a change until it is sent, so that what is done in one go is sent in one go."""
FIRST, LONGEST = 2.0, 300.0
"""Seconds until the second try after a failure, and at most between later ones."""
_SPREAD = 0.2


class Pace:
    """The pause before the next sync, in seconds.

    Each is a little longer or shorter than said, so that the computers of a city, cut off together, do not all come
    back in the same second.
    """

    def __init__(self, chance: Callable[[], float] = random.random) -> None:
        """`chance` gives numbers from 0 to 1."""
        self._chance = chance
        self._failures = 0

    @property
    def failing(self) -> bool:
        """Whether the last sync failed."""
        return self._failures > 0

    def after_success(self) -> float:
        """The pause after a sync that went well."""
        self._failures = 0
        return self._spread(EVERY)

    def after_failure(self, *, lasting: bool = False) -> float:
        """The pause after one that failed. `lasting`: time alone will hardly mend it (a wrong password)."""
        self._failures += 1
        # Twice as long each time; the power is bounded, a week offline has many failures.
        return self._spread(LONGEST if lasting else min(LONGEST, FIRST * 2 ** min(self._failures - 1, 16)))

    def _spread(self, seconds: float) -> float:
        return seconds * (1 + _SPREAD * (2 * self._chance() - 1))
