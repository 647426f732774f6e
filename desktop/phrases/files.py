"""Sentences about files that are read and plans made from them."""

SENTENCES: dict[str, str] = {}
