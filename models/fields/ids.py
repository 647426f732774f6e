"""Identities: UUIDs of version 7 (RFC 9562), so that rows and entries made offline never collide and sort by time."""

import os
import threading
import time

_lock = threading.Lock()
_last = 0


def new_id() -> str:
    """A new UUID version 7 as its usual 36 characters; each later one from this process sorts after the former."""
    return new_ids(1)[0]


def new_ids(count: int) -> list[str]:
    """So many new UUIDs, each of them as `new_id` makes one, in rising order."""
    global _last
    with _lock:
        # 48 bits of milliseconds and 12 of a counter, kept rising within the process (RFC 9562, 6.2, method 1).
        first = max(time.time_ns() // 1_000_000 << 12, _last + 1)
        _last = first + count - 1
    rand = memoryview(os.urandom(8 * count)).cast("Q")
    return [
        f"{head >> 28:08x}-{head >> 12 & 0xFFFF:04x}-7{head & 0xFFF:03x}"
        f"-{noise >> 48 & 0x3FFF | 0x8000:04x}-{noise & 0xFFFF_FFFF_FFFF:012x}"
        for head, noise in zip(range(first, first + count), rand, strict=True)
    ]
