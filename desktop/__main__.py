"""The start of Muster: the reader of a spreadsheet in its own process, the command line, or the window."""

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the arguments ask for and give the exit status. Qt is imported for the window only."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["--read-sheet-child"]:
        from models.exchange.files.reader_child import main as read_sheet

        return read_sheet()
    home, rest = _home(given)
    if rest:
        from desktop.cli import main as command_line

        return command_line(given)
    gc.disable()  # while some thousand classes are made, none of which will go; `run` turns it on again
    from desktop.app import run

    return run(home)


def _home(given: list[str]) -> tuple[Path | None, list[str]]:
    """The home that `--home DIR` or MUSTER_HOME names, and the other arguments."""
    named = os.environ.get("MUSTER_HOME")
    rest = list(given)
    for at, word in enumerate(given):
        if word == "--home" and at + 1 < len(given):
            named, rest = given[at + 1], given[:at] + given[at + 2 :]
        elif word.startswith("--home="):
            named, rest = word.partition("=")[2], given[:at] + given[at + 1 :]
    return (Path(named) if named else None), rest


if __name__ == "__main__":
    sys.exit(main())
