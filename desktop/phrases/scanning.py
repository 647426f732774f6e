"""What becomes of a scan."""

SENTENCES: dict[str, str] = {}
