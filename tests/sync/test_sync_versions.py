"""An older and a newer program together: the newer one is a process of its own, with more in its schema."""

import json
import subprocess
import sys

from models.journal.entry import Edit
from models.journal.reading import entries
from tests.sync.proved import assert_client_sound


def test_the_older_program_keeps_what_it_does_not_know_until_it_is_upgraded(world):
    newer, first, second = world.join(), world.join(), world.join()
    row = world.make(first, "asset", {"kind": "radio", "name": "old"})
    world.rest()
    newer.stop()

    ((refused, kept, _),) = _newer(world, "table", newer)
    assert (refused, kept) == ("hub.older", 1)
    world.sync(first)
    first.stop()
    _newer(world, "field", newer)
    third = world.join()
    for older in (second, third):
        world.sync(older)
        assert world.rows(older)["asset", row] == {"kind": "radio", "name": "both"}
        with older.database.reading() as connection:
            assert_client_sound(connection)
    with second.database.reading() as connection:
        (gadget,) = entries(connection, "e.tbl = 'gadget'")
    assert gadget.patch == {"name": "whistle"}
    # They go on, also with records of which they know a part.
    world.write(second, "Change", [Edit("asset", row, {"notes": "from the old"})])
    world.sync(second)
    world.sync(third)
    second.stop()
    third.stop()

    seen = [rows for (rows,) in _newer(world, "open", newer, first, second, third)]
    assert all(each == seen[0] for each in seen)
    values = {table: values for table, _, values in seen[0]}
    assert values == {
        "asset": {"kind": "radio", "name": "both", "scent": "oil", "notes": "from the old"},
        "gadget": {"name": "whistle"},
    }


def _newer(world, what, *clients):
    """What the newer program saw of each of the homes."""
    words = [what, clients[0].url, world.cluster.url(world.hub), *(client.folder for client in clients)]
    command = [sys.executable, "-m", "tests.sync.newer_program", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
