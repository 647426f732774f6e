"""Tagging: the tag run, the check of labels, tag numbers."""
