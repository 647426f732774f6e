"""Bytes through CUPS; where there is none (Windows) these tests are not collected, see conftest.py."""

import os
import stat
import sys
from contextlib import closing
from pathlib import Path

import pytest

from models.printers.delivery import delivery_to
from models.printers.endings import NotTaken
from models.printers.link import Patience
from models.printers.printer import LabelPrinter, Language
from models.printers.spooler import spool


@pytest.fixture
def lp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A command lp that keeps what it is given, or does as the queue's name says."""
    command = tmp_path / "lp"
    command.write_text(
        f"#!{sys.executable}\n"
        "import pathlib, sys\n"
        "if sys.argv[2] == 'gone':\n"
        "    sys.exit('lp: The printer or class does not exist.')\n"
        "here = pathlib.Path(__file__).parent\n"
        "here.joinpath('arguments').write_text('|'.join(sys.argv[1:]))\n"
        "here.joinpath('document').write_bytes(sys.stdin.buffer.read())\n",
        encoding="utf-8",
    )
    command.chmod(command.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    return tmp_path


def test_bytes_go_through_the_spooler_as_they_are(lp: Path) -> None:
    payload = bytes(range(256)) * 100
    spool("Zebra; rm -rf $HOME", payload)
    assert (lp / "arguments").read_text("utf-8") == "-d|Zebra; rm -rf $HOME|-o|raw|-t|Muster labels|-"
    assert (lp / "document").read_bytes() == payload
    with closing(delivery_to(LabelPrinter("A", Language.ZPL, "raw:Zebra"), Patience())) as delivery:
        delivery.ready()
        delivery.deliver(b"^XA^XZ")
    assert (lp / "document").read_bytes() == b"^XA^XZ"


def test_what_the_spooler_does_not_take_is_told(lp: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotTaken) as refused:
        spool("gone", b"^XA^XZ")
    assert refused.value.problem.code == "printer.spooler-refused"
    assert refused.value.problem.details["reason"] == "lp: The printer or class does not exist."
    monkeypatch.setenv("PATH", str(lp / "nowhere"))
    with pytest.raises(NotTaken) as refused:
        spool("Zebra", b"^XA^XZ")
    assert refused.value.problem.code == "printer.no-spooler"
