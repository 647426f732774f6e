"""What the import makes of each file of a folder: python tests/try_files.py FOLDER [--kind KIND]

For each file: its format, its sheets, the table that was found, the kind, the counts; or the sentence by which it is
refused. Nothing is written anywhere but into an empty register in a temporary folder. A line that begins with "!!"
tells what is no clean answer: a crash, more than ten seconds, rows that are not accounted for. Exit status 1 then.
"""

import argparse
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from desktop.phrases import say
from models.exchange.files.sheet import SheetInfo, Source, open_source
from models.exchange.files.wire import column_index, filled
from models.exchange.options import ImportOptions
from models.exchange.plan import Plan, State
from models.exchange.planner import heading_judge, make_plan
from models.exchange.tables.headers import Known
from models.exchange.tables.table import find_table
from models.fields.problem import KnownError
from models.progress import Cancelled, Progress
from models.settings import Settings
from models.store.database import Database
from models.store.home import Home

SLOW = 10.0


def filled_rows(path: Path, sheet_name: str, letters: list[str]) -> set[int]:
    """The numbers of a sheet's rows that hold something visible in these columns."""
    indexes = {column_index(letter) for letter in letters}
    found: set[int] = set()
    with open_source(path, Progress()) as source:
        sheet = source.sheet(sheet_name)
        for chunk in source.chunks(sheet, Progress()):
            for number, row in enumerate(chunk.rows(), chunk.first_row):
                cells = [cell for at, cell in enumerate(row, chunk.first_column) if at in indexes]
                if any(filled(cell) is not None for cell in cells):
                    found.add(number)
    return found


def unaccounted(plan: Plan) -> set[int]:
    """The rows of which the plan says nothing, and those of which it says two things."""
    told = Counter([*plan.numbers, *(skipped.row for skipped in plan.skipped)])
    if plan.header_row is not None:
        told[plan.header_row] += 1
    rows = filled_rows(plan.path, plan.sheet, list(plan.headings.values()))
    twice = {row for row, times in told.items() if times > 1}
    return (rows - told.keys()) | twice


def describe(plan: Plan) -> Iterator[str]:
    """A plan in a few lines."""
    counts = ", ".join(f"{plan.count(state)} {state.name.lower()}" for state in State)
    rows = f"rows {plan.numbers[0]} to {plan.numbers[-1]}" if plan.rows else "no rows"
    yield f"{plan.kind}: headings in row {plan.header_row or '(none)'}, {rows}: {counts}; {plan.blank} blank"
    yield "mapped: " + ", ".join(f"{heading!r}={key}" for heading, key in plan.mapping.items() if key)
    if rest := [heading for heading, key in plan.mapping.items() if not key]:
        yield f"not mapped: {rest}"
    reasons: dict[str, list[int]] = {}
    for skipped in plan.skipped:
        reasons.setdefault(skipped.reason, []).append(skipped.row)
    for reason, numbers in reasons.items():
        yield f"skipped as {reason}: {numbers[:8]}{' …' if len(numbers) > 8 else ''}"
    if plan.others:
        yield f"other tables: {list(plan.others)}"
    for code, count in Counter(each.problem.code for each in plan.all_problems()).most_common(6):
        first = next(each for each in plan.all_problems() if each.problem.code == code)
        yield f"{count} x {code}, first in row {first.row} {first.heading!r}: {say(first.problem)}"


def try_file(database: Database, settings: Settings, path: Path, options: ImportOptions) -> Iterator[str]:
    """What there is to say of one file, or of one of its sheets."""
    progress = Progress()
    timer = threading.Timer(SLOW, progress.cancel)
    timer.start()
    begun = time.perf_counter()
    try:
        plan = make_plan(database, path, options, settings, progress)
        timer.cancel()
        taken = time.perf_counter() - begun
        yield from describe(plan)
        if lost := unaccounted(plan):
            yield f"!! rows that are not accounted for once: {sorted(lost)[:20]}"
    except KnownError as error:
        taken = time.perf_counter() - begun
        yield f"refused ({error.problem.code}): {say(error.problem)}"
        yield from tables(database, path)
    except Cancelled:
        taken = time.perf_counter() - begun
    except Exception:  # noqa: BLE001 - to be told, whatever it is
        taken = time.perf_counter() - begun
        yield "!! " + traceback.format_exc().replace("\n", "\n!! ")
    finally:
        timer.cancel()
    if taken > SLOW:
        yield f"!! {taken:.1f} s"


def tables(database: Database, path: Path) -> Iterator[str]:
    """The table on each visible sheet, where the import as a whole was refused."""
    known = heading_judge(database.catalogue(), ImportOptions())
    try:
        with open_source(path, Progress()) as source:
            for sheet in source.sheets:
                if _is_read(sheet):
                    yield f"  sheet {sheet.name!r}: {_table(source, sheet, known)}"
    except KnownError:
        return


def _is_read(sheet: SheetInfo) -> bool:
    return sheet.kind == "worksheet" and sheet.visible and not sheet.pivot


def _table(source: Source, sheet: SheetInfo, known: Known) -> str:
    try:
        table = find_table(source.head(sheet, Progress()), known)
    except KnownError as error:
        return f"({error.problem.code})"
    samples = [list(map(str, column.samples[:2])) for column in table.columns[:8]]
    others = f", others {list(table.others)}" if table.others else ""
    return f"headings in row {table.header_row or '(none)'}: {list(table.headings[:8])} over {samples}{others}"


def sheets_of(path: Path) -> tuple[str, tuple[SheetInfo, ...]]:
    """The format of a file and its sheets; nothing where it cannot be opened."""
    try:
        with open_source(path, Progress()) as source:
            told = f"{source.format} {source.encoding} {source.delimiter!r}" if source.encoding else str(source.format)
            return told, source.sheets
    except KnownError:
        return "-", ()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kind", help="what the rows are, where the guess shall not decide")
    arguments = parser.parse_args()
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        database, settings = Database.open(home), Settings(home.settings)
        paths = [arguments.folder] if arguments.folder.is_file() else sorted(arguments.folder.rglob("*"))
        for path in paths:
            if path.is_dir():
                continue
            kind, sheets = sheets_of(path)
            names = [each.name if _is_read(each) else f"({each.name})" for each in sheets]
            print(f"\n{path}: {kind} {names if len(names) > 1 else ''}")
            for line in try_file(database, settings, path, ImportOptions(kind=arguments.kind)):
                bad += line.startswith("!!")
                print(f"    {line}")
        database.close()
    print(f"\n{bad} answers that are not clean" if bad else "\nall answers are clean")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
