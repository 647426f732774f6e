"""What a scan names among 100,000 assets: the time from what the scanner sent to the records.

The register is that of bench_search. Run by `tasks.py bench named`, with a number of assets if not 100,000.
"""

import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

from models.scanning.named import named
from models.scanning.reading import read_scan
from models.scanning.rules import shipped_rules
from models.store.database import Database
from models.store.home import Home
from tests.bench.bench_search import build

ASSETS = 100_000
#: Milliseconds: the bar of one scan, by its median.
BAR = 5.0
TIMES = 200


def main() -> int:
    assets = int(sys.argv[1]) if len(sys.argv) > 1 else ASSETS
    with tempfile.TemporaryDirectory() as place:
        home = Home(Path(place) / "home")
        build(home, assets)
        database = Database.open(home)
        with database.reading() as connection:
            rows = connection.exec_driver_sql("SELECT tag, serial FROM asset").all()
            pick = random.Random(3)
            chosen = [pick.choice(rows) for _ in range(TIMES)]
            scans = {
                "tag": [tag for tag, _ in chosen],
                "serial number": [serial for _, serial in chosen],
                "behind S": [f"S{serial}" for _, serial in chosen],
                "address": [f"https://city.example/a/{tag}" for tag, _ in chosen],
                "GIAI": [f"]C18004950600013{tag}" for tag, _ in chosen],
                "unknown": [f"ZZ-{tag}-9" for tag, _ in chosen],
            }
            slow = 0
            for name, texts in scans.items():
                times = [_time(connection, database, text) for text in texts]
                median, worst = statistics.median(times), max(times)
                slow += median > BAR
                print(f"{name:14} median {median:6.2f} ms   slowest {worst:7.2f} ms")
        database.close()
    return 1 if slow else 0


def _time(connection, database, text: str) -> float:
    begun = time.perf_counter()
    named(connection, database.catalogue(), read_scan(text, shipped_rules()))
    return (time.perf_counter() - begun) * 1000


if __name__ == "__main__":
    sys.exit(main())
