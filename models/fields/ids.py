"""Identities: UUIDs of version 7 (RFC 9562), so that rows and entries made offline never collide and sort by time."""

import os
import threading
import time

_lock = threading.Lock()
_last = 0


def new_id() -> str:
    """A new UUID version 7 as its usual 36 characters; each later one from this process sorts after the former."""
    global _last
    with _lock:
        # 48 bits of milliseconds and 12 of a counter, kept rising within the process (RFC 9562, 6.2, method 1).
        _last = max(time.time_ns() // 1_000_000 << 12, _last + 1)
        head = _last
    rand = int.from_bytes(os.urandom(8), "big") & 0x3FFF_FFFF_FFFF_FFFF
    text = f"{head >> 12:012x}7{head & 0xFFF:03x}{0x8000_0000_0000_0000 | rand:016x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
