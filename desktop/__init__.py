"""The window of Muster, and its command line. All that would run without a window is in `models`."""
