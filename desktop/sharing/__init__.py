"""The shared database in the window: the sync in the background and how it stands."""
