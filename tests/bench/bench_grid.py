"""The table over 1,000,000 rows, in the window itself: first paint, jump to the end, choose all, and the id vector.

The vector is read off the window's thread; while it is, the window's loop is measured for the longest that it did not
answer. The register is that of bench_search: made once for the run, past the journal.

Run by `tasks.py bench grid`, with a number of assets if not 1,000,000, and a folder to keep the register in.
"""

import importlib.util
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from types import ModuleType

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from desktop.app import Application
from desktop.grid.table import RecordsTable
from models.store.database import Database
from models.store.home import Home

ASSETS, RUNS, PULSE = 1_000_000, 5, 5
#: The bars: milliseconds of the first paint, the jump to the end and choosing all; seconds of the vector.
PAINT_BAR, JUMP_BAR, ALL_BAR, VECTOR_BAR = 300.0, 100.0, 100.0, 4.0


def register() -> ModuleType:
    """The maker of the register, out of its neighbour."""
    spec = importlib.util.spec_from_file_location("bench_search", Path(__file__).with_name("bench_search.py"))
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def until(there: Callable[[], bool]) -> float:
    """Let the window's loop run, idle where it has nothing to do, until that holds; the milliseconds it took."""
    loop, timer = QEventLoop(), QTimer()
    start = time.perf_counter()
    timer.timeout.connect(lambda: loop.quit() if there() else None)
    timer.start(1)
    loop.exec()
    return (time.perf_counter() - start) * 1000


def painted(table: RecordsTable) -> bool:
    """Whether the rows that are to be seen have come."""
    view = table.view
    first, last = view.rowAt(0), view.rowAt(view.viewport().height() - 1)
    return all(table.model.row(at) is not None for at in (first, last if last >= 0 else table.found - 1))


class Pulse:
    """The longest that the window's loop did not answer."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.timeout.connect(self._beat)
        self._timer.start(PULSE)

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, (now - self._last) * 1000 - PULSE)
        self._last = now

    def begin(self) -> None:
        self.longest, self._last = 0.0, time.perf_counter()


def measure(application: Application) -> dict[str, list[float]]:
    window = application.window
    window.resize(1280, 800)
    window.show()
    until(lambda: window.home.shown and not application.jobs.busy)
    pulse = Pulse()
    figures: dict[str, list[float]] = {}

    def note(name: str, took: float) -> None:
        figures.setdefault(name, []).append(took)

    table = window.show_kind("hardware")
    until(lambda: not table.model.loading)
    for _ in range(RUNS):
        for sort in (("tag", False), ("model", True)):
            pulse.begin()
            table.model.find("", sort)
            note(f"id vector by {sort[0]}", until(lambda: not table.model.loading))
            note("window busy meanwhile", pulse.longest)
            start = time.perf_counter()
            table.view.viewport().repaint()
            until(lambda: painted(table))
            table.view.viewport().repaint()
            note("first paint", (time.perf_counter() - start) * 1000)
        start = time.perf_counter()
        table.view.scrollToBottom()
        table.view.viewport().repaint()
        until(lambda: painted(table))
        table.view.viewport().repaint()
        note("jump to the end", (time.perf_counter() - start) * 1000)
        start = time.perf_counter()
        table.view.selectAll()
        table.view.viewport().repaint()
        note("choose all", (time.perf_counter() - start) * 1000)
        assert table.chosen_count() == table.found
        table.view.clearSelection()
        table.view.scrollToTop()
    figures["rows"] = [float(table.found)]
    return figures


def main(arguments: list[str]) -> int:
    assets = int(arguments[0]) if arguments else ASSETS
    app = QApplication([])
    with tempfile.TemporaryDirectory() as temporary:
        home = Home(Path(arguments[1] if len(arguments) > 1 else temporary))
        if not home.database.exists():
            register().build(home, assets)
            database = Database.open(home)
            with database.writing() as connection:
                # All of one kind, since the window shows one at a time.
                connection.exec_driver_sql("UPDATE asset SET kind = 'hardware'")
                connection.exec_driver_sql("ANALYZE")
            database.close()
        application = Application(app, home, Database.open(home))
        figures = measure(application)
        application.window.close()
        application.close()
    rows = figures.pop("rows")[0]
    bars = {"first paint": PAINT_BAR, "jump to the end": JUMP_BAR, "choose all": ALL_BAR}
    bars |= {name: VECTOR_BAR * 1000 for name in figures if name.startswith("id vector")}
    sys.stdout.write(f"{rows:,.0f} rows{'median':>22}{'slowest':>12}{'bar':>10}\n")
    for name, took in figures.items():
        bar = f"{bars[name]:7.0f} ms" if name in bars else ""
        sys.stdout.write(f"{name:24}{median(took):9.1f} ms{max(took):9.1f} ms{bar}\n")
    return 0 if all(median(figures[name]) < bar for name, bar in bars.items()) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
