"""Everything of Muster that would run without a window."""
