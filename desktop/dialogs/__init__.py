"""One file for each conversation with the person."""
