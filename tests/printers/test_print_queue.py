"""The queue as people see it: what waits and why, what is asked, and what is remembered of labels that came out."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from models.fields.problem import KnownError, UsageError
from models.labels.designs import find_design
from models.labels.layout import GS1_PREFIX, Sheets, lay_out
from models.labels.stocks import find_stock
from models.printers.endings import NotTaken, Unsure
from models.printers.printer import LabelPrinter, Language, find_printer, forget_printer, keep_printer
from models.printers.queue import PAUSES, PrintQueue
from models.printers.request import JobState, LabelFor, PrintRequest
from models.progress import Cancelled, Progress
from models.store.turn import turn
from tests.labels.zpl import drawn, texts_of
from tests.printers.house import QUICK, STOCK, House
from tests.printers.server import Break, Fault, PrinterServer


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path / "home")
    yield made
    made.close()


@pytest.fixture
def server(house: House) -> Iterator[PrinterServer]:
    made = PrinterServer()
    house.add_printer(made)
    yield made
    made.close()


def test_labels_are_printed_and_stamped_by_one_deed(house: House, server: PrinterServer) -> None:
    queue = house.queue()
    added = queue.add("zebra", house.request(0, 3, copies=2))
    assert (added.labels, added.refused) == (6, ())
    worked = queue.work()
    (job,) = queue.jobs()
    assert (job.id, job.title, job.printer, job.author) == (added.job, "6 labels, Tag on Avery 5163", "Zebra", "Ann")
    assert (job.state, job.labels, job.printed, job.problem) == (JobState.DONE, 6, 6, None)
    assert server.printed == [piece[3] for piece in house.pieces()]
    assert house.stamps() == [(tag, "Ann", "Zebra", 2) for tag in house.tags[:3]]
    assert house.deeds() == ["Print 6 labels on Zebra"]
    assert [change.count for change in worked.changes] == [3]
    assert worked.due is None
    assert server.connections == 1


def test_the_house_s_prefix_goes_with_a_giai_to_the_printer(house: House, server: PrinterServer) -> None:
    request = house.request()
    (asked,) = request.records
    known = replace(asked, texts={**asked.texts, GS1_PREFIX: "0614141"})
    house.queue().add("Zebra", replace(request, records=(known,), symbology="gs1-128"))
    house.queue().work()
    (printed,) = server.printed
    sheets = lay_out(request.design, find_stock(STOCK), [known.texts], dpi=203, symbology="gs1-128")
    assert texts_of(drawn(printed, sheets)) == ["(8004)0614141R-00000"]


def test_a_reprint_is_counted(house: House, server: PrinterServer) -> None:
    for _ in range(3):
        house.queue().add("Zebra", house.request())
        house.queue().work()
    assert house.stamps() == [("R-00000", "Ann", "Zebra", 3)]


@pytest.mark.parametrize(
    ("what", "code"),
    [
        (Break.PAPER_OUT, "printer.paper-out"),
        (Break.PAUSED, "printer.paused"),
        (Break.HEAD_OPEN, "printer.head-open"),
        (Break.RIBBON_OUT, "printer.ribbon-out"),
        (Break.HANGS, "printer.no-answer"),
        (Break.DRIBBLES, "printer.no-answer"),
        (Break.GARBAGE, "printer.strange-answer"),
        (Break.TWICE, "printer.strange-answer"),
    ],
)
def test_a_printer_that_would_not_print_is_asked_again_later(
    house: House, server: PrinterServer, what: Break, code: str
) -> None:
    house.queue().add("Zebra", house.request(0, 2))
    for attempt, pause in enumerate((*PAUSES, PAUSES[-1]), start=1):
        server.will(Fault(what))
        worked = house.queue(QUICK).work()
        (job,) = house.queue().jobs()
        assert (job.state, job.printed, job.attempts) == (JobState.WAITING, 0, attempt)
        assert job.problem is not None
        assert job.problem.code == code
        assert worked.due == job.due == house.now + pause
        house.queue().work()
        assert house.queue().jobs() == [job]
        house.now = job.due
    assert house.stamps() == []
    house.queue().work()
    (job,) = house.queue().jobs()
    assert (job.state, job.attempts, job.problem) == (JobState.DONE, 0, None)
    assert len(server.printed) == 2


def test_a_printer_that_shuts_the_door_is_asked_again_later(house: House, server: PrinterServer) -> None:
    house.queue().add("Zebra", house.request())
    server.will(Fault(Break.SHUT_AT_ONCE))
    house.queue().work()
    problem = house.queue().jobs()[0].problem
    assert problem is not None
    # It depends on how soon the reset comes.
    assert problem.code in ("printer.broke-off", "printer.unreachable")


def test_a_slow_printer_is_waited_for(house: House, server: PrinterServer) -> None:
    house.queue().add("Zebra", house.request(0, 2))
    server.will(Fault(Break.SLOW))
    house.queue().work()
    assert house.queue().jobs()[0].state is JobState.DONE


def test_paper_that_runs_out_midway_stops_the_job_there(house: House, server: PrinterServer) -> None:
    house.queue().add("Zebra", house.request(0, 3))
    server.will(Fault(Break.PAPER_OUT, after=1))
    house.queue().work()
    (job,) = house.queue().jobs()
    assert (job.state, job.printed, len(server.printed)) == (JobState.WAITING, 1, 1)
    assert house.stamps() == [("R-00000", "Ann", "Zebra", 1)]
    house.queue().retry(job.id)
    house.queue().work()
    assert house.stamps() == [(tag, "Ann", "Zebra", 1) for tag in house.tags[:3]]
    assert house.deeds() == ["Print 1 label on Zebra", "Print 2 labels on Zebra"]


@pytest.mark.parametrize(
    ("what", "answers"),
    [
        (Break.PRINTED_BUT_SILENT, True),
        (Break.PRINTED_BUT_HANGS, True),
        (Break.READ_BUT_LOST, True),
        (Break.PRINTED_BUT_SILENT, False),
        (Break.READ_BUT_LOST, False),
    ],
)
def test_of_a_label_that_nobody_is_sure_of_a_person_is_asked(
    house: House, server: PrinterServer, what: Break, *, answers: bool
) -> None:
    house.add_printer(server, answers=answers)
    house.queue().add("Zebra", house.request(0, 2))
    server.will(Fault(what))
    house.queue(QUICK).work()
    server.idle()
    (job,) = house.queue().jobs()
    assert (job.state, job.printed, job.unsure) == (JobState.HELD, 0, 1)
    assert house.stamps() == []
    house.now += 10_000
    house.queue().work()
    assert house.queue().jobs() == [job]
    with pytest.raises(UsageError) as refused:
        house.queue().retry(job.id)
    assert refused.value.problem.code == "queue.is-held"
    house.queue().settle(job.id, came_out=what is not Break.READ_BUT_LOST)
    house.queue().work()
    assert house.queue().jobs()[0].state is JobState.DONE
    assert len(server.printed) == 2
    assert house.stamps() == [(tag, "Ann", "Zebra", 1) for tag in house.tags[:2]]


def test_a_program_that_ended_midway_asks_when_it_starts_again(house: House, server: PrinterServer) -> None:
    house.queue().add("Zebra", house.request(0, 2))
    with house.killed_after(1):
        house.queue().work()
    assert [piece[2] for piece in house.pieces()] == ["sending", "waiting"]
    house.queue().work()
    (job,) = house.queue().jobs()
    assert job.state is JobState.HELD
    assert job.problem is not None
    assert job.problem.code == "printer.ended-midway"


def test_cancelling_keeps_what_came_out(house: House, server: PrinterServer) -> None:
    house.queue().add("Zebra", house.request(0, 3))
    server.will(Fault(Break.PAUSED, after=1))
    house.queue().work()
    house.queue().cancel(1)
    house.queue().cancel(1)
    house.now += 10_000
    house.queue().work()
    (job,) = house.queue().jobs()
    assert (job.state, job.printed, job.labels, len(server.printed)) == (JobState.CANCELLED, 1, 3, 1)
    assert house.stamps() == [("R-00000", "Ann", "Zebra", 1)]


def test_what_makes_no_sense_is_refused(house: House, server: PrinterServer) -> None:
    queue = house.queue()
    queue.add("Zebra", house.request())
    queue.work()
    for deed, code in (
        (lambda: queue.retry(7), "queue.unknown"),
        (lambda: queue.cancel(7), "queue.unknown"),
        (lambda: queue.settle(7, came_out=True), "queue.unknown"),
        (lambda: queue.settle(1, came_out=True), "queue.is-done"),
        (lambda: queue.retry(1), "queue.is-done"),
        (lambda: queue.add("tcp://", house.request()), "printer.bad-address"),
        (lambda: queue.add("Zebra", PrintRequest("Nowhere", house.request().design, ())), "label.unknown-stock"),
    ):
        with pytest.raises(UsageError) as refused:
            deed()
        assert refused.value.problem.code == code


def test_records_that_cannot_have_a_label_are_told_and_the_others_printed(house: House, server: PrinterServer) -> None:
    design = find_design("Tag", find_stock(STOCK))
    tags = ["R-1", "é", "", "R-2"]
    records = tuple(LabelFor("asset", row, {"tag": tag}) for row, tag in zip(house.ids, tags, strict=False))
    queue = house.queue()
    added = queue.add("Zebra", PrintRequest(STOCK, design, records))
    assert [(each.index, each.problem.code) for each in added.refused] == [
        (1, "label.cannot-encode"),
        (2, "label.nothing-to-encode"),
    ]
    queue.work()
    assert [stamp[0] for stamp in house.stamps()] == ["R-00000", "R-00003"]
    assert queue.add("Zebra", PrintRequest(STOCK, design, records[1:2])).job is None


def test_a_printers_jobs_are_printed_in_their_order_and_a_new_one_wakes_them(
    house: House, server: PrinterServer
) -> None:
    queue = house.queue()
    queue.add("Zebra", house.request(0, 2))
    server.will(Fault(Break.PAPER_OUT))
    queue.work()
    queue.add("Zebra", house.request(2, 1))
    queue.work()
    assert server.printed == [piece[3] for piece in house.pieces()]
    assert [job.state for job in queue.jobs()] == [JobState.DONE] * 2


def test_a_printer_that_is_off_holds_up_no_other(house: House, server: PrinterServer) -> None:
    gone = PrinterServer()
    house.add_printer(gone, "Gone")
    gone.close()
    queue = house.queue()
    queue.add("Gone", house.request(0, 2))
    queue.add("Zebra", house.request(2, 12 - 2))
    worked = queue.work()
    printed, waiting = queue.jobs()
    assert (printed.state, waiting.state) == (JobState.DONE, JobState.WAITING)
    assert waiting.problem is not None
    assert waiting.problem.code == "printer.unreachable"
    assert worked.due == waiting.due


def test_a_printer_may_move_while_labels_wait_for_it_and_one_that_is_gone_is_told(
    house: House, server: PrinterServer
) -> None:
    keep_printer(house.settings, LabelPrinter("Zebra", Language.ZPL, "tcp://127.0.0.1:1"))
    house.queue().add("Zebra", house.request())
    forget_printer(house.settings, "Zebra")
    house.queue().work()
    problem = house.queue().jobs()[0].problem
    assert problem is not None
    assert problem.code == "printer.unknown"
    house.add_printer(server)
    house.now += 10_000
    house.queue().work()
    assert house.queue().jobs()[0].state is JobState.DONE


def test_a_job_is_forgotten_a_month_after_it_is_over(house: House, server: PrinterServer) -> None:
    queue = house.queue()
    queue.add("Zebra", house.request())
    queue.add("Zebra", house.request(1))
    queue.work()
    queue.add("Zebra", house.request(2))
    with house.database.writing() as connection:
        connection.exec_driver_sql("UPDATE print_job SET made = '2020-01-01T00:00:00Z' WHERE id IN (1, 3)")
    queue.add("Zebra", house.request(3))
    assert [job.id for job in queue.jobs()] == [4, 3, 2]


def test_one_program_at_a_time_prints(house: House, server: PrinterServer) -> None:
    queue = house.queue()
    queue.add("Zebra", house.request())
    with turn(house.database.home.path / "printing.lock") as mine:
        assert mine
        assert queue.work().elsewhere
    assert server.printed == []
    assert not queue.work().elsewhere
    assert len(server.printed) == 1


def test_stopping_between_two_labels_leaves_the_rest_for_later(house: House, server: PrinterServer) -> None:
    class Stop(Progress):
        def at(self, stage: str, done: int = 0, total: int = 0) -> None:
            self.cancelled = len(server.printed) >= 2
            super().at(stage, done, total)

    queue = house.queue()
    queue.add("Zebra", house.request(0, 4))
    with pytest.raises(Cancelled):
        queue.work(Stop())
    (job,) = queue.jobs()
    assert (job.state, job.printed) == (JobState.WAITING, 2)
    assert len(house.stamps()) == 2
    queue.work()
    assert len(server.printed) == 4


def test_a_card_of_no_record_is_printed_and_stamps_nothing(house: House, server: PrinterServer) -> None:
    card = PrintRequest(STOCK, find_design("Tag", find_stock(STOCK)), (LabelFor("", "", {"tag": "MUSTER UNDO"}),))
    house.queue().add("Zebra", card)
    house.queue().work()
    assert len(server.printed) == 1
    assert house.deeds() == []


class Paper:
    """A system's printer of the tests: `endings` are of the next tries, None where it prints."""

    def __init__(self, *endings: KnownError | None) -> None:
        self.endings = list(endings)
        self.printed: list[Sheets] = []

    def system_dpi(self, printer: LabelPrinter) -> int:
        assert printer.language is Language.SYSTEM
        return 600

    def print_sheets(self, printer: LabelPrinter, sheets: Sheets) -> None:
        ending = self.endings.pop(0) if self.endings else None
        if ending is not None:
            raise ending
        self.printed.append(sheets)


