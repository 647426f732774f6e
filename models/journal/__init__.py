"""How it changes: entries, the one door that writes them, history and undo."""
