"""From nothing to a usable window over 100,000 assets, beside the bare cost of Qt, SQLAlchemy and an empty window.

Each is a process of its own, from its start to its end right after the first paint, offscreen and with a warm disk.
They take turns; the medians are compared. The register is that of bench_search, made past the journal.

Run by `tasks.py bench start`, with a number of assets if not 100,000, and a folder to keep the register in.
"""

import importlib.util
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from models.store.home import Home

ASSETS, RUNS = 100_000, 5
#: The bar: so many times the bare start, and so many seconds more.
TIMES, MORE = 1.5, 0.7
BARE = """
import sys
import sqlalchemy
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        QTimer.singleShot(0, app.quit)
app = QApplication([])
window = Window()
window.resize(1280, 800)
window.show()
sys.exit(app.exec())
"""


def build(home: Home, assets: int) -> None:
    """The register, by its maker in the neighbour."""
    spec = importlib.util.spec_from_file_location("bench_search", Path(__file__).with_name("bench_search.py"))
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    made.build(home, assets)


def start(*command: str) -> float:
    """Seconds that the process takes. CalledProcessError when it fails."""
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "MUSTER_SMOKE": "1"}
    began = time.perf_counter()
    subprocess.run([sys.executable, *command], check=True, env=surroundings, stderr=subprocess.DEVNULL)
    return time.perf_counter() - began


def main(arguments: list[str]) -> int:
    assets = int(arguments[0]) if arguments else ASSETS
    with tempfile.TemporaryDirectory() as temporary:
        home = Home(Path(arguments[1] if len(arguments) > 1 else temporary))
        if not home.database.exists():
            build(home, assets)
        ours_command = ("-m", "desktop", "--home", str(home.path))
        start("-c", BARE), start(*ours_command)  # the disk is warm, and the modules are compiled
        bare, ours = [], []
        for _ in range(RUNS):
            bare.append(start("-c", BARE))
            ours.append(start(*ours_command))
    bar = TIMES * median(bare) + MORE
    for name, took in (("bare window", bare), (f"Muster, {assets:,} assets", ours)):
        sys.stdout.write(f"{name:26}{median(took):6.2f} s    {min(took):.2f} to {max(took):.2f} s\n")
    sys.stdout.write(f"ratio {median(ours) / median(bare):.2f}; bar {bar:.2f} s ({TIMES} x bare + {MORE} s)\n")
    return 0 if median(ours) < bar else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
