"""What a tag run and the check of labels say."""

SENTENCES: dict[str, str] = {}
