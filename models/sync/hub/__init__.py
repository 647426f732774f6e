"""What the shared database is made of: its tables, the functions that are its only door, and how they are installed."""
