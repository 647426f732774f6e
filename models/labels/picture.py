"""Pictures on labels: PNG and JPEG, known by their own bytes, and how large they are."""

import struct
from collections.abc import Iterator

from models.fields.problem import UsageError

MOST_BYTES = 500_000
"""A picture's file, at most: a logo as large as a label at 600 dpi has room in it."""
_MOST_PIXELS = 4_000
"""Its width or height, at most: a small file may claim a picture that no memory holds."""
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
#: Markers of JPEG (ITU-T T.81, table B.1) that begin a frame and tell its size: all of 0xC0 to 0xCF but DHT, JPG, DAC.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def picture_size(data: bytes, name: str = "") -> tuple[int, int]:
    """Width and height in pixels.

    Raises UsageError("label.picture-large") or ("label.picture-unreadable"); `name` is what the sentence calls it.
    """
    if len(data) > MOST_BYTES:
        raise UsageError("label.picture-large", name, most=f"{MOST_BYTES // 1000:,} kB")
    try:
        width, height = _png(data) if data.startswith(_PNG) else _jpeg(data)
    except (struct.error, StopIteration) as error:
        raise UsageError("label.picture-unreadable", name) from error
    if not (1 <= width <= _MOST_PIXELS and 1 <= height <= _MOST_PIXELS):
        raise UsageError("label.picture-large", name, most=f"{_MOST_PIXELS:,} × {_MOST_PIXELS:,}")
    return width, height


def _png(data: bytes) -> tuple[int, int]:
    """From the header chunk, which is the first (RFC 2083, 4.1.1)."""
    chunk, width, height = struct.unpack_from(">4sII", data, len(_PNG) + 4)
    if chunk != b"IHDR":
        raise struct.error
    return width, height


def _jpeg(data: bytes) -> tuple[int, int]:
    """From the first frame."""
    if not data.startswith(_JPEG):
        raise struct.error
    at = next(at for marker, at in _segments(data) if marker in _FRAMES)
    height, width = struct.unpack_from(">HH", data, at + 3)
    return width, height


def _segments(data: bytes) -> Iterator[tuple[int, int]]:
    """Each marker and where its length stands, up to the picture's own data."""
    at = 2
    while at + 4 <= len(data):
        mark, marker, length = struct.unpack_from(">BBH", data, at)
        if mark != 0xFF or marker == 0xDA:
            return
        yield marker, at + 2
        # A length of nothing would go round for ever.
        at += 2 + max(2, length)
