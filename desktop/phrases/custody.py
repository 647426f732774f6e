"""What is said when things are issued, taken back and moved."""

SENTENCES: dict[str, str] = {}
