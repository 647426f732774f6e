"""Tries the frozen program in dist/muster as a person would: version, spreadsheet, labels, sharing, window."""

import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from openpyxl import Workbook

ROOT = Path(__file__).resolve().parent.parent

PROGRAM = ROOT / "dist" / "muster" / ("muster.exe" if os.name == "nt" else "muster")
ROWS = 25
HEADINGS = ["Asset Tag", "Serial Number", "Manufacturer", "Model", "Hostname"]


class Wrong(Exception):
    """The frozen program did something else than it should."""


def table() -> list[list[str]]:
    """A small list of laptops as a city may have it."""
    rows = [[f"LT-{n:05}", f"00{n:05}X{n % 7}", "Dell", "Latitude 5450", f"city-lt-{n:03}"] for n in range(1, ROWS + 1)]
    return [HEADINGS, *rows]


def muster(home: Path, *arguments: str | Path) -> str:
    """Start the program and give what it wrote to standard output. Raises Wrong when its exit status is not 0."""
    env = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "MUSTER_HOME")}
    # Without a command the window opens; with this it closes again as soon as it is painted.
    env["MUSTER_SMOKE"] = "1"
    command = [PROGRAM, "--home", home, *arguments]
    done = subprocess.run(command, check=False, capture_output=True, text=True, encoding="utf-8", env=env, timeout=120)
    if done.returncode != 0:
        words = " ".join(str(word) for word in arguments) or "(the window)"
        raise Wrong(f"muster {words} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def expect(what: str, found: object, wanted: object) -> None:
    """Raise Wrong when something is not as it should be."""
    if found != wanted:
        raise Wrong(f"{what}: found {found!r}, wanted {wanted!r}")


def try_import(home: Path, file: Path, *, new: int, same: int) -> None:
    """Import a file and compare the counts. A workbook is read by a child process, which is the program itself."""
    told = json.loads(muster(home, "import", file, "--as", "hardware", "--json"))
    counts = {key: told[key] for key in ("rows", "new", "changed", "same", "refused")}
    expect(file.name, counts, {"rows": ROWS, "new": new, "changed": 0, "same": same, "refused": 0})


def try_sharing(home: Path, other: Path) -> None:
    """Prepare a shared database, send it what the home has, and fetch that into another home."""
    sys.path.insert(0, str(ROOT))
    from tests.sync.postgres import Cluster

    cluster = Cluster.make()
    try:
        with cluster.connect() as server:
            server.execute("CREATE DATABASE city")
            server.execute("CREATE ROLE ann LOGIN")
        muster(home, "hub", "create", cluster.url("city"))
        muster(home, "hub", "add-user", "ann", "--role", "technician", "--url", cluster.url("city"))
        muster(home, "connect", cluster.url("city", "ann"))
        muster(home, "sync")
        muster(other, "connect", cluster.url("city", "ann"))
        found = json.loads(muster(other, "find", "LT-00007", "--json"))
        expect("found in the other home", [row["serial"] for row in found["rows"]], ["0000007X0"])
        muster(other, "check")
    finally:
        cluster.close()


def try_program(folder: Path) -> None:
    """All that is tried, in a home of its own."""
    home = folder / "home"
    version = muster(home, "--version").strip()
    workbook, text = folder / "laptops.xlsx", folder / "laptops.csv"
    book = Workbook()
    sheet = book.create_sheet("Laptops", 0)
    for row in table():
        sheet.append(row)
    book.save(workbook)
    with text.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(table())
    try_import(home, workbook, new=ROWS, same=0)
    try_import(home, text, new=0, same=ROWS)
    found = json.loads(muster(home, "find", "LT-00007", "--json"))
    expect("found by tag", [row["serial"] for row in found["rows"]], ["0000007X0"])
    muster(home, "export", "hardware", folder / "out.xlsx")
    try_import(home, folder / "out.xlsx", new=0, same=ROWS)
    muster(home, "labels", "--tags", "LT-00007,LT-00008", "--stock", "avery-5160", "--out", folder / "labels.pdf")
    expect("labels", (folder / "labels.pdf").read_bytes()[:5], b"%PDF-")
    muster(home, "check")
    try_sharing(home, folder / "other")
    began = time.perf_counter()
    muster(home)
    took = time.perf_counter() - began
    size = sum(path.stat().st_size for path in PROGRAM.parent.rglob("*") if path.is_file() and not path.is_symlink())
    sys.stderr.write(f"{version}: {size / 1e6:.0f} MB; window painted and closed in {took:.1f} s. All is well.\n")


def main() -> int:
    """Try the program and say what was found; 1 when something is wrong."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            try_program(Path(folder))
        except (Wrong, subprocess.TimeoutExpired) as problem:
            sys.stderr.write(f"{problem}\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
