"""Sentences about labels and printing."""

SENTENCES: dict[str, str] = {}
