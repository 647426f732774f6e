"""Rows judged: cells into values, names into records, rows against records."""
