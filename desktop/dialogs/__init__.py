"""One file per conversation with the person."""
