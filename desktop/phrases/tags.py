"""What is said of tag numbers."""

SENTENCES: dict[str, str] = {}
