"""What all tests share: no screen, a home of their own, and Hypothesis set for machines of any speed."""

import os
from pathlib import Path

# Before anything imports Qt: tests paint to memory and look the same everywhere.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.pop("MUSTER_HOME", None)
# The processes that tests start find this checkout from any folder.
os.environ["PYTHONPATH"] = str(Path(__file__).resolve().parent.parent)

import pytest
from hypothesis import settings

settings.register_profile("here", deadline=None, print_blob=True)
settings.register_profile("ci", deadline=None, print_blob=True, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.fixture
def home(tmp_path, monkeypatch):
    """An empty folder that Muster takes for its home in this test, also in the processes that the test starts."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("MUSTER_HOME", str(folder))
    return folder


@pytest.fixture(scope="session", autouse=True)
def _one_application(qapp):
    """There is one application in a process; whichever test comes first, it is the one that can show windows."""
