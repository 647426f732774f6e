"""Printers and the print queue on the command line."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from desktop.cli import main
from tests.printers.house import House
from tests.printers.server import Break, Fault, PrinterServer


@dataclass(frozen=True)
class Ran:
    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Muster = Callable[..., Ran]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path / "home", 3)
    yield made
    made.close()


@pytest.fixture
def server() -> Iterator[PrinterServer]:
    made = PrinterServer()
    yield made
    made.close()


@pytest.fixture
def muster(house: House, capsys: pytest.CaptureFixture[str]) -> Muster:
    def run(*arguments: object) -> Ran:
        status = main(["--home", str(house.database.home.path), *map(str, arguments)])
        return Ran(status, *capsys.readouterr())

    return run


@pytest.fixture
def zebra(muster: Muster, server: PrinterServer) -> PrinterServer:
    assert muster("printers", "--add", "Zebra", "--address", server.address, "--nudge", "0.5", "-0.25").status == 0
    return server


LABELS = ("labels", "--query", "kind:radio", "--stock", "5163", "--design", "Tag")


def test_printers_are_added_listed_asked_and_forgotten(muster: Muster, zebra: PrinterServer) -> None:
    (known,) = muster("printers", "--json").json["printers"]
    assert (known["name"], known["language"], known["dpi"], known["nudge"]) == ("Zebra", "zpl", 203, [0.5, -0.25, 1.0])
    assert zebra.address in muster("printers").out
    zebra.identity = b"\x02ZD421-300dpi,V93.21.26Z,12,8176KB\x03\r\n"
    ran = muster("printers", "--status", "zebra", "--json")
    assert (ran.status, ran.json["model"], ran.json["problem"]) == (0, "ZD421-300dpi", None)
    assert "Set it up anew with --dpi 300" in ran.err
    zebra.will(Fault(Break.PAPER_OUT))
    ran = muster("printers", "--status", "zebra")
    assert (ran.status, "has no labels left" in ran.err) == (1, True)
    assert muster("printers", "--remove", "ZEBRA").status == 0
    assert muster("printers", "--json").json == {"printers": []}
    assert muster("printers", "--remove", "ZEBRA").status == 2
    assert muster("printers", "--add", "Bad", "--address", "nowhere").status == 2


def test_rulers_are_printed(muster: Muster, zebra: PrinterServer) -> None:
    assert muster("printers", "--test", "Zebra").status == 2
    assert muster("printers", "--test", "Zebra", "--stock", "5163").status == 0
    assert len(zebra.printed) == 1


def test_labels_go_through_the_queue(muster: Muster, zebra: PrinterServer, house: House) -> None:
    ran = muster(*LABELS, "--printer", "Zebra", "--copies", 2, "--json")
    assert (ran.status, ran.json["labels"], ran.json["job"]["state"]) == (0, 6, "done")
    assert "6 of 6 labels printed on Zebra." in ran.err
    assert [(tag, printer, prints) for tag, _, printer, prints in house.stamps()] == [
        (tag, "Zebra", 2) for tag in house.tags
    ]
    (job,) = muster("queue", "--json").json["jobs"]
    assert (job["id"], job["printed"], job["problem"]) == (1, 6, None)


def test_labels_that_wait_are_told_tried_again_and_cancelled(muster: Muster, zebra: PrinterServer) -> None:
    zebra.will(Fault(Break.PAUSED, after=1))
    ran = muster(*LABELS, "--printer", "Zebra")
    assert (ran.status, "is paused" in ran.err, "queue --retry 1" in ran.err) == (1, True, True)
    zebra.will(Fault(Break.PAUSED))
    assert muster("queue", "--retry", 1).status == 1
    # To look at the queue prints nothing, and what is not due yet is not printed either.
    connections = zebra.connections
    assert (muster("queue").status, muster("queue", "--run").status, zebra.connections) == (1, 1, connections)
    assert muster("queue", "--cancel", 1).status == 0
    assert muster("queue", "--run").status == 0
    assert len(zebra.printed) == 1
    assert muster("queue", "--retry", 9).status == 2


def test_a_held_job_is_settled(muster: Muster, zebra: PrinterServer, house: House) -> None:
    zebra.will(Fault(Break.PRINTED_BUT_SILENT))
    ran = muster(*LABELS, "--printer", "Zebra")
    assert (ran.status, "queue --settle 1 yes" in ran.err) == (1, True)
    assert muster("queue", "--settle", 1, "perhaps").status == 2
    assert muster("queue", "--settle", "one", "yes").status == 2
    assert muster("queue", "--settle", 1, "yes").status == 0
    assert len(zebra.printed) == len(house.stamps()) == 3


def test_labels_in_a_file_of_zpl_count_as_printed_on_it(muster: Muster, house: House, tmp_path: Path) -> None:
    file = tmp_path / "radios.zpl"
    ran = muster(*LABELS, "--out", file, "--copies", 2, "--dpi", 300, "--json")
    assert (ran.status, ran.json["labels"], ran.json["files"]) == (0, 6, [str(file)])
    lines = file.read_bytes().splitlines()
    assert len(lines) == 3
    assert all(line.startswith(b"^XA") and line.endswith(b"^PQ2^XZ") and b"^PW1200^LL600" in line for line in lines)
    assert [(printer, prints) for _, _, printer, prints in house.stamps()] == [("radios.zpl", 2)] * 3
    assert muster("labels", "--query", "kind:mobile", "--stock", "5163", "--out", file).status != 0
