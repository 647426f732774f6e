"""Scanners in the window: what they type is caught whatever has the focus, and goes to who waits for it."""
