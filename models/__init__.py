"""Everything of Muster that would run without a window."""

__version__ = "0.1.0"
