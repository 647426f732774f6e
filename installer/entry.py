"""The frozen program: the window, the command line, and the child process that reads spreadsheets are all this file."""

import multiprocessing
import sys

from desktop.__main__ import main

if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())
