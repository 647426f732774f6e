"""Looks whether the wheel in dist/ holds all of the program, and whether it starts from there. Run by tasks.py."""

import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def wanted() -> set[str]:
    """Every file of the three packages in this checkout, and what a desktop of Linux looks for."""
    files = (path for package in ("models", "desktop", "resources") for path in (ROOT / package).rglob("*"))
    there = (path for path in files if path.is_file() and path.parent.name != "__pycache__")
    names = {path.relative_to(ROOT).as_posix() for path in there}
    return names | {"share/applications/muster.desktop", "share/icons/hicolor/scalable/apps/muster.svg"}


def main() -> int:
    """Compare, start, and say what was found; 1 when something is wrong."""
    newest = max((ROOT / "dist").glob("*.whl"), key=lambda path: path.stat().st_mtime)
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(newest) as archive:
        # What goes beside the packages stands in a folder that is named for the wheel.
        there = {name.split(".data/data/")[-1] for name in archive.namelist()}
        missing = sorted(wanted() - there)
        if missing:
            sys.stderr.write(f"{newest.name} lacks {len(missing)} files: {', '.join(missing[:5])} …\n")
            return 1
        archive.extractall(folder)
        env = {**os.environ, "PYTHONPATH": folder}
        started = subprocess.run([sys.executable, "-P", "-m", "desktop", "--version"], check=False, cwd=folder, env=env)
    if started.returncode == 0:
        sys.stderr.write(f"{newest.name} holds all of the program and starts.\n")
    return started.returncode


if __name__ == "__main__":
    sys.exit(main())
