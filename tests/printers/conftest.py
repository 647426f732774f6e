"""What is tested where."""

import sys

#: Windows has a spooler of its own, which takes bytes by calls that no test can stand in for.
collect_ignore = ["test_spooler_cups.py"] if sys.platform == "win32" else []
