"""An empty database, made once."""

import pytest

from tests.journal.ground import opened


@pytest.fixture(scope="session")
def fresh(tmp_path_factory):
    """A folder with an empty database that nobody has open."""
    folder = tmp_path_factory.mktemp("fresh")
    opened(folder).database.close()
    return folder
