"""The peer of bench_sync: Anki's own sync server and two of its collections, over HTTP on this machine.

Run by the Python of an environment of its own that has the package (`pip install anki`): bench_sync starts it where
ANKI_PYTHON names that Python. It prints one JSON object. A note makes one card, so that each row here is two of Anki's.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable

from anki.collection import AddNoteRequest, Collection  # type: ignore[import-not-found]

ROWS = 20_000


def timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def measure(folder: str, url: str, rows: int) -> dict[str, float]:
    """Seconds of each piece."""
    here, there = Collection(f"{folder}/a.anki2"), Collection(f"{folder}/b.anki2")
    auth = here.sync_login("u", "p", url)
    auth.endpoint = url
    for side, upload in ((here, True), (there, False)):
        side.close_for_full_sync()
        side.full_upload_or_download(auth=auth, server_usn=None, upload=upload)
        side.reopen(after_full_sync=True)

    def sync(side: Collection) -> None:
        side.sync_collection(auth, False)

    kind, deck = here.models.by_name("Basic"), here.decks.id("Default")
    made = [here.new_note(kind) for _ in range(rows)]
    for number, note in enumerate(made):
        note["Front"], note["Back"] = f"R-{number:06d} portable radio", f"672CYX{number:06d} Engine {number % 40}"
    here.add_notes([AddNoteRequest(note=note, deck_id=deck) for note in made])
    found = {"push_new": timed(lambda: sync(here)), "pull_new": timed(lambda: sync(there))}
    assert there.note_count() == rows
    notes = [here.get_note(note) for note in here.find_notes("")]
    for note in notes:
        note["Back"] += " moved"
    here.update_notes(notes)
    found |= {"push_edits": timed(lambda: sync(here)), "pull_edits": timed(lambda: sync(there))}
    trips = []
    for _ in range(5):
        for note in notes[:100]:
            note["Back"] += "."
        here.update_notes(notes[:100])
        trips.append(timed(lambda: (sync(here), sync(there))))
    found |= {"trip": sorted(trips)[2], "nothing": min(timed(lambda: sync(here)) for _ in range(5))}
    here.close()
    there.close()
    return found


def main() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        told = {"SYNC_USER1": "u:p", "SYNC_BASE": f"{folder}/server", "SYNC_HOST": "127.0.0.1", "SYNC_PORT": str(port)}
        told |= {"RUST_LOG": "error", "MAX_SYNC_PAYLOAD_MEGS": "500"}
        code = "import anki.syncserver; anki.syncserver.run_sync_server()"
        server = subprocess.Popen([sys.executable, "-c", code], env={**os.environ, **told})
        try:
            until = time.monotonic() + 20
            while time.monotonic() < until:
                with socket.socket() as trying:
                    if trying.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.05)
            print(json.dumps(measure(folder, f"http://127.0.0.1:{port}/", ROWS)))
        finally:
            server.terminate()
            server.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
