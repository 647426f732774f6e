"""Spoilt spreadsheets by the thousand through the whole way of an import: python tests/fuzz_import.py --help

Each is opened, planned and, now and then, applied, by a process with a memory limit that lives on from file to file.
What must hold: an answer or a refusal in words, never a crash; within ten seconds; and a refusal writes nothing.
Files that fail are kept in the folder that --keep names. Exit status 1 when anything failed.
"""

import argparse
import multiprocessing
import os
import shutil
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from models.exchange.apply import apply_plan
from models.exchange.files.limits import limit_memory
from models.exchange.options import ImportOptions
from models.exchange.planner import make_plan
from models.fields.problem import KnownError
from models.journal.writer import Journal
from models.services.check import check
from models.settings import Settings
from models.store.database import Database
from models.store.home import Home
from tests.exchange.mutations import Sound, mutated, sound_files

#: Longer than this is a hang (seconds).
SLOW = 10.0
#: What a process that imports may take (bytes).
MEMORY = 1_500_000_000
#: One in so many plans is applied; one in so many files the whole database is proved.
_APPLIED, _PROVED = 10, 200


class Bench:
    """A register in a folder, and the way of one file through it."""

    def __init__(self, folder: Path) -> None:
        home = Home(folder)
        self.database, self.settings = Database.open(home), Settings(home.settings)
        self.journal = Journal(self.database, "fuzz")
        self.proved = 0

    def entries(self) -> int:
        """How many entries the journal holds."""
        with self.database.reading() as connection:
            return int(connection.exec_driver_sql("SELECT count(*) FROM entry").scalar_one())

    def take(self, path: Path, number: int) -> str:
        """What becomes of a file: the code of its refusal, "planned" or "applied"; "!!" and a reason when it fails."""
        before, outcome = self.entries(), ""
        kind = [None, None, "hardware", "person"][number % 4]
        try:
            plan = make_plan(self.database, path, ImportOptions(kind=kind), self.settings)
            outcome = "planned"
            if number % _APPLIED == 0 and plan.to_write:
                apply_plan(self.journal, plan)
                outcome, before = "applied", self.entries()
        except KnownError as error:
            outcome = error.problem.code
        except BaseException:  # noqa: BLE001 - whatever it is, it is what is looked for
            outcome = "!! crash: " + traceback.format_exc()
        if self.entries() != before:
            outcome = f"!! {outcome}, and something was written"
        if number % _PROVED == 0 and not check(self.database).sound:
            outcome = f"!! {outcome}, and the database is damaged"
        return outcome

    def close(self) -> None:
        """Let the database go."""
        self.database.close()


def work(folder: Path, orders: Connection, sound: list[Sound]) -> None:
    """Take files until there are no more; runs as a process of its own."""
    if sys.platform != "win32":
        limit_memory(MEMORY)
    bench = Bench(folder / "home")
    while (order := orders.recv()) is not None:
        number, which = order
        path = folder / f"{number}.{sound[which][0]}"
        path.write_bytes(mutated(sound[which], number))
        begun = time.perf_counter()
        outcome = bench.take(path, number)
        orders.send((outcome, time.perf_counter() - begun))
        path.unlink()
    bench.close()


@dataclass
class Result:
    """What came of all files."""

    outcomes: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    slowest: float = 0.0
    slowest_file: str = ""


class Worker(threading.Thread):
    """Gives files to a process, and another process the rest when that one hangs or dies."""

    def __init__(self, numbers: list[int], sound: list[Sound], result: Result, keep: Path | None) -> None:
        super().__init__()
        self._numbers, self._sound, self._result, self._keep = numbers, sound, result, keep
        self._folder = Path(tempfile.mkdtemp(prefix="fuzz"))
        self._context = multiprocessing.get_context("spawn")

    def run(self) -> None:
        try:
            self._start()
            for number in self._numbers:
                self._one(number)
            self._orders.send(None)
            self._process.join(SLOW)
        finally:
            self._process.kill()
            shutil.rmtree(self._folder, ignore_errors=True)

    def _start(self) -> None:
        self._orders, theirs = self._context.Pipe()
        self._process = self._context.Process(target=work, args=(self._folder, theirs, self._sound))
        self._process.start()
        theirs.close()

    def _one(self, number: int) -> None:
        which = number % len(self._sound)
        self._orders.send((number, which))
        taken = 0.0
        try:
            if self._orders.poll(3 * SLOW):
                outcome, taken = self._orders.recv()
            else:
                outcome = "!! hang"
        except (EOFError, OSError):
            outcome = "!! the process died"
        if outcome == "!! hang" or outcome == "!! the process died":
            self._process.kill()
            self._process.join()
            if not self._sound_after():
                outcome += ", and the database is damaged"
            self._start()
        elif taken > SLOW:
            outcome = f"!! {taken:.1f} s: {outcome}"
        self._tell(number, which, outcome, taken)

    def _sound_after(self) -> bool:
        """Whether the database that a killed process leaves is whole."""
        database = Database.open(Home(self._folder / "home"))
        sound = check(database).sound
        database.close()
        return sound

    def _tell(self, number: int, which: int, outcome: str, taken: float) -> None:
        ending = self._sound[which][0]
        name = f"{number}.{ending}"
        self._result.outcomes[f"{ending:5} {outcome.splitlines()[0][:60]}"] += 1
        if taken > self._result.slowest:
            self._result.slowest, self._result.slowest_file = taken, name
        if outcome.startswith("!!"):
            self._result.failures.append(f"{name}: {outcome}")
            print(f"{name}: {outcome}", flush=True)
            if self._keep:
                self._keep.mkdir(parents=True, exist_ok=True)
                (self._keep / name).write_bytes(mutated(self._sound[which], number))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=1_000, help="how many files (1,000 if not said)")
    parser.add_argument("--seed", type=int, default=0, help="the number of the first file")
    parser.add_argument("--keep", type=Path, help="a folder for the files that fail")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="processes; one a core if not said")
    arguments = parser.parse_args()
    sound, result, begun = sound_files(), Result(), time.perf_counter()
    numbers = list(range(arguments.seed, arguments.seed + arguments.count))
    workers = [
        Worker(numbers[at :: arguments.workers], sound, result, arguments.keep) for at in range(arguments.workers)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    for outcome, count in sorted(result.outcomes.items()):
        print(f"{count:7,}  {outcome}")
    taken = time.perf_counter() - begun
    print(
        f"{arguments.count:,} files in {taken:.0f} s; the slowest took {result.slowest:.1f} s ({result.slowest_file})"
    )
    print(f"{len(result.failures)} failures")
    return 1 if result.failures else 0


if __name__ == "__main__":
    sys.exit(main())
