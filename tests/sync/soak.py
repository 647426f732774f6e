"""The state machine of sync for as long as one likes: python tests/sync/soak.py --help

Each round is a run of the machine with a seed of its own, which is printed before it begins: `--seed` begins there
again. A round that fails is told with the shortest sequence of steps that still fails, and ends the soak with status 1.
"""

import argparse
import secrets
import shutil
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.sync.clients import fresh_home
from tests.sync.hub import make_template
from tests.sync.machine import SyncMachine
from tests.sync.postgres import Cluster
from tests.sync.world import World

#: Sequences in a round, and steps in a sequence.
_EXAMPLES, _STEPS = 10, 60


def main() -> int:
    """Run rounds until the time is over."""
    parser = argparse.ArgumentParser(description="Sync under faults, for long; prints each seed.")
    parser.add_argument("--minutes", type=float, default=10.0, help="how long, at least one round (10)")
    parser.add_argument("--seed", type=int, default=None, help="the first round's seed; later ones count up")
    options = parser.parse_args()
    first = secrets.randbelow(10**9) if options.seed is None else options.seed
    end = time.monotonic() + options.minutes * 60
    cluster = Cluster.make()
    folder = Path(tempfile.mkdtemp(prefix="muster-soak-"))
    try:
        make_template(cluster, "hub_template")
        fresh = fresh_home(folder)
        number = first
        while number == first or time.monotonic() < end:
            print(f"seed {number}", flush=True)
            _round(number, cluster, "hub_template", fresh)
            number += 1
        print(f"{number - first} rounds of {_EXAMPLES} sequences: nothing was lost", flush=True)
    finally:
        cluster.close()
        shutil.rmtree(folder)
    return 0


def _round(number: int, cluster: Cluster, template: str, fresh: Path) -> None:
    @seed(number)
    class Round(SyncMachine):
        @staticmethod
        def begin() -> World:
            return World(cluster, template, fresh)

    run_state_machine_as_test(
        Round,
        settings=settings(
            max_examples=_EXAMPLES,
            stateful_step_count=_STEPS,
            deadline=None,
            database=None,
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        ),
    )


if __name__ == "__main__":
    sys.exit(main())
