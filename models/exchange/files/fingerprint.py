"""The fingerprint of a file: by it an import is known again, and a file that was changed since it was read."""

import hashlib
from pathlib import Path


def fingerprint(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal digits. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
