"""The guard against encryption keys: Muster keeps references to keys, never key material."""

import re

_RUN = re.compile(r"(?<![0-9A-Za-z])(?:0x)?([0-9A-Fa-f]+)(?![0-9A-Za-z])", re.IGNORECASE)

_PIECES = "|".join(rf"[0-9A-Fa-f]{{{width}}}(?:[\s:,.-]+[0-9A-Fa-f]{{{width}}})+" for width in (2, 4, 8))
_GROUPED = re.compile(rf"(?<![0-9A-Za-z])(?:{_PIECES})(?![0-9A-Za-z])")
"""Hex digits in pieces of one width, as key-fill devices show them: "0A 1B 2C 3D 4E"."""

#: Hex digits of a key of 5, 8 and 32 bytes: ADP/RC4, DES and AES-256 (the lengths in KFDtool's key form).
_LENGTHS = frozenset((10, 16, 64))


def looks_like_key(text: str) -> bool:
    """Whether the text holds a run of 10, 16 or 64 hex digits, in one piece or in pieces of one width.

    For fields and columns about encryption only: a phone number also has ten digits.
    """
    runs = _RUN.findall(text)
    if any(len(run) in _LENGTHS for run in runs):
        return True
    return any(len(re.sub("[^0-9A-Fa-f]", "", found[0])) in _LENGTHS for found in _GROUPED.finditer(text))
