"""What printers answer, how they are reached, and what becomes of bytes on the way to them."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.fields.problem import KnownError, UsageError
from models.labels.layout import Nudge
from models.printers.address import Raw, Tcp, check_printer, parse_address, printer_named
from models.printers.asking import ask_printer
from models.printers.delivery import delivery_to
from models.printers.endings import NotTaken, Unsure
from models.printers.link import Patience
from models.printers.printer import LabelPrinter, Language, keep_printer, printers
from models.printers.status import parse_identity, parse_status
from models.settings import Settings
from tests.printers.server import Break, Fault, PrinterServer, status


@pytest.fixture
def server() -> Iterator[PrinterServer]:
    made = PrinterServer()
    yield made
    made.close()


def printer(server: PrinterServer, *, answers: bool = True) -> LabelPrinter:
    return LabelPrinter("Zebra", Language.ZPL, server.address, answers=answers)


# Status


def test_the_status_is_read() -> None:
    found = parse_status(
        b"\x02030,1,0,1245,004,0,0,1,000,0,1,0\x03\r\n\x02000,0,1,0,0,2,4,0,00000012,1,000\x03\r\n\x021234,0\x03"
    )
    assert found is not None
    assert (found.paper_out, found.paused, found.head_open, found.ribbon_out) == (True, False, True, False)
    assert (found.partial, found.too_cold, found.too_hot, found.formats, found.labels) == (True, True, False, 4, 12)
    problem = found.problem("Zebra")
    assert problem is not None
    assert (problem.code, problem.value) == ("printer.head-open", "Zebra")
    ready = parse_status(status())
    assert ready is not None
    assert ready.problem("Zebra") is None


@given(
    st.binary(max_size=200) | st.lists(st.sampled_from([b"\x02", b"\x03", b",", b"0", b"1", status()])).map(b"".join)
)
def test_any_answer_is_a_status_or_none(answer: bytes) -> None:
    found = parse_status(answer)
    assert found is None or found.formats >= 0
    identity = parse_identity(answer)
    assert identity is None or identity.model.isprintable()


@pytest.mark.parametrize(
    ("answer", "model", "dpi"),
    [
        (b"\x02ZD421-300dpi,V93.21.26Z,12,8176KB\x03\r\n", "ZD421-300dpi", 300),
        (b"\x02ZM400-200dpi,V53.17.7Z,8,8192KB,X\x03\r\n", "ZM400-200dpi", 203),
        (b"\x02ZT411,V92,24,1KB\x03", "ZT411", 600),
        (b"\x02Other,1,x,1\x03", "Other", 0),
    ],
)
def test_the_identity_is_read(answer: bytes, model: str, dpi: int) -> None:
    found = parse_identity(answer)
    assert found is not None
    assert (found.model, found.dpi) == (model, dpi)


def test_a_printer_is_asked_how_it_is_and_what_it_is(server: PrinterServer) -> None:
    server.identity = b"\x02ZD421-300dpi,V93.21.26Z,12,8176KB\x03\r\n"
    found, identity = ask_printer(printer(server))
    assert found.problem("Zebra") is None
    assert identity is not None
    assert identity.firmware == "V93.21.26Z"
    server.will(Fault(Break.PAPER_OUT))
    found, identity = ask_printer(printer(server))
    assert found.paper_out
    assert identity is None
    for asked in (LabelPrinter("Q", Language.ZPL, "raw:Q"), LabelPrinter("Office")):
        with pytest.raises(KnownError) as refused:
            ask_printer(asked)
        assert refused.value.problem.code == "printer.cannot-be-asked"


# Addresses


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("tcp://10.1.20.31", Tcp("10.1.20.31", 9100)),
        ("TCP://zebra.city.gov:6101/", Tcp("zebra.city.gov", 6101)),
        ("tcp://[fe80::1]:9100", Tcp("fe80::1", 9100)),
        ("tcp://[::1]", Tcp("::1", 9100)),
        ("raw:Zebra ZD421 (shop)", Raw("Zebra ZD421 (shop)")),
    ],
)
def test_an_address_is_read(text: str, address: Tcp | Raw) -> None:
    assert parse_address(text) == address


@pytest.mark.parametrize(
    "text",
    ["", "tcp://", "raw:", "zebra", "tcp://a:0", "tcp://a:70000", "tcp://a b", "tcp://a/b", "raw:a\nb", "tcp://a:²"],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_address(text)
    assert refused.value.problem.code == "printer.bad-address"


@given(st.text(max_size=40))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    try:
        found = parse_address("tcp://" + text)
    except UsageError:
        return
    assert isinstance(found, Tcp)
    assert 0 < found.port < 65536


def test_a_name_comes_before_an_address_and_that_before_the_systems(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")
    kept = LabelPrinter("Shop", Language.ZPL, "tcp://10.0.0.9", 300, Nudge(0.5, -0.25, 1.01), 12, 4)
    keep_printer(settings, kept)
    assert printers(Settings(tmp_path / "settings.json")) == (kept,)
    assert printer_named(settings, " shop ") == kept
    assert printer_named(settings, "tcp://a").language is Language.ZPL
    assert printer_named(settings, "Office") == LabelPrinter("Office", Language.SYSTEM, "Office")


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (LabelPrinter(" ", Language.SYSTEM), "printer.bad-name"),
        (LabelPrinter("tcp://a", Language.SYSTEM), "printer.bad-name"),
        (LabelPrinter("A", Language.ZPL, "Office"), "printer.bad-address"),
        (LabelPrinter("A", Language.ZPL, "tcp://a", dpi=20), "printer.bad-dpi"),
        (LabelPrinter("A", Language.ZPL, "tcp://a", darkness=31), "printer.bad-darkness"),
        (LabelPrinter("A", Language.ZPL, "tcp://a", speed=15), "printer.bad-speed"),
        (LabelPrinter("A", Language.BROTHER, "tcp://a"), "printer.no-model"),
    ],
)
def test_a_printer_that_cannot_be_is_refused(bad: LabelPrinter, code: str) -> None:
    with pytest.raises(UsageError) as refused:
        check_printer(bad)
    assert refused.value.problem.code == code


# On the way


def test_a_label_that_a_printer_does_not_take_to_its_end_is_not_taken(server: PrinterServer) -> None:
    server.will(Fault(Break.MIDWAY))
    with closing(delivery_to(printer(server), Patience())) as delivery:
        delivery.ready()
        with pytest.raises(NotTaken) as refused:
            delivery.deliver(b"^XA" + b"^FX" + b" " * 20_000_000 + b"^XZ")
    assert refused.value.problem.code == "printer.broke-off"
    server.idle()
    assert server.has_partial
    with closing(delivery_to(printer(server), Patience())) as delivery:
        delivery.ready()
        delivery.deliver(b"^XA^FDnext^FS^XZ")
    assert (server.printed, server.spoilt) == ([b"^XA^FDnext^FS^XZ"], [])


def test_a_printer_that_says_nothing_more_is_given_up_in_time(server: PrinterServer) -> None:
    server.will(Fault(Break.PRINTED_BUT_HANGS))
    with closing(delivery_to(printer(server), Patience(answer=0.5))) as delivery:
        delivery.ready()
        with pytest.raises(Unsure) as refused:
            delivery.deliver(b"^XA^FDone^FS^XZ")
    assert refused.value.problem.code == "printer.no-answer"


def test_an_answer_that_came_too_early_proves_nothing(server: PrinterServer) -> None:
    server.will(Fault(Break.TWICE, after=1), Fault())
    with closing(delivery_to(printer(server), Patience())) as delivery:
        delivery.ready()
        with pytest.raises(Unsure):
            delivery.deliver(b"^XA^FDone^FS^XZ")
