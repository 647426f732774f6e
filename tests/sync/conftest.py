"""The server that the tests of the shared database use."""

from collections.abc import Iterator

import pytest

from tests.sync.postgres import Cluster


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """One PostgreSQL for all tests of this process."""
    made = Cluster.make()
    yield made
    made.close()
