"""muster printers --test: a page of rulers from the command line."""

import json

import pytest

from desktop.cli import main
from tests.printers.server import Break, Fault, PrinterServer


@pytest.fixture
def server():
    made = PrinterServer()
    yield made
    made.close()


@pytest.fixture
def muster(city, capsys):
    def run(*arguments):
        status = main(["--home", str(city.home.path), "printers", *arguments])
        return status, capsys.readouterr()

    return run


def test_rulers_are_printed_with_the_printers_nudge(muster, server):
    pages = []
    for nudge in ("0", "3"):
        assert muster("--add", "Zebra 2", "--address", server.address, "--nudge", nudge, "0")[0] == 0
        status, told = muster("--test", "Zebra 2", "--stock", "zebra 2x1", "--json")
        assert status == 0
        assert json.loads(told.out)["stock"] == "Zebra 2 × 1 in"
        server.idle()
        pages.append(server.printed[-1])
    assert len(server.printed) == 2
    assert pages[0] != pages[1]


def test_what_is_missing_or_wrong_is_told(muster, server):
    muster("--add", "Zebra 2", "--address", server.address)
    status, told = muster("--test", "Zebra 2")
    assert status == 2
    assert "Say which labels are in" in told.err
    server.will(Fault(Break.PAPER_OUT))
    status, told = muster("--test", "Zebra 2", "--stock", "zebra 2x1")
    assert status != 0
    assert "has no labels left" in told.err
    assert server.printed == []
