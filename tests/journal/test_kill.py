"""Muster killed in the middle of a write: what was committed stands, what was not is gone, and nothing is damaged."""

import subprocess
import sys
import textwrap

import pytest

from models.journal.history import deeds
from tests.journal.ground import assert_sound, opened

_CHILD = textwrap.dedent(
    """
    import os, signal, sys
    from pathlib import Path
    from models.fields.ids import new_ids
    from models.journal.entry import Edit
    from models.progress import Progress
    from tests.journal.ground import opened

    stage, folder = sys.argv[1:]

    class Kill(Progress):
        def at(self, now, done=0, total=0):
            if now == stage and (stage != "write" or done >= 4000):
                os.kill(os.getpid(), signal.SIGKILL)

    journal = opened(Path(folder))
    def radios(count):
        return [Edit("asset", row, {"kind": "radio", "notes": row * 6}, new=True) for row in new_ids(count)]
    journal.write("Kept", radios(100))
    journal.write("Lost", radios(6000), progress=Kill())
    print("not reached")
    """
)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL there")
@pytest.mark.parametrize("stage", ["write", "index", "commit"])
def test_killed_in_the_middle(stage, tmp_path):
    done = subprocess.run([sys.executable, "-c", _CHILD, stage, tmp_path], check=False, capture_output=True, text=True)
    assert done.returncode == -9, done.stderr
    assert "not reached" not in done.stdout
    journal = opened(tmp_path)
    assert_sound(journal)
    with journal.database.reading() as connection:
        assert [deed.title for deed in deeds(connection)] == ["Kept"]
        assert connection.exec_driver_sql("SELECT count(*) FROM asset").scalar_one() == 100
    journal.database.close()
