"""The shared database in the window, for its administrators: prepare, upgrade, people."""
