"""The guard against encryption keys: Muster keeps references to keys, never key material."""

import re

_RUN = re.compile(r"(?<![0-9A-Za-z])(?:0x)?([0-9A-Fa-f]+)(?![0-9A-Za-z])", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s:,.-]+")

#: Hex digits of a key of 5, 8 and 32 bytes: ADP/RC4, DES and AES-256 (the lengths in KFDtool's key form).
_LENGTHS = frozenset((10, 16, 64))


def looks_like_key(text: str) -> bool:
    """Whether the text holds a run of 10, 16 or 64 hex digits, in one piece or in pairs.

    For fields and columns about encryption only: a phone number also has ten digits.
    """
    if any(len(run) in _LENGTHS for run in _RUN.findall(text)):
        return True
    # "0A 1B 2C 3D 4E" and "0A:1B:…": pieces of even length that make up a key's length together.
    pieces = _BETWEEN.split(text.strip())
    joined = "".join(pieces)
    return (
        len(joined) in _LENGTHS
        and all(len(piece) % 2 == 0 for piece in pieces)
        and re.fullmatch("[0-9A-Fa-f]+", joined) is not None
    )