def test_sheets_for_a_printer_of_the_system_are_one_piece(house: House) -> None:
    paper = Paper(NotTaken("label.cannot-print", "Office"), Unsure("label.cannot-print", "Office"))
    queue = PrintQueue(house.database, house.settings, "Ann", paper, clock=lambda: house.now)  # type: ignore[arg-type]
    request = PrintRequest(STOCK, house.request().design, house.request(0, 12).records, copies=2, start=4)
    assert queue.add("Office", request).labels == 24
    assert [piece[3] for piece in house.pieces()] == [None]
    queue.work()
    assert queue.jobs()[0].state is JobState.WAITING
    house.now += 10_000
    queue.work()
    assert (queue.jobs()[0].state, queue.jobs()[0].unsure) == (JobState.HELD, 24)
    queue.settle(1, came_out=False)
    queue.work()
    (sheets,) = paper.printed
    assert (sheets.count, sheets.start, sheets.dpi, sheets.page_count) == (24, 4, 600, 3)
    assert house.stamps() == [(tag, "Ann", "Office", 2) for tag in house.tags]


def test_an_address_is_a_printer_without_being_set_up(house: House, server: PrinterServer) -> None:
    house.queue().add(server.address, house.request())
    house.queue().work()
    assert house.stamps() == [("R-00000", "Ann", server.address, 1)]
    with pytest.raises(UsageError):
        find_printer(house.settings, server.address)
