"""The shared database: many people, weeks offline, one truth. What it is made of, how a home is connected, and sync."""
