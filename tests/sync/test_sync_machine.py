"""The bounded run of the state machine: sync loses nothing, whatever goes wrong. `tasks.py soak` runs it for long."""

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.sync.machine import SyncMachine
from tests.sync.world import World


def test_nothing_is_lost_whatever_goes_wrong(cluster, hub_template, empty_home):
    class Bounded(SyncMachine):
        @staticmethod
        def begin():
            return World(cluster, hub_template, empty_home)

    run_state_machine_as_test(
        Bounded,
        settings=settings(
            max_examples=6, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
