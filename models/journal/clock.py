"""The hybrid logical clock: milliseconds of the wall clock and a counter, in one whole number that only rises.

Kulkarni et al., "Logical Physical Clocks", 2014. A stamp is later than every stamp that the device has seen,
whatever the wall clock does; 48 bits of milliseconds, 16 of counter.
"""

import datetime as dt
import time

COUNTER_BITS = 16


def next_stamp(seen: int, now_ms: int | None = None) -> int:
    """A stamp later than `seen`, the highest that this device knows; of the wall clock's time where that is later."""
    now = time.time_ns() // 1_000_000 if now_ms is None else now_ms
    return max(now << COUNTER_BITS, seen + 1)


def moment(stamp: int) -> dt.datetime:
    """The time of a stamp, UTC."""
    return dt.datetime.fromtimestamp((stamp >> COUNTER_BITS) / 1000, dt.UTC)
