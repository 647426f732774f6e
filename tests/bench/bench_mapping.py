"""How well headings are mapped by themselves: of each row of headings of known lists, the share of the useful ones
that was mapped, and those that were mapped wrongly. The bars: 95 % of each row, and none.

Run by `tasks.py bench mapping`. With files and folders named, of each of them: kind, profile, the share of its columns
that was mapped, and the headings that were not.
"""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from desktop.phrases import why
from models.exchange.options import ImportOptions
from models.exchange.planner import make_plan
from models.fields.problem import KnownError
from models.settings import Settings
from models.store.database import Database
from models.store.home import Home
from tests.exchange.header_truth import results

SHARE_BAR = 0.95


def measure_rows() -> bool:
    """Print a line for each row of headings; whether all keep the bars."""
    kept, useful, missed = True, 0, 0
    for found in results():
        good = not found.wrong and found.share >= SHARE_BAR
        kept = kept and good
        useful += len(found.useful)
        missed += len(found.missed)
        print(
            f"{found.share:5.0%} of {len(found.useful):2}  {found.truth.name}: {found.kind or found.refused}"
            + (f", {found.profile}" if found.profile else "")
            + (f"; missed: {', '.join(found.missed)}" if found.missed else "")
            + (f"; WRONG: {', '.join(found.wrong)}" if found.wrong else "")
            + ("" if good else "  ← below the bar")
        )
    print(f"\n{useful - missed} of {useful} useful columns are mapped: {1 - missed / useful:.1%}.")
    return kept


def measure_files(paths: Sequence[str]) -> None:
    """Print what the import makes of each file, against an empty register."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        database = Database.open(home)
        try:
            for path in _files(paths):
                try:
                    plan = make_plan(database, path, ImportOptions(), Settings(home.settings))
                except KnownError as error:
                    print(f"  –    {path.name}: {why(error)}")
                    continue
                mapped = [heading for heading, key in plan.mapping.items() if key]
                left = [heading for heading in plan.mapping if heading not in mapped]
                print(
                    f"{len(mapped) / len(plan.mapping):5.0%}  {path.name}: {plan.kind}"
                    + (f", {plan.profile}" if plan.profile else "")
                    + (f"; not mapped: {', '.join(left)}" if left else "")
                )
        finally:
            database.close()


def _files(paths: Sequence[str]) -> Iterator[Path]:
    for path in map(Path, paths):
        yield from sorted(each for each in path.rglob("*") if each.is_file()) if path.is_dir() else [path]


if __name__ == "__main__":
    if sys.argv[1:]:
        measure_files(sys.argv[1:])
    else:
        sys.exit(0 if measure_rows() else 1)
