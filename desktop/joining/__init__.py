"""Connecting to the shared database in the window: the address, the plan of the records here, and leaving again."""
